"""What claims of one patient say together: those of a batch, and those that were sent before."""

"""TA1 and 999: made from findings, and read."""

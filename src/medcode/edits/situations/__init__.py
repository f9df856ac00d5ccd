"""Situations: what an implementation guide, or a payer, asks of a claim only where something else is so."""

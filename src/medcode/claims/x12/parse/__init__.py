"""Segments in, records out: the walk through a guide and the building of its objects."""

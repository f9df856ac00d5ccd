"""How the segments of a guide become objects of the model and back, worked out once for each use of a segment."""

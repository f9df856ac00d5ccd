"""The text of X12: delimiters, segments, values of elements, the envelope. Knows no guide and does no I/O beyond its source."""

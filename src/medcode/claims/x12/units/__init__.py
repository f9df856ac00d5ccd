"""Units of a set, such as a claim's head or a line, done by functions that are generated from the guide's table.

`shapes` learns which segments may follow one another, `source` turns lines of Python into a function, `reading`
writes what the codecs of a shape do as straight code, `layouts` knows what units are most likely next. What is not plain is left to `parse`, which does all.
"""

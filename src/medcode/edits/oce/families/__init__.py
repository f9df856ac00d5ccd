"""The editor's edits, one file a family: each a function that looks at a `Work` and puts edits on it."""

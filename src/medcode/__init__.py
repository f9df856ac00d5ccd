"""US medical codes, claim edits and X12 837 claims."""

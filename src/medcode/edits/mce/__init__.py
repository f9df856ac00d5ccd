"""The Medicare Code Editor."""

"""Edits of the claim itself: its sums, dates, identifiers and lines."""

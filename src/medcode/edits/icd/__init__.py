"""Edits of ICD codes: their dates, conventions, and the ages and sexes they fit."""

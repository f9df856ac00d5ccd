"""Modifiers: which exclude each other, need each other, or need a code of their own; sides and places."""

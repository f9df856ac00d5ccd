"""The trials of robustness: what is tried, and how often it has failed."""

"""Tables that only the user has: coverage policies, rules of payers, and lists by procedure, in TOML or CSV."""

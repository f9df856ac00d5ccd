"""Structure judged: segments, elements, envelope, patients, each rule with its text in one table."""

"""Reviews: scores, what guests speak of, and the sentences behind it."""

"""A past day looked back upon: what was said then against what happened."""

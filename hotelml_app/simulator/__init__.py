"""A synthetic hotel with known truth."""

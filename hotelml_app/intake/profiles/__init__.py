"""Export layouts: one folder each, found by themselves."""

"""The six modules: one folder each, independent of one another, found by themselves."""

"""The window: what staff see and press."""

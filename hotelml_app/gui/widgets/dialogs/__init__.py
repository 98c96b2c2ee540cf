"""Small windows that tell, or ask before something changes."""

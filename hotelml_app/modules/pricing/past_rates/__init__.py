"""The rates that were charged, read from what guests accepted."""

"""The property's memory: one SQLite file, one writer, nothing ever lost."""

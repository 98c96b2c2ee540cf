"""Append-only schema changes, in the order of their numbers; a landed file is never edited."""

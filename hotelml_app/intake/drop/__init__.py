"""The watched drop folder: which files are ready, what becomes of them, and what staff are told."""

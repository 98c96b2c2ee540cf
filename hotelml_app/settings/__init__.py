"""What may be set, kept in one readable file."""

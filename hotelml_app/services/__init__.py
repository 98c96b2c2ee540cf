"""What a user can ask for: one file per request, each answering with a typed view or a report."""

"""The database file itself: opened by one writer, laid out, copied and put back."""

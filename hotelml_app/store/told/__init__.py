"""What is told to people: warnings, and messages that wait to leave this PC."""

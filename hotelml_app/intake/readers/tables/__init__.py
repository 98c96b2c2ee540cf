"""What every reader makes of a file: sheets of text cells."""

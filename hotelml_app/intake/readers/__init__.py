"""From bytes to a table of text cells with line numbers, one file per format."""

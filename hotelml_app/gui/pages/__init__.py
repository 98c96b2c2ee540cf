"""The pages on the rail. A new page is a file here and a line in `registry`."""

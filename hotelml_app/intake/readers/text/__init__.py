"""Text with delimiters, in any encoding."""

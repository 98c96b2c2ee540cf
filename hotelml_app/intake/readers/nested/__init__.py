"""Files of nested marks: web pages, XML and JSON."""

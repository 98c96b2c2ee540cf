"""Charts without chart junk: direct labels, no legends, colours from the palette."""

"""What the names of columns mean, in the languages hotels write them in."""

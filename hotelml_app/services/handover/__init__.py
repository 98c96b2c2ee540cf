"""One file that takes a whole hotel to another PC: written, checked, read, and exchanged with what is there."""

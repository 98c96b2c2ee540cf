"""Colours, sizes, type and icons: the one place where the look is decided."""

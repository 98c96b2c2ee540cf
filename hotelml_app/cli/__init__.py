"""The command line: the same requests as the window, for IT and for scripts."""

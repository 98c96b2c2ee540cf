"""The home folder and the program on it: opening, settings, health, backups, running without a window."""

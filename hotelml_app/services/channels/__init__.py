"""Telling people outside this PC: setting up, trying, what waits."""

"""When things start by themselves; every clock is passed in."""

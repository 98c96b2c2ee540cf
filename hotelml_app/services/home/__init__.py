"""The home folder: opening and owning it, first run, settings, status, what runs by the clock."""

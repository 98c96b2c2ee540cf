"""Training in the background: lanes, child processes, gates, reports."""

"""Model versions: what is live, what was, and the way back."""

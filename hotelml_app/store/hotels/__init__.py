"""The properties of a home, and what they are called."""

"""How many guests want to come, and how they respond to the rate."""

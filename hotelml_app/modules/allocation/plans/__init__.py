"""Finding the best plan of rooms and nights: plain rules and the exact solver."""

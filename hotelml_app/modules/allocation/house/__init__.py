"""What the desk has at hand: rooms, the stays that need one, and what staff and guests wish."""

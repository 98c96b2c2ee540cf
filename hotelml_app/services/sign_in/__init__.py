"""Starting by itself when this user signs in: what the system says of it, and the switch."""

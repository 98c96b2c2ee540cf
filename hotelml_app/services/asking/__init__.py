"""How a request travels: its arguments, whom it is put to, what comes back."""

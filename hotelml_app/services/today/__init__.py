"""The Today page: how full the coming nights are, what needs a decision, and what happened since yesterday."""

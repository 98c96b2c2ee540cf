"""Cards that pages are put together from, each about one thing."""

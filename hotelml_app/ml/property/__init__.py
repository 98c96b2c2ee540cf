"""One property's data as modules see it, as of any past day."""

"""Tables and lists, and what stands in them."""

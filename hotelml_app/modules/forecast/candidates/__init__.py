"""Ways to foretell rooms sold, and the blend of them that did best lately."""

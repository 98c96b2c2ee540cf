"""The buffered collector of training data points."""

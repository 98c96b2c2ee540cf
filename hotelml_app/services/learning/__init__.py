"""Training, models and predictions: what made a number and how good it was."""

"""What is learned from and what came of it: data points, trainings, model versions, predictions and outcomes."""

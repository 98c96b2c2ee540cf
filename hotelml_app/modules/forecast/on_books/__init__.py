"""What is, and was, on the books of each night, as forecasts read it."""

"""What all modules share: the contract, as-of history, evaluation in time, and the way to ONNX."""

"""From trained models to ONNX graphs and their files, and back to answers."""

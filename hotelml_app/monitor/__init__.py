"""Predictions held against what happened."""

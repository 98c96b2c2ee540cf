"""Telling people: desktop first, other channels where set up."""

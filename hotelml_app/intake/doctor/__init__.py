"""The export doctor: what is odd about an export beside the last ones of the same layout and property."""

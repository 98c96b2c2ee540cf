"""What reviews there are to learn from."""

from __future__ import annotations

from hotelml_app.ml.property_data import PropertyData


def count_points(data: PropertyData) -> int:
    """Return how many reviews carry the guest's own score, or praise and complaints in fields of their own."""
    return sum(1 for review in data.reviews if review.score is not None or review.positive or review.negative)

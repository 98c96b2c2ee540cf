"""What there is to learn from: reviews whose guests said themselves what was good, what was bad, or gave a score."""

from __future__ import annotations

from hotelml_app.ml.property_data import PropertyData


def count_points(data: PropertyData) -> int:
    """Return how many reviews carry a score or a box for praise or complaints."""
    return sum(1 for r in data.reviews if r.score is not None or r.positive.strip() or r.negative.strip())

"""The real reviews beside the project, as an importer would have stored them."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from functools import cache

from shared_data import REVIEWS

from hotelml_app.ml.property.property_data import Review


@cache
def reviews() -> tuple[Review, ...]:
    """Return all of them, in the order of the file."""
    with gzip.open(REVIEWS, "rt", encoding="utf-8", newline="") as file:
        return tuple(
            Review(
                str(number),
                date.fromisoformat(row["review_date"]),
                float(row["score"]) / 10,
                positive=row["positive"],
                negative=row["negative"],
            )
            for number, row in enumerate(csv.DictReader(file))
        )

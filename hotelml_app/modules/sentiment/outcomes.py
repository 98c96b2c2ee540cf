"""How near a verdict is to the score the guest gave beside it."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.sentiment.reading import read


def outcomes(data: PropertyData, predictions: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return the guest's own score, in [0, 1], for every review that has one; the baseline reads by word lists."""
    scored = {review.key: review for review in data.reviews if review.score is not None}
    found = []
    for one in predictions:
        review = scored.get(str(one.values["review_key"]))
        if review is None or review.score is None or one.target_date > data.as_of:
            continue
        error = abs(float(str(one.values["score"])) - review.score)
        plain = error if one.made_by == "statistical" else abs(read(review).score - review.score)
        found.append(Outcome(one.id, review.score, error, max(one.target_date, one.as_of), plain))
    return found

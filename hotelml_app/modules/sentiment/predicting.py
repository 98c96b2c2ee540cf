"""A polarity, a language and the aspects for every review of the last days."""

from __future__ import annotations

from datetime import date, timedelta

from hotelml_app.ml.asking import check_horizon
from hotelml_app.ml.contract import MadeBy, Prediction, PredictionRequest
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.property_data import Review
from hotelml_app.modules.sentiment import MANIFEST
from hotelml_app.modules.sentiment.aspects import aspects_of, in_words
from hotelml_app.modules.sentiment.languages import recognise
from hotelml_app.modules.sentiment.lexicon import LANGUAGES, lexicon
from hotelml_app.modules.sentiment.polarity import label, score_review

BY_WORDS = "counted by word lists: this property has no trained model for reviews yet"
OTHER_LANGUAGE = "the language is not one HotelML has word lists for; English ones were tried"
BY_OWN_SCORE = "the review has no text; the guest's own score stands in"
NOTHING = "the review has neither text nor score"


def predict(request: PredictionRequest) -> list[Prediction]:
    """Answer for the reviews of the ``horizon`` days up to ``as_of``, newest first; undated ones come last.

    Raises UsageError for an impossible horizon, NothingKnownError where no review was written by then.
    """
    reviews = _known_reviews(request)
    since = request.as_of - timedelta(days=request.horizon)
    recent = [review for review in reviews if review.reviewed_on is None or review.reviewed_on > since]
    recent.sort(key=lambda review: (-(review.reviewed_on or date.min).toordinal(), review.key))
    return [_predict_one(review, request.as_of) for review in recent]


def _known_reviews(request: PredictionRequest) -> tuple[Review, ...]:
    check_horizon(request, MANIFEST)
    reviews = request.data.at(request.as_of).reviews
    if not reviews:
        raise NothingKnownError(
            f"By {request.as_of} there are no reviews of {request.data.facts.name}.",
            remedy="Put an export of its reviews into the drop folder, or ask as of a later day.",
        )
    return reviews


def _predict_one(review: Review, as_of: date) -> Prediction:
    text = " ".join((review.title, review.body, review.positive, review.negative))
    language = recognise(text, review.language)
    lists = lexicon(language)
    score = score_review(review, lists)
    why = BY_WORDS if language in LANGUAGES or not language else OTHER_LANGUAGE
    if score is None:
        score, why = review.score, BY_OWN_SCORE if review.score is not None else NOTHING
    values = {
        "review_key": review.key,
        "score": None if score is None else round(score, 4),
        "label": "unknown" if score is None else label(score),
        "language": language,
        "aspects": in_words(aspects_of(review, lists)),
    }
    return Prediction(review.key, review.reviewed_on or as_of, values, MadeBy.STATISTICAL, why)

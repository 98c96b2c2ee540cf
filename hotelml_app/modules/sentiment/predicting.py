"""How good or bad the latest reviews are, what they speak of, and the sentences that say it best."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hotelml_app.ml.asking import check_horizon
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import PropertyData, Review
from hotelml_app.modules.sentiment import MANIFEST
from hotelml_app.modules.sentiment.model_judge import Mixture, judge_of
from hotelml_app.modules.sentiment.reading import ReadReview, by_word_lists, read
from hotelml_app.modules.sentiment.sentences import without_contacts
from hotelml_app.modules.sentiment.word_lists import LANGUAGES

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel

WHY_MODEL = "Learned from reviews this hotel's guests scored themselves, together with word lists."
WHY_BUNDLED = f"Learned from English reviews of other hotels, together with word lists in {len(LANGUAGES)} languages."
WHY = f"Word lists in {len(LANGUAGES)} languages, with negation; fields for praise and complaints are taken at their word."


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return a verdict on each review of the ``horizon`` days up to ``as_of``, and on those without a date.

    The target date is the day of the review, that of the newest one where it has none. Raises UsageError for an impossible
    horizon, NothingKnownError for a day on which nothing was known of the hotel.
    """
    check_horizon(request, MANIFEST)
    reviews = _known(request)
    since = request.as_of - timedelta(days=request.horizon)
    recent = [review for review in reviews if review.reviewed_on is None or review.reviewed_on > since]
    judge = by_word_lists if request.model is None else judge_of(request.model)
    newest = max((review.reviewed_on for review in reviews if review.reviewed_on is not None), default=request.as_of)
    found = [_prediction(review, read(review, judge), newest, request.model) for review in recent]
    return sorted(found, key=lambda one: (one.target_date, one.key))


def _known(request: PredictionRequest) -> tuple[Review, ...]:
    name = request.data.facts.name
    if request.as_of > request.data.as_of:
        raise NothingKnownError(
            f"{request.as_of} lies after the newest export of {name}, which ends on {request.data.as_of}.",
            remedy="Import a newer export, or ask as of an earlier day.",
        )
    known: PropertyData = request.data.at(request.as_of)
    if not known.reviews and not len(known.history):
        raise NothingKnownError(
            f"On {request.as_of} nothing was known of {name} yet.",
            remedy="Ask as of a later day, or import an export of reviews.",
        )
    return known.reviews


def _prediction(review: Review, said: ReadReview, newest: date, model: LoadedModel | None) -> Prediction:
    values = {
        "review_key": review.key,
        "score": round(said.score, 4),
        "polarity": said.polarity,
        "language": said.language,
        "aspects": tuple(f"{aspect}: {tone}" for aspect, tone in said.aspects.items()),
        "sentence": without_contacts(said.sentence),
        "sentences": tuple(f"{one.polarity}: {without_contacts(one.text)}" for one in said.driven_by),
    }
    return Prediction(review.key, review.reviewed_on or newest, values, *_made_by(model, said.language))


def _made_by(model: LoadedModel | None, language: str) -> tuple[MadeBy, str]:
    if model is None or not Mixture.of(model.parameters).knows(language):
        return MadeBy.STATISTICAL, WHY
    return model.made_by, WHY_BUNDLED if model.made_by is MadeBy.BUNDLED else WHY_MODEL

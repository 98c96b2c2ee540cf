"""The segment of every booking that arrives within the horizon; where the export says one, as a check on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules.guests import MANIFEST
from hotelml_app.modules.guests.borrowed import WHY_BORROWED, borrowed_answers, names_too_few
from hotelml_app.modules.guests.examples import Examples, examples, examples_of, target_column
from hotelml_app.modules.guests.features import encoding_from
from hotelml_app.modules.guests.lookups import Answer, Lookups
from hotelml_app.modules.guests.plain_rule import guesses
from hotelml_app.modules.guests.reasons import reasons
from hotelml_app.modules.guests.scoring import INPUT, SCORES, Floats, class_scores, confidence_from

WHY_LOOKUPS = "The segment most bookings with the same channel, agent, company and rate had so far."
WHY_MODEL = "Learned from this hotel's own bookings that carry a segment."
WHY_PLAIN = "No booking of this hotel names a segment: read from who made the booking."

AT_ONCE = 256
"""Bookings that are compared at once with all that the support vector machine remembers; a season at once takes 150 MB."""


@dataclass(frozen=True)
class _Answered:
    answers: list[Answer]
    made_by: MadeBy
    why: str


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return the segment of each booking on the books that arrives within the horizon, by arrival then reservation."""
    history = known_bookings(request, MANIFEST)
    model = request.model
    own = model is not None and model.made_by is not MadeBy.BUNDLED
    target = str(model.parameters["target"]) if model is not None and own else target_column(history)
    asked = examples_of(history.on_the_books(request.as_of, request.horizon), target)
    answered = _by_model(model, asked) if model is not None and own else _without_own(model, examples(history, target), asked)
    found = [
        Prediction(str(key), day_of(int(arrival)), _values(str(key), answer, said), answered.made_by, answered.why)
        for key, arrival, said, answer in zip(
            asked.reservation_id, asked.arrival, asked.segment.tolist(), answered.answers, strict=True
        )
    ]
    return sorted(found, key=lambda one: (one.target_date, one.key))


def _without_own(brought: LoadedModel | None, booked: Examples, asked: Examples) -> _Answered:
    """Return answers in the hotel's own words where it names enough segments, else as learned at other hotels."""
    if brought is None or not names_too_few(booked):
        return _by_rule(booked, asked)
    return _Answered(borrowed_answers(brought, booked, asked), brought.made_by, WHY_BORROWED)


def _by_rule(booked: Examples, asked: Examples) -> _Answered:
    if not booked.known.any():
        return _Answered(guesses(asked), MadeBy.STATISTICAL, WHY_PLAIN)
    return _Answered(Lookups(booked).answers(asked), MadeBy.STATISTICAL, WHY_LOOKUPS)


def _by_model(model: LoadedModel, asked: Examples) -> _Answered:
    classes = [str(name) for name in model.parameters["classes"]]
    if not len(asked):
        return _Answered([], model.made_by, WHY_MODEL)
    ask = _asker(model, len(classes))
    probabilities = ask(asked)
    chosen = probabilities.argmax(axis=1)
    sentences = reasons(asked, chosen, ask)
    answers = [
        Answer(classes[column], float(probabilities[row, column]), sentence)
        for row, (column, sentence) in enumerate(zip(chosen.tolist(), sentences, strict=True))
    ]
    return _Answered(answers, model.made_by, WHY_MODEL)


def _asker(model: LoadedModel, classes: int) -> Callable[[Examples], Floats]:
    """Return the model as a function from bookings to probabilities per segment."""
    kind = str(model.parameters["kind"])
    encoding = encoding_from(model.parameters["encoding"])
    confidence = confidence_from(model.parameters["confidence"])

    def ask(rows: Examples) -> Floats:
        encoded = encoding.encode(rows)
        parts = [model.run(kind, {INPUT: encoded[start : start + AT_ONCE]})[SCORES] for start in range(0, len(encoded), AT_ONCE)]
        return confidence.probabilities(class_scores(kind, np.concatenate(parts), classes))

    return ask


def _values(reservation_id: str, answer: Answer, said: str) -> dict[str, object]:
    reason = answer.reason
    if said and said != answer.segment:
        reason = f"The export says {said}. {reason}"
    return {
        "reservation_id": reservation_id,
        "segment": answer.segment,
        "confidence": round(answer.confidence, 4),
        "reason": reason,
    }

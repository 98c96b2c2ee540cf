"""The segment of every booking that arrives within the horizon; where the export says one, as a check on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import MadeBy, Prediction, PredictionRequest
from hotelml_app.ml.history import History
from hotelml_app.ml.sessions import LoadedModel
from hotelml_app.modules.guests import MANIFEST
from hotelml_app.modules.guests.examples import Examples, examples, target_column
from hotelml_app.modules.guests.features import encoding_from
from hotelml_app.modules.guests.lookups import Answer, Lookups
from hotelml_app.modules.guests.plain_rule import guesses
from hotelml_app.modules.guests.reasons import reasons
from hotelml_app.modules.guests.scoring import INPUT, SCORES, Floats, class_scores, confidence_from

WHY_LOOKUPS = "The segment most bookings with the same channel, agent, company and rate had so far."
WHY_MODEL = "Learned from this hotel's own bookings that carry a segment."
WHY_PLAIN = "No booking of this hotel names a segment: read from who made the booking."


@dataclass(frozen=True)
class _Answered:
    answers: list[Answer]
    made_by: MadeBy
    why: str


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return the segment of each booking on the books that arrives within the horizon, by arrival then reservation."""
    history = known_bookings(request, MANIFEST)
    model = request.model
    booked = examples(history, str(model.parameters["target"]) if model is not None else target_column(history))
    asked = _asked(history, booked, request)
    answered = _by_rule(booked, asked) if model is None else _by_model(model, asked)
    found = [
        Prediction(str(key), day_of(int(arrival)), _values(str(key), answer, said), answered.made_by, answered.why)
        for key, arrival, said, answer in zip(
            asked.reservation_id, asked.arrival, asked.segment.tolist(), answered.answers, strict=True
        )
    ]
    return sorted(found, key=lambda one: (one.target_date, one.key))


def _asked(history: History, booked: Examples, request: PredictionRequest) -> Examples:
    today = day_number(request.as_of)
    latest = history.take(history.alive_at(request.as_of))
    return booked.take(latest.occupying & (latest.arrival > today) & (latest.arrival <= today + request.horizon))


def _by_rule(booked: Examples, asked: Examples) -> _Answered:
    known = booked.take(booked.known)
    if not len(known):
        return _Answered(guesses(asked), MadeBy.STATISTICAL, WHY_PLAIN)
    return _Answered(Lookups(known).answers(asked), MadeBy.STATISTICAL, WHY_LOOKUPS)


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
        raw = model.run(kind, {INPUT: encoding.encode(rows)})[SCORES]
        return confidence.probabilities(class_scores(kind, raw, classes))

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

"""Segments as learned at other hotels, for one whose exports name none or hardly any: in words that hold anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT, OUTPUT
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.guests.anywhere import FEATURES, GROUPS, features
from hotelml_app.modules.guests.examples import Examples, examples, target_column
from hotelml_app.modules.guests.lookups import Answer
from hotelml_app.modules.guests.scoring import Floats

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel

PART = "anywhere"
WHY_BORROWED = (
    "Hardly any booking of this hotel names a segment: told by what bookings of each segment are like at other hotels, "
    "in words used everywhere."
)

FEWEST_NAMED, MOST_SHARE = 30, 0.5
"""Fewer bookings that name a segment, and less than this share of all, are too few to go by what the hotel calls its own."""

NAMED, LEAST_DROP = 2, 0.05
"""Most details named as a reason; each lowers the probability at least so much when it is not told."""


def generalised(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters without what belongs to one hotel: its own words and what they were counted from."""
    return {name: parameters[name] for name in ("kind", "features", "classes", "sharpness")}


def borrows(data: PropertyData) -> bool:
    """Tell whether a hotel names so few segments that a model brought along answers for it."""
    history = data.history
    return not len(history) or names_too_few(examples(history, target_column(history)))


def names_too_few(booked: Examples) -> bool:
    """Tell whether so few bookings name a segment that the hotel has no words of its own to go by."""
    named = int(booked.known.sum())
    return named < FEWEST_NAMED and named <= MOST_SHARE * len(booked)


def borrowed_answers(model: LoadedModel, booked: Examples, asked: Examples) -> list[Answer]:
    """Return a segment in words used everywhere per booking asked about; all of them are among ``booked``.

    Raises DamagedModelError where the model looks at other features.
    """
    if tuple(model.parameters["features"]) != FEATURES:
        raise DamagedModelError(
            f"The model {model.version} of the guest segments was made by another version of HotelML.",
            remedy="Install HotelML again; until then the plain rule answers.",
        )
    if not len(asked):
        return []
    place = {name: row for row, name in enumerate(booked.reservation_id.tolist())}
    rows = features(booked)[[place[name] for name in asked.reservation_id.tolist()]]
    classes = [str(name) for name in model.parameters["classes"]]
    probabilities = probabilities_of(model, rows)
    chosen = probabilities.argmax(axis=1)
    sentences = _reasons(rows, chosen, lambda changed: probabilities_of(model, changed))
    return [
        Answer(classes[column], float(probabilities[row, column]), sentences[row]) for row, column in enumerate(chosen.tolist())
    ]


def probabilities_of(model: LoadedModel, rows: NDArray[np.float32]) -> Floats:
    """Return a probability per segment, shape (bookings, classes), as sure as it turned out to be right at other hotels."""
    given = np.asarray(model.run(PART, {INPUT: rows})[OUTPUT], dtype=np.float64)
    return sharpened(given, float(model.parameters["sharpness"]))


def sharpened(probabilities: Floats, sharpness: float) -> Floats:
    """Return probabilities with all their log-odds stretched alike; below one they are less sure."""
    odds = np.exp(sharpness * np.log(np.maximum(probabilities, 1e-9)))
    found: Floats = odds / odds.sum(axis=1, keepdims=True)
    return found


def _reasons(rows: NDArray[np.float32], chosen: NDArray[np.intp], ask: Callable[[NDArray[np.float32]], Floats]) -> list[str]:
    """Return a sentence per booking: the details without which its answer would be less sure."""
    at = np.arange(len(rows))
    sure = ask(rows)[at, chosen]
    drops = np.zeros((len(rows), len(GROUPS)))
    for column, names in enumerate(GROUPS.values()):
        untold = rows.copy()
        untold[:, [FEATURES.index(name) for name in names]] = np.nan
        drops[:, column] = sure - ask(untold)[at, chosen]
    order = np.argsort(-drops, axis=1, kind="stable")[:, :NAMED]
    told = list(GROUPS)
    return [_sentence([told[column] for column in order[row] if drops[row, column] >= LEAST_DROP]) for row in range(len(rows))]


def _sentence(telling: list[str]) -> str:
    if not telling:
        return "All its details together, none of them alone, as at other hotels."
    return f"Mostly because of {' and '.join(telling)}, as at other hotels."

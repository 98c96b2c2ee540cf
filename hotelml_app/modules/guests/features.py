"""Bookings as numbers: known words as flags, amounts on a log scale; the same code in training and in prediction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.errors import OutdatedModelError
from hotelml_app.modules.guests.examples import Examples

MIN_BOOKINGS = 6
"""A word of fewer bookings is taken as one of the rare ones."""

AMOUNT_SCALE = 0.5
"""Amounts count half as much as flags: what a booking is called tells more than how large it is."""

MAX_DEVIATIONS = 4.0


@dataclass(frozen=True)
class Encoding:
    """How examples become features: per column its words (flags, then one flag for rare words), per amount mean and spread."""

    words: Mapping[str, tuple[str, ...]]
    means: Mapping[str, float]
    spreads: Mapping[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the features, in order."""
        flags = [f"{column}={word}" for column, words in self.words.items() for word in (*words, "(rare)")]
        return (*flags, *self.means)

    def encode(self, rows: Examples) -> NDArray[np.float32]:
        """Return features, shape (bookings, len(names)). Raises OutdatedModelError where it wants what nobody tells any more."""
        amounts = _amounts(rows)
        if not (rows.words.keys() >= self.words.keys() and amounts.keys() >= self.means.keys()):
            raise OutdatedModelError("it looks at other columns of the bookings")
        blocks = [_flags(rows.words[column], words) for column, words in self.words.items()]
        for name, mean in self.means.items():
            scaled = np.clip((amounts[name] - mean) / self.spreads[name], -MAX_DEVIATIONS, MAX_DEVIATIONS)
            blocks.append((AMOUNT_SCALE * scaled)[:, None])
        return np.hstack(blocks).astype(np.float32)

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters."""
        return {
            "words": {column: list(words) for column, words in self.words.items()},
            "means": dict(self.means),
            "spreads": dict(self.spreads),
        }


def encoding_from(parameters: Mapping[str, Any]) -> Encoding:
    """Return the encoding that ``as_dict`` described."""
    words = {column: tuple(words) for column, words in parameters["words"].items()}
    return Encoding(words, dict(parameters["means"]), dict(parameters["spreads"]))


def fit_encoding(rows: Examples) -> Encoding:
    """Learn words and spreads from bookings."""
    words = {}
    for column, said in rows.words.items():
        found, counts = np.unique(said, return_counts=True)
        words[column] = tuple(str(word) for word, count in zip(found, counts, strict=True) if count >= MIN_BOOKINGS)
    amounts = _amounts(rows)
    means = {name: float(values.mean()) for name, values in amounts.items()}
    spreads = {name: float(values.std()) or 1.0 for name, values in amounts.items()}
    return Encoding(words, means, spreads)


def _flags(said: NDArray[np.str_], words: Sequence[str]) -> NDArray[np.float64]:
    position = {word: index for index, word in enumerate(words)}
    columns = np.array([position.get(word, len(words)) for word in said.tolist()], dtype=np.intp)
    flags = np.zeros((len(said), len(words) + 1))
    flags[np.arange(len(said)), columns] = 1.0
    return flags


def _amounts(rows: Examples) -> dict[str, NDArray[np.float64]]:
    found = {name: np.log1p(np.maximum(np.nan_to_num(values), 0.0)) for name, values in rows.numbers.items()}
    found["lead"] = np.log1p(np.maximum(rows.arrival - rows.booked_on, 0).astype(np.float64))
    found["nights"] = np.log1p(np.maximum(rows.nights, 0).astype(np.float64))
    return found

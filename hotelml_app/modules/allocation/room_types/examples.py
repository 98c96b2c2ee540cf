"""Bookings as they stood on past days, with the type their guest was finally given: what is learned from and judged on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.allocation.plans.problem import Flags, Floats, Ints
from hotelml_app.modules.allocation.room_types.past import LONGEST_DAYS, Past

EVERY_DAYS = 7


@dataclass(frozen=True)
class Examples:
    """Parallel arrays: asked at the end of ``day``, arriving on ``arrival``, ``booked`` and finally ``given`` a type.

    ``plain`` is the share by booked type: how often bookings of that type had been given another by that day.
    """

    day: Ints
    arrival: Ints
    booking: Ints
    children: Flags
    booked: NDArray[np.str_]
    given: NDArray[np.str_]
    plain: Floats
    features: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.day)

    @property
    def changed(self) -> Flags:
        """True where another type was given than booked."""
        return np.asarray(self.booked != self.given, dtype=bool)

    def take(self, rows: Flags | Ints) -> Examples:
        """Return some of the examples."""
        return Examples(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def examples(past: Past, first: int) -> Examples:
    """Return the bookings on the books at the end of every seventh day from ``first`` on whose guests have arrived since."""
    history = past.history
    given_of = np.zeros(len(history.booked_on), dtype=object)
    given_of[history.booking[past.given.spell]] = past.given.given
    words = history.categories["room_type"].words()
    parts = []
    for day in sorted(range(history.today - 1, first, -EVERY_DAYS)):
        spells = past.expected(day, LONGEST_DAYS)
        spells = spells[(given_of[history.booking[spells]] != 0) & (history.arrival[spells] <= history.today)]
        features = past.features(spells, day)
        parts.append(
            Examples(
                day=np.full(len(spells), day, dtype=np.int64),
                arrival=history.arrival[spells].astype(np.int64),
                booking=history.booking[spells].astype(np.int64),
                children=np.nan_to_num(history.numbers["children"][spells]) > 0,
                booked=words[spells],
                given=given_of[history.booking[spells]].astype(str),
                plain=past.shares_by_type(spells, day),
                features=features,
            )
        )
    return joined(parts) if parts else _nothing(past)


def joined(parts: list[Examples]) -> Examples:
    """Return examples one after the other."""
    return Examples(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in Examples.__dataclass_fields__})


def _nothing(past: Past) -> Examples:
    none = np.zeros(0, dtype=np.int64)
    words = np.zeros(0, dtype="<U1")
    return Examples(none, none, none, none > 0, words, words, none.astype(float), past.features(none.astype(np.intp), 0))

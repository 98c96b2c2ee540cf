"""Bookings as the segment of their guest may be read from them: one row each, as known at the end of a day.

What staff fill in at check-in (country, assigned room, changes) is never among the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import FILLED_IN_AT_ARRIVAL
from hotelml_app.core.clock import day_of
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData

Words = NDArray[np.str_]

MIN_KNOWN_SHARE = 0.02
"""Below this share of bookings a column of segments is a stray entry, not something the hotel keeps."""

LEAD_STEPS = (1, 4, 15, 46, 121)
LEAD_NAMES = ("same day", "1-3 days ahead", "4-14 days ahead", "15-45 days ahead", "46-120 days ahead", "over 120 days ahead")
GROUP_GUESTS = 5

WORD_COLUMNS = ("channel", "agent", "company", "rate_code", "deposit_type", "meal", "room_type")
NUMBER_COLUMNS = (
    "adults",
    "children",
    "adr",
    "special_requests",
    "previous_cancellations",
    "previous_stays",
    "repeated_guest",
    "rooms",
    "waiting_list_days",
)


@dataclass(frozen=True)
class Examples:
    """Bookings in parallel arrays. ``segment`` is "" where not said; ``target`` names the column it is taken from."""

    target: str
    reservation_id: NDArray[np.object_]
    booked_on: NDArray[np.int32]
    arrival: NDArray[np.int32]
    nights: NDArray[np.int32]
    segment: Words
    words: Mapping[str, Words]
    numbers: Mapping[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.reservation_id)

    @property
    def known(self) -> NDArray[np.bool_]:
        """True where the export says the segment."""
        return self.segment != ""

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Examples:
        """Return some of the bookings."""
        return Examples(
            target=self.target,
            reservation_id=self.reservation_id[rows],
            booked_on=self.booked_on[rows],
            arrival=self.arrival[rows],
            nights=self.nights[rows],
            segment=self.segment[rows],
            words=(
                self.words.take(rows)
                if isinstance(self.words, WordColumns)
                else {name: column[rows] for name, column in self.words.items()}
            ),
            numbers={name: column[rows] for name, column in self.numbers.items()},
        )


class WordColumns(Mapping[str, Words]):
    """The columns of words of many bookings, each written out when it is asked for and not kept.

    Arrays of words are as wide as the longest: all of them at once would take more memory than all that is known.
    """

    def __init__(self, latest: History, target: str) -> None:
        self._latest, self._target = latest, target
        self._names = (*_word_columns(target), "lead", "party")

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> WordColumns:
        """Return the columns of some of the bookings; nothing is written out for that."""
        return WordColumns(self._latest.take(rows), self._target)

    def __getitem__(self, name: str) -> Words:
        if name == "lead":
            return np.array(LEAD_NAMES)[np.digitize(self._latest.lead, LEAD_STEPS)]
        if name == "party":
            return _party(self._latest)
        if name not in self._names:
            raise KeyError(name)
        return self._latest.categories[name].words()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def examples(history: History, target: str) -> Examples:
    """Return every booking in the state known at the history's business date; ``target`` as ``target_column`` says."""
    latest = history.take(history.alive_at(day_of(history.today)))
    return _laid_out(latest, target, WordColumns(latest, target))


def named_examples(history: History, target: str) -> Examples:
    """Return the bookings that say their segment, likewise."""
    latest = history.take(history.alive_at(day_of(history.today)) & (history.categories[target].codes > 0))
    return _laid_out(latest, target, WordColumns(latest, target))


def examples_of(latest: History, target: str) -> Examples:
    """Return the bookings of ``latest``, which has one spell of each, in that state."""
    return _laid_out(latest, target, dict(WordColumns(latest, target)))


def _laid_out(latest: History, target: str, words: Mapping[str, Words]) -> Examples:
    return Examples(
        target=target,
        reservation_id=latest.reservation_ids[latest.booking],
        booked_on=latest.booked_on[latest.booking],
        arrival=latest.arrival,
        nights=latest.nights,
        segment=latest.categories[target].words(),
        words=words,
        numbers={name: latest.numbers[name] for name in NUMBER_COLUMNS},
    )


def target_column(history: History) -> str:
    """Return where this hotel keeps its segments: "segment", else "customer_type"; "segment" where it keeps none."""
    for name in ("segment", "customer_type"):
        if len(history) and np.mean(history.categories[name].codes > 0) >= MIN_KNOWN_SHARE:
            return name
    return "segment"


def count_points(data: PropertyData) -> int:
    """Return how many bookings carry a segment."""
    history = data.history
    return len(np.unique(history.booking[history.categories[target_column(history)].codes > 0]))


def _word_columns(target: str) -> tuple[str, ...]:
    other = ("customer_type",) if target == "segment" else ()
    names = (*WORD_COLUMNS, *other)
    assert not set(names) & set(FILLED_IN_AT_ARRIVAL), "columns of the check-in say who came, not who booked"
    return names


def _party(history: History) -> Words:
    adults, children = np.nan_to_num(history.numbers["adults"]), np.nan_to_num(history.numbers["children"])
    return np.select(
        [children > 0, adults >= GROUP_GUESTS, adults > 2, adults == 2, adults == 1],
        ["family", "group", "three or four", "couple", "single"],
        default="",
    )

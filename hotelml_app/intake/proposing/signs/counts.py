"""Small whole numbers: which of them are the nights of a stay, which the rooms of a booking."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.proposing.names.header_grammar import hints_of
from hotelml_app.intake.proposing.names.header_match import folded
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.names.header_words import OTHER
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import STATUSES_KNOWN, may_be_price
from hotelml_app.intake.proposing.signs.prices import PER_STAY, kind_of_price
from hotelml_app.intake.proposing.signs.stays import AGREES, Calendar

Numbers = NDArray[np.float64]

NO_PROOF, BY_PRICES, BY_NIGHTS = 0.0, 0.5, 1.0

_MOST_ROOMS = 60
_MOSTLY_ONE = 0.5
_FEWEST_ROWS = 12
_NEARLY_ALL = 0.95
_NO_NIGHTS_BELOW = 0.5
"""Where fewer stays than this last what a column says, it does not tell the nights."""
_OFF = 0.005
_ENDS_AT_ONCE = 0.1
"""So many stays without a night no house has: they last one night, and what is taken for departure is that night."""


def stay_lengths(assignment: Assignment, calendar: Calendar) -> Numbers | None:
    """Return the nights per row, of the two days where both are told, else of the column; None where nothing tells."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    if arrival is not None and departure is not None and {arrival, departure} <= calendar.days.keys():
        lengths = (calendar.days[departure].astype(np.float64) - calendar.days[arrival]).clip(-1, 400)
        return np.asarray(lengths, dtype=np.float64)
    return assignment.numbers("nights")


def proof_of_stays(assignment: Assignment, calendar: Calendar, arrival: int, departure: int) -> float:
    """Return how well other columns prove that two days are those of a stay: they count its nights, or prices grow with it."""
    columns = assignment.heading.columns
    named = assignment.place("nights")
    lengths = (calendar.days[departure].astype(np.float64) - calendar.days[arrival]).clip(-1, 400)
    places = [named] if named is not None else assignment.free()
    for place in places:
        whole = columns[place].whole_share >= STATUSES_KNOWN and columns[place].different > 2
        if whole and calendar.length_agrees(arrival, departure, columns[place].per_row()) >= AGREES:
            return BY_NIGHTS
    steep = (may_be_price(columns[place]) and _is_for_stays(columns[place], lengths) for place in columns)
    return BY_PRICES if named is None and any(steep) else NO_PROOF


def _is_for_stays(seen: Evidence, lengths: Numbers) -> bool:
    return kind_of_price(seen.per_row(), lengths) == PER_STAY


def deny_nights(assignment: Assignment, calendar: Calendar) -> None:
    """Take the nights from a column whose numbers are not the days between arrival and departure.

    Where they are one more throughout, and many stays end on the day they begin, what is called departure is the last night.
    """
    arrival, departure, nights = (assignment.place(role) for role in ("arrival", "departure", "nights"))
    if arrival is None or departure is None or nights is None or not {arrival, departure} <= calendar.days.keys():
        return
    said = assignment.heading.columns[nights].per_row()
    if calendar.length_agrees(arrival, departure, said) >= _NO_NIGHTS_BELOW:
        return
    at_once = calendar.length_agrees(arrival, departure, np.zeros(len(said)))
    if at_once >= _ENDS_AT_ONCE and calendar.length_agrees(arrival, departure, said - 1) >= AGREES:
        assignment.give(departure, OTHER, 0.9, "the last night of the stay, a day before departure; the nights tell that")
    else:
        del assignment.roles[nights]


def find_rooms(assignment: Assignment, nights: Numbers | None) -> None:
    """Find the number of rooms: by what it is called, or as what makes a total of the price per night."""
    if assignment.place("rooms") is not None:
        return
    columns = assignment.heading.columns
    called_room = assignment.place("room")
    places = [place for place in (*assignment.free(), called_room) if place is not None and _counts(columns[place])]
    for place in places:
        if _makes_the_total(assignment, columns[place].per_row(), nights):
            assignment.give(place, "rooms", 0.9, "the price per night times it and the nights is the total")
            return
    named = [place for place in places if hints_of(folded(assignment.heading.header.cells[place])) & {Part.COUNT, Part.ROOM}]
    if len(named) == 1:
        assignment.give(named[0], "rooms", 0.8, "small whole numbers, most of them 1, and its name")


def _counts(seen: Evidence) -> bool:
    """Return whether numbers may count rooms: whole, none below 1, most of them 1."""
    if seen.whole_share < STATUSES_KNOWN or seen.filled < STATUSES_KNOWN or seen.different < 2:
        return False
    values = seen.per_row()
    values = values[~np.isnan(values)]
    return bool(values.min() >= 1 and values.max() <= _MOST_ROOMS and (values == 1).mean() >= _MOSTLY_ONE)


def _makes_the_total(assignment: Assignment, rooms: Numbers, nights: Numbers | None) -> bool:
    rate, total = assignment.numbers("adr"), assignment.numbers("total")
    if rate is None or total is None or nights is None:
        return False
    good = (rate > 0) & (total > 0) & (nights > 0) & (rooms > 1)
    if good.sum() < _FEWEST_ROWS:
        return False
    fits = np.abs(rate * nights * rooms / np.where(good, total, 1.0) - 1) <= _OFF
    return bool(fits[good].mean() >= _NEARLY_ALL)

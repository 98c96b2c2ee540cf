"""Rooms out of order on the coming nights: as staff name them, or as an export of nightly figures counts them.

Both may tell the same rooms, so that the larger of both counts. Every number of rooms that can be sold rests on this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyFacts
from hotelml_app.ml.property.room_numbers import types_named, types_of_rooms

HOUSE = ""
"""The room type that stands for the whole house; rooms of no known type count in the house alone."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OutOfOrder:
    """Rooms out of order per coming night: of the ``house``, and by room type those of which it is known."""

    house: Floats
    types: Mapping[str, Floats]

    def of(self, room_type: str) -> Floats:
        """Return those of a room type, or of the house."""
        return self.house if room_type == HOUSE else self.types.get(room_type, np.zeros(len(self.house)))


def out_of_order(history: History, facts: PropertyFacts, nights: int) -> OutOfOrder:
    """Return the rooms out of order on each of the ``nights`` nights after the history's business date.

    Of a day before the property's own nobody knows any more what was told by then: none are.
    """
    if history.business_date != facts.business_date or not (facts.closed_rooms or facts.stated_out_of_order):
        return OutOfOrder(np.zeros(nights), {})
    first = facts.business_date + timedelta(days=1)
    named, stated = _named(history, facts, first, nights), _stated(history, facts, first, nights)
    nothing = np.zeros(nights)
    kinds = sorted((named.keys() | stated.keys()) - {HOUSE})
    types = {kind: np.maximum(named.get(kind, nothing), stated.get(kind, nothing)) for kind in kinds}
    house = np.maximum.reduce([sum(named.values(), nothing), stated.get(HOUSE, nothing), sum(types.values(), nothing)])
    return OutOfOrder(house, types)


def _named(history: History, facts: PropertyFacts, first: date, nights: int) -> dict[str, Floats]:
    """Return the rooms that staff name, by type; one named twice for a night is one room."""
    closed: dict[str, NDArray[np.bool_]] = {}
    listed = {one.room: one.room_type for one in facts.closed_rooms if one.room_type}
    for one in facts.closed_rooms:
        begin, end = (min(max((day - first).days, 0), nights) for day in (one.first, one.until))
        closed.setdefault(one.room, np.zeros(nights, dtype=bool))[begin:end] = True
    type_of = types_of_rooms(history, closed.keys() - listed.keys()) | listed
    found: dict[str, Floats] = {}
    for room, on_nights in closed.items():
        kind = type_of.get(room, HOUSE)
        found[kind] = found.get(kind, np.zeros(nights)) + on_nights
    return found


def _stated(history: History, facts: PropertyFacts, first: date, nights: int) -> dict[str, Floats]:
    """Return what the export counts, by type with the house under ""; of the house alone where it speaks of other types."""
    found: dict[str, Floats] = {}
    for one in facts.stated_out_of_order:
        at = (one.night - first).days
        if 0 <= at < nights:
            found.setdefault(one.room_type, np.zeros(nights))[at] += one.rooms
    kinds = found.keys() - {HOUSE}
    if kinds <= types_named(history):
        return found
    # Classes of rooms, say: which of the rooms that staff name are among them nobody can tell.
    return {HOUSE: np.maximum(found.get(HOUSE, np.zeros(nights)), sum((found[kind] for kind in kinds), np.zeros(nights)))}

"""What staff decided about rates, as it is kept: options of the pricing, and beside them the states that can be gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from hotelml_app.registry import run_options
from hotelml_app.services.parts import Parts
from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import RATES_DESK
from hotelml_app.store.hotels.properties import PropertyRow

MODULE = "pricing"
LOCKED, CURRENT = "locked", "current"
MOST_UNDONE = 20

Dated = dict[str, dict[str, float]]
"""Rates by ISO date, then room type."""


@dataclass(frozen=True)
class Entry:
    """A rate to be entered in the PMS. ``before`` is the rate that is charged until then, ``guessed`` where nobody knows it;
    ``own`` where staff set the new one.

    ``decided_on`` is the business date it was decided on, as an ISO date; "" where that was not written down.
    """

    rate: float
    before: float
    own: bool = False
    entered: bool = False
    decided_on: str = ""
    guessed: bool = False


Entries = Mapping[tuple[str, str], Entry]
"""What is to be entered in the PMS, by ISO date and room type."""


@dataclass(frozen=True)
class Kept:
    """``options`` are those of the pricing; ``to_enter`` is what follows from them for the PMS.

    ``past`` are earlier states, the newest last, with the words for what followed them.
    """

    options: Mapping[str, object]
    to_enter: Entries = field(default_factory=dict)
    past: tuple[tuple[str, Kept], ...] = ()

    def dated(self, name: str, room_types: tuple[str, ...]) -> Dated:
        """Return the locked or current rates; a rate told for a whole night is one of every room type."""
        told = self.options.get(name)
        found: Dated = {}
        for day, rates in told.items() if isinstance(told, Mapping) else ():
            by_type = rates if isinstance(rates, Mapping) else dict.fromkeys(room_types, rates)
            found[str(day)] = {str(kind): float(str(rate)) for kind, rate in by_type.items() if rate is not None}
        return found

    def accepted_on(self, as_of: date) -> frozenset[tuple[str, str]]:
        """Return what was accepted on the books of this day, by ISO date and room type: it is settled until the next export."""
        settled = (cell for cell, one in self.to_enter.items() if not one.own and one.decided_on == as_of.isoformat())
        return frozenset(settled)

    def changed(self, words: str, to_enter: Entries | None = None, /, **options: object) -> Kept:
        """Return the state after an act; an option that is empty or None is no longer told."""
        told = {name: value for name, value in {**self.options, **options}.items() if value not in (None, {})}
        entries = self.to_enter if to_enter is None else to_enter
        before = replace(self, past=())
        return Kept(told, _decided(told, entries), (*self.past, (words, before))[-MOST_UNDONE:])

    def undone(self) -> Kept:
        """Return the state before the latest act; there must be one."""
        return replace(self.past[-1][1], past=self.past[:-1])


def read(parts: Parts, row: PropertyRow) -> Kept:
    """Return what is kept for a property; nothing is left to enter for nights that have passed.

    What was done on the books of another day is not to be undone on these.
    """
    with parts.store.read() as connection:
        options = run_options.options_in(connection, row.id, MODULE)
        told = data_settings.get(connection, RATES_DESK, {}, property_id=row.id)
    desk = told if isinstance(told, dict) else {}
    entries = _decided(options, _entries(desk))
    if row.business_date is None or desk.get("as_of") != row.business_date.isoformat():
        today = row.business_date.isoformat() if row.business_date is not None else ""
        return Kept(options, {cell: one for cell, one in entries.items() if not one.entered and cell[0] > today})
    if desk.get("options") != options:
        return Kept(options, entries)
    past = tuple((str(one["words"]), Kept(dict(one["options"]), _entries(one))) for one in desk.get("past", []))
    return Kept(options, entries, past)


def room_cost(parts: Parts, row: PropertyRow) -> float:
    """Return what staff said that an occupied room costs per night, 0 where they did not."""
    with parts.store.read() as connection:
        told = run_options.options_in(connection, row.id, MODULE).get("room_cost")
    return float(told) if isinstance(told, (int, float)) else 0.0


def write(parts: Parts, row: PropertyRow, kept: Kept) -> Kept:
    """Keep all of it or nothing, without the nights that have passed, and return it so."""
    assert row.business_date is not None, "the page's ground refuses properties without data"
    today = row.business_date.isoformat()
    ahead = {cell: one for cell, one in kept.to_enter.items() if cell[0] > today}
    kept = replace(kept, options=_ahead(kept.options, today), to_enter=ahead)
    desk = {"as_of": today, **_told(kept), "past": [{"words": words, **_told(before)} for words, before in kept.past]}
    with parts.store.write() as connection:
        run_options.keep_options(parts.store, row.id, MODULE, kept.options)
        data_settings.put(connection, RATES_DESK, desk, property_id=row.id)
    return kept


def _told(kept: Kept) -> dict[str, object]:
    entries = [{"night": night, "room_type": kind, **asdict(one)} for (night, kind), one in kept.to_enter.items()]
    return {"options": dict(kept.options), "to_enter": entries}


def _entries(told: Mapping[str, object]) -> dict[tuple[str, str], Entry]:
    found = told.get("to_enter")
    return {
        (str(one["night"]), str(one["room_type"])): Entry(
            float(one["rate"]),
            float(one["before"]),
            own=bool(one["own"]),
            entered=bool(one["entered"]),
            decided_on=str(one.get("decided_on", "")),
            guessed=bool(one.get("guessed")),
        )
        for one in (found if isinstance(found, list) else [])
    }


def _decided(options: Mapping[str, object], entries: Entries) -> dict[tuple[str, str], Entry]:
    """Return the entries whose rate still is what staff decided: an own one is locked, an accepted one is the current one."""
    types = tuple(dict.fromkeys(kind for _, kind in entries))
    dated = {name: Kept(options).dated(name, types) for name in (LOCKED, CURRENT)}
    return {
        (night, kind): one
        for (night, kind), one in entries.items()
        if dated[LOCKED if one.own else CURRENT].get(night, {}).get(kind) == one.rate
    }


def _ahead(options: Mapping[str, object], today: str) -> dict[str, object]:
    found = dict(options)
    for name in (LOCKED, CURRENT):
        told = found.get(name)
        if isinstance(told, Mapping):
            found[name] = {day: rates for day, rates in told.items() if str(day) > today}
    return {name: value for name, value in found.items() if value != {}}

"""What staff decided about rates, as it is kept: options of the pricing, and beside them the states that can be gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hotelml_app.registry import answers
from hotelml_app.services.parts import Parts
from hotelml_app.store import data_settings
from hotelml_app.store.properties import PropertyRow

MODULE = "pricing"
LOCKED, CURRENT = "locked", "current"
MOST_UNDONE = 20
_NAME = "rates decided"

Dated = dict[str, dict[str, float]]
"""Rates by ISO date, then room type."""


@dataclass(frozen=True)
class Kept:
    """``options`` are those of the pricing; ``past`` are earlier ones, the newest last, with the words for what followed them."""

    options: Mapping[str, object]
    past: tuple[tuple[str, Mapping[str, object]], ...] = ()

    def dated(self, name: str, room_types: tuple[str, ...]) -> Dated:
        """Return the locked or current rates; a rate told for a whole night is one of every room type."""
        told = self.options.get(name)
        found: Dated = {}
        for day, rates in told.items() if isinstance(told, Mapping) else ():
            by_type = rates if isinstance(rates, Mapping) else dict.fromkeys(room_types, rates)
            found[str(day)] = {str(kind): float(str(rate)) for kind, rate in by_type.items() if rate is not None}
        return found

    def changed(self, words: str, **options: object) -> Kept:
        """Return the state after an act; an option that is empty or None is no longer told."""
        told = {name: value for name, value in {**self.options, **options}.items() if value not in (None, {})}
        return Kept(told, (*self.past, (words, self.options))[-MOST_UNDONE:])

    def undone(self) -> Kept:
        """Return the state before the latest act; there must be one."""
        return Kept(self.past[-1][1], self.past[:-1])


def read(parts: Parts, row: PropertyRow) -> Kept:
    """Return what is kept for a property. What was done on the books of another day is not to be undone on these."""
    options = answers.kept_options(parts.store, row.id, MODULE)
    with parts.store.read() as connection:
        told = data_settings.get(connection, _NAME, {}, property_id=row.id)
    desk = told if isinstance(told, dict) else {}
    if row.business_date is None or desk.get("as_of") != row.business_date.isoformat() or desk.get("options") != options:
        return Kept(options)
    return Kept(options, tuple((str(one["words"]), dict(one["options"])) for one in desk.get("past", [])))


def write(parts: Parts, row: PropertyRow, kept: Kept) -> Kept:
    """Keep it, without the nights that have passed, and return it so."""
    assert row.business_date is not None, "the page's ground refuses properties without data"
    kept = replace(kept, options=_ahead(kept.options, row.business_date))
    answers.keep_options(parts.store, row.id, MODULE, kept.options)
    past = [{"words": words, "options": dict(before)} for words, before in kept.past]
    desk = {"as_of": row.business_date.isoformat(), "options": dict(kept.options), "past": past}
    with parts.store.write() as connection:
        data_settings.put(connection, _NAME, desk, property_id=row.id)
    return kept


def _ahead(options: Mapping[str, object], today: date) -> dict[str, object]:
    found = dict(options)
    for name in (LOCKED, CURRENT):
        told = found.get(name)
        if isinstance(told, Mapping):
            found[name] = {day: rates for day, rates in told.items() if str(day) > today.isoformat()}
    return {name: value for name, value in found.items() if value != {}}

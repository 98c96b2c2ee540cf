"""``hotelml rates ledger``: rates that staff decided on, beside what had been suggested, and what their nights brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.ml.property.booking_curves import nightly_rate, on_books_matrix
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.files.own_files import output_path
from hotelml_app.services.files.written_files import write_csv
from hotelml_app.services.nights.on_books import of_room_type
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_seen import count_rooms
from hotelml_app.services.parts import Parts
from hotelml_app.services.rates.ledger_csv import CSV_HEADER, csv_rows
from hotelml_app.services.rates.ledger_verdicts import judged
from hotelml_app.services.rates.ledger_views import JudgedEntry, LedgerEntry, LedgerTotals, LedgerView, Outcome
from hotelml_app.services.rates.ledger_words import caution, detail, sentence
from hotelml_app.store.decided import rate_decisions
from hotelml_app.store.decided.rate_decisions import DecisionKind, RateDecisionRow
from hotelml_app.store.hotels import currencies
from hotelml_app.store.hotels.currencies import Currencies

Came = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Rooms and revenue, one entry per night."""


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return a ledger per property, and write all entries as one CSV file where that is asked for."""
    out = output_path(parts.layout, arguments)
    rows = chosen(parts.store, arguments.text("property"))
    views = [build(Ground(parts, row)) for row in rows]
    lines = [line for view in views for line in csv_rows(view)]
    written = write_csv(out, CSV_HEADER, lines) if out is not None else None
    return {"ledgers": views, "out": str(out) if out else None, "rows": len(lines) if written is None else written}


def build(ground: Ground) -> LedgerView:
    """Return the ledger of one property as of its business date."""
    with ground.parts.store.read() as connection:
        rows = [one for one in rate_decisions.standing(connection, ground.row.id) if one.kind is not DecisionKind.FREED]
        meant = currencies.of(connection, ground.row.id)
    passed = [one for one in rows if one.night <= ground.as_of]
    waiting = [one for one in rows if one.night > ground.as_of]
    found = sorted(_judged(ground, passed, meant), key=lambda one: (-day_number(one.entry.night), one.entry.room_type))
    accepted = tuple(one for one in found if one.entry.kind == DecisionKind.ACCEPTED)
    own = tuple(one for one in found if one.entry.kind != DecisionKind.ACCEPTED)
    totals = _totals(own), _totals(accepted)
    currency, left_out = ground.row.currency or "", sum(bool(one.entry.other_currency) for one in found)
    return LedgerView(
        property_name=ground.row.name,
        as_of=ground.as_of,
        currency=currency,
        sentence=sentence(*totals),
        detail=detail(*totals, currency, len(waiting), waiting[0].night if waiting else None, left_out),
        caution=caution(*totals),
        own=own,
        accepted=accepted,
        own_totals=totals[0],
        accepted_totals=totals[1],
        waiting=len(waiting),
        next_night=waiting[0].night if waiting else None,
        freshness=ground.freshness,
    )


def _judged(ground: Ground, rows: Sequence[RateDecisionRow], meant: Currencies) -> Iterator[JudgedEntry]:
    for room_type in sorted({one.room_type for one in rows}):
        of_type = [one for one in rows if one.room_type == room_type]
        first, last = min(one.night for one in of_type), max(one.night for one in of_type)
        came = _came(ground, room_type, first, (last - first).days + 1)
        capacity = count_rooms(ground.parts, ground.row, room_type)
        for one in of_type:
            at = (one.night - first).days
            entry = _entry(one, float(came[0][at]), float(came[1][at]), capacity.count, capacity_told=capacity.told)
            entry = replace(entry, other_currency=meant.other_at(one.decided_at))
            yield JudgedEntry(entry, *judged(entry))


def _came(ground: Ground, room_type: str, first: date, nights: int) -> Came:
    """Return rooms and revenue of a room type as booked, as the pricing counts them: a booking without a price brings nothing."""
    history = of_room_type(ground.data.history, room_type)
    start = day_number(first)
    money = history.rooms * np.nan_to_num(nightly_rate(history))
    rooms = on_books_matrix(history, start, nights, 0)[:, 0]
    return rooms, on_books_matrix(history, start, nights, 0, money)[:, 0]


def _entry(one: RateDecisionRow, rooms: float, revenue: float, capacity: int | None, *, capacity_told: bool) -> LedgerEntry:
    assert one.rate is not None, "only freed nights have no rate"
    return LedgerEntry(
        night=one.night,
        room_type=one.room_type,
        kind=str(one.kind),
        decided_on=one.decided_on,
        rate=one.rate,
        current_rate=one.current_rate,
        suggested_on=one.suggested_on,
        suggested_rate=one.suggested_rate,
        rooms=rooms,
        revenue=revenue,
        suggested_rooms=one.suggested_rooms,
        suggested_revenue=one.suggested_revenue,
        rate_rooms=one.rate_rooms,
        rate_revenue=one.rate_revenue,
        made_by=one.made_by,
        room_cost=one.room_cost,
        capacity=capacity,
        capacity_told=capacity_told,
    )


def _totals(found: Sequence[JudgedEntry]) -> LedgerTotals:
    known = [one.entry for one in found if one.entry.apart is not None]
    at_rate = [one.rate_brings for one in known]
    counts = {outcome: sum(one.outcome is outcome for one in found) for outcome in Outcome}
    return LedgerTotals(
        entries=len(found),
        nights=len({one.entry.night for one in found}),
        more=counts[Outcome.MORE],
        less=counts[Outcome.LESS],
        untold=counts[Outcome.UNTOLD],
        compared=len(known),
        revenue=sum(one.brought for one in known),
        at_suggestion=sum(one.suggestion_brings or 0.0 for one in known),
        at_rate=None if any(one is None for one in at_rate) else sum(one or 0.0 for one in at_rate),
        apart_squared=sum((one.apart or 0.0) ** 2 for one in known),
        after_costs=any(one.room_cost for one in known),
    )

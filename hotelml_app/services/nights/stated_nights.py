"""Nights of the year before that no booking is known of, from exports of nightly figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.services.nights.on_books import YEAR_BACK_DAYS
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.store.exported import statistics
from hotelml_app.store.exported.statistics import NightlyRow

Figures = NDArray[np.float64]
HOUSE = ""

_METRICS = ("rooms_sold", "arrivals", "revenue", "adr")


def with_stated(ground: Ground, own: Figures, metric: str, first: date, room_type: str = HOUSE) -> Figures:
    """Return last year's figures, those the bookings do not know (NaN) as exports state them, shape (nights,).

    ``own`` holds a figure for each night from ``first`` on, 364 days before it; ``metric`` is one of the forecast's.
    """
    if not np.isnan(own).any():
        return own
    begin = first - timedelta(days=YEAR_BACK_DAYS)
    with ground.parts.store.read() as connection:
        rows = statistics.latest(connection, ground.row.id, begin, begin + timedelta(days=len(own) - 1))
    return np.where(np.isnan(own), stated(rows, metric, begin, len(own), room_type), own) if rows else own


def stated(rows: Iterable[NightlyRow], metric: str, first: date, nights: int, room_type: str = HOUSE) -> Figures:
    """Return what rows, one per night and room type, say of the nights from ``first`` on; NaN where they say nothing.

    ``metric`` is rooms_sold, arrivals, revenue or adr. Where no row speaks of the whole house, its room types do together.
    """
    by_kind: dict[str, list[NightlyRow]] = {}
    for row in rows:
        by_kind.setdefault(row.room_type, []).append(row)
    said = {kind: _columns(some, first, nights) for kind, some in by_kind.items()}
    parts = [columns for kind, columns in said.items() if kind != HOUSE] if room_type == HOUSE else []
    nothing = {name: np.full(nights, np.nan) for name in _METRICS}
    mine = said.get(room_type, nothing)
    whole = {name: _or_together(mine[name], [part[name] for part in parts]) for name in ("rooms_sold", "arrivals", "revenue")}
    if metric != "adr":
        return whole[metric]
    rate = np.divide(whole["revenue"], whole["rooms_sold"], out=np.full(nights, np.nan), where=whole["rooms_sold"] > 0)
    return np.where(np.isnan(mine["adr"]), rate, mine["adr"])


def _columns(rows: Iterable[NightlyRow], first: date, nights: int) -> dict[str, Figures]:
    found = {name: np.full(nights, np.nan) for name in _METRICS}
    for row in rows:
        for name, column in found.items():
            column[(row.stay_date - first).days] = _number(getattr(row, name))
    return found


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _or_together(own: Figures, parts: list[Figures]) -> Figures:
    if not parts:
        return own
    together = np.where(np.isnan(parts).all(axis=0), np.nan, np.nansum(parts, axis=0))
    return np.where(np.isnan(own), together, own)

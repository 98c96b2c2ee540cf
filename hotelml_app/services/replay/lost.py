"""Of the rooms on the books on a past day: how many were expected not to come, and how many did not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.history import History
from hotelml_app.modules.noshow.base_rates import base_rates
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.lost_rooms.shared_fate import lost_rooms_together
from hotelml_app.modules.noshow.snapshots import ends
from hotelml_app.services.arrivals.likely import likely_range
from hotelml_app.services.asking.words import count
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.replay.said import Said
from hotelml_app.services.replay.views import LostThen

MODULE = "noshow"
MOST_DAYS = 28
"""The risk of a booking is told so far ahead."""


def lost_then(ground: Ground, said: Said, nights: int) -> LostThen | None:
    """Compare the risks told on a day with what became of those bookings; None where none of them has arrived since.

    How many rooms a booking held is as known that day, what became of it as known today.
    """
    last = min(said.day + timedelta(days=min(nights, MOST_DAYS)), ground.as_of)
    then = ground.data.at(said.day).history
    known, untold = _risks(ground.data.history, then, said, last)
    if not known:
        return None
    size = np.array([one.rooms for one in known])
    days = np.array([(one.arrival - said.day).days for one in known])
    usual = base_rates(lay_out(then), day_number(said.day), MOST_DAYS).p_lost(days)
    low, high = likely_range(_distribution(known, _deviation(said)))
    return LostThen(
        last=last,
        rooms=sum(one.rooms for one in known),
        expected=sum(one.chance * one.rooms for one in known),
        low=low,
        high=high,
        lost=sum(one.rooms for one in known if one.lost),
        plain=float(usual @ size),
        untold=untold,
    )


def sentence(lost: LostThen | None, said: Said) -> str:
    """Return what was expected not to come beside what did not; "" where nothing was said."""
    if lost is None:
        return ""
    ahead, rooms = (lost.last - said.day).days, count(lost.rooms, "room")
    when = "on the day after" if ahead == 1 else f"in the {count(ahead, 'day')} after"
    likely = f" (likely {lost.low:,} to {lost.high:,})" if lost.low < lost.high else ""
    told = f"Of {rooms} that were to arrive {when}, {lost.expected:,.0f} were expected not to come{likely}"
    came = f"{told}; {lost.lost:,.0f} did not. The usual share would have said {lost.plain:,.0f}."
    moved = count(lost.untold, "room that moved to another day is", "rooms that moved to another day are")
    return f"{came} {moved} left out." if round(lost.untold) else came


@dataclass(frozen=True)
class _Risk:
    """One booking: how likely it was lost as it was told, the rooms it held then, and what became of it."""

    arrival: date
    chance: float
    rooms: float
    lost: bool


def _risks(history: History, then: History, said: Said, last: date) -> tuple[list[_Risk], float]:
    """Return the bookings of which the end is known, and the rooms of the others."""
    held = then.on_the_books(said.day, (last - said.day).days)
    rooms = {str(held.reservation_ids[booking]): float(many) for booking, many in zip(held.booking, held.rooms, strict=True)}
    end, number = ends(history), {str(name): at for at, name in enumerate(history.reservation_ids)}
    found, untold = list[_Risk](), 0.0
    for row in said.rows:
        chance = row.payload.get("p_lost")
        if row.target_date > last or not isinstance(chance, (int, float)):
            continue
        name = str(row.payload["reservation_id"])
        at, size = number.get(name), rooms.get(name, 1.0)
        if at is not None and end.known[at]:
            found.append(_Risk(row.target_date, float(chance), size, bool(end.lost[at])))
        else:
            untold += size
    return found, untold


def _deviation(said: Said) -> float:
    told = (row.payload.get("shared_deviation") for row in said.rows)
    return max((float(value) for value in told if isinstance(value, (int, float))), default=0.0)


def _distribution(known: list[_Risk], deviation: float) -> list[float]:
    """Return how likely 0, 1, 2… rooms are lost over all days: the losses of one day go together, days do not."""
    by_day = defaultdict[date, list[_Risk]](list)
    for one in known:
        by_day[one.arrival].append(one)
    whole = np.ones(1)
    for of_day in by_day.values():
        chance, rooms = np.array([one.chance for one in of_day]), np.array([one.rooms for one in of_day])
        whole = np.convolve(whole, lost_rooms_together(chance, rooms, deviation))
    return [float(share) for share in whole]

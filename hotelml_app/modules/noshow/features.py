"""What is known of each booking on the books at the end of a day; the same code serves training and prediction.

Nothing that staff fill in at check-in is used, nor the deposit: in the exports seen so far "non refundable" marks how a
booking was released rather than how risky it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sklearn_to_onnx import on_grid
from hotelml_app.modules.noshow.books import Books, Flags, Floats, Groups, Integers

LATE_DAYS = 28
"""Only what was lost this close to arrival counts as a late loss."""
MEMORY_DAYS = 365
HALF_LIFE_DAYS = 180.0
PRIOR_BOOKINGS = 20.0
"""A group with this many bookings is believed half by its own share, half by the house's."""
RECENT_DAYS = 21
PARTY_DAYS = 14
HIGHEST_RATE, TIMES_USUAL = 1000.0, 5.0
"""Rates count up to so much, or so many times the usual one where money comes in large numbers, as yen and forints do; what
lies beyond is mistyped, or of a party in one."""
FRIDAY, SATURDAY = 4, 5
_THURSDAY_EPOCH = 3
"""1970-01-01 was a Thursday: (day + 3) % 7 is 0 on Mondays."""


@dataclass(frozen=True)
class Snapshot:
    """The bookings on the books at the end of ``day``: spell, days to arrival, features (rows, features)."""

    day: int
    spells: NDArray[np.intp]
    days_ahead: Integers
    features: NDArray[np.float32]


def snapshot(books: Books, day: int, horizon: int) -> Snapshot:
    """Return the features of every booking that is to arrive within ``horizon`` days after ``day``."""
    spells = books.expected_at(day, horizon)
    named = feature_columns(books, day, spells, horizon)
    matrix = np.stack([np.asarray(column, dtype=np.float64) for column in named.values()], axis=1)
    return Snapshot(day, spells, books.arrival[spells] - day, on_grid(matrix))


def feature_names(books: Books) -> tuple[str, ...]:
    """Return the names of the features in their order."""
    return tuple(feature_columns(books, 0, np.zeros(0, dtype=np.intp), 1))


def feature_columns(books: Books, day: int, spells: NDArray[np.intp], horizon: int) -> dict[str, NDArray[np.generic]]:
    """Return one column per feature for the given spells."""
    known = _Known(books, day)
    return {
        **_facts(books, day, spells),
        **_rates(books, spells, known, day, horizon),
        **_shares_lost(books, spells, known),
        **_lately_lost(books, spells, known),
        **_company_kept(books, spells, known),
    }


class _Known:
    """Every booking as known at the end of a day."""

    def __init__(self, books: Books, day: int) -> None:
        self.day = day
        self.spells = books.known_at(day)
        self.arrival = books.arrival[self.spells]
        self.lost = books.lost[self.spells]
        self.since = books.known_from[self.spells]
        self.holding = books.holding[self.spells]


def _facts(books: Books, day: int, spells: NDArray[np.intp]) -> dict[str, NDArray[np.generic]]:
    """Return what the booking says of itself."""
    arrival, booked = books.arrival[spells], books.booked[spells]
    lead, ahead = arrival - booked, arrival - day
    nights = books.departure[spells] - arrival
    weekday = (arrival + _THURSDAY_EPOCH) % 7
    number = {name: column[spells] for name, column in books.numbers.items()}
    return {
        "days ahead": ahead,
        "lead": np.log1p(np.maximum(lead, 0)),
        "days since booked": np.log1p(np.maximum(day - booked, 0)),
        "share of lead left": ahead / np.maximum(lead, 1),
        "nights": nights,
        "arrival weekday": weekday,
        "arrives on weekend": np.isin(weekday, (FRIDAY, SATURDAY)),
        "weekend nights": _weekend_nights(weekday, nights),
        "adults": number["adults"],
        "children": number["children"],
        "special requests": number["special_requests"],
        "repeated guest": number["repeated_guest"],
        "previous cancellations": np.log1p(np.maximum(number["previous_cancellations"], 0)),
        "previous stays": np.log1p(np.maximum(number["previous_stays"], 0)),
        "waiting list days": np.log1p(np.maximum(number["waiting_list_days"], 0)),
        "no agent": books.kinds["agent"][spells] == 0,
        "no company": books.kinds["company"][spells] == 0,
    }


def _weekend_nights(weekday: Integers, nights: Integers) -> Integers:
    """Return the nights from Friday and Saturday among the first seven of the stay."""
    night = np.arange(7)[None, :]
    weekend = np.isin((weekday[:, None] + night) % 7, (FRIDAY, SATURDAY))
    result: Integers = (weekend & (night < nights[:, None])).sum(axis=1)
    return result


def _rates(books: Books, spells: NDArray[np.intp], known: _Known, day: int, horizon: int) -> dict[str, NDArray[np.generic]]:
    """Return the rate, and how it stands against others of its room type and of its arrival day."""
    rate = np.clip(books.numbers["adr"], 0.0, _highest(books.numbers["adr"][known.spells]))
    coming = known.spells[known.holding & (known.arrival > day)]
    room_type = books.kinds["room type"]
    by_type = _mean(room_type[coming], rate[coming], int(room_type.max(initial=0)) + 1)
    ahead = books.arrival[spells] - day
    by_day = _mean(ahead, rate[spells], horizon + 1)
    arriving = np.bincount(ahead, minlength=horizon + 1)
    return {
        "rate": np.minimum(rate[spells], HIGHEST_RATE),
        # Rates agreed by hand are whole; those with cents come from tariffs and are kept to more often.
        "whole rate": rate[spells] == np.round(rate[spells]),
        "rate against room type": rate[spells] / np.maximum(by_type[room_type[spells]], 1.0),
        "rate against arrival day": rate[spells] / np.maximum(by_day[ahead], 1.0),
        "arrivals that day": np.log1p(arriving[ahead]),
    }


def _highest(rates: Floats) -> float:
    paid = rates[rates > 0]
    return max(HIGHEST_RATE, TIMES_USUAL * float(np.median(paid))) if len(paid) else HIGHEST_RATE


def _mean(groups: Groups, values: Floats, size: int) -> Floats:
    result: Floats = np.bincount(groups, weights=values, minlength=size) / np.maximum(np.bincount(groups, minlength=size), 1)
    return result


def late_ends(books: Books, day: int) -> NDArray[np.intp]:
    """Return the spells of the year up to ``day`` that came, or were lost late: what late losses are counted among."""
    known = _Known(books, day)
    return known.spells[_late(known, _past(books, known))]


def _past(books: Books, known: _Known) -> Flags:
    found: Flags = (known.arrival <= known.day) & (known.arrival > max(known.day - MEMORY_DAYS, books.told_from))
    return found


def _late(known: _Known, past: Flags) -> Flags:
    return past & (~known.lost | (known.since > known.arrival - LATE_DAYS))


def _shares_lost(books: Books, spells: NDArray[np.intp], known: _Known) -> dict[str, NDArray[np.generic]]:
    """Return, per way of grouping, the log ratio of the group's share of late losses to the house's, shrunk."""
    past = _past(books, known)
    late = _late(known, past)
    weight = 0.5 ** ((known.day - known.arrival[late]) / HALF_LIFE_DAYS)
    columns: dict[str, NDArray[np.generic]] = {}
    for name, kind in books.kinds.items():
        ratio, count = _log_ratio(kind, known.spells[late], known.lost[late], weight)
        columns[f"late losses of {name}"] = ratio[kind[spells]]
        if name in ("agent", "company"):
            columns[f"bookings of {name}"] = np.log1p(count[kind[spells]])
    for name in ("agent", "company"):
        kind = books.kinds[name]
        ratio, _ = _log_ratio(kind, known.spells[past], known.lost[past], np.ones(int(past.sum())))
        columns[f"losses of {name}"] = ratio[kind[spells]]
    return columns


def _lately_lost(books: Books, spells: NDArray[np.intp], known: _Known) -> dict[str, NDArray[np.generic]]:
    """Return the same for what was cancelled in the last weeks among bookings still to come."""
    lately = known.lost & (known.since > known.day - RECENT_DAYS)
    at_risk = (known.arrival >= known.day) & (~known.lost | lately)
    weight = np.ones(int(at_risk.sum()))
    columns: dict[str, NDArray[np.generic]] = {}
    for name in ("agent", "company", "segment"):
        kind = books.kinds[name]
        ratio, _ = _log_ratio(kind, known.spells[at_risk], lately[at_risk], weight)
        columns[f"recent losses of {name}"] = ratio[kind[spells]]
    return columns


def _log_ratio(kind: Groups, spells: NDArray[np.intp], lost: Flags, weight: Floats) -> tuple[Floats, Floats]:
    """Return per group (log of its shrunk share lost over the overall share, weighted count)."""
    size = int(kind.max(initial=0)) + 1
    overall = (float((weight * lost).sum()) + 1.0) / (float(weight.sum()) + 10.0)
    count = np.bincount(kind[spells], weights=weight, minlength=size)
    if size == 1:
        # Where nobody tells them apart there is nothing to learn; what shrinking leaves would tell how old the records are.
        return np.zeros(size), np.asarray(count, dtype=np.float64)
    losses = np.bincount(kind[spells], weights=weight * lost, minlength=size)
    share = (losses + PRIOR_BOOKINGS * overall) / (count + PRIOR_BOOKINGS)
    return np.log(share / overall), np.asarray(count, dtype=np.float64)


def _company_kept(books: Books, spells: NDArray[np.intp], known: _Known) -> dict[str, NDArray[np.generic]]:
    """Return how many bookings belong together with this one, and how many of them are gone."""
    columns: dict[str, NDArray[np.generic]] = {}
    gone_lately = known.lost & (known.since > known.day - PARTY_DAYS)
    for name, group in (("party", books.party), ("sharers", books.sharers)):
        size = int(group.max(initial=0)) + 1
        members = group[known.spells]
        total = np.bincount(members, minlength=size)[group[spells]]
        gone = np.bincount(members, weights=known.lost, minlength=size)[group[spells]]
        lately = np.bincount(members, weights=gone_lately, minlength=size)[group[spells]]
        columns[f"{name} size"] = np.log1p(total)
        columns[f"{name} share gone"] = (gone + 0.15) / (total + 0.5)
        columns[f"{name} left"] = np.log1p(total - gone)
        columns[f"{name} gone lately"] = np.log1p(lately)
    return columns

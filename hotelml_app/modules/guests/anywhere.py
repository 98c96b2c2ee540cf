"""Bookings of any hotel as numbers: nothing in them is a hotel's own word, price level or size.

An agent or a company is known by what its bookings are like, a rate by how it compares with what is usual here.
A column that a hotel never fills in is NaN, so that "not told" is not taken for "none".
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sklearn_to_onnx import on_grid
from hotelml_app.modules.guests.examples import Examples, Words
from hotelml_app.modules.guests.vocabulary import CHANNELS, channel_of

Floats = NDArray[np.float64]

DOUBT = 5.0
"""Bookings' worth of the house's own mean that an agent's or a company's mean begins with."""

MEALS = (("room only", ("", "SC", "RO")), ("half or full board", ("HB", "FB", "AI")))
HIGHEST_RATE = 4.0

BY_WHOM = ("lead", "wishes", "guests", "rate", "alike", "whole rate")
"""What an agent's and a company's bookings are known by, as means over all of them."""

GROUPS: dict[str, tuple[str, ...]] = {
    "the channel": tuple(f"channel {kind}" for kind in CHANNELS),
    "the agent": ("agent", "bookings of agent", *(f"{name} of agent" for name in BY_WHOM)),
    "the company": ("company", "bookings of company", *(f"{name} of company" for name in BY_WHOM)),
    "the rate": ("rate", "rate of the month", "no rate", "whole rate"),
    "how many were booked alike": ("alike", "same stay"),
    "how early it was booked": ("lead",),
    "the length and days of the stay": ("nights", "weekday", "weekend nights"),
    "the party": ("adults", "children"),
    "the meals": tuple(name for name, _ in MEALS),
    "the deposit": ("non refundable", "refundable"),
    "wishes and earlier stays": ("wishes", "previous stays", "repeated guest", "previous cancellations"),
}
"""The features by what they tell, in the words a reason is given in."""

FEATURES = tuple(name for names in GROUPS.values() for name in names)


def features(booked: Examples) -> NDArray[np.float32]:
    """Return what is known of every booking, shape (bookings, FEATURES); ``booked`` are all bookings of the hotel."""
    found = _own(booked)
    for who in ("agent", "company"):
        found |= _by_whom(booked.words[who], who, found)
    columns = [np.asarray(found[name], dtype=np.float64) for name in FEATURES]
    return on_grid(np.stack(columns, axis=1)) if len(booked) else np.zeros((0, len(FEATURES)), dtype=np.float32)


def _own(booked: Examples) -> dict[str, Floats]:
    """Return the features of a booking that need no agent and no company."""
    adults, children = (np.nan_to_num(booked.numbers[name]) for name in ("adults", "children"))
    nights, weekday = np.maximum(booked.nights, 0), (booked.arrival.astype(np.int64) + 3) % 7
    rate = np.nan_to_num(booked.numbers["adr"])
    found: dict[str, Floats] = {
        "lead": np.log1p(np.maximum(booked.arrival - booked.booked_on, 0).astype(np.float64)),
        "nights": np.log1p(nights.astype(np.float64)),
        "weekday": weekday.astype(np.float64),
        "weekend nights": _weekend_nights(weekday, nights) / np.maximum(nights, 1),
        "adults": adults,
        "children": children,
        "guests": adults + children,
        **_rates(rate, booked.arrival),
        "alike": _log_count(booked.booked_on, booked.arrival, booked.nights, *_codes(booked, "agent", "company")),
        "same stay": _log_count(booked.arrival, booked.nights, *_codes(booked, "agent", "company")),
        "wishes": _told(booked.numbers["special_requests"]),
        "previous stays": np.minimum(_told(booked.numbers["previous_stays"]), 5.0),
        "repeated guest": _told(booked.numbers["repeated_guest"]),
        "previous cancellations": np.minimum(_told(booked.numbers["previous_cancellations"]), 5.0),
    }
    channel, meal = _by_word(booked.words["channel"], channel_of), booked.words["meal"]
    found |= {f"channel {kind}": np.where(channel != "", (channel == kind).astype(np.float64), np.nan) for kind in CHANNELS}
    found |= {name: _flag(np.isin(meal, words), (meal != "").any()) for name, words in MEALS}
    deposit = _by_word(booked.words["deposit_type"], str.casefold)
    never = np.char.startswith(deposit, "non") if len(deposit) else np.zeros(0, dtype=bool)
    told = bool((deposit != "").any())
    return {**found, "non refundable": _flag(never, told), "refundable": _flag(deposit == "refundable", told)}


def _rates(rate: Floats, arrival: NDArray[np.int32]) -> dict[str, Floats]:
    """Return rates beside the hotel's usual one, and beside that of the month of arrival."""
    paid = rate > 0
    usual = float(np.median(rate[paid])) if paid.any() else 1.0
    months, month = np.unique(arrival // 30, return_inverse=True)
    sums = np.bincount(month[paid], weights=rate[paid], minlength=len(months))
    counts = np.bincount(month[paid], minlength=len(months))
    of_month = (sums + DOUBT * usual) / (counts + DOUBT)
    known = bool(paid.any())
    return {
        "rate": np.where(paid, np.minimum(rate / usual, HIGHEST_RATE), np.nan),
        "rate of the month": np.where(paid, np.minimum(rate / of_month[month], HIGHEST_RATE), np.nan),
        "no rate": _flag(~paid, known),
        "whole rate": np.where(paid, (np.abs(rate - np.round(rate)) < 0.005).astype(np.float64), np.nan),
    }


def _by_whom(names: Words, who: str, own: dict[str, Floats]) -> dict[str, Floats]:
    """Return whether an agent (a company) booked, how much of the house's bookings are its, and what these are like."""
    said = names != ""
    if not said.any():
        blank = np.full(len(names), np.nan)
        return dict.fromkeys(GROUPS[f"the {who}"], blank)
    _, code = np.unique(names, return_inverse=True)
    count = np.bincount(code).astype(np.float64)
    found = {who: said.astype(np.float64), f"bookings of {who}": np.where(said, np.log((count / len(names))[code]), np.nan)}
    for name in BY_WHOM:
        values = own[name]
        seen = ~np.isnan(values)
        house = float(values[seen].mean()) if seen.any() else 0.0
        sums = np.bincount(code[seen], weights=values[seen], minlength=len(count)) + DOUBT * house
        means = sums / (np.bincount(code[seen], minlength=len(count)) + DOUBT)
        found[f"{name} of {who}"] = np.where(said, means[code], np.nan)
    return found


def _weekend_nights(weekday: NDArray[np.int64], nights: NDArray[np.int32]) -> Floats:
    """Return how many nights of a stay are a Friday's or a Saturday's."""
    before = np.array([0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 3, 4])  # such nights before day k of two weeks from a Monday
    rest = before[weekday + nights % 7] - before[weekday]
    found: Floats = (2 * (nights // 7) + rest).astype(np.float64)
    return found


def _codes(booked: Examples, *columns: str) -> tuple[NDArray[np.intp], ...]:
    return tuple(np.unique(booked.words[name], return_inverse=True)[1] for name in columns)


def _log_count(*columns: NDArray[np.generic]) -> Floats:
    """Return the logarithm of how many bookings share all of these columns."""
    _, group, count = np.unique(np.stack(columns), axis=1, return_inverse=True, return_counts=True)
    found: Floats = np.log(count[group.ravel()].astype(np.float64))
    return found


def _by_word(words: Words, meaning: Callable[[str], str]) -> Words:
    labels, code = np.unique(words, return_inverse=True)
    return np.array([meaning(word) for word in labels.tolist()], dtype=str)[code] if len(words) else words


def _told(values: Floats) -> Floats:
    """Return numbers with 0 for a blank; NaN throughout where the hotel never says any."""
    return np.nan_to_num(values) if (~np.isnan(values)).any() else values


def _flag(true: NDArray[np.bool_], told: bool | np.bool_) -> Floats:
    return true.astype(np.float64) if told else np.full(len(true), np.nan)

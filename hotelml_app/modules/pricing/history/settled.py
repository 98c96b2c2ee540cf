"""The rate a night will end at: what is on its books, less what will be lost of it, and what is still to come.

Kinds of guests (terms and segment) differ in how many are lost and in what they pay; what is still to come pays as much
beside the books as it did on the nights of the last weeks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.ml.property.booking_curves import BookedNights, on_books_apart
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.history.leads import Floats, Integers

KIND_WORDS = ("deposit_type", "segment", "customer_type")
MOST_KINDS = 12
"""The commonest are looked at apart, all others together."""

KEPT_DAYS, RECENT_DAYS = 120, (28, 84)
PRIOR_ROOMS, PRIOR_KEPT = 4.0, 0.8
FEWEST_NEW, LOWEST_RATIO, HIGHEST_RATIO, RATIO_SHARE = 3.0, 0.5, 2.0, 0.5

FEW_ROOMS, MANY_ROOMS, NEAR_DAYS, MOST_MOVED = 3.0, 23.0, 3.0, 0.5
"""With few rooms on the books, or few days left, most nights end at just the rate they stand at; and elsewhere not all of what
seems to be to come does. Measured on two hotels over thirteen months: leaning so on the books keeps the error below theirs."""


@dataclass(frozen=True)
class _Recent:
    """The last nights by lead 0 … nights: rooms and money ``held``, ``kept`` to the end, and ``new`` since then."""

    held: Floats
    kept: Floats
    new: Floats
    held_money: Floats
    new_money: Floats


def settled_rates(booked: History, paid: History, on_books: Floats, nights: int) -> Floats:
    """Return the rate each of the ``nights`` coming nights will end at; ``on_books`` is what it stands at, NaN stays NaN.

    ``booked`` are the bookings of one room type, ``paid`` those of them that ``rates.paid_rooms`` keeps.
    """
    kind, kinds = _kinds(paid)
    recent = _recent(paid, booked, kind, kinds, nights)
    money = paid.rooms * paid.numbers["adr"]
    rooms, worth = (_by_kind(paid, kind, kinds, nights, weight) for weight in (paid.rooms, money))
    lead = np.arange(1, nights + 1)
    whole = recent.held[:, -KEPT_DAYS:].sum(axis=1)
    share = (recent.kept[:, -KEPT_DAYS:].sum(axis=1) + PRIOR_ROOMS * PRIOR_KEPT) / (whole + PRIOR_ROOMS)
    kept_rooms, kept_money = (rooms * share[:, lead]).sum(axis=0), (worth * share[:, lead]).sum(axis=0)
    new, ratio = _still_new(recent, lead)
    at = np.nan_to_num(on_books) * (1 + RATIO_SHARE * (ratio - 1))
    ends_at = (kept_money + new * at) / np.maximum(kept_rooms + new, 1e-9)
    return _lean_on_books(on_books, ends_at, rooms.sum(axis=0), lead)


def _lean_on_books(on_books: Floats, ends_at: Floats, rooms: Floats, lead: Integers) -> Floats:
    many = np.clip((rooms - FEW_ROOMS) / (MANY_ROOMS - FEW_ROOMS), 0.0, 1.0)
    weight = MOST_MOVED * many * lead / (lead + NEAR_DAYS)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = np.log(np.maximum(ends_at, 1e-9) / on_books)
    found: Floats = on_books * np.exp(np.where(weight > 0, weight * moved, 0.0))
    return found


def _still_new(recent: _Recent, lead: Integers) -> tuple[Floats, Floats]:
    """Return rooms a night still gains from a lead on, and what they pay beside the books, means of both stretches of weeks."""
    rooms, ratios = np.zeros(len(lead)), np.zeros(len(lead))
    for days in RECENT_DAYS:
        new, money = recent.new[-days:, lead].sum(axis=0), recent.new_money[-days:, lead].sum(axis=0)
        held, worth = recent.held[:, -days:, lead].sum(axis=(0, 1)), recent.held_money[-days:, lead].sum(axis=0)
        told = (new > FEWEST_NEW) & (held > 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.clip((money / new) / (worth / held), LOWEST_RATIO, HIGHEST_RATIO)
        rooms += new / days / len(RECENT_DAYS)
        ratios += np.where(told, ratio, 1.0) / len(RECENT_DAYS)
    return rooms, ratios


def _kinds(paid: History) -> tuple[Integers, int]:
    """Return the kind of guest of each spell as a number, and how many kinds there are."""
    key = np.zeros(len(paid), dtype=np.int64)
    for name in KIND_WORDS:
        column = paid.categories[name]
        key = key * len(column.labels) + column.codes
    words, kind = np.unique(key, return_inverse=True)
    rank = np.empty(len(words), dtype=np.int64)
    rank[np.argsort(-np.bincount(kind, minlength=len(words)), kind="stable")] = np.arange(len(words))
    return np.minimum(rank[kind], MOST_KINDS - 1).astype(np.int64), min(max(len(words), 1), MOST_KINDS)


def _recent(paid: History, booked: History, kind: Integers, kinds: int, longest: int) -> _Recent:
    today = paid.today
    nights = BookedNights.of(paid, today - KEPT_DAYS + 1, KEPT_DAYS, longest)
    stays = np.zeros(len(booked.booked_on), dtype=bool)
    newest = np.ones(len(booked), dtype=bool)
    newest[:-1] = booked.booking[1:] != booked.booking[:-1]
    stays[booked.booking[newest]] = booked.occupying[newest]
    to_the_end = stays[paid.booking[nights.spell]]
    money = paid.rooms * paid.numbers["adr"]
    held = nights.matrices(paid.rooms, kind, kinds)
    kept, kept_money = nights.matrices(paid.rooms, kind, kinds, to_the_end), nights.matrix(money, to_the_end)
    ended, ended_money = held.sum(axis=0)[:, :1], nights.matrix(money)[:, :1]
    return _Recent(
        held, kept, np.maximum(ended - kept.sum(axis=0), 0.0), nights.matrix(money), np.maximum(ended_money - kept_money, 0.0)
    )


def _by_kind(paid: History, kind: Integers, kinds: int, nights: int, weight: Floats) -> Floats:
    """Return what is on the books for every coming night per kind of guest, shape (kinds, nights)."""
    return on_books_apart(paid, paid.today, paid.today + 1, nights, kind, kinds, weight)

"""The plain rule: the segment that most bookings with the same details had, from the most telling details to none."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.guests.examples import Examples

STEPS: tuple[tuple[str, ...], ...] = (
    ("channel", "agent", "company", "rate_code", "customer_type", "deposit_type", "meal"),
    ("channel", "agent", "company", "rate_code", "customer_type"),
    ("channel", "agent", "company", "rate_code"),
    ("agent", "rate_code"),
    ("company", "rate_code"),
    ("rate_code", "party"),
    ("channel", "agent", "party", "lead"),
    ("channel", "customer_type", "deposit_type", "meal"),
    ("channel", "company"),
    ("rate_code",),
    ("company",),
    ("agent",),
    ("customer_type", "channel", "lead"),
    ("channel", "lead"),
    ("channel",),
    ("customer_type",),
    ("party", "lead"),
    (),
)
"""Details tried one after the other. The first of a step must be known; of the others only MAY_BE_BLANK may be unknown."""

MAY_BE_BLANK = ("agent", "company", "rate_code")
"""That no agent or company booked tells something too, and not every export has rate codes."""

NAMES = {
    "channel": "channel",
    "agent": "agent",
    "company": "company",
    "rate_code": "rate code",
    "customer_type": "customer type",
    "deposit_type": "deposit",
    "meal": "meal",
    "room_type": "room type",
    "party": "party",
    "lead": "booked",
}
MIN_BOOKINGS = 8
"""With fewer bookings of the same details the next step is asked."""

SURE_BOOKINGS = 2.0
"""Bookings of another segment added before a share is taken as confidence."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A segment, how sure it is in [0, 1], and the details it rests on."""

    segment: str
    confidence: float
    reason: str


class Lookups:
    """Counts of segments by details, learned from those bookings that carry a segment."""

    def __init__(self, booked: Examples) -> None:
        self._steps = tuple(step for step in STEPS if all(name in booked.words for name in step))
        self._counts: tuple[defaultdict[Key, Counter[str]], ...] = tuple(defaultdict(Counter) for _ in self._steps)
        kinds, times = _kinds(booked, sorted({name for step in self._steps for name in step}))
        said, segments = _Said(kinds), _shared(kinds.segment)
        for counts, step in zip(self._counts, self._steps, strict=True):
            for key, segment, number in zip(said.keys(step), segments, times, strict=True):
                if segment:
                    counts[key][segment] += number

    def answers(self, asked: Examples) -> list[Answer]:
        """Return an answer per booking; a booking that carries a segment itself does not vote for it."""
        said = _Said(asked)
        keys = zip(*(said.keys(step) for step in self._steps), strict=True)
        return [self._answer(list(row), own) for row, own in zip(keys, _shared(asked.segment), strict=True)]

    def _answer(self, keys: list[Key], own: str) -> Answer:
        for counts, step, key in zip(self._counts, self._steps, keys, strict=True):
            found = counts.get(key)
            if found is None or not _told(step, key):
                continue
            votes = _without(found, own)
            total = sum(votes.values())
            if total >= MIN_BOOKINGS or (not step and total):
                segment = min(votes, key=lambda word: (-votes[word], word))
                confidence = votes[segment] / (total + SURE_BOOKINGS)
                return Answer(segment, confidence, _reason(step, key, votes[segment], total, segment))
        return Answer("", 0.0, "No booking with a segment is known yet.")


def _told(step: tuple[str, ...], key: Key) -> bool:
    """Tell whether a booking says enough for a step."""
    if step and not key[0]:
        return False
    return all(word or name in MAY_BE_BLANK for name, word in zip(step, key, strict=True))


def _without(counts: Counter[str], own: str) -> Counter[str]:
    if not own:
        return counts
    votes = counts.copy()
    votes[own] -= 1
    return +votes


class _Said:
    """The details of bookings; the same word is one object however often it is said: there are few words and many bookings."""

    def __init__(self, rows: Examples) -> None:
        self._rows = rows
        self._columns: dict[str, list[str]] = {}

    def keys(self, step: tuple[str, ...]) -> Iterator[Key]:
        """Return the details of a step, booking by booking."""
        if not step:
            return itertools.repeat((), len(self._rows))
        return zip(*(self._column(name) for name in step), strict=True)

    def _column(self, name: str) -> list[str]:
        if name not in self._columns:
            self._columns[name] = _shared(self._rows.words[name])
        return self._columns[name]


def _kinds(booked: Examples, names: Sequence[str]) -> tuple[Examples, list[int]]:
    """Return one booking of each kind, which is the same in these details and in its segment, and how many there are of it.

    A house has some thousand kinds, however many hundred thousand bookings it looks back on.
    """
    kind = np.unique(booked.segment, return_inverse=True)[1].astype(np.int64)
    for name in names:
        labels, codes = np.unique(booked.words[name], return_inverse=True)
        # Numbered anew with each column, so that no product of numbers grows beyond what 64 bits hold.
        kind = np.unique(kind * len(labels) + codes, return_inverse=True)[1]
    _, one_of_each, times = np.unique(kind, return_index=True, return_counts=True)
    return booked.take(one_of_each), times.tolist()


def _shared(words: NDArray[np.str_]) -> list[str]:
    """Return words as a list in which equal ones are the same object."""
    distinct, which = np.unique(words, return_inverse=True)
    once: list[str] = distinct.tolist()
    return [once[at] for at in which.tolist()]


def _reason(step: tuple[str, ...], key: Key, votes: int, total: int, segment: str) -> str:
    details = ", ".join(f"{NAMES[name]} {word}" for name, word in zip(step, key, strict=True) if word)
    if not details:
        return f"Nothing that helps is known of this booking; {votes} of all {total} bookings are {segment}."
    return f"{votes} of {total} bookings with {details} are {segment}."

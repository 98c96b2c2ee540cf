"""Risk classes: which kinds of bookings tend to be cancelled or not to come.

A class gathers bookings with a similar share that stayed, told from what is known when they are made. How many of a class
fall away between a day and the stay is then read from the latest weeks, so the classes themselves may be old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST
from hotelml_app.ml.property.history import History

CLASSES = 8

KINDS = ("deposit_type", "segment", "customer_type")
"""Words that tell most about whether a booking holds, coarse enough to be seen often."""

LEAD_STEPS_DAYS = (2, 7, 14, 30, 60, 120, 200)

MOST_COUNTED = 2_000_000

PRIOR_BOOKINGS = 20.0
"""A kind with this many bookings is believed half by its own share, half by that of all kinds like it."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class RiskClasses:
    """Share that stayed per kind and per kind with its details, and the shares at which the classes part.

    Keys are the words joined by "|", details appended: lead step, special requests (0-2), earlier cancellations (0-1).
    """

    overall: float
    by_kind: Mapping[str, float]
    by_detail: Mapping[str, float]
    edges: tuple[float, ...]

    def classes(self, history: History) -> Integers:
        """Return the class of each spell's booking, 0 (riskiest) to CLASSES - 1."""
        _, details, kind_names = _keys(history)
        kind_share = np.array([self.by_kind.get(name, self.overall) for name in kind_names])
        unique, inverse = _numbered(details)
        steps = [(int(one) // _DETAILS, int(one) % _DETAILS) for one in unique]
        share = np.array([self.by_detail.get(f"{kind_names[k]}|{d}", kind_share[k]) for k, d in steps])
        result: Integers = np.searchsorted(np.asarray(self.edges), share[inverse], side="right").astype(np.int64)
        return result

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters."""
        return {
            "overall": self.overall,
            "by_kind": dict(self.by_kind),
            "by_detail": dict(self.by_detail),
            "edges": list(self.edges),
        }

    @classmethod
    def from_dict(cls, parameters: Mapping[str, Any]) -> RiskClasses:
        """Return what ``as_dict`` described."""
        return cls(parameters["overall"], parameters["by_kind"], parameters["by_detail"], tuple(parameters["edges"]))


_REQUESTS, _CANCELLATIONS = 3, 2
_DETAILS = (len(LEAD_STEPS_DAYS) + 1) * _REQUESTS * _CANCELLATIONS


def stayed(history: History) -> NDArray[np.bool_]:
    """Return, per booking, whether its latest state holds a room."""
    result = np.zeros(len(history.booked_on), dtype=bool)
    last = _last_spells(history)
    result[history.booking[last]] = ~np.isin(history.status[last], np.array(LOST, dtype=np.int8)) & history.occupying[last]
    return result


def learn_risk_classes(history: History) -> RiskClasses:
    """Learn the classes from the bookings whose arrival has passed."""
    last = _last_spells(history)
    rows = history.take(last)
    ended = rows.arrival <= history.today
    outcome = stayed(history)[rows.booking][ended].astype(np.float64)
    if not len(outcome):
        return RiskClasses(1.0, {}, {}, (0.5,) * (CLASSES - 1))
    kinds, details, kind_names = _keys(rows)
    kinds, details = kinds[ended], details[ended]
    overall = float(outcome.mean())
    by_kind = _shares(kinds, outcome, np.full(len(outcome), overall))
    prior = np.array([by_kind[int(k)] for k in kinds])
    by_detail = _shares(details, outcome, prior)
    share = np.array([by_detail[int(d)] for d in details])
    edges = np.quantile(share, np.linspace(0, 1, CLASSES + 1)[1:-1])
    return RiskClasses(
        overall,
        {kind_names[k]: round(v, 4) for k, v in by_kind.items()},
        {f"{kind_names[d // _DETAILS]}|{d % _DETAILS}": round(v, 4) for d, v in by_detail.items()},
        tuple(round(float(edge), 4) for edge in edges),
    )


def _shares(keys: Integers, outcome: NDArray[np.float64], prior: NDArray[np.float64]) -> dict[int, float]:
    unique, inverse = np.unique(keys, return_inverse=True)
    count = np.bincount(inverse)
    expected = np.bincount(inverse, prior) / count
    share = (np.bincount(inverse, outcome) + PRIOR_BOOKINGS * expected) / (count + PRIOR_BOOKINGS)
    return {int(key): float(value) for key, value in zip(unique, share, strict=True)}


def _keys(history: History) -> tuple[Integers, Integers, list[str]]:
    """Return each spell's kind, its kind with details (kind * _DETAILS + detail), and the words of each kind."""
    combined = np.zeros(len(history), dtype=np.int64)
    for name in KINDS:
        column = history.categories[name]
        combined = combined * len(column.labels) + column.codes
    unique, kinds = _numbered(combined)
    words = []
    for one in unique:
        parts, rest = [], int(one)
        for name in reversed(KINDS):
            labels = history.categories[name].labels
            rest, code = divmod(rest, len(labels))
            parts.append(labels[code])
        words.append("|".join(reversed(parts)))
    lead = np.digitize(history.lead, LEAD_STEPS_DAYS)
    requests = np.clip(np.nan_to_num(history.numbers["special_requests"]), 0, _REQUESTS - 1).astype(np.int64)
    cancelled = np.clip(np.nan_to_num(history.numbers["previous_cancellations"]), 0, 1).astype(np.int64)
    detail = (lead * _REQUESTS + requests) * _CANCELLATIONS + cancelled
    return kinds.astype(np.int64), (kinds * _DETAILS + detail).astype(np.int64), words


def _numbered(keys: Integers) -> tuple[Integers, Integers]:
    """Return the distinct keys, ascending, and each row's position among them; faster than sorting where keys are small."""
    if not len(keys) or int(keys.max()) >= MOST_COUNTED:
        unique, inverse = np.unique(keys, return_inverse=True)
        return unique, inverse.astype(np.int64)
    present = np.bincount(keys) > 0
    position = np.cumsum(present) - 1
    return np.flatnonzero(present).astype(np.int64), position[keys].astype(np.int64)


def _last_spells(history: History) -> NDArray[np.intp]:
    """Return the row of each booking's latest spell."""
    last = np.ones(len(history), dtype=bool)
    last[:-1] = history.booking[1:] != history.booking[:-1]
    return np.flatnonzero(last)

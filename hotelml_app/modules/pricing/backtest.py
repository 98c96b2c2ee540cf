"""The rolling-origin backtest: rates accepted and rooms sold in the end, foretold from days that were not learned from.

What would have been earned at another rate nobody knows; that rates are found well is shown on simulated hotels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.ml.property.booking_curves import on_books_at
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyFacts
from hotelml_app.ml.splits import holdout_day, rolling_origins
from hotelml_app.modules.pricing.choosing.curves import expected
from hotelml_app.modules.pricing.demand_model.borrowed import beforehand_of
from hotelml_app.modules.pricing.demand_model.response import Prior
from hotelml_app.modules.pricing.history.booked import Flags
from hotelml_app.modules.pricing.history.leads import Floats, Integers
from hotelml_app.modules.pricing.history.rates import accepted, of_type, paid_rooms, sold_types
from hotelml_app.modules.pricing.learned import Learned, first_day, learn
from hotelml_app.modules.pricing.plain_rule import accepted_rates, plain_rooms
from hotelml_app.modules.pricing.settings import prior_from

STEP_DAYS = 28
TRAINED_ORIGINS, EVALUATED_ORIGINS = 4, 10
LONGEST_DAYS = 90
BUCKETS = ((1, 14), (15, 28), (29, LONGEST_DAYS))
OURS, LAST_YEAR, BOOKS = "learned demand", "last year's rate", "rate on the books"
PLAIN = "plain rule"


@dataclass(frozen=True)
class Nights:
    """Nights foretold, parallel arrays: days ``ahead``, ``rooms`` sold in the end and the ``rate`` accepted, NaN where none was.

    ``rates`` and ``sold`` are what each candidate foretold of them; NaN where it could not.
    """

    ahead: Integers
    rooms: Floats
    rate: Floats
    rates: Mapping[str, Floats]
    sold: Mapping[str, Floats]

    @classmethod
    def joined(cls, parts: list[Nights]) -> Nights:
        """Return all of them as one."""

        def one(name: str) -> dict[str, Floats]:
            return {key: np.concatenate([getattr(part, name)[key] for part in parts]) for key in getattr(parts[0], name)}

        return cls(
            np.concatenate([part.ahead for part in parts]),
            np.concatenate([part.rooms for part in parts]),
            np.concatenate([part.rate for part in parts]),
            one("rates"),
            one("sold"),
        )


def evaluate(context: TrainingContext) -> Leaderboard:
    """Foretell from up to ten origins four weeks apart. Raises ShortHistoryError, HyperparameterError."""
    return judge(context, EVALUATED_ORIGINS, 1.0)


def judge(context: TrainingContext, at_most: int, share: float) -> Leaderboard:
    """Learn up to the first of ``at_most`` origins, foretell from all; ``share`` of the progress bar is this run's."""
    history, prior = context.data.history, prior_from(context.config.hyperparameters)
    origins = _origins(context, history, at_most)
    learned = _learned_by(context, history, prior, origins[0], share)
    parts = []
    for number, origin in enumerate(origins):
        context.progress(share * (0.4 + 0.6 * number / len(origins)), f"Foretelling rates and rooms from {day_of(origin)}")
        parts += _foretold(history, context.data.facts, learned, origin)
    nights = Nights.joined(parts)
    currency = context.data.facts.currency or "per night"
    lines = tuple(
        CandidateScore(name, (*_rate_measures(nights, name, currency), *_room_measures(nights, name)), name == OURS, name != OURS)
        for name in (OURS, LAST_YEAR, BOOKS, PLAIN)
    )
    note = (
        f"Demand was learned up to {day_of(origins[0])}; {len(nights.ahead):,} nights of room types from {len(origins)} origins, "
        "weighed by rooms sold. Rooms are those expected at the rates that stood."
    )
    return Leaderboard("pricing", tuple(day_of(day) for day in origins), lines, (note,))


def _origins(context: TrainingContext, history: History, at_most: int) -> list[int]:
    cut = holdout_day(first_day(history), history.today, context.config.validation_split)
    return list(rolling_origins(cut, history.today - BUCKETS[0][1], STEP_DAYS))[-at_most:] or [cut]


def _learned_by(context: TrainingContext, history: History, prior: Prior, origin: int, share: float) -> Learned:
    def tell(done: float, step: str) -> None:
        context.progress(0.4 * share * done, f"{step} before {day_of(origin)}")

    return learn(history.as_of(day_of(origin)), context.data.facts, prior, tell, beforehand_of(context.bundled))


def _foretold(history: History, facts: PropertyFacts, learned: Learned, origin: int) -> list[Nights]:
    """Return what was foretold from one origin of the nights that have passed, one part per room type."""
    known, nights = history.as_of(day_of(origin)), min(LONGEST_DAYS, history.today - origin)
    outlook = learned.outlook(known, facts, nights)
    rooms, _ = expected(outlook, outlook.now)
    types, found = sold_types(known), []
    for kind, room_type in enumerate(learned.card.types):
        if room_type not in types:
            continue
        booked = of_type(history, room_type)
        base, ends_at = accepted_rates(of_type(known, room_type), nights)
        found.append(
            Nights(
                ahead=np.arange(1, nights + 1),
                rooms=on_books_at(booked, history.today, origin + 1, nights),
                rate=accepted(paid_rooms(booked), history.today, origin + 1, nights).adr,
                rates={
                    OURS: ends_at,
                    LAST_YEAR: np.where(np.isnan(base.last_year), base.recent, base.last_year),
                    BOOKS: base.on_books,
                },
                sold={OURS: rooms[:nights, kind], PLAIN: plain_rooms(known, facts, room_type, nights)},
            )
        )
    return found


def _rate_measures(nights: Nights, name: str, unit: str) -> list[Measure]:
    """Return mean absolute errors of the accepted rate beside last year's, and beside the books' where they say something."""
    found = []
    for label, rule in (("mae", LAST_YEAR), ("mae beside the books", BOOKS)):
        for low, high in BUCKETS if name in nights.rates else ():
            both = ~np.isnan(nights.rates[name]) & ~np.isnan(nights.rates[rule]) & ~np.isnan(nights.rate)
            rows = both & (nights.ahead >= low) & (nights.ahead <= high) & (nights.rooms > 0)
            if rows.any():
                ours, theirs = (_mean_error(nights, nights.rates[one], rows) for one in (name, rule))
                found.append(Measure(label, ours, unit, _bucket(low, high), rule, theirs))
    return found


def _mean_error(nights: Nights, said: Floats, rows: Flags) -> float:
    return float(np.average(np.abs(said - nights.rate)[rows], weights=nights.rooms[rows]))


def _room_measures(nights: Nights, name: str) -> list[Measure]:
    """Return the errors of rooms sold as a share of them, beside the plain rule's; for what foretells rooms."""
    found = []
    for low, high in BUCKETS if name in nights.sold else ():
        rows = (nights.ahead >= low) & (nights.ahead <= high)
        if nights.rooms[rows].any():
            ours, theirs = (
                100 * float(np.abs(nights.sold[one] - nights.rooms)[rows].sum() / nights.rooms[rows].sum())
                for one in (name, PLAIN)
            )
            found.append(Measure("rooms WAPE", ours, "%", _bucket(low, high), PLAIN, theirs))
    return found


def _bucket(low: int, high: int) -> str:
    return f"{low}-{high} days ahead"

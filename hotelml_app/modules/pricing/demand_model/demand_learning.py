"""From bookings to learned demand: who belongs to a class, what is believed beforehand, what the fit says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.demand_model.borrowed import BORROWED_TREND_SPREAD, Beforehand, YearBelief
from hotelml_app.modules.pricing.demand_model.demand import CONTRACTS, FOLLOWERS, GROUPS, LEVEL, RELUCTANCE, Demand, day_columns
from hotelml_app.modules.pricing.demand_model.demand_fit import Beliefs, Cells, DemandFit, Revise, fit_demand
from hotelml_app.modules.pricing.demand_model.response import (
    PRIOR_STEEPNESS,
    PRIOR_STEEPNESS_SPREAD,
    SEASON_SPREAD,
    SPECIAL_SPREAD,
    WEEKDAY_SPREAD,
    Prior,
)
from hotelml_app.modules.pricing.demand_model.trust import Trust, trust_in
from hotelml_app.modules.pricing.history.arrivals import KINDS, Stays, arrival_counts, books_by_type, open_by_kind, pace
from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import COUNT, LONGEST_STAY, Floats
from hotelml_app.modules.pricing.history.year import YearPattern, night_range
from hotelml_app.modules.pricing.past_rates.charged import Charged, charged
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard

FEWEST_BOOKINGS = 100
"""A class with fewer is not looked at apart."""

TREND_SPREAD, YEAR_SPREAD, LEVEL_SPREAD = 0.1, 2.0, 10.0

NO_TREND = 1e-4
"""Rates whose trend in logs is smaller do not rise."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """All that demand is learned from: the days ``first`` to ``today`` and what was on the books and charged then."""

    booked: Booked
    card: RateCard
    first: int
    today: int
    books: Floats
    charged: Charged

    @property
    def days(self) -> int:
        """How many days there are."""
        return self.today - self.first + 1

    @classmethod
    def of(cls, history: History, booked: Booked, card: RateCard, first: int) -> Ground:
        """Lay out the past since ``first``."""
        days = history.today - first + 1
        books = books_by_type(history, card.types, first, days)
        # Stays that begin on the last days are charged for nights to come.
        return cls(booked, card, first, history.today, books, charged(card, booked, first, days + LONGEST_STAY))


def classes_of(booked: Booked, card: RateCard) -> Mapping[str, Flags]:
    """Return which bookings belong to each class."""
    follows = card.follows(booked)
    groups = booked.group & follows
    return {FOLLOWERS: follows & ~groups, CONTRACTS: ~follows, GROUPS: groups}


def learn_demand(ground: Ground, prior: Prior, beforehand: Beforehand) -> dict[str, Demand]:
    """Return the demand of every class that has enough bookings; the followers' always, with their response."""
    found = {}
    for name, members in classes_of(ground.booked, ground.card).items():
        if name == FOLLOWERS or members.sum() >= FEWEST_BOOKINGS:
            response = prior if name == FOLLOWERS else None
            found[name] = _learned(ground, ground.booked.take(members), response, beforehand.get(name))
    return found


def _learned(ground: Ground, members: Booked, prior: Prior | None, year: YearBelief | None) -> Demand:
    """Learn the demand of a class; ``prior`` is None where it does not pay the rate of the day."""
    pattern, days = ground.card.pattern, night_range(ground.first, ground.days)
    stays = Stays.of(members)
    counts = arrival_counts(members, ground.first, ground.days)
    level = day_columns(pattern, days, ground.today)
    # What is assumed of guests holds of the usual rate in the middle of the time, not of one that has risen since.
    middle = float(level[:, 0].mean())
    above = _above(ground, stays) if prior is not None else None
    cells = Cells(
        counts=_flat(counts),
        open=_flat(open_by_kind(ground.books, stays)),
        level=level,
        taste=np.column_stack([np.ones(len(days)), level[:, 0] - middle, level[:, 1:]]),
        above=_flat(above) if above is not None else None,
    )
    trust = (
        trust_in(above.mean(axis=3), counts.sum(axis=3), pace(ground.books, level[:, 1:]))
        if above is not None
        else Trust(0.0, "")
    )
    beliefs = _with_year(_beliefs(cells, ground.card, trust, prior), cells, pattern, year)
    fit = fit_demand(cells, beliefs, _in_the_light(cells, ground.card) if prior is not None else None)
    return Demand(
        pattern=pattern,
        until=ground.today,
        steps=fit.steps.reshape(COUNT, KINDS),
        stays=stays,
        shock=fit.shock,
        clumping=fit.clumping,
        steepness=fit.steepness,
        own_share=_own_share(fit, cells, beliefs) if prior is not None else 0.0,
        because=trust.because,
        ask=FittedGraph(fit.types, fit.level, _as_of_today(fit.taste, middle)),
    )


def _as_of_today(taste: Floats, middle: float) -> Floats:
    """Return the unknowns of the reluctance with a trend that begins at the last day instead of the ``middle``."""
    return np.r_[taste[:1] - middle * taste[1:2], taste[1:]]


def _above(ground: Ground, stays: Stays) -> Floats:
    """Return the log of the rate over the usual one per arrival day, type, lead step and kind of length."""
    kinds = [ground.charged.over_stays(stays.of_kind(kind).night_shares)[: ground.days] for kind in range(KINDS)]
    return np.stack(kinds, axis=-1)


def _flat(cells: Floats) -> Floats:
    """Return lead steps and kinds of length as one axis."""
    return cells.reshape(*cells.shape[:2], COUNT * KINDS)


def _beliefs(cells: Cells, card: RateCard, trust: Trust, prior: Prior | None) -> Beliefs:
    """Return what is believed beforehand; the less the rates' moves can tell, the firmer the prior response stands."""
    types, steps, level, taste, steepness = cells.widths
    typical = np.log(cells.counts.sum(axis=(0, 2)) / len(cells.counts) / steps + 1e-3)
    mean = np.r_[typical, np.zeros(steps + level + taste + steepness)]
    spread = np.r_[np.full(types + steps, LEVEL_SPREAD), TREND_SPREAD, np.full(level - 1, YEAR_SPREAD)]
    if prior is not None:
        mean[types + steps + level], mean[-1] = prior.reluctance, PRIOR_STEEPNESS
        year = np.full(card.pattern.width, WEEKDAY_SPREAD)
        year[card.pattern.season] = SEASON_SPREAD
        year[card.pattern.special] = SPECIAL_SPREAD
        own = trust.spread * np.r_[prior.reluctance_spread, year * card.pattern.spread, PRIOR_STEEPNESS_SPREAD]
        # Guests may go along with rates that rise, or not at all: then they are as reluctant as that much dearer makes them.
        rising = PRIOR_STEEPNESS * max(abs(card.trend), NO_TREND)
        spread = np.r_[spread, own[0], rising, own[1:]]
    return Beliefs(mean, spread**-2)


def _with_year(beliefs: Beliefs, cells: Cells, pattern: YearPattern, year: YearBelief | None) -> Beliefs:
    """Return beliefs in which demand moves with the year as it does at other hotels."""
    if year is None:
        return beliefs
    mean, precision = beliefs.mean.copy(), beliefs.precision.copy()
    types, steps, level, _, _ = cells.widths
    moves = slice(types + steps + 1, types + steps + level)
    mean[moves] = year.means(pattern)
    precision[types + steps], precision[moves] = BORROWED_TREND_SPREAD**-2, year.spreads(pattern) ** -2
    return Beliefs(mean, precision)


BUSY_SHARE, BUSY_SLOPE = 0.5, 0.7


def _in_the_light(cells: Cells, card: RateCard) -> Revise:
    """Return how beliefs of the reluctance follow what was found: busy weeks bear more than quiet ones.

    Whether guests go along with rates that rise is looked for between fully and not at all: what demand grows or falls by
    beyond that is not for the rates.
    """
    types, steps, level, _, _ = cells.widths
    waves = slice(types + steps + 1, types + steps + level)
    rising = types + steps + level + 1
    taste = slice(rising + 1, rising + level)
    least, most = sorted((0.0, PRIOR_STEEPNESS * card.trend))
    seasonal = np.zeros(card.pattern.width)
    seasonal[card.pattern.season], seasonal[card.pattern.weekday] = 1.0, 1.0

    def revise(beliefs: Beliefs, unknown: Floats) -> Beliefs:
        mean, precision = beliefs.mean.copy(), beliefs.precision.copy()
        mean[taste] = (
            PRIOR_STEEPNESS * BUSY_SHARE * seasonal * (_centred(card.year, card) - BUSY_SLOPE * _centred(unknown[waves], card))
        )
        if not least <= unknown[rising] <= most:
            mean[rising], precision[rising] = np.clip(unknown[rising], least, most), NO_TREND**-2
        return Beliefs(mean, precision)

    return revise


def _centred(year: Floats, card: RateCard) -> Floats:
    found = year.copy()
    found[card.pattern.weekday] -= found[card.pattern.weekday].mean()
    return found


def _own_share(fit: DemandFit, cells: Cells, beliefs: Beliefs) -> float:
    """Return how much of the elasticity at the usual rate the data decided: one less what is left of the prior variance."""
    at, last = sum(cells.widths[:3]), len(beliefs.mean) - 1
    weary = 1.0 / (1.0 + np.exp(-fit.taste[0]))
    slope = np.array([fit.steepness * weary * (1 - weary), weary])
    after = slope @ fit.covariance[np.ix_([at, last], [at, last])] @ slope
    before = slope**2 @ (1.0 / beliefs.precision[[at, last]])
    return float(np.clip(1.0 - after / before, 0.0, 1.0))


@dataclass(frozen=True)
class FittedGraph:
    """The fit, answering as its exported graph does; ``taste`` is empty where the class does not pay the rate of the day."""

    types: Floats
    level: Floats
    taste: Floats

    def __call__(self, columns: Floats) -> Mapping[str, Floats]:
        """Return the graph's outputs for the columns of some days."""
        said = {LEVEL: (columns @ self.level)[:, None] + self.types[None, :]}
        if len(self.taste):
            said[RELUCTANCE] = (self.taste[0] + columns @ self.taste[1:])[:, None]
        return said

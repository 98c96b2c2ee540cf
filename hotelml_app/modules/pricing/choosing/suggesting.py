"""From the outlook to rates: what earns most, what limits and the order of room types leave of it, and the steps to it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.modules.pricing.choosing.curves import expected, rate_curves
from hotelml_app.modules.pricing.choosing.fences import Fences, Worth, fences_of, room_cost_of
from hotelml_app.modules.pricing.choosing.in_order import Offers, Table
from hotelml_app.modules.pricing.choosing.outlook import Outlook
from hotelml_app.modules.pricing.choosing.revenue import Market
from hotelml_app.modules.pricing.choosing.worth import worth_of
from hotelml_app.modules.pricing.history.leads import Floats
from hotelml_app.modules.pricing.history.rates import BOOKED, GUESSED, SAID
from hotelml_app.modules.pricing.history.year import night_range
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard

LOWEST_OF_USUAL, HIGHEST_OF_USUAL = 0.7, 1.6
"""Where staff set no limits: shares of the lowest and the highest usual rate of the year."""

TWICE, ALONE_SHARE, FURTHEST_UP = 2.0, 1 / 3, math.log(1.8)
"""A night sells out where so many times the rooms left are asked for at the usual rate; no rate is suggested further above it.
On simulated hotels this costs a twentieth of a per cent of revenue beside the best table found without it."""

WHOSE = "from this hotel's own usual rates"
WHOSE_REACH = "this hotel hardly ever went so far on comparable nights"

LARGEST_STEP = 0.5
WHOSE_STEP = "a rate rises by half or falls by a third at most at a time"


@dataclass(frozen=True)
class Suggestions:
    """Tables [nights, types]: rates in money, rooms and money expected, the ``fences`` that rates keep; ``usual_wanted``
    rooms asked for at the usual rate, ``as_a_rule`` were the books as usual; ``curve_*`` [nights, types, rates of CURVE], of
    them ``curve_in_all`` with what changes on the nights around.

    ``current`` is what stands now; ``parts`` are the steps of the usual rate, ``unpaced`` what would be best were the
    books as usual, ``wanted`` what is best before the limits. ``alone`` and ``alone_unpaced`` are the logs over the usual rate
    that would be best if the nights around moved along.
    """

    today: int
    outlook: Outlook
    fences: tuple[tuple[Fences, ...], ...]
    kept: Table
    current: Floats
    known: NDArray[np.bool_]
    parts: Mapping[str, Floats]
    unpaced: Floats
    wanted: Floats
    alone: Floats
    alone_unpaced: Floats
    rooms: Floats
    money: Floats
    current_rooms: Floats
    current_money: Floats
    usual_wanted: Floats
    as_a_rule: Floats
    curve_rooms: Floats
    curve_money: Floats
    curve_in_all: Floats

    def current_from(self, night: int, kind: int) -> str:
        """Return where the current rate is known from."""
        fences, day = self.fences[night][kind], day_of(self.today + 1 + night)
        if fences.standing_at(day) is not None or fences.locked_at(day) is not None:
            return SAID
        return BOOKED if self.known[night, kind] else GUESSED

    def waterfall(self, night: int, kind: int) -> dict[str, float]:
        """Return the steps from the base to the suggested rate in money; they add up to it."""
        levels = [float(values[night, kind]) for values in self.parts.values()]
        kept = self.kept[night][kind]
        levels += [float(self.unpaced[night, kind]), float(self.wanted[night, kind]), kept.rate - kept.for_order, kept.rate]
        names = (*self.parts, "demand", "pace", "fences", "order")
        shown = np.round(levels, 2)
        return dict(zip(names, np.round(np.diff(shown, prepend=0.0), 2).tolist(), strict=True))


def suggest(
    card: RateCard, outlook: Outlook, today: int, nights: int, options: Mapping[str, object], currency: str = ""
) -> Suggestions:
    """Return suggestions for ``nights`` nights after ``today``; money is in ``currency``. Raises RateFenceError."""
    outlook = outlook.at_cost(room_cost_of(options))
    market = outlook.market
    best, alone = _best(market)
    best_unpaced, alone_unpaced = _best(outlook.unpaced)
    limits = tuple(_fences(card, today, kind, options, currency) for kind in range(len(card.types)))
    current, known = _current(outlook, limits, today)
    wanted = market.usual * np.exp(best)
    standing = np.where(known, current, np.nan)
    fences = _by_night(limits, outlook, standing, current)
    current = _guessed_within(fences, current, known)
    worth = worth_of(outlook, fences, current, wanted)
    kept = _within(fences[:nights], wanted, standing, worth, today)
    kept = _in_order(outlook, fences, standing, current, worth, today, kept)
    chosen = _over_usual(market, best, np.array([[one.rate for one in row] for row in kept]))
    rooms, money = expected(outlook, chosen)
    as_now = expected(outlook, np.log(current / market.usual))
    return Suggestions(
        today,
        outlook,
        fences,
        kept,
        current,
        known,
        _usual_parts(card, today, len(market.usual)),
        market.usual * np.exp(best_unpaced),
        wanted,
        alone,
        alone_unpaced,
        rooms,
        money,
        *as_now,
        _asked_for(market),
        _asked_for(outlook.unpaced),
        *rate_curves(outlook, chosen),
    )


def _within(
    fences: tuple[tuple[Fences, ...], ...], wanted: Floats, standing: Floats, worth: Sequence[Sequence[Worth]], today: int
) -> Table:
    """Return the rates of every night within the limits of each room type."""
    return tuple(
        tuple(
            one.keep(
                float(wanted[step, kind]), _or_none(standing[step, kind]), day_of(today + 1 + step), step + 1, worth[step][kind]
            )
            for kind, one in enumerate(row)
        )
        for step, row in enumerate(fences)
    )


def _in_order(
    outlook: Outlook,
    fences: tuple[tuple[Fences, ...], ...],
    standing: Floats,
    current: Floats,
    worth: Sequence[Sequence[Worth]],
    today: int,
    kept: Table,
) -> Table:
    """Return the rates of every night in the order of its room types; ``worth`` says what changes need to bring."""
    market, nights = outlook.market, len(kept)

    def money(rates: Floats) -> Floats:
        return market.contribution(_over_usual(market, np.zeros_like(market.usual), rates))[:nights]

    needed = np.array([[one.needed for one in row] for row in worth[:nights]])
    return Offers(outlook.types, outlook.below, fences, standing, current[:nights], needed, money, today).in_order(kept)


def _over_usual(market: Market, after: Floats, rates: Floats) -> Floats:
    """Return the log of rates over the usual ones, followed by those of the nights ``after`` them."""
    found = after.copy()
    found[: len(rates)] = np.log(np.maximum(rates, 1e-6) / market.usual[: len(rates)])
    return found


def _asked_for(market: Market) -> Floats:
    """Return rooms asked for at the usual rate."""
    return market.wanted(np.zeros_like(market.usual))[0] + market.fixed_rooms


def _best(market: Market) -> tuple[Floats, Floats]:
    """Return the log ratios that earn most, held to what a night by itself can explain, and those that it would take alone.

    Left alone, a full night would be given away, or priced out of sight, for the sake of long stays on the nights around it,
    which have no room there. It goes at least a share of the way to what it would cost by itself.
    """
    wanted = _asked_for(market)
    sells_out = (wanted >= TWICE * market.left) | ((market.left < 1.0) & (wanted >= market.left))
    alone = market.best_alone()
    best = market.best(alone)
    held = np.where(sells_out, np.maximum(best, ALONE_SHARE * alone), best)
    return np.minimum(held, FURTHEST_UP), alone


def _by_night(limits: tuple[Fences, ...], outlook: Outlook, standing: Floats, current: Floats) -> tuple[tuple[Fences, ...], ...]:
    """Return the limits of every night: those of its type, within what was charged on such nights, not far from what stands.

    A rate that stands (NaN: unknown) may stay, however far it lies beyond what was charged before. Where it is only guessed the
    step is one from the guess: nobody is to be led further from a rate that nobody knows than from one that is known.
    """
    usual, reach = outlook.market.usual, outlook.reach
    least, most = np.fmin(usual * np.exp(reach.least), standing), np.fmax(usual * np.exp(reach.most), standing)
    start = np.clip(current, least, most)
    down, up = np.fmax(least, start / (1 + LARGEST_STEP)), np.fmin(most, start * (1 + LARGEST_STEP))
    return tuple(
        tuple(
            one.within(float(least[at, kind]), float(most[at, kind]), WHOSE_REACH).within(
                float(down[at, kind]), float(up[at, kind]), WHOSE_STEP
            )
            for kind, one in enumerate(limits)
        )
        for at in range(len(usual))
    )


def _or_none(rate: float) -> float | None:
    return None if np.isnan(rate) else float(rate)


def _fences(card: RateCard, today: int, kind: int, options: Mapping[str, object], currency: str) -> Fences:
    year = np.exp(card.usual(night_range(today - 364, 365))[:, kind])
    own = (round(LOWEST_OF_USUAL * float(year.min()), 2), round(HIGHEST_OF_USUAL * float(year.max()), 2))
    return fences_of(card.types[kind], own, WHOSE, options, currency)


def _current(outlook: Outlook, fences: tuple[Fences, ...], today: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the rates that stand now: as staff said, else as the latest bookings show, else as around them; and where known."""
    current, known = outlook.market.usual * np.exp(outlook.now), outlook.shown.copy()
    tomorrow = day_of(today) + timedelta(days=1)
    for kind, one in enumerate(fences):
        for told in (one.standing or {}, one.locked or {}):
            for day, rate in told.items():
                step = (date.fromisoformat(day) - tomorrow).days
                if 0 <= step < len(current):
                    current[step, kind], known[step, kind] = rate, True
    return current, known


def _guessed_within(fences: tuple[tuple[Fences, ...], ...], current: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return the current rates, those that are not known but guessed as they could be charged: rounded and within the limits.

    A guess left as it was would differ from the rate suggested for it where nothing is to be changed.
    """
    guessed = [[one.rounded(float(rate)) for one, rate in zip(*row, strict=True)] for row in zip(fences, current, strict=True)]
    return np.where(known, current, guessed)


def _usual_parts(card: RateCard, today: int, nights: int) -> dict[str, Floats]:
    """Return the usual rate in money, built up from the base by season, weekday and special nights."""
    pattern = card.pattern
    days = night_range(today + 1, nights)
    columns = pattern.columns(days)
    level, found = card.room_type[None, :] + card.risen(days)[:, None], {}
    found["base"] = np.exp(level)
    for name, part in (("season", pattern.season), ("weekday", pattern.weekday), ("events", pattern.special)):
        level = level + (columns[:, part] @ card.year[part])[:, None]
        found[name] = np.exp(level)
    return found

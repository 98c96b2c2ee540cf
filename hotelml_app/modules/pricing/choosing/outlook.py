"""The coming nights as they are priced: what is on the books, who is still to come, what they pay, what is left to sell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyFacts
from hotelml_app.modules.pricing.choosing.revenue import LEAST_LEFT, Askers, Market
from hotelml_app.modules.pricing.demand_model.demand import CONTRACTS, FOLLOWERS, GROUPS, Demand
from hotelml_app.modules.pricing.demand_model.pace import LOOK_BACK_DAYS, shocks_ahead
from hotelml_app.modules.pricing.demand_model.response import Response
from hotelml_app.modules.pricing.history.arrivals import KINDS
from hotelml_app.modules.pricing.history.booked import Booked, Flags
from hotelml_app.modules.pricing.history.books import Books, books_ahead, kept_shares, rooms_out_of_order, rooms_there_are
from hotelml_app.modules.pricing.history.ladder import learn_ladder
from hotelml_app.modules.pricing.history.leads import LONGEST_STAY, Floats, Integers, step_of, still_to_come
from hotelml_app.modules.pricing.history.year import night_range
from hotelml_app.modules.pricing.past_rates.charged import Charged, charged
from hotelml_app.modules.pricing.past_rates.comparable import Reach, reach_of
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard

PAID_LOOK_BACK_DAYS = 400
LEAST_CLUMPING = 1.0


@dataclass(frozen=True)
class Outlook:
    """``market`` as the books stand, ``unpaced`` as it would be if they stood as usual; ``rooms`` can be sold, more
    are ``out_of_order``; tables [nights, types].

    ``now`` is the log of the rate charged lately over the usual one, ``shown`` tells where bookings show it; elsewhere it
    follows the nights around it. ``ahead`` is the log of demand unexplained so far, per arrival day. ``reach`` is how far the
    house has gone with its rates on such nights, ``below`` [types, types] which types are clearly cheaper than which.
    """

    types: tuple[str, ...]
    market: Market
    unpaced: Market
    books: Books
    rooms: Floats
    out_of_order: Floats
    now: Floats
    shown: Flags
    ahead: Floats
    response: Response
    reach: Reach
    below: Flags

    def at_cost(self, room_cost: float) -> Outlook:
        """Return the outlook of a house in which an occupied room costs so much per night."""
        market, unpaced = (replace(one, room_cost=room_cost) for one in (self.market, self.unpaced))
        return replace(self, market=market, unpaced=unpaced)


def outlook(
    history: History,
    facts: PropertyFacts,
    booked: Booked,
    card: RateCard,
    classes: Mapping[str, Flags],
    demands: Mapping[str, Demand],
    nights: int,
) -> Outlook:
    """Return the outlook for the ``nights`` nights after the business date from learned demand."""
    today, span = history.today, nights + LONGEST_STAY
    kept = {name: (members, kept_shares(booked.take(members), today)) for name, members in classes.items()}
    books = books_ahead(history, booked, kept, span)
    paid = charged(card, booked, today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS + span + LONGEST_STAY)
    days = night_range(today + 1, span)
    shocks = {
        name: shocks_ahead(one, booked.take(classes[name]), paid if name == FOLLOWERS else None, today, span)
        for name, one in demands.items()
    }
    arriving = {name: _arriving(one, kept[name][1].new, days, today) for name, one in demands.items()}
    closed = rooms_out_of_order(history, facts, card.types, span)
    rooms = np.maximum(rooms_there_are(history, facts, card.types) - closed, 0.0)
    left = np.maximum(rooms - books.kept, LEAST_LEFT)
    build = _Builder(history, booked, card, classes, demands, arriving, left, nights)
    response = _response(demands[FOLLOWERS], days)
    return Outlook(
        types=card.types,
        market=build.market(response, shocks),
        unpaced=build.market(response, {name: np.zeros(span) for name in demands}),
        books=books,
        rooms=rooms,
        out_of_order=closed,
        now=_now(paid, span),
        shown=~np.isnan(paid.now[LOOK_BACK_DAYS : LOOK_BACK_DAYS + span]),
        ahead=shocks[FOLLOWERS],
        response=response,
        reach=reach_of(card, booked, today, span),
        below=learn_ladder(booked, card.follows(booked), today),
    )


def _response(followers: Demand, days: Integers) -> Response:
    return Response(followers.reluctance(days), followers.steepness, followers.own_share, followers.because)


def _now(paid: Charged, nights: int) -> Floats:
    """Return the log of the rate that stands over the usual one, per coming night and type."""
    ahead = slice(LOOK_BACK_DAYS, LOOK_BACK_DAYS + nights)
    at_lead = np.take_along_axis(paid.by_lead[ahead], step_of(np.arange(1, nights + 1))[:, None, None], axis=2)[:, :, 0]
    found: Floats = np.where(np.isnan(paid.now[ahead]), at_lead, paid.now[ahead]) - paid.usual[ahead]
    return found


def _arriving(demand: Demand, kept_new: Floats, days: Integers, today: int) -> Floats:
    """Return rooms still to be booked and kept per arrival day, type and kind of length, if all who look book; no shocks."""
    to_come = still_to_come(demand.stays.leads, days - today)
    found: Floats = np.einsum("dtsk,ds,s->dtk", np.exp(demand.level(days)), to_come, kept_new)
    return found


@dataclass(frozen=True)
class _Builder:
    """What a market is put together from."""

    history: History
    booked: Booked
    card: RateCard
    classes: Mapping[str, Flags]
    demands: Mapping[str, Demand]
    arriving: Mapping[str, Floats]
    left: Floats
    counted: int

    def market(self, response: Response, shocks: Mapping[str, Floats]) -> Market:
        """Return the market with the given shocks per class."""
        usual = np.exp(self.card.usual(self.history.today + 1 + np.arange(len(self.left))))
        looking = {name: self.arriving[name] * np.exp(shocks[name])[:, None, None] for name in self.demands}
        askers = [*self._askers(FOLLOWERS, looking, 1.0), *self._askers(GROUPS, looking, 1 + np.exp(response.reluctance))]
        fixed = self._nights(CONTRACTS, looking)
        market = Market(
            askers=askers,
            reluctance=response.reluctance,
            steepness=response.steepness,
            usual=usual,
            fixed_rooms=fixed,
            fixed_money=fixed * usual * self._pays(CONTRACTS),
            left=self.left,
            clumping=np.ones_like(usual),
            doubt=self.demands[FOLLOWERS].shock.size,
            counted=self.counted,
        )
        return replace(market, clumping=self._clumping(market, looking))

    def _askers(self, name: str, looking: Mapping[str, Floats], lift: Floats | float) -> list[Askers]:
        """Return a class by kind of length; ``lift`` turns those who book at the usual rate into those who look."""
        if name not in looking:
            return []
        stays, factor = self.demands[name].stays, np.asarray(lift)
        rooms = looking[name] * (factor[:, None, None] if factor.ndim else factor)
        pays = self._pays(name)
        return [Askers(rooms[:, :, kind], stays.of_kind(kind).lengths, pays) for kind in range(KINDS)]

    def _nights(self, name: str, looking: Mapping[str, Floats]) -> Floats:
        """Return the rooms of a class per night, of all that arrive on it and before."""
        found = np.zeros_like(self.left)
        if name not in looking:
            return found
        for kind in range(KINDS):
            still = self.demands[name].stays.of_kind(kind).still_there
            for step in range(min(LONGEST_STAY, len(found))):
                found[step:] += still[step] * looking[name][: len(found) - step, :, kind]
        return found

    def _pays(self, name: str) -> float:
        """Return what a class pays of the flexible rate on average, as of the last year's bookings."""
        members = self.booked.take(self.classes[name] & self.booked.priced)
        lately = members.take(np.abs(members.arrival - self.history.today) <= PAID_LOOK_BACK_DAYS)
        level = self.card.plan_levels(lately)[lately.plan]
        known = ~np.isnan(level)
        return float(np.average(np.exp(level[known]), weights=(lately.rooms * lately.nights)[known])) if known.any() else 1.0

    def _clumping(self, market: Market, looking: Mapping[str, Floats]) -> Floats:
        """Return variance over mean of the rooms wanted per night: groups come and stay away together."""
        groups = self._nights(GROUPS, looking)
        alone = market.wanted(np.zeros_like(market.usual))[0] - groups + market.fixed_rooms
        clumped = self.demands[GROUPS].clumping if GROUPS in self.demands else LEAST_CLUMPING
        single = max(self.demands[FOLLOWERS].clumping, LEAST_CLUMPING)
        together = np.maximum(alone + groups, 1e-9)
        return np.asarray((np.maximum(alone, 0.0) * single + groups * clumped) / together, dtype=np.float64)

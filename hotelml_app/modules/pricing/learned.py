"""What a training leaves behind: the rate card and the demand of every class, as kept in a model and read from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hotelml_app.core.clock import day_of
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import CalendarEvent, PropertyFacts
from hotelml_app.modules.pricing.choosing.outlook import Outlook, outlook
from hotelml_app.modules.pricing.demand_model.borrowed import Beforehand
from hotelml_app.modules.pricing.demand_model.demand import Demand, demand_from
from hotelml_app.modules.pricing.demand_model.demand_learning import Ground, classes_of, learn_demand
from hotelml_app.modules.pricing.demand_model.response import Prior
from hotelml_app.modules.pricing.errors import ShortHistoryError
from hotelml_app.modules.pricing.history.booked import booked_rooms
from hotelml_app.modules.pricing.history.rates import sold_types
from hotelml_app.modules.pricing.history.year import known_year
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard, learn_rate_card

MEMORY_DAYS = 1100
"""Nights further back are not learned from; guests and rates were others then."""

FEWEST_DAYS = 120
"""With fewer days of arrivals, season and trend cannot be told from chance."""

WHOLE_YEAR_DAYS = 400
"""From so many days on a house's own seasons say more than those of other hotels. On simulated hotels learning from its own
days alone misses 14 to 18 per cent of the best revenue at five to eight months and 2 at fourteen; on top of the year of other
hotels 3 to 5 per cent at five to eight months."""

BORROWED_MEMORY_DAYS = 400
"""The same where demand is fitted whenever it is asked, by the year of other hotels."""

AHEAD_DAYS = 120
"""Nights this far ahead already carry rates that the card is read from."""

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Learned:
    """The rate card, the demand per class, and the room types they know."""

    card: RateCard
    demands: Mapping[str, Demand]

    def as_parameters(self) -> dict[str, Any]:
        """Return JSON-ready parameters, all but the graphs."""
        return {"card": self.card.as_dict(), "demands": {name: one.as_dict() for name, one in self.demands.items()}}

    @classmethod
    def of(cls, model: LoadedModel, events: Sequence[CalendarEvent]) -> Learned:
        """Return what a model on disk holds; the user's ``events`` of today count, not those it was learned with."""
        card = RateCard.from_dict(model.parameters["card"])
        card = replace(card, pattern=card.pattern.with_events(events))
        stored: Mapping[str, Any] = model.parameters["demands"]
        return cls(card, {name: demand_from(one, card.pattern, model, name) for name, one in stored.items()})

    def outlook(self, history: History, facts: PropertyFacts, nights: int) -> Outlook:
        """Return the outlook for the ``nights`` nights after the business date."""
        booked = booked_rooms(history, self.card.types)
        return outlook(history, facts, booked, self.card, classes_of(booked, self.card), self.demands, nights)


def learn(history: History, facts: PropertyFacts, prior: Prior, tell: Tell, beforehand: Beforehand | None = None) -> Learned:
    """Learn from everything known; ``tell`` is called with a share done and what is being done. Raises ShortHistoryError.

    ``beforehand`` is what is believed of the year's moves until the house has lived through one.
    """
    first = first_day(history)
    if history.today - first < FEWEST_DAYS or not booked_rooms(history, sold_types(history)).priced.any():
        raise ShortHistoryError(
            f"On {day_of(history.today)} only {max(history.today - first, 0)} days of arrivals with a rate are known.",
            remedy=f"At least {FEWEST_DAYS} are needed; until then the plain rule answers.",
        )
    whole = history.today - first >= WHOLE_YEAR_DAYS
    return _learned_since(first, history, facts, prior, tell, {} if whole else beforehand or {})


def borrow(history: History, facts: PropertyFacts, beforehand: Beforehand) -> Learned:
    """Return the demand of a house by the moves of the year of other hotels, fitted to its own latest nights.

    Public holidays are left out: other hotels told nothing of them, and to look them up needs more than a prediction may load.
    """
    anywhere = replace(facts, country="")
    first = max(first_day(history), history.today - BORROWED_MEMORY_DAYS)
    return _learned_since(first, history, anywhere, Prior(), lambda done, step: None, beforehand)


def _learned_since(
    first: int, history: History, facts: PropertyFacts, prior: Prior, tell: Tell, beforehand: Beforehand
) -> Learned:
    types, today = sold_types(history), history.today
    booked = booked_rooms(history, types)
    tell(0.0, "Reading the rate card from the bookings")
    pattern = known_year(facts, first, today)
    card = learn_rate_card(booked, pattern, first, today + AHEAD_DAYS, today)
    tell(0.4, "Laying out what was booked and charged for every night")
    ground = Ground.of(history, booked, card, first)
    tell(0.55, "Learning how many guests ask, and how they answer the rate")
    found = Learned(card, learn_demand(ground, prior, beforehand))
    tell(1.0, "Learned how guests answer the rate")
    return found


def first_day(history: History) -> int:
    """Return the first day of arrivals that is learned from."""
    booked = booked_rooms(history, sold_types(history))
    return max(first_arrival(booked.arrival, history.today), history.today - MEMORY_DAYS)

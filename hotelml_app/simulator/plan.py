"""What a synthetic hotel is before anything happens in it: rooms, guests to expect, seasons, events, habits.

Everything here is true of the hotel and known to nobody inside it. ``presets`` holds finished plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hotelml_app.simulator.errors import SimulationError

Weights = Mapping[str, float]
"""Words with the relative frequency of each."""

MONTHS = 12
WEEKDAYS = 7

ASPECTS = ("room", "cleanliness", "staff", "food", "location", "facilities", "value", "noise", "sleep")
"""What guests write about."""


@dataclass(frozen=True)
class RoomType:
    """A kind of room. The order of types in a plan is the upgrade order, simplest first.

    ``appeal`` scales how many guests ask for it beyond its share of the rooms; ``oversell`` is the share of its rooms
    that may be sold on top while better types still have some.
    """

    code: str
    name: str
    rooms: int
    base_rate: float
    appeal: float = 1.0
    family: bool = False
    oversell: float = 0.0


@dataclass(frozen=True)
class RateCode:
    """A rate with its fences: ``factor`` on the public rate, ``deposit`` as the PMS names it, the meal that comes with it."""

    code: str
    weight: float
    factor: float = 1.0
    deposit: str = "No Deposit"
    meal: str = "BB"


@dataclass(frozen=True)
class LeadTime:
    """Days from booking to arrival: log-normal with this median, and a share booked on the day itself."""

    median_days: float
    sigma: float
    same_day: float = 0.0


@dataclass(frozen=True)
class Segment:
    """One market segment: who comes, how early they book, how long they stay, how they react to the rate.

    ``share`` is of the room nights wanted at the reference rate. ``elasticity`` is that of demand at the reference rate
    (1.5: one per cent dearer, 1.5 % fewer); ``steepness`` is the elasticity far above it. A ``contract`` segment pays
    the tariff times ``rate_factor`` whatever the public rate is. ``business`` in [0, 1] mixes the business and the
    leisure pattern of the year. ``nights`` are the weights of stays of 1, 2, … nights. ``cancel`` scales the
    cancellation hazard, ``no_show`` is the probability before deposit and habit change it. ``upscale`` above 1 leans to
    the better room types. ``party`` maps "adults+children" to weights, ``group_sizes`` rooms per booking party.
    """

    name: str
    share: float
    lead: LeadTime
    nights: tuple[float, ...]
    elasticity: float
    rates: tuple[RateCode, ...]
    channels: Weights
    party: Weights
    customer_type: str = "Transient"
    steepness: float = 4.5
    contract: bool = False
    rate_factor: float = 1.0
    business: float = 0.0
    cancel: float = 0.1
    no_show: float = 0.01
    upscale: float = 1.0
    repeated: float = 0.05
    canceller: float = 0.03
    requests_mean: float = 0.6
    group_sizes: Weights = field(default_factory=lambda: {"1": 1.0})
    agents: Weights = field(default_factory=dict)
    companies: Weights = field(default_factory=dict)
    changes: float = 0.03
    review: float = 0.06


@dataclass(frozen=True)
class YearlyEvent:
    """Something that comes every year. ``weekday`` (0 Monday) moves the start to the nearest such day.

    ``easter`` counts days from Easter Sunday and replaces month and day. ``business`` and ``leisure`` multiply the
    demand of its nights, ``willing`` the rate guests find normal.
    """

    name: str
    month: int = 1
    day: int = 1
    nights: int = 1
    business: float = 1.0
    leisure: float = 1.0
    willing: float = 1.0
    weekday: int | None = None
    easter: int | None = None


@dataclass(frozen=True)
class QualityShift:
    """From a day on (counted from the opening) guests judge one aspect differently, for a reason."""

    aspect: str
    from_day: int
    change: float
    why: str


@dataclass(frozen=True)
class HotelPlan:
    """A whole synthetic property.

    ``occupancy`` is the share of room nights wanted at the reference rate, net of losses, averaged over a year. Season
    tuples hold a factor per month, weekday tuples one per weekday from Monday. ``price_season`` and ``price_weekday``
    shape the rate guests find normal; ``tariff_season`` is what the hotel's printed tariff makes of it.
    """

    preset: str
    kind: str
    country: str
    currency: str
    room_types: tuple[RoomType, ...]
    segments: tuple[Segment, ...]
    occupancy: float
    season_business: tuple[float, ...]
    season_leisure: tuple[float, ...]
    weekday_business: tuple[float, ...]
    weekday_leisure: tuple[float, ...]
    price_season: tuple[float, ...]
    price_weekday: tuple[float, ...]
    tariff_season: tuple[float, ...]
    events: tuple[YearlyEvent, ...]
    countries: Weights
    concerts_per_year: float = 4.0
    growth_per_year: float = 0.03
    shock: float = 0.12
    overbooking: float = 0.02
    out_of_order: float = 0.004
    quality: Mapping[str, float] = field(default_factory=dict)
    quality_shifts: tuple[QualityShift, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def rooms(self) -> int:
        """Rooms of the whole house."""
        return sum(room_type.rooms for room_type in self.room_types)

    def resized(self, rooms: int) -> HotelPlan:
        """Return the plan with this many rooms, shared out over the types as before; each type keeps at least one."""
        if rooms < len(self.room_types):
            raise SimulationError(
                f"{rooms} rooms are too few for {len(self.room_types)} room types.",
                remedy=f"Ask for at least {len(self.room_types)} rooms.",
            )
        exact = [room_type.rooms * rooms / self.rooms for room_type in self.room_types]
        counts = [max(1, int(value)) for value in exact]
        while sum(counts) != rooms:
            step = 1 if sum(counts) < rooms else -1
            gaps = [(value - count) * step if count + step >= 1 else -1e9 for value, count in zip(exact, counts, strict=True)]
            counts[gaps.index(max(gaps))] += step
        types = tuple(replace(room_type, rooms=count) for room_type, count in zip(self.room_types, counts, strict=True))
        return replace(self, room_types=types)


def _check(plan: HotelPlan) -> None:
    """Refuse a plan that could not be simulated."""
    problems = [
        *(f"the room type {t.code} needs rooms and a rate" for t in plan.room_types if t.rooms < 1 or t.base_rate <= 0),
        *(f"{s.name}: steepness must exceed elasticity and 1" for s in plan.segments if s.steepness <= max(s.elasticity, 1)),
        *(f"{s.name}: share and nights must be positive" for s in plan.segments if s.share <= 0 or sum(s.nights) <= 0),
    ]
    if not plan.room_types or not plan.segments:
        problems.append("a hotel needs at least one room type and one segment")
    if len({room_type.code for room_type in plan.room_types}) != len(plan.room_types):
        problems.append("two room types share a code")
    if not 0 < plan.occupancy <= 2:
        problems.append("the wanted occupancy lies outside 0 to 2")
    seasons = (plan.season_business, plan.season_leisure, plan.price_season, plan.tariff_season)
    if any(len(season) != MONTHS or min(season) <= 0 for season in seasons):
        problems.append("each season needs twelve positive factors")
    if any(len(week) != WEEKDAYS for week in (plan.weekday_business, plan.weekday_leisure, plan.price_weekday)):
        problems.append("each week needs seven factors")
    unknown = (set(plan.quality) | {shift.aspect for shift in plan.quality_shifts}) - set(ASPECTS)
    if unknown:
        problems.append(f"guests do not write about {', '.join(sorted(unknown))}")
    if problems:
        raise SimulationError(f"The plan of the hotel is not sound: {'; '.join(problems)}.", remedy="Mend these and try again.")

"""The year of a synthetic hotel: events, demand factors and the rate guests find normal, night by night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.easter import easter_sunday
from hotelml_app.simulator.plan import HotelPlan, YearlyEvent
from hotelml_app.simulator.streams import Streams

Series = NDArray[np.float64]

CONCERT_ACTS = ("The Paper Kites of Oslo", "Lumen Choir", "Brass Harbour", "Nadia Verne", "Kobalt", "Teatro Nuvem", "Dusk Radio")
SHOCK_MEMORY = 0.85
"""How much of a day's unexplained demand carries over to the next."""
LEISURE, BUSINESS = 0, 1


@dataclass(frozen=True)
class NamedEvent:
    """One occurrence of an event: from its first night on, this many nights."""

    name: str
    start: date
    nights: int
    business: float
    leisure: float
    willing: float


@dataclass(frozen=True)
class HotelCalendar:
    """Factors per night, counted from the opening.

    ``demand`` has shape [2, nights]: leisure, then business, arrivals relative to the yearly mean. ``willing`` is the
    factor on base rates that guests find normal, ``tariff`` the one in the printed tariff. ``shock`` is the part of
    demand that nothing explains.
    """

    opening: date
    demand: Series
    willing: Series
    tariff: Series
    shock: Series
    events: tuple[NamedEvent, ...]

    @property
    def nights(self) -> int:
        """Nights covered."""
        return len(self.willing)


def _starts(event: YearlyEvent, year: int) -> date:
    """Return the first night of the event in a year."""
    start = date(year, event.month, event.day) if event.easter is None else easter_sunday(year) + timedelta(days=event.easter)
    if event.weekday is not None:
        start += timedelta(days=(event.weekday - start.weekday() + 3) % 7 - 3)
    return start


def _events(plan: HotelPlan, opening: date, nights: int, streams: Streams) -> tuple[NamedEvent, ...]:
    """Return yearly events and concerts that touch the covered nights, in order of date."""
    found: list[NamedEvent] = []
    last = opening + timedelta(days=nights)
    for year in range(opening.year - 1, last.year + 1):
        for event in plan.events:
            start = _starts(event, year)
            found.append(NamedEvent(event.name, start, event.nights, event.business, event.leisure, event.willing))
        # One stream per year, so that a longer simulation keeps the concerts of a shorter one.
        draw = streams.of("concerts", str(year))
        for _ in range(int(draw.poisson(plan.concerts_per_year))):
            start = date(year, 1, 1) + timedelta(days=int(draw.integers(0, 365)))
            start += timedelta(days=(5 - start.weekday()) % 7 - int(draw.integers(0, 2)))
            act = CONCERT_ACTS[int(draw.integers(0, len(CONCERT_ACTS)))]
            found.append(
                NamedEvent(f"Concert: {act}", start, 1, 1.1, float(draw.uniform(1.35, 1.9)), float(draw.uniform(1.1, 1.3)))
            )
    touching = [event for event in found if event.start < last and event.start + timedelta(days=event.nights) > opening]
    return tuple(sorted(touching, key=lambda event: (event.start, event.name)))


def _smooth_months(factors: tuple[float, ...], days: list[date]) -> Series:
    """Return monthly factors joined by straight lines from mid-month to mid-month."""
    at = np.array([day.timetuple().tm_yday for day in days], dtype=float)
    middle = np.array([15.2 + 30.44 * month for month in range(12)])
    values = np.array(factors)
    return np.interp(
        at, np.concatenate([middle[-1:] - 365.25, middle, middle[:1] + 365.25]), np.r_[values[-1], values, values[0]]
    )


def _shock(plan: HotelPlan, nights: int, streams: Streams) -> Series:
    """Return the unexplained part of demand: a log-normal factor with memory and mean one."""
    noise = streams.of("demand shocks").standard_normal(nights)
    level = np.empty(nights)
    state = 0.0
    for night in range(nights):
        state = SHOCK_MEMORY * state + np.sqrt(1 - SHOCK_MEMORY**2) * noise[night]
        level[night] = state
    return np.exp(plan.shock * level - plan.shock**2 / 2)


def make_calendar(plan: HotelPlan, opening: date, nights: int, streams: Streams) -> HotelCalendar:
    """Return the factors of ``nights`` nights from ``opening`` on."""
    days = [opening + timedelta(days=number) for number in range(nights)]
    weekday = np.array([day.weekday() for day in days])
    events = _events(plan, opening, nights, streams)
    demand = np.empty((2, nights))
    patterns = ((plan.season_leisure, plan.weekday_leisure), (plan.season_business, plan.weekday_business))
    for kind, (season, week) in enumerate(patterns):
        yearly = _smooth_months(season, days) / np.mean(season)
        demand[kind] = yearly * (np.array(week) / np.mean(week))[weekday]
    willing = _smooth_months(plan.price_season, days) * np.array(plan.price_weekday)[weekday]
    for event in events:
        first = (event.start - opening).days
        covered = slice(max(first, 0), max(first + event.nights, 0))
        demand[LEISURE, covered] *= event.leisure
        demand[BUSINESS, covered] *= event.business
        willing[covered] *= event.willing
    demand *= (1 + plan.growth_per_year) ** (np.arange(nights) / 365.25)
    tariff = np.array([plan.tariff_season[day.month - 1] for day in days])
    return HotelCalendar(opening, demand, willing, tariff, _shock(plan, nights, streams), events)

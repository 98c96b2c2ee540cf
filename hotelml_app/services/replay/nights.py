"""The nights after a past day: what was on the books and said then, and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.booking_curves import on_books_at, rooms_sold
from hotelml_app.modules.forecast.outcomes import pickup_ahead
from hotelml_app.services.nights import on_books as counted
from hotelml_app.services.nights.forecast_page import known, number
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.replay.said import Said
from hotelml_app.services.replay.views import ReplayNight

FORECAST, METRIC = "forecast", "rooms_sold"


@dataclass(frozen=True)
class Totals:
    """The nights, and sums over those that have passed; None where not every one of these has the figure."""

    nights: tuple[ReplayNight, ...]

    @property
    def of_passed(self) -> list[ReplayNight]:
        """The nights with an outcome."""
        return [one for one in self.nights if one.came is not None]

    @property
    def passed(self) -> int:
        """How many nights have an outcome."""
        return len(self.of_passed)

    @property
    def last_passed(self) -> date:
        """The last night with an outcome; there is one, for the day lies before the business date."""
        return self.of_passed[-1].night

    @property
    def inside(self) -> int:
        """On how many nights what came lay within the 80 % band."""
        return sum(one.inside is True for one in self.nights)

    @property
    def came(self) -> float | None:
        """Rooms sold in all."""
        return total([one.came for one in self.of_passed])

    @property
    def expected(self) -> float | None:
        """Rooms expected in all."""
        return total([one.p50 for one in self.of_passed])

    @property
    def plain(self) -> float | None:
        """Rooms in all by the plain rule."""
        return total([one.pickup for one in self.of_passed])

    @property
    def on_books(self) -> float:
        """Rooms on the books in all."""
        return sum(one.on_books for one in self.of_passed)


def total(values: Sequence[float | None]) -> float | None:
    """Return the sum, or None where a value is not known."""
    return None if any(one is None for one in values) else float(sum(one for one in values if one is not None))


def replay_nights(ground: Ground, said: Said, ahead: int) -> Totals:
    """Return the ``ahead`` nights after the day that ``said`` looks from.

    Everything but what came is read from the history as it was known at the end of that day.
    """
    day, first = said.day, said.day + timedelta(days=1)
    then = ground.data.at(day)
    start, end_of_day = day_number(first), day_number(day)
    books = on_books_at(then.history, end_of_day, start, ahead)
    pickup, last_year = pickup_ahead(then, ahead), counted.sold_last_year(then.history, first, ahead)
    came = rooms_sold(ground.data.history, start, ahead)
    told = {row.target_date: row.payload for row in said.rows if _of_the_house(row.payload)}
    events = ground.events(first, ahead)
    found = []
    for at in range(ahead):
        night = first + timedelta(days=at)
        payload = told.get(night, {})
        found.append(
            ReplayNight(
                night=night,
                on_books=float(books[at]),
                p10=known(number(payload, "p10")),
                p50=known(number(payload, "p50")),
                p90=known(number(payload, "p90")),
                pickup=known(pickup[at]),
                last_year=known(last_year[at]),
                came=known(came[at]),
                event=events.get(night, ""),
            )
        )
    return Totals(tuple(found))


def _of_the_house(payload: Mapping[str, object]) -> bool:
    return payload.get("metric") == METRIC and not payload.get("room_type")

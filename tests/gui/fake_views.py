"""Two invented hotels as the appliance would describe them: 90 nights with weekends, seasons and events."""

from __future__ import annotations

import math
import random
from datetime import UTC, date, datetime, timedelta

import numpy as np

from hotelml_app.modules.noshow.lost_rooms.by_room_type import TypeAdvice
from hotelml_app.modules.noshow.lost_rooms.overbooking import advise
from hotelml_app.modules.noshow.lost_rooms.walking import Guest, walk_plan
from hotelml_app.services.arrivals.overbooking_views import Costs, OverbookingAdvice, OverbookingNight, OverbookingType
from hotelml_app.services.arrivals.views import ArrivalsView, ArrivalView
from hotelml_app.services.exports.data_views import (
    DataView,
    ExportCheckView,
    Freshness,
    ImportView,
    MonthView,
    RejectedRowView,
    WaitingFileView,
)
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.nights.views import ForecastPoint, ForecastView
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.services.today.views import DecisionView, NightView, TodayView

BUSINESS_DATE = date(2016, 8, 31)
NOW = datetime(2016, 9, 1, 5, 58, tzinfo=UTC)
EVENTS = {
    date(2016, 10, 5): "Republic Day",
    date(2016, 11, 1): "All Saints",
    date(2016, 11, 8): "Web Summit",
    date(2016, 11, 9): "Web Summit",
}
CITY, RESORT = "H1 City", "H2 Resort"
ROOMS = {CITY: 226, RESORT: 187}
ROOM_TYPES = {CITY: ("A", "B", "D", "E", "F", "G"), RESORT: ("A", "C", "D", "E", "F", "G", "H", "L")}
OWN = MadeByView(
    "own", "20160831-033012", "Learned from this hotel's bookings", "8.1 % off over the last 28 nights, last year's rule 14.2 %"
)
RISK = MadeByView(
    "own", "20160831-033240", "Learned from this hotel's bookings", "71 of 84 lost rooms expected in the last 28 days"
)
RULE = MadeByView("statistical", "", "By a plain rule: too few examples to learn from", "")


def freshness() -> Freshness:
    return Freshness(BUSINESS_DATE, "reservations_2016-08-31.csv", NOW - timedelta(hours=6, minutes=18), 1)


def level(name: str, night: date) -> float:
    """Expected share of the rooms sold."""
    season = 0.78 + 0.14 * math.cos(2 * math.pi * (night - date(2016, 8, 15)).days / 365)
    weekend = 0.06 if night.weekday() in (4, 5) else -0.05 if night.weekday() == 6 else 0.0
    return min(
        season + weekend + (0.09 if night in EVENTS else 0) - (0.06 if name == RESORT and night.weekday() < 4 else 0), 0.99
    )


def points(name: str, metric: str, room_type: str, horizon: int) -> tuple[ForecastPoint, ...]:
    chance = random.Random(f"{name}{metric}{room_type}")
    rooms = ROOMS[name] / (1 if not room_type else 5)
    made = []
    for ahead in range(1, horizon + 1):
        night = BUSINESS_DATE + timedelta(days=ahead)
        share = level(name, night)
        factor = {"rooms_sold": rooms, "arrivals": rooms * 0.31, "adr": 118.0, "revenue": rooms * 104.0}[metric]
        middle = min(share * factor * (1 + chance.gauss(0, 0.015)), factor * 0.995)
        width = factor * (0.015 + 0.0011 * ahead)
        booked = 1.0 if metric == "adr" else math.exp(-ahead / 46)
        books = middle * booked * (1 + chance.gauss(0, 0.03))
        top = rooms if metric == "rooms_sold" else math.inf
        quantiles = [min(middle + z * width, top) for z in (-1.28, -0.67, 0.67, 1.28)]
        if metric != "adr":
            books = min(round(books), round(middle))
        pickup = (
            round(chance.gauss(1.2, 2.4) * booked) if metric in ("rooms_sold", "arrivals") else chance.gauss(60, 200) * booked
        )
        made.append(
            ForecastPoint(
                night,
                float(books),
                quantiles[0],
                quantiles[1],
                middle,
                quantiles[2],
                quantiles[3],
                middle * (0.94 + chance.gauss(0, 0.04)),
                pickup,
                EVENTS.get(night, ""),
                4.0 * pickup,
            )
        )
    return tuple(made)


def forecast(name: str, metric: str, room_type: str, horizon: int, segment: str = "") -> ForecastView:
    nights = points(name, metric, room_type or segment, horizon)
    unit = {"rooms_sold": "rooms", "arrivals": "rooms"}.get(metric, "EUR")
    best = max(nights, key=lambda point: point.p50)
    begin = f"The next 90 nights: 16,904 room nights expected (83% of {ROOMS[name]} rooms)"
    said = f"{begin}; fullest Sat 3 Sep ({best.p50:.0f}), emptiest Sun 27 Nov (141)."
    capacity = (ROOMS[name] / (1 if not room_type else 5)) if metric == "rooms_sold" else None
    return ForecastView(
        name, said, freshness(), metric, unit, room_type, ROOM_TYPES[name], capacity, nights, OWN, segment, SEGMENTS
    )


SEGMENTS = ("Corporate", "Groups", "Online agencies")

REASONS = (
    ("booked 212 days ahead", "no deposit", "cancelled twice before"),
    ("booked through an online agency", "no deposit", "first stay"),
    ("group of 8 rooms", "booked 140 days ahead"),
    ("one night only", "booked yesterday", "no deposit"),
    ("corporate rate, stayed 4 times",),
    ("non-refundable deposit", "two special requests"),
    ("booked direct", "three nights or more"),
)


def arrival(name: str, day: date, number: int, chance: random.Random) -> ArrivalView:
    share = min(0.94, max(0.01, chance.betavariate(0.7, 4.2)))
    band = "high" if share > 0.5 else "raised" if share > 0.22 else "low"
    reasons = REASONS[chance.randrange(0, 4) if share > 0.22 else chance.randrange(4, 7)]
    return ArrivalView(
        f"{41000 + number * 37 + day.toordinal() % 900}",
        day,
        chance.choice((1, 1, 2, 2, 3, 4, 7)),
        2 if number == 5 else 1,
        chance.choice(ROOM_TYPES[name]),
        chance.choice(("Online agency", "Direct", "Corporate", "Tour operator")),
        chance.choice(("Transient", "Group", "Contract")),
        round(chance.gauss(112, 28), 2),
        2,
        share,
        share * 0.3,
        band,
        reasons,
    )


def arrivals_on(name: str, day: date) -> tuple[ArrivalView, ...]:
    chance = random.Random(f"{name}{day}")
    made = [arrival(name, day, number, chance) for number in range(48 if name == CITY else 31)]
    return tuple(sorted(made, key=lambda one: -(one.p_lost or 0)))


def distribution(arrivals: tuple[ArrivalView, ...]) -> tuple[float, ...]:
    shares = [1.0]
    for one in arrivals:
        lost = one.p_lost or 0.0
        longer = [0.0] * (len(shares) + one.rooms)
        for rooms, share in enumerate(shares):
            longer[rooms] += share * (1 - lost)
            longer[rooms + one.rooms] += share * lost
        shares = longer
    last = max(index for index, share in enumerate(shares) if share > 1e-5)
    return tuple(shares[: last + 1])


def arrivals(name: str, day: date | None) -> ArrivalsView:
    days = tuple(BUSINESS_DATE + timedelta(days=ahead) for ahead in range(1, 29))
    chosen = day or days[0]
    found = arrivals_on(name, chosen)
    expected = sum((one.p_lost or 0) * one.rooms for one in found)
    said = (
        f"Thu 1 Sep: {sum(one.rooms for one in found)} rooms to arrive; expect {expected:.0f} not to come (most likely 4 to 10)."
    )
    lost = distribution(found)
    return ArrivalsView(name, said, freshness(), chosen, days, found, lost, expected, RISK, advice(name, chosen, found, lost))


def advice(name: str, day: date, found: tuple[ArrivalView, ...], lost: tuple[float, ...]) -> OverbookingAdvice:
    guests = [Guest(one.reservation_id, one.nights, 1, one.rooms, False, False, False, False, certain=False) for one in found]
    night = OverbookingNight(
        day,
        ROOMS[name],
        ROOMS[name] - 6.0,
        7.0,
        lost,
        {"A": 5.0, "B": 2.0},
        Costs(96.0, 192.0, False, False, True),
        advise(np.array(lost) / sum(lost), ROOMS[name], 96.0, 192.0),
        "",
        room_types=(
            OverbookingType("A", 150, 148, 5.0, (0.01, 0.05, 0.94), TypeAdvice(6, 4, 0.12)),
            OverbookingType("B", 70, 66, 2.0, (0.2, 0.4, 0.4), TypeAdvice(4, 0, 0.0), out_of_order=1),
        ),
    )
    return OverbookingAdvice(night, walk_plan(guests, 192.0))


DECISIONS = (
    DecisionView(
        "7 rooms may not come Thu 1 Sep",
        "48 rooms are to arrive. The riskiest bookings are listed first.",
        "Call list",
        "arrivals",
    ),
    DecisionView(
        "Nearly full: Fri 2 Sep and Sat 3 Sep",
        "Check rates and restrictions before the last rooms go.",
        "See the forecast",
        "forecast",
    ),
    DecisionView("14 rows of reservations_2016-08-31.csv could not be used", "1,204 of 1,218 rows were.", "See why", "data"),
)

OVERNIGHT = (
    "1 Sep 03:34  Forecast: learned (8.1 % off, before 8.4 %)",
    "1 Sep 03:31  No-shows and late cancellations: learned, but what answered before still does",
    "31 Aug 23:42  reservations_2016-08-31.csv: 1,204 rows read",
)


def night(name: str, point: ForecastPoint) -> NightView:
    lost = sum((one.p_lost or 0) * one.rooms for one in arrivals_on(name, point.night))
    books, pickup = point.on_books or 0, point.pickup_since_yesterday or 0
    forecast = (point.p50, point.p10, point.p90, point.p25, point.p75, point.last_year)
    return NightView(point.night, ROOMS[name], books, pickup, 9, *forecast, 48, 51, lost, 118.4, 21_700, point.event)


def today(name: str, warnings: tuple[WarningView, ...] = (), decisions: tuple[DecisionView, ...] = DECISIONS) -> TodayView:
    cards = tuple(night(name, point) for point in points(name, "rooms_sold", "", 7))
    risky = tuple(one for one in arrivals_on(name, cards[0].night) if one.band in ("high", "raised"))[:8]
    said = f"Tonight {cards[0].expected:.0f} of {ROOMS[name]} rooms; expect {cards[0].expected_lost:.0f} not to come."
    return TodayView(name, said, freshness(), cards, risky, decisions, warnings, OVERNIGHT, OWN, RISK)


def imported(number: int, status: str = "done", rejected: int = 0, message: str = "") -> ImportView:
    day = BUSINESS_DATE - timedelta(days=number)
    rows = 1218 - 17 * number if status == "done" else 0
    return ImportView(
        100 - number,
        f"reservations_{day}.csv",
        "bookings",
        status,
        day if status == "done" else None,
        rows,
        rows - rejected,
        96 if rows else 0,
        211 if rows else 0,
        rows - rejected - 307 if rows else 0,
        0,
        rejected,
        0,
        message,
        NOW - timedelta(days=number, hours=6),
        (),
    )


def data(name: str, waiting: tuple[WaitingFileView, ...] = (), checks: tuple[ExportCheckView, ...] = ()) -> DataView:
    imports = (
        imported(0, rejected=14),
        imported(1),
        imported(2, "failed", message="The column Arrival is missing. Found: Resv, Name, Room."),
        imported(3, "duplicate", message="The same content as reservations_2016-08-27.csv"),
        *(imported(day) for day in range(4, 24)),
    )
    columns = (("arrival", "2016-13-02"), ("departure", "2016-09-04"), ("room type", "A"), ("status", "RESERVED"))
    reasons = ("“2016-13-02” is not a date", "departure lies before arrival", "the status “PENDING?” is not known")
    rejected = tuple(
        RejectedRowView(100, "reservations_2016-08-31.csv", 40 + 31 * row, reasons[row % 3], columns) for row in range(14)
    )
    last = "Last file: reservations_2016-08-31.csv, 31 Aug 23:42."
    said = f"61,204 bookings known, as of the end of 31 Aug. {last} 14 rows could not be used."
    return DataView(
        name,
        said,
        "/srv/hotelml/exports",
        "Watched; looks through the whole folder every 5 minutes too",
        waiting,
        imports,
        rejected,
        14,
        61_204,
        1_842,
        checks,
        months(),
    )


def months() -> tuple[MonthView, ...]:
    """Two years and a bit, with a hole in the second summer."""
    made = []
    for number in range(26):
        first = date(2014 + (6 + number) // 12, (6 + number) % 12 + 1, 1)
        made.append(MonthView(first, 0 if number == 13 else 1500 - 20 * number))
    return tuple(made)


def property_view(name: str) -> PropertyView:
    kinds = tuple((code, None if index else 96, 40 - 3 * index) for index, code in enumerate(ROOM_TYPES[name]))
    return PropertyView(name, "PT", "EUR", ROOMS[name] if name == CITY else None, ROOMS[name] - 4, BUSINESS_DATE, kinds)

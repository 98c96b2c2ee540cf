"""Finished hotels: a city business hotel, a beach resort, a small family hotel, an airport hotel."""

from __future__ import annotations

from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.plan import HotelPlan, LeadTime, QualityShift, RoomType, Weights, YearlyEvent
from hotelml_app.simulator.segments import (
    CORPORATE,
    DIRECT,
    FAMILIES,
    GROUP,
    ONLINE,
    TOUR_OPERATOR,
    WALK_IN,
    with_share,
)

EUROPE: Weights = {
    "PRT": 0.16,
    "ESP": 0.14,
    "DEU": 0.14,
    "FRA": 0.13,
    "GBR": 0.16,
    "ITA": 0.09,
    "USA": 0.07,
    "BRA": 0.05,
    "NLD": 0.06,
}
GERMANY_FIRST: Weights = {"DEU": 0.62, "AUT": 0.08, "CHE": 0.08, "GBR": 0.06, "FRA": 0.05, "ITA": 0.06, "ESP": 0.03, "USA": 0.02}
SPAIN_FIRST: Weights = {"ESP": 0.3, "GBR": 0.22, "DEU": 0.18, "FRA": 0.12, "PRT": 0.08, "ITA": 0.06, "BRA": 0.02, "USA": 0.02}

COMMON_DAYS = (
    YearlyEvent("New Year's Eve", 12, 30, nights=3, business=0.35, leisure=1.9, willing=1.35),
    YearlyEvent("Christmas", 12, 23, nights=4, business=0.2, leisure=0.75, willing=0.95),
    YearlyEvent("Easter", easter=-3, nights=4, business=0.45, leisure=1.5, willing=1.12),
)

CITY = HotelPlan(
    preset="city",
    kind="city business hotel",
    country="PT",
    currency="EUR",
    room_types=(
        RoomType("STD", "Standard double", 58, 94.0, appeal=1.08, oversell=0.05),
        RoomType("SUP", "Superior double", 36, 116.0),
        RoomType("DLX", "Deluxe with terrace", 18, 148.0, appeal=0.92),
        RoomType("FAM", "Family suite", 8, 198.0, appeal=0.85, family=True),
    ),
    segments=(
        with_share(ONLINE, 0.42),
        with_share(DIRECT, 0.17),
        with_share(CORPORATE, 0.24),
        with_share(GROUP, 0.08),
        with_share(TOUR_OPERATOR, 0.06),
        with_share(WALK_IN, 0.03),
    ),
    occupancy=0.83,
    season_business=(0.85, 0.95, 1.1, 1.08, 1.15, 1.12, 0.88, 0.7, 1.2, 1.22, 1.1, 0.65),
    season_leisure=(0.6, 0.7, 0.85, 1.05, 1.18, 1.22, 1.25, 1.32, 1.2, 1.08, 0.75, 0.8),
    weekday_business=(1.35, 1.5, 1.4, 1.05, 0.5, 0.35, 0.85),
    weekday_leisure=(0.75, 0.75, 0.82, 1.05, 1.6, 1.3, 0.73),
    price_season=(0.74, 0.78, 0.9, 1.04, 1.18, 1.22, 1.12, 1.06, 1.26, 1.1, 0.84, 0.76),
    price_weekday=(1.06, 1.14, 1.12, 1.02, 0.96, 0.93, 0.8),
    tariff_season=(0.88, 0.88, 0.88, 1.05, 1.05, 1.05, 1.05, 1.05, 1.05, 1.05, 0.88, 0.88),
    events=(
        *COMMON_DAYS,
        YearlyEvent("Tech fair", 11, 4, nights=4, weekday=0, business=2.3, leisure=1.2, willing=1.45),
        YearlyEvent("Medical congress", 5, 14, nights=3, weekday=1, business=1.8, willing=1.25),
        YearlyEvent("City marathon", 10, 12, nights=2, weekday=4, leisure=1.8, willing=1.2),
        YearlyEvent("St Anthony's night", 6, 12, nights=2, leisure=1.6, willing=1.18),
    ),
    countries=EUROPE,
    overbooking=0.025,
    quality={
        "room": 0.66,
        "cleanliness": 0.82,
        "staff": 0.86,
        "food": 0.6,
        "location": 0.93,
        "facilities": 0.55,
        "value": 0.58,
        "noise": 0.38,
        "sleep": 0.63,
    },
    quality_shifts=(QualityShift("food", 400, 0.25, "a new breakfast chef"), QualityShift("noise", 620, -0.15, "roadworks")),
)

RESORT = HotelPlan(
    preset="resort",
    kind="beach resort",
    country="ES",
    currency="EUR",
    room_types=(
        RoomType("DBL", "Double garden view", 80, 105.0, appeal=1.05, oversell=0.06),
        RoomType("DSV", "Double sea view", 55, 138.0),
        RoomType("FAM", "Family room", 30, 176.0, family=True),
        RoomType("JSU", "Junior suite", 15, 228.0, appeal=0.9),
    ),
    segments=(
        with_share(
            ONLINE, 0.4, lead=LeadTime(52, 1.15, 0.02), nights=(0.1, 0.16, 0.2, 0.16, 0.1, 0.06, 0.17, 0.05), party=FAMILIES
        ),
        with_share(
            DIRECT,
            0.17,
            lead=LeadTime(34, 1.4, 0.05),
            nights=(0.12, 0.18, 0.2, 0.15, 0.1, 0.06, 0.15, 0.04),
            party=FAMILIES,
            business=0.05,
        ),
        with_share(TOUR_OPERATOR, 0.31, nights=(0.02, 0.04, 0.1, 0.1, 0.08, 0.06, 0.48, 0.02, 0.02, 0.04, 0.0, 0.0, 0.0, 0.04)),
        with_share(GROUP, 0.08, lead=LeadTime(130, 0.6), nights=(0.1, 0.3, 0.3, 0.2, 0.1)),
        with_share(CORPORATE, 0.02),
        with_share(WALK_IN, 0.02),
    ),
    occupancy=0.74,
    season_business=(0.9, 1.0, 1.15, 1.05, 1.1, 0.9, 0.6, 0.5, 1.1, 1.25, 1.1, 0.6),
    season_leisure=(0.38, 0.5, 0.68, 0.95, 1.1, 1.4, 1.72, 1.85, 1.32, 0.95, 0.5, 0.45),
    weekday_business=(1.3, 1.4, 1.3, 1.0, 0.6, 0.5, 0.9),
    weekday_leisure=(0.9, 0.8, 0.85, 1.0, 1.3, 1.35, 0.8),
    price_season=(0.66, 0.68, 0.76, 0.92, 1.0, 1.2, 1.42, 1.55, 1.15, 0.9, 0.7, 0.7),
    price_weekday=(0.97, 0.96, 0.96, 0.99, 1.06, 1.08, 0.98),
    tariff_season=(0.7, 0.7, 0.7, 0.95, 0.95, 1.3, 1.3, 1.3, 1.3, 0.95, 0.7, 0.7),
    events=(
        *COMMON_DAYS,
        YearlyEvent("Sea festival", 7, 16, nights=4, leisure=1.35, willing=1.18),
        YearlyEvent("Golf week", 3, 10, nights=5, weekday=2, leisure=1.5, willing=1.15),
        YearlyEvent("Half marathon", 10, 20, nights=2, weekday=4, leisure=1.7, willing=1.2),
    ),
    countries=SPAIN_FIRST,
    concerts_per_year=2.0,
    overbooking=0.015,
    quality={
        "room": 0.7,
        "cleanliness": 0.84,
        "staff": 0.88,
        "food": 0.68,
        "location": 0.9,
        "facilities": 0.76,
        "value": 0.55,
        "noise": 0.5,
        "sleep": 0.7,
    },
    quality_shifts=(QualityShift("facilities", 365, 0.15, "the pool was renewed"),),
)

FAMILY = HotelPlan(
    preset="family",
    kind="small family hotel",
    country="DE",
    currency="EUR",
    room_types=(
        RoomType("EZ", "Single room", 6, 68.0),
        RoomType("DZ", "Double room", 14, 98.0, appeal=1.1),
        RoomType("FZ", "Family room", 4, 142.0, family=True),
    ),
    segments=(
        with_share(ONLINE, 0.38, channels={"Booking.com": 0.8, "HRS": 0.2}, agents={"9": 0.8, "11": 0.2}, party=FAMILIES),
        with_share(DIRECT, 0.42, repeated=0.3, party=FAMILIES, channels={"Phone": 0.45, "E-mail": 0.3, "Website": 0.25}),
        with_share(CORPORATE, 0.12, companies={"C12": 0.5, "C15": 0.5}),
        with_share(GROUP, 0.04, group_sizes={"3": 0.6, "5": 0.4}, companies={"G3": 1.0}),
        with_share(WALK_IN, 0.04),
    ),
    occupancy=0.7,
    season_business=(0.9, 1.0, 1.1, 1.05, 1.1, 1.1, 0.85, 0.7, 1.2, 1.2, 1.1, 0.7),
    season_leisure=(0.55, 0.65, 0.7, 0.95, 1.15, 1.25, 1.45, 1.5, 1.25, 1.05, 0.65, 0.85),
    weekday_business=(1.3, 1.45, 1.4, 1.1, 0.5, 0.35, 0.9),
    weekday_leisure=(0.75, 0.7, 0.8, 1.05, 1.65, 1.35, 0.7),
    price_season=(0.78, 0.82, 0.86, 0.98, 1.08, 1.14, 1.28, 1.3, 1.14, 1.02, 0.82, 0.92),
    price_weekday=(0.93, 0.92, 0.93, 1.0, 1.16, 1.14, 0.88),
    tariff_season=(0.92, 0.92, 0.92, 1.0, 1.0, 1.0, 1.08, 1.08, 1.0, 1.0, 0.92, 0.92),
    events=(
        *COMMON_DAYS,
        YearlyEvent("Wine festival", 9, 8, nights=3, weekday=4, leisure=1.9, willing=1.25),
        YearlyEvent("Christmas market", 12, 5, nights=3, weekday=4, leisure=1.8, willing=1.2),
    ),
    countries=GERMANY_FIRST,
    concerts_per_year=2.0,
    shock=0.18,
    overbooking=0.0,
    out_of_order=0.003,
    quality={
        "room": 0.7,
        "cleanliness": 0.92,
        "staff": 0.94,
        "food": 0.85,
        "location": 0.8,
        "facilities": 0.5,
        "value": 0.76,
        "noise": 0.6,
        "sleep": 0.74,
    },
    quality_shifts=(QualityShift("room", 500, 0.12, "new beds"),),
)

AIRPORT = HotelPlan(
    preset="airport",
    kind="airport hotel",
    country="DE",
    currency="EUR",
    room_types=(
        RoomType("QUE", "Queen room", 110, 88.0, appeal=1.05, oversell=0.05),
        RoomType("TWN", "Twin room", 60, 92.0),
        RoomType("EXE", "Executive room", 30, 129.0, appeal=0.9),
    ),
    segments=(
        with_share(ONLINE, 0.46, lead=LeadTime(19, 1.4, 0.1), nights=(0.78, 0.15, 0.05, 0.02), elasticity=1.9, business=0.25),
        with_share(DIRECT, 0.12, lead=LeadTime(9, 1.5, 0.15), nights=(0.75, 0.17, 0.06, 0.02), business=0.4),
        with_share(
            CORPORATE,
            0.29,
            lead=LeadTime(6, 1.1, 0.12),
            nights=(0.66, 0.22, 0.1, 0.02),
            companies={"AIR01": 0.45, "AIR02": 0.25, "C310": 0.3},
        ),
        with_share(GROUP, 0.05, nights=(0.8, 0.2)),
        with_share(WALK_IN, 0.08),
    ),
    occupancy=0.84,
    season_business=(0.88, 0.95, 1.08, 1.05, 1.1, 1.08, 0.92, 0.82, 1.15, 1.15, 1.08, 0.75),
    season_leisure=(0.8, 0.82, 0.95, 1.05, 1.02, 1.1, 1.3, 1.32, 1.05, 1.02, 0.75, 0.85),
    weekday_business=(1.3, 1.35, 1.35, 1.15, 0.6, 0.4, 0.9),
    weekday_leisure=(0.95, 0.88, 0.9, 1.0, 1.2, 1.15, 0.95),
    price_season=(0.82, 0.86, 0.98, 1.04, 1.1, 1.12, 1.12, 1.1, 1.16, 1.08, 0.9, 0.8),
    price_weekday=(1.1, 1.18, 1.15, 1.04, 0.88, 0.78, 0.9),
    tariff_season=(0.92, 0.92, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.92, 0.92),
    events=(
        *COMMON_DAYS,
        YearlyEvent("Aviation fair", 6, 3, nights=4, weekday=0, business=1.9, willing=1.3),
        YearlyEvent("School holidays begin", 7, 24, nights=3, weekday=4, leisure=1.7, willing=1.15),
    ),
    countries={**GERMANY_FIRST, "DEU": 0.35, "GBR": 0.14, "USA": 0.14, "FRA": 0.1, "ESP": 0.08},
    overbooking=0.03,
    quality={
        "room": 0.68,
        "cleanliness": 0.8,
        "staff": 0.76,
        "food": 0.52,
        "location": 0.75,
        "facilities": 0.5,
        "value": 0.5,
        "noise": 0.45,
        "sleep": 0.72,
    },
)

PRESETS = {plan.preset: plan for plan in (CITY, RESORT, FAMILY, AIRPORT)}


def preset(name: str) -> HotelPlan:
    """Return a finished plan by its name. Raises SimulationError naming those that exist."""
    if name not in PRESETS:
        known = ", ".join(PRESETS)
        raise SimulationError(f"There is no synthetic hotel called '{name}'.", remedy=f"Choose one of: {known}.")
    return PRESETS[name]

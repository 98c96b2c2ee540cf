"""A group agrees one rate for many rooms: that is not the rate of the day, however many its rooms are."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from synthetic_property import small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.modules.pricing.history.booked import Booked, booked_rooms
from hotelml_app.modules.pricing.history.year import plain_year
from hotelml_app.modules.pricing.past_rates.charged import charged
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard, learn_rate_card

DAY, DAYS, AHEAD = date(2024, 3, 1), 150, 60
FAIR = 30
"""Days ahead: a night for which a group was booked a week ago, guests one by one since."""

Row = dict[str, object]


def stay(number: int, arrival: date, booked_on: date, rate: float, segment: str) -> Row:
    nights = timedelta(days=1 + number % 2)
    passed = arrival + nights <= DAY
    return {
        "reservation_id": f"R{number}",
        "arrival": arrival,
        "departure": arrival + nights,
        "booked_on": booked_on,
        "status": BookingStatus.CHECKED_OUT if passed else BookingStatus.RESERVED,
        "room_type": "DBL",
        "segment": segment,
        "adr": rate,
        "rooms": 1.0,
    }


def bookings() -> list[Row]:
    """Guests one by one at rates that move a little from night to night; groups of 24 rooms at whatever was agreed."""
    random, rows = np.random.default_rng(5), list[Row]()
    for step in range(-DAYS, AHEAD):
        arrival = DAY + timedelta(days=step)
        of_the_day = 100 * np.exp(random.normal(0, 0.06))
        for _ in range(6):
            booked_on = min(arrival - timedelta(days=int(random.integers(1, 90))), DAY)
            rows.append(stay(len(rows), arrival, booked_on, of_the_day * np.exp(random.normal(0, 0.1)), "Online"))
        if step % 3 == 0 and step != FAIR:
            agreed = 90 * np.exp(random.normal(0, 0.35))
            number = 2 * len(rows)
            rows += [stay(number, arrival, min(arrival - timedelta(days=40), DAY), agreed, "Groups") for _ in range(24)]
    fair, lately = DAY + timedelta(days=FAIR), DAY - timedelta(days=7)
    rows += [stay(0, fair, lately, 180.0, "Groups") for _ in range(24)]
    rows += [stay(0, fair, DAY - timedelta(days=step % 4), 100.0, "Online") for step in range(6)]
    return [{**row, "reservation_id": f"R{number}"} for number, row in enumerate(rows)]


def learned() -> tuple[RateCard, Booked]:
    booked = booked_rooms(small_history(bookings(), DAY), ("DBL",))
    today = day_number(DAY)
    return learn_rate_card(booked, plain_year(today - DAYS, today), today - DAYS, today + AHEAD), booked


def test_guests_who_book_one_by_one_say_what_the_rate_of_the_day_is() -> None:
    card, booked = learned()
    assert any(unit.startswith("Online") for unit in card.followers)
    ahead = np.exp(charged(card, booked, day_number(DAY) + 1, AHEAD - 10).now[:, 0])
    assert np.all((ahead > 70) & (ahead < 140)), np.round(ahead)


def test_the_rate_of_a_group_is_not_what_is_charged_since() -> None:
    card, booked = learned()
    now = float(np.exp(charged(card, booked, day_number(DAY) + 1, AHEAD - 10).now[FAIR - 1, 0]))
    assert 85 < now < 120

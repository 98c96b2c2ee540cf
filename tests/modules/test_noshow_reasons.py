"""Reasons given for a risk are true of that booking, whatever its export leaves out."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from noshow_hotel import TODAY, booking, history_of, random_house

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.features import snapshot
from hotelml_app.modules.noshow.reasons import Reasons

NOW = day_number(TODAY)


DUE = TODAY + timedelta(days=10)
BOOKED = TODAY - timedelta(days=40)


def said_of(rows: list[tuple[object, ...]], band: str, reservation: int = 0) -> str:
    books = lay_out(history_of(rows))
    shot = snapshot(books, NOW, 28)
    row = int(np.flatnonzero(books.history.booking[shot.spells] == reservation)[0])
    return Reasons(books, shot).of(row, band)


def ended(first: int, many: int, lost: float, **words: object) -> list[tuple[object, ...]]:
    """Return bookings of the last months, of which the share ``lost`` was cancelled the day before arrival."""
    rows = []
    for n in range(many):
        end = TODAY - timedelta(days=3 + n % 90)
        gone = round((n + 1) * lost) > round(n * lost)
        status, on = (BookingStatus.CANCELLED, 1) if gone else (BookingStatus.CHECKED_OUT, -2)
        rows.append(booking(first + n, end - timedelta(days=40), end, status, end - timedelta(days=on), **words))
    return rows


def parties(first: int, many: int, lost: float, **words: object) -> list[tuple[object, ...]]:
    """Return parties of six rooms each, of which the share ``lost`` was cancelled."""
    rows = []
    for party in range(many):
        end = TODAY - timedelta(days=3 + party)
        gone = round((party + 1) * lost) > round(party * lost)
        status, on = (BookingStatus.CANCELLED, 1) if gone else (BookingStatus.CHECKED_OUT, -2)
        for n in range(6):
            number = first + 6 * party + n
            rows.append(booking(number, end - timedelta(days=40), end, status, end - timedelta(days=on), **words))
    return rows


def coming(many: int = 1, **words: object) -> list[tuple[object, ...]]:
    return [booking(n, BOOKED, DUE, BookingStatus.RESERVED, BOOKED, **words) for n in range(many)]


@pytest.mark.parametrize(("segment", "words"), [("Groups", "group of 6 rooms"), ("Online", "one of 6 rooms booked alike")])
def test_guests_who_booked_alike_with_one_seller_are_not_called_a_group(segment: str, words: str) -> None:
    rows = [*coming(6, agent="A", segment=segment), *parties(6, 40, 0.5, segment=segment), *random_house(bookings=600)]
    assert words in said_of(rows, "high").split("; ")


def test_that_many_rooms_were_booked_together_is_no_reason_where_such_bookings_came_more_often_than_others() -> None:
    house = ended(1000, 600, 0.2, segment="Direct")
    few_risky = ended(2000, 60, 0.8, segment="Groups", customer_type="Transient")
    kept = parties(3000, 40, 0.05, segment="Groups", customer_type="Party")
    rows = [*coming(6, segment="Groups", customer_type="Transient", deposit_type="No Deposit"), *house, *few_risky, *kept]
    said = said_of(rows, "high")
    assert "group of" not in said
    assert "deposit" not in said


def test_a_party_of_which_rooms_are_gone_is_told_once() -> None:
    gone = [booking(n, BOOKED, DUE, BookingStatus.CANCELLED, TODAY, segment="Groups") for n in (5, 6)]
    rows = [*coming(5, segment="Groups"), *gone, *parties(7, 40, 0.5, segment="Groups"), *ended(1000, 600, 0.1, segment="Direct")]
    said = said_of(rows, "high")
    assert "2 of the 7 rooms booked on one day for the same dates are already gone" in said
    assert "group of" not in said


@pytest.mark.parametrize("band", ["low", "high"])
def test_no_special_requests_are_no_reason_only_because_the_whole_segment_is_lost_more_or_less_often(band: str) -> None:
    sides = {"low": (0.1, 0.06, 0.5), "high": (0.5, 0.55, 0.1)}[band]
    without, with_wishes, others = sides
    rows = [
        *coming(segment="Direct", special_requests=0.0),
        *ended(1000, 400, without, segment="Direct", special_requests=0.0),
        *ended(2000, 400, with_wishes, segment="Direct", special_requests=1.0),
        *ended(3000, 400, others, segment="Online", special_requests=0.0),
    ]
    said = said_of(rows, band)
    assert f"Direct bookings are lost {'less' if band == 'low' else 'more'} often than others" in said
    assert "special request" not in said


def test_a_handful_of_bookings_is_no_record_of_a_company() -> None:
    of_seven, of_seventy = (ended(1000, many, 0.0, company="Few") for many in (7, 70))
    house = ended(2000, 600, 0.4, segment="Online")
    words = "bookings of company Few are lost less often than others"
    assert words not in said_of([*coming(company="Few"), *of_seven, *house], "low")
    assert words in said_of([*coming(company="Few"), *of_seventy, *house], "low")


def test_a_rate_that_makes_up_a_segment_is_not_said_beside_it() -> None:
    rows = [
        *coming(segment="Corporate", rate_code="COR"),
        *ended(1000, 300, 0.02, segment="Corporate", rate_code="COR"),
        *ended(2000, 300, 0.4, segment="Online", rate_code="FLEX"),
    ]
    said = said_of(rows, "low")
    assert said.count("are lost less often than others") == 1


@pytest.mark.parametrize("told", [True, False])
def test_that_there_are_no_special_requests_is_said_only_where_exports_tell_them(told: bool) -> None:
    rng, rows = np.random.default_rng(4), []
    for n in range(900):
        due, risky = TODAY - timedelta(days=int(rng.integers(-20, 300))), n % 2 == 0
        wishes = int(rng.integers(0, 2))
        words = {"segment": "Online" if risky else "Direct", **({"special_requests": float(wishes)} if told else {})}
        lost = due <= TODAY and rng.random() < ((0.3 if wishes else 0.7) if risky else 0.02)
        status = BookingStatus.RESERVED if due > TODAY else BookingStatus.CANCELLED if lost else BookingStatus.CHECKED_OUT
        rows.append(booking(n, due - timedelta(days=40), due, status, min(due - timedelta(days=3 * lost), TODAY), **words))
    books = lay_out(history_of(rows))
    shot = snapshot(books, NOW, 28)
    reasons = Reasons(books, shot)
    said = " ".join(reasons.of(row, "high") for row in range(len(shot.spells)))
    assert "Online bookings are lost more often than others" in said
    assert ("no special requests" in said) is told

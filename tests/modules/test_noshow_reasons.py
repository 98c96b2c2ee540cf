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


@pytest.mark.parametrize(("segment", "words"), [("Groups", "group of 6 rooms"), ("Online", "one of 6 rooms booked alike")])
def test_guests_who_booked_alike_with_one_seller_are_not_called_a_group(segment: str, words: str) -> None:
    booked, due = TODAY - timedelta(days=40), TODAY + timedelta(days=10)
    ends = [TODAY - timedelta(days=2 + n % 40) for n in range(84)]
    lost = [
        booking(6 + n, end - timedelta(days=60), end, BookingStatus.CANCELLED, end - timedelta(days=1), segment=segment)
        for n, end in enumerate(ends)
    ]
    alike = [booking(n, booked, due, BookingStatus.RESERVED, booked, agent="A", segment=segment) for n in range(6)]
    books = lay_out(history_of([*alike, *lost, *random_house(bookings=600)]))
    shot = snapshot(books, NOW, 28)
    row = int(np.flatnonzero(books.history.booking[shot.spells] == 0)[0])
    assert words in Reasons(books, shot).of(row, "high")


@pytest.mark.parametrize("told", [True, False])
def test_that_there_are_no_special_requests_is_said_only_where_exports_tell_them(told: bool) -> None:
    rng, rows = np.random.default_rng(4), []
    for n in range(900):
        due, risky = TODAY - timedelta(days=int(rng.integers(-20, 300))), n % 2 == 0
        words = {"segment": "Online" if risky else "Direct", **({"special_requests": float(rng.integers(0, 2))} if told else {})}
        lost = due <= TODAY and rng.random() < (0.5 if risky else 0.02)
        status = BookingStatus.RESERVED if due > TODAY else BookingStatus.CANCELLED if lost else BookingStatus.CHECKED_OUT
        rows.append(booking(n, due - timedelta(days=40), due, status, min(due - timedelta(days=3 * lost), TODAY), **words))
    books = lay_out(history_of(rows))
    shot = snapshot(books, NOW, 28)
    reasons = Reasons(books, shot)
    said = " ".join(reasons.of(row, "high") for row in range(len(shot.spells)))
    assert "Online bookings are often lost late" in said
    assert ("no special requests" in said) is told

"""Who may not come, whom to call, and how many rooms that makes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hotel import AS_OF, NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.arrivals.likely import likely_range
from hotelml_app.services.arrivals.lost_rooms import expected_lost, lost_rooms_probability
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.errors import DayOutsideDataError

TONIGHT = AS_OF + timedelta(days=1)


def test_who_may_not_come_is_listed_for_the_first_day_on_which_anybody_stands_out(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arrivals(_: object, night: date) -> tuple[ArrivalView, ...]:
        band = "raised" if night >= TONIGHT + timedelta(days=2) else "unknown"
        return (ArrivalView("R1", night, 1, 1, "A", "", "", None, None, 0.1, 0.1, band, ()),)

    monkeypatch.setattr("hotelml_app.services.today.today_page.arrivals_on", arrivals)
    page = appliance.today(NAME)
    assert [one.arrival for one in page.may_not_come] == [TONIGHT + timedelta(days=2)]


def test_the_call_list_is_asked_for_on_the_day_whose_guests_are_shown_until_all_are_reached(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rooms are lost on every day; guests stand out on the third, a few rooms short of a round of calls, and on the fifth."""

    def arrivals(_: object, night: date) -> tuple[ArrivalView, ...]:
        ahead = (night - AS_OF).days
        many = {3: 1, 5: 3}.get(ahead, 0)
        quiet = (ArrivalView("Q", night, 1, 9, "A", "", "", None, None, 0.05 if ahead == 3 else 0.3, 0.1, "low", ()),)
        told = (ArrivalView(f"R{ahead}{n}", night, 1, 1, "A", "", "", None, None, 0.4, 0.1, "raised", ()) for n in range(many))
        return (*told, *quiet)

    monkeypatch.setattr("hotelml_app.services.today.today_page.arrivals_on", arrivals)
    fifth = AS_OF + timedelta(days=5)
    page = appliance.today(NAME)
    (call,) = (one for one in page.decisions if one.button == "Call list")
    assert call.day == fifth
    assert call.detail.endswith("3 bookings are worth a call.")
    assert {one.arrival for one in page.may_not_come} == {fifth}
    appliance.tick_call(NAME, "R50", fifth, called=True)
    (call,) = (one for one in appliance.today(NAME).decisions if one.button == "Call list")
    assert call.detail.endswith("2 of 3 calls are still to be made.")
    for reservation in ("R51", "R52"):
        appliance.tick_call(NAME, reservation, fifth, called=True)
    after = appliance.today(NAME)
    assert not [one for one in after.decisions if one.button == "Call list"]
    assert {one.arrival for one in after.may_not_come} == {AS_OF + timedelta(days=3)}


def test_arrivals_begin_with_the_riskiest(appliance: Appliance) -> None:
    page = appliance.arrivals(NAME)
    assert page.day == TONIGHT
    assert page.days[0] == TONIGHT
    assert page.arrivals
    assert all(a.p_lost is not None for a in page.arrivals)
    assert all((a.p_lost or 0) >= (b.p_lost or 0) for a, b in pairwise(page.arrivals))
    assert sum(page.lost_rooms_probability) == pytest.approx(1, abs=1e-3)
    assert page.expected_lost == pytest.approx(sum(i * p for i, p in enumerate(page.lost_rooms_probability)), abs=0.01)
    assert page.sentence.startswith("Sat 28 Feb: ")
    assert page.sentence.endswith("; all of them should come, though one may not.")


@pytest.mark.parametrize(
    ("p_lost", "said"),
    [(0.001, "1 room to arrive; it should come."), (0.3, "1 room to arrive; it should come, though it may not.")],
)
def test_one_arrival_alone_is_not_spoken_of_as_many(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch, p_lost: float, said: str
) -> None:
    only = (ArrivalView("R1", TONIGHT, 1, 1, "A", "", "", None, None, p_lost, p_lost, "low", ()),)
    monkeypatch.setattr("hotelml_app.services.arrivals.arrivals_page.arrivals_on", lambda *_: only)
    assert appliance.arrivals(NAME, TONIGHT).sentence.endswith(said)


def test_arrivals_of_a_day_out_of_reach_are_refused(appliance: Appliance) -> None:
    for day in (AS_OF, AS_OF + timedelta(days=400)):
        with pytest.raises(DayOutsideDataError, match="Choose a day from"):
            appliance.arrivals(NAME, day)


def arrival(p: float | None, rooms: int = 1) -> ArrivalView:
    return ArrivalView("R1", TONIGHT, 1, rooms, "STD", "", "", None, None, p, None, "low", ())


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 4)), max_size=40))
def test_the_distribution_of_lost_rooms_is_one_and_has_the_right_mean(bookings: list[tuple[float, int]]) -> None:
    arrivals = [arrival(p, rooms) for p, rooms in bookings]
    distribution = lost_rooms_probability(arrivals, 0.0)
    assert sum(distribution) == pytest.approx(1, abs=5e-3)
    mean = float(np.dot(np.arange(len(distribution)), distribution))
    assert mean == pytest.approx(expected_lost(arrivals), abs=0.3)
    low, high = likely_range(distribution)
    assert 0 <= low <= high < len(distribution)


def test_a_group_is_lost_together() -> None:
    assert lost_rooms_probability([arrival(0.25, rooms=3)], 0.4) == pytest.approx((0.75, 0, 0, 0.25), abs=0.01)
    assert lost_rooms_probability([arrival(None), arrival(0.5)], 0.0) == pytest.approx((0.5, 0.5))
    assert lost_rooms_probability([], 0.4) == (1.0,)


def test_nobody_is_sent_to_call_the_day_before_arrival(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    def arrivals(_: object, night: date) -> tuple[ArrivalView, ...]:
        return tuple(ArrivalView(f"R{n}", night, 1, 1, "A", "", "", None, None, 0.5, 0.5, "raised", ()) for n in range(4))

    monkeypatch.setattr("hotelml_app.services.today.today_page.arrivals_on", arrivals)
    calls = [one for one in appliance.today(NAME).decisions if one.button == "Call list"]
    assert [one.day for one in calls] == [TONIGHT + timedelta(days=1)]

"""Nothing is sold twice: every room has at most one guest a night, and a full house refuses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator import SyntheticHotel, preset, simulate
from hotelml_app.simulator.bookings import state_at
from hotelml_app.simulator.desk import Standing
from hotelml_app.simulator.rack import Why
from hotelml_app.simulator.requests import NEVER


def nights_of_rooms(hotel: SyntheticHotel) -> list[tuple[int, int]]:
    """Every (room, night) that somebody slept in."""
    b = hotel.bookings
    slept = []
    for row in np.flatnonzero(b.assigned >= 0):
        for night in range(int(b.final_arrival[row]), min(int(b.final_departure[row]), hotel.days)):
            slept.append((int(b.room_after[row] if night >= b.moved_on[row] else b.room[row]), night))
    return slept


def test_no_room_has_two_guests_on_one_night(city: SyntheticHotel, resort: SyntheticHotel) -> None:
    for hotel in (city, resort):
        assert max(Counter(nights_of_rooms(hotel)).values()) == 1


def test_rooms_out_of_order_stay_empty(city: SyntheticHotel) -> None:
    slept = set(nights_of_rooms(city))
    assert len(city.out_of_order) > 3
    for spell in city.out_of_order:
        room = city.rooms.index(spell.room)
        assert not any((room, night) in slept for night in range(spell.from_day, spell.to_day))


def test_rooms_sold_never_exceed_the_house_and_agree_with_the_rooms_slept_in(city: SyntheticHotel) -> None:
    per_night = Counter(night for _, night in nights_of_rooms(city))
    for night in range(0, city.days - 1, 7):
        sold = city.truth.rooms_sold(city.date_of(night))
        assert sold == per_night[night] <= city.plan.rooms


def test_on_the_books_never_exceed_the_house_plus_agreed_overbooking(city: SyntheticHotel) -> None:
    limit = city.plan.rooms + round(city.plan.rooms * city.plan.overbooking)
    for day in range(30, city.days, 45):
        state = state_at(city.bookings, day)
        held = state.take(state.holds_room & (state.departure > day))
        books = np.zeros(city.market.nights, dtype=int)
        for arrival, departure in zip(held.arrival.tolist(), held.departure.tolist(), strict=True):
            books[arrival:departure] += 1
        assert books[day + 1 :].max() <= limit


def test_a_full_house_refuses_and_an_empty_one_does_not(city: SyntheticHotel) -> None:
    refused = city.truth.outcomes_of_requests()["refused_full"]
    assert refused > 100
    empty = simulate(seed=11, days=200, plan=replace(preset("city").resized(300), occupancy=0.2))
    assert empty.truth.outcomes_of_requests()["refused_full"] == 0


def test_a_guest_is_walked_only_when_the_house_is_full(city: SyntheticHotel) -> None:
    slept = Counter(night for _, night in nights_of_rooms(city))
    closed = Counter(night for spell in city.out_of_order for night in range(spell.from_day, spell.to_day))
    walked = np.flatnonzero(city.bookings.walked)
    for row in walked:
        night = int(city.bookings.final_arrival[row])
        assert slept[night] + closed[night] == city.plan.rooms
        assert city.truth.lost(str(city.bookings.reservation_id[row])) == "walked"


def test_the_assigned_type_is_the_type_of_the_assigned_room_and_differs_only_for_a_reason(resort: SyntheticHotel) -> None:
    b = resort.bookings
    arrived = np.flatnonzero(b.assigned >= 0)
    types = np.array(resort.room_type_of_room)
    assert np.array_equal(types[b.room[arrived]], b.assigned[arrived])
    assert np.array_equal(types[b.room_after[arrived]], b.assigned[arrived])
    as_booked = b.why[arrived] == Why.AS_BOOKED
    assert np.array_equal(as_booked, b.assigned[arrived] == b.room_type[arrived])
    share = 1 - as_booked.mean()
    assert 0.03 < share < 0.2
    reasons = Counter(Why(why) for why in b.why[arrived].tolist())
    assert set(reasons) >= {Why.TYPE_FULL_UPGRADED, Why.REGULAR_UPGRADED, Why.UPSOLD, Why.FAMILY_NEEDED_SPACE, Why.DOWNGRADED}
    assert all(b.assigned[row] > b.room_type[row] for row in arrived if b.why[row] == Why.TYPE_FULL_UPGRADED)
    assert all(b.assigned[row] < b.room_type[row] for row in arrived if b.why[row] == Why.DOWNGRADED)


def test_stays_move_lengthen_and_shorten_and_rates_change(resort: SyntheticHotel) -> None:
    b = resort.bookings
    moved = b.shifted_on < NEVER
    assert moved.sum() > 50
    assert np.all(b.shifted_on[moved] > b.booked_on[moved])
    assert np.all(b.arrival_after[moved] > b.shifted_on[moved])
    restayed = b.restay_on < NEVER
    longer = restayed & (b.final_departure > b.departure_after)
    shorter = restayed & (b.final_departure < b.departure_after)
    assert longer.sum() > 50
    assert shorter.sum() > 50
    assert np.all(b.final_departure[shorter] == b.restay_on[shorter])
    assert np.all(b.final_departure[shorter] > b.final_arrival[shorter])
    recoded = b.recoded_on < NEVER
    assert recoded.sum() > 50
    assert np.all(b.rate_code[recoded] != b.rate_code_after[recoded])
    assert np.all(b.recoded_on[recoded] < np.minimum(b.arrival_after[recoded], b.lost_on[recoded]))
    assert (b.moved_on < NEVER).sum() > 20


def test_every_request_ends_one_way_and_every_booking_has_a_standing(city: SyntheticHotel) -> None:
    counts = city.truth.outcomes_of_requests()
    assert counts["unheard"] == 0
    assert sum(counts.values()) == len(city.requests)
    assert (city.standing >= Standing.BOOKED).sum() == len(city.bookings)
    final = city.truth.final
    assert (final.status == BookingStatus.CHECKED_OUT).sum() == counts["checked_out"]
    assert (final.status == BookingStatus.NO_SHOW).sum() == counts["no_show"]
    assert (final.status == BookingStatus.CANCELLED).sum() == counts["cancelled"] + counts["walked"]
    assert (final.status == BookingStatus.IN_HOUSE).sum() == counts["in_house"]


def test_the_rooms_of_a_group_are_booked_together_or_not_at_all(city: SyntheticHotel) -> None:
    asked = city.requests
    for party in np.unique(asked.party[asked.size > 1])[:200]:
        standing = city.standing[asked.party == party]
        assert len(set((standing >= Standing.BOOKED).tolist())) == 1


def test_reservations_on_the_books_on_the_last_day_lie_ahead(city: SyntheticHotel) -> None:
    final = city.truth.final
    ahead = final.status == BookingStatus.RESERVED
    assert ahead.sum() > 300
    assert final.arrival[ahead].min() >= city.days
    assert city.truth.rooms_sold(city.last_day + timedelta(days=3)) > 0

"""How many rooms of each type to sell: within what the house and all better types can hold, where guests ask for them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.modules.noshow.lost_rooms.by_room_type import TypeBooks, share_out
from hotelml_app.modules.noshow.lost_rooms.overbooking import advise
from hotelml_app.modules.noshow.lost_rooms.shared_fate import lost_rooms_by_part, lost_rooms_together

NOBODY = np.ones(1)
VALUE, WALK = 100.0, 200.0


def kind(rooms: int, on_books: int, to_come: float = 5.0, rate: float = 100.0, most_beyond: int | None = None) -> TypeBooks:
    """Return a type none of whose bookings is lost."""
    return TypeBooks(rooms, on_books, NOBODY, NOBODY, to_come, rate, most_beyond)


def sold(sell_more: int, types: list[TypeBooks], ranked: int | None = None) -> list[int]:
    """Return how many of each type are to be sold."""
    return [one.sell_more for one in share_out(sell_more, types, len(types) if ranked is None else ranked, VALUE, WALK)]


def test_rooms_go_where_guests_will_ask_for_them() -> None:
    assert sold(4, [kind(20, 10, to_come=0.0), kind(20, 10, to_come=30.0)]) == [0, 4]
    assert sold(4, [kind(20, 10, to_come=30.0), kind(20, 10, to_come=0.0)]) == [4, 0]


def test_of_two_that_guests_ask_for_the_dearer_one_goes_first() -> None:
    assert sold(3, [kind(20, 10, to_come=30.0, rate=80.0), kind(20, 10, to_come=30.0, rate=160.0)]) == [0, 3]


def test_where_nobody_will_ask_the_same_share_of_every_type_stays_open() -> None:
    assert sold(9, [kind(10, 0, to_come=0.0), kind(6, 0, to_come=0.0), kind(2, 0, to_come=0.0)]) == [5, 3, 1]


def test_rooms_are_left_for_guests_who_have_to_be_given_a_better_one() -> None:
    oversold = kind(10, 14, to_come=9.0)
    assert sold(99, [kind(10, 0), oversold, kind(10, 0)]) == [10, 0, 6], "four of the best are for those moved up"
    assert sold(99, [oversold, kind(10, 0)]) == [0, 6]
    assert sold(99, [kind(10, 0), kind(10, 12)]) == [8, 0], "two of the simplest are for those for whom there is no better one"


def test_types_of_unknown_rank_stand_for_themselves() -> None:
    assert sold(99, [kind(10, 14), kind(10, 0)], ranked=0) == [0, 10]


def test_a_type_sells_beyond_its_rooms_what_it_is_likely_to_lose_and_no_more_than_staff_allow() -> None:
    lost = lost_rooms_together(np.full(20, 0.5), np.ones(20), 0.0)
    one, other = TypeBooks(20, 20, lost, lost, 30.0, 100.0), kind(20, 20, to_come=30.0)
    house = advise(lost, 40, VALUE, WALK)
    assert house.beyond >= 7
    (first, second) = share_out(house.beyond, [one, other], 2, VALUE, WALK)
    assert (first.sell_more, second.sell_more) == (house.beyond, 0)
    assert first.beyond == house.beyond
    assert first.chance_of_another == pytest.approx(house.chance_of_walking)
    capped = TypeBooks(20, 20, lost, lost, 30.0, 100.0, most_beyond=3)
    assert share_out(house.beyond, [capped, other], 2, VALUE, WALK)[0].sell_more == 3


def test_nothing_is_sold_of_a_house_that_holds_too_many() -> None:
    assert sold(-3, [kind(10, 4), kind(10, 19)]) == [0, 0]
    assert sold(5, []) == []


booked = st.tuples(st.integers(0, 30), st.lists(st.floats(0.01, 0.6), max_size=20), st.floats(0, 40), st.floats(50, 300))


@given(st.lists(booked, min_size=1, max_size=5), st.integers(0, 60), st.data())
def test_no_group_of_types_is_sold_beyond_what_pays(
    house: list[tuple[int, list[float], float, float]], sell_more: int, data: st.DataObject
) -> None:
    ranked = data.draw(st.integers(0, len(house)))
    p_lost = np.concatenate([np.array(p) for _, p, _, _ in house])
    part = np.repeat(np.arange(len(house)), [len(p) for _, p, _, _ in house])
    groups = [tuple(range(i, ranked)) or (i,) for i in range(len(house))]
    lost = lost_rooms_by_part(p_lost, np.ones(len(part)), part, [*((i,) for i in range(len(house))), *groups], 0.4)
    types = [
        TypeBooks(rooms, len(p), lost[i], lost[len(house) + i], to_come, rate)
        for i, (rooms, p, to_come, rate) in enumerate(house)
    ]
    advice = share_out(sell_more, types, ranked, VALUE, WALK)
    assert 0 <= sum(one.sell_more for one in advice) <= sell_more
    for first, group in enumerate(groups):
        rooms, on_books = sum(types[i].rooms for i in group), sum(types[i].on_books for i in group)
        limit = advise(lost[len(house) + first], rooms, VALUE, WALK).sell_up_to
        assert on_books + sum(advice[i].sell_more for i in group) <= max(limit, on_books)
    for one, of in zip(advice, types, strict=True):
        assert one.beyond == max(of.on_books + one.sell_more - of.rooms, 0)
        assert 0 <= one.chance_of_another <= 1


@given(st.lists(st.tuples(st.floats(0.01, 0.9), st.integers(0, 3), st.integers(0, 2)), max_size=12), st.floats(0, 1.2))
def test_the_parts_of_a_house_lose_together_what_the_house_loses(
    bookings: list[tuple[float, int, int]], deviation: float
) -> None:
    p_lost, rooms, part = (np.array([one[at] for one in bookings]) for at in range(3))
    alone = [(0,), (1,), (2,)]
    whole, first, *_ = lost_rooms_by_part(p_lost, rooms.astype(float), part.astype(int), [(0, 1, 2), *alone], deviation)
    np.testing.assert_allclose(whole, lost_rooms_together(p_lost, rooms, deviation), atol=1e-9)
    mine = part == 0
    np.testing.assert_allclose(first, lost_rooms_together(p_lost[mine], rooms[mine], deviation), atol=1e-9)

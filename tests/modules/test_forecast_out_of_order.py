"""A forecast sells no room that is out of order, and is the same to the last bit where none is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
from synthetic_property import DAY, hotel, property_until

from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.property.booking_curves import on_books_at
from hotelml_app.ml.property.property_data import ClosedRoom, PropertyData, RoomTypeFacts, StatedOutOfOrder
from hotelml_app.modules.forecast.predicting import predict

ROOMS, HORIZON = 24, 28


@cache
def known() -> PropertyData:
    return property_until(hotel(), DAY)


def asked(day_back: int = 0, **facts: object) -> dict[str, list[Prediction]]:
    """Return the answers by their key, asked from some days before the export."""
    data = property_until(hotel(), DAY, rooms=ROOMS, rooms_by_staff=True, **facts)
    data = PropertyData(data.facts, DAY, lambda: known().history)
    day = DAY - timedelta(days=day_back)
    found: dict[str, list[Prediction]] = {}
    for one in predict(PredictionRequest(data.at(day) if day_back else data, day, HORIZON)):
        found.setdefault(one.key, []).append(one)
    return found


def figures(answers: list[Prediction], name: str = "p50") -> np.ndarray:
    return np.array([one.values[name] for one in answers], dtype=float)


def out_of_order(rooms: int, nights: int) -> tuple[StatedOutOfOrder, ...]:
    return tuple(StatedOutOfOrder(DAY + timedelta(days=ahead), "", float(rooms)) for ahead in range(1, nights + 1))


def test_no_night_sells_a_room_that_is_out_of_order() -> None:
    usual, fewer = asked(), asked(stated_out_of_order=out_of_order(16, 10))
    assert figures(usual["rooms_sold"])[:10].max() > 8
    for metric in ("rooms_sold", "arrivals"):
        assert figures(fewer[metric], "p97_5")[:10].max() <= 8
        np.testing.assert_array_equal(figures(fewer[metric])[10:], figures(usual[metric])[10:])
    assert (figures(fewer["revenue"])[:10] < figures(usual["revenue"])[:10]).any()


def test_a_house_of_which_every_room_is_out_of_order_sells_none() -> None:
    fewer = asked(stated_out_of_order=out_of_order(ROOMS + 2, 3))
    for metric in ("rooms_sold", "arrivals"):
        assert not figures(fewer[metric], "p97_5")[:3].any()
    assert not figures(fewer["revenue"], "p97_5")[:3].any()


def test_a_type_sells_what_is_left_of_it_or_booked_and_the_others_take_the_rest() -> None:
    kinds = {kind.code: kind.rooms for kind in hotel().plan.room_types}
    largest = max(kinds, key=lambda code: kinds[code])
    told = tuple(RoomTypeFacts(code, rooms=rooms) for code, rooms in kinds.items())
    closed = tuple(replace(one, room_type=largest, rooms=kinds[largest] - 1.0) for one in out_of_order(0, 10))
    usual, fewer = (asked(room_types=told, stated_out_of_order=stated) for stated in ((), closed))
    history = known().history.take(known().history.categories["room_type"].words() == largest)
    booked = on_books_at(history, history.today, history.today + 1, 10)
    assert (figures(fewer[f"rooms_sold:{largest}"])[:10] <= np.maximum(1.0, booked) + 0.02).all()
    assert figures(usual[f"rooms_sold:{largest}"])[:10].sum() > np.maximum(1.0, booked).sum() + 5
    assert (figures(fewer[f"rooms_sold:{largest}"], "p97_5")[:10] <= np.maximum(1.0, booked) + 0.02).all()
    types = [figures(fewer[f"rooms_sold:{code}"]) for code in kinds]
    np.testing.assert_allclose(np.sum(types, axis=0), figures(fewer["rooms_sold"]), atol=0.1)


def test_what_staff_close_today_was_not_known_on_an_earlier_day() -> None:
    room = ClosedRoom("101", DAY - timedelta(days=60), DAY + timedelta(days=60))
    assert asked(30, closed_rooms=(room,) * 3, stated_out_of_order=out_of_order(20, 10)) == asked(30)

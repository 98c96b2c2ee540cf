"""The advice how many rooms to sell, from a house's own bookings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from small_hotel import AS_OF, NAME

from hotelml_app.core.errors import UsageError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.rooms.views import CloseRoom
from hotelml_app.settings.model import PropertySettings

TONIGHT = AS_OF + timedelta(days=1)


def advice(appliance: Appliance, **asked: object) -> dict[str, object]:
    (found,) = operation("overbooking").run(appliance.parts, asked)["properties"]
    return found


def test_every_night_has_advice_that_adds_up(appliance: Appliance) -> None:
    found = advice(appliance)
    assert found["property_name"] == NAME
    assert [one["night"] for one in found["nights"]] == [(TONIGHT + timedelta(days=i)).isoformat() for i in range(14)]
    for one in found["nights"]:
        lost = np.array(one["lost"])
        assert lost.sum() == pytest.approx(1, abs=1e-3)
        assert (lost * np.arange(len(lost))).sum() == pytest.approx(one["expected_lost"], abs=0.01)
        assert sum(one["by_room_type"].values()) == pytest.approx(one["expected_lost"], abs=0.03)
        assert one["advice"]["sell_up_to"] == one["rooms"] + one["advice"]["beyond"]
        assert one["advice"]["gain"] >= -1e-9
        assert str(round(one["on_books"])) in one["sentence"]


@pytest.mark.parametrize("told", [True, False])
def test_rooms_that_nobody_told_are_not_called_those_of_the_house(appliance: Appliance, told: bool) -> None:
    (house,) = appliance.properties()
    appliance.update_property(replace(house, rooms=40 if told else None))
    said = advice(appliance)["nights"][0]["sentence"]
    assert ("rooms seen so far, " in said) is not told
    assert ("on the books for 40 rooms, " in said) is told


def test_without_a_word_from_staff_a_walk_costs_twice_the_rate(appliance: Appliance) -> None:
    costs = advice(appliance)["nights"][0]["costs"]
    assert costs["walk_cost"] == pytest.approx(2 * costs["room_value"], abs=0.02)
    assert costs["walk_cost_told"] is False


def test_what_staff_say_a_walk_costs_is_taken(appliance: Appliance) -> None:
    told = PropertySettings(name=NAME, walk_cost=1.0, room_value=400.0, most_overbooked=2)
    appliance.save_settings(appliance.settings().model_copy(update={"properties": (told,)}))
    nights = advice(appliance)["nights"]
    assert {one["costs"]["walk_cost"] for one in nights} == {1.0}
    assert max(one["advice"]["beyond"] for one in nights) == 2


@pytest.mark.parametrize("cost", [0.001, 2_500_000.0])
def test_a_walk_may_cost_next_to_nothing_or_millions(appliance: Appliance, cost: float) -> None:
    told = PropertySettings(name=NAME, walk_cost=cost, room_value=2 * cost)
    appliance.save_settings(appliance.settings().model_copy(update={"properties": (told,)}))
    (first, *_) = advice(appliance)["nights"]
    assert first["costs"]["walk_cost"] == pytest.approx(max(cost, 0.01))


def test_the_walk_plan_names_arrivals_of_its_night_cheapest_first(appliance: Appliance) -> None:
    found = advice(appliance)
    plan = found["walk_plan"]
    assert [one["cost"] for one in plan] == sorted(one["cost"] for one in plan)
    arriving = {one.reservation_id for one in appliance.arrivals(NAME, AS_OF.fromisoformat(found["walk_night"])).arrivals}
    assert {one["reservation_id"] for one in plan} == arriving


@pytest.mark.parametrize("nights", ["0", "29", "many"])
def test_an_impossible_number_of_nights_is_refused(appliance: Appliance, nights: str) -> None:
    with pytest.raises(UsageError):
        advice(appliance, nights=nights)


def test_the_rooms_to_sell_are_shared_out_by_type(appliance: Appliance) -> None:
    rooms = Counter(room.room_type for room in appliance.rooms(NAME).rooms)
    for one in advice(appliance)["nights"]:
        kinds = {each["room_type"]: each for each in one["room_types"]}
        assert {name: each["rooms"] for name, each in kinds.items()} == rooms
        assert sum(each["on_books"] for each in kinds.values()) == one["on_books"]
        assert sum(each["expected_lost"] for each in kinds.values()) == pytest.approx(one["expected_lost"], abs=0.03)
        free = max(one["advice"]["sell_up_to"] - round(one["on_books"]), 0)
        more = {name: each["advice"]["sell_more"] for name, each in kinds.items()}
        assert sum(more.values()) <= free
        assert sum(more.values()) == free or min(each["rooms"] - each["on_books"] for each in kinds.values()) < 0
        for each in kinds.values():
            lost = np.array(each["lost"])
            assert lost.sum() == pytest.approx(1, abs=1e-3)
            assert (lost * np.arange(len(lost))).sum() == pytest.approx(each["expected_lost"], abs=0.01)


def test_a_closed_room_is_missing_in_its_type(appliance: Appliance) -> None:
    before = {each["room_type"]: each for each in advice(appliance)["nights"][5]["room_types"]}
    room = next(one for one in appliance.rooms(NAME).rooms if one.room_type == "STD")
    appliance.change_rooms(NAME, CloseRoom(room.number, TONIGHT + timedelta(days=5), TONIGHT + timedelta(days=6)))
    after = {each["room_type"]: each for each in advice(appliance)["nights"][5]["room_types"]}
    assert (after["STD"]["rooms"], after["STD"]["out_of_order"]) == (before["STD"]["rooms"] - 1, 1)
    assert after["SUP"]["rooms"] == before["SUP"]["rooms"]

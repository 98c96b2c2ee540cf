"""Rooms: guests who share one are one party, and who has none is named on Today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rewritten import Rows, rewritten
from room_stays import TONIGHT, stay
from small_hotel import NAME, write_export

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.rooms import rooms_page
from hotelml_app.services.rooms.views import CloseRoom, Standing, TakeBack, TakeOn
from hotelml_app.store.learned.predictions import PredictionRow


def test_guests_who_share_a_room_are_no_conflict_and_move_together(appliance: Appliance, tmp_path: Path) -> None:
    view = appliance.rooms(NAME)
    one = next(
        each
        for each in view.stays
        if each.room
        and each.standing is Standing.GIVEN
        and each.arrival == TONIGHT
        and each.departure < TONIGHT + timedelta(days=13)
    )

    def share(rows: Rows) -> Rows:
        row = next(each for each in rows if each["reservation_id"] == one.reservation_id)
        both = {"room": one.room, "adults": "1", "children": "0"}
        return [{**row, "reservation_id": name, **both} for name in (one.reservation_id, "SHARER")]

    path = rewritten(write_export(tmp_path / "whole"), share, tmp_path / "sharers.csv")
    appliance.import_files([path], NAME)
    view = appliance.rooms(NAME)
    assert view.conflicts == ()
    assert {stay(view, name).room for name in (one.reservation_id, "SHARER")} == {one.room}
    assert stay(view, "SHARER").party == stay(view, one.reservation_id).party == one.reservation_id
    closed = appliance.change_rooms(NAME, CloseRoom(one.room, one.arrival, one.departure))
    taken = appliance.change_rooms(NAME, TakeOn((one.reservation_id,)))
    assert stay(closed, one.reservation_id).room == stay(closed, "SHARER").room != one.room
    assert {each.reservation_id for each in taken.planned} == {one.reservation_id, "SHARER"}
    assert appliance.change_rooms(NAME, TakeBack("SHARER")).planned == ()


def test_today_names_who_arrives_next_and_has_no_room(appliance: Appliance) -> None:
    assert not any("no room" in each.title for each in appliance.today(NAME).decisions), "nothing is solved for the Today page"
    refused = [one for one in appliance.rooms(NAME).suggestions if one.standing is Standing.REFUSED and one.arrival == TONIGHT]
    told = next(each for each in appliance.today(NAME).decisions if "no room" in each.title)
    assert told.title == f"{len(refused)} arrival has no room, Sat 28 Feb"
    assert refused[0].reservation_id in told.detail
    assert (told.page, told.button) == ("rooms", "See the rooms")


def test_a_guest_in_the_house_who_can_stay_in_no_room_is_no_arrival(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = appliance.rooms(NAME)
    before = next(each.title for each in appliance.today(NAME).decisions if "no room" in each.title)
    guest = next(one.reservation_id for one in view.stays if one.standing is Standing.GUEST)
    solved = rooms_page.predictions.of_run

    def with_the_guest(*asked: Any) -> list[PredictionRow]:
        rows = solved(*asked)
        refused = [one for one in rows if one.payload.get("move") == "refused" and one.target_date == TONIGHT]
        return [*rows, *(replace(one, key=guest) for one in refused)]

    monkeypatch.setattr(rooms_page.predictions, "of_run", with_the_guest)
    assert next(each.title for each in appliance.today(NAME).decisions if "no room" in each.title) == before

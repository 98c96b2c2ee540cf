"""What a file of options asks for is kept with all that follows from it."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from small_hotel import AS_OF, NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import NothingToUndoError
from hotelml_app.services.learning import predict
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rooms import kept as rooms_kept
from hotelml_app.services.rooms import rooms_page
from hotelml_app.services.rooms.list_views import UndoList
from hotelml_app.services.rooms.views import CloseRoom, UndoRooms
from hotelml_app.store.errors import DiskFullError

WEEK_AHEAD = AS_OF + timedelta(days=8)


def test_a_file_of_options_that_cannot_be_followed_is_not_kept_either(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (options := tmp_path / "rates.toml").write_text("rounding = 5\n", encoding="utf-8")
    monkeypatch.setattr(predict, "run", Mock())
    monkeypatch.setattr(predict, "follow", Mock(side_effect=DiskFullError("The disk is full.")))
    with pytest.raises(DiskFullError):
        operation("predict").run(appliance.parts, {"module": "pricing", "options": str(options)})
    assert rates_kept.read(appliance.parts, the_one(appliance.parts.store, NAME)).options == {}


def wanted(appliance: Appliance, folder: Path, toml: str) -> dict[str, object]:
    """Ask for rooms by a file of options and return what is kept of them."""
    (options := folder / "rooms.toml").write_text(toml, encoding="utf-8")
    operation("predict").run(appliance.parts, {"module": "allocation", "options": str(options)})
    return kept(appliance)


def kept(appliance: Appliance) -> dict[str, object]:
    return dict(rooms_kept.read(appliance.parts, the_one(appliance.parts.store, NAME)).options)


def test_nothing_that_was_done_before_a_file_took_its_place_is_undone_after_it(appliance: Appliance, tmp_path: Path) -> None:
    """To take one change back would take all that the file asks for away with it."""
    one, other = [room.number for room in appliance.rooms(NAME).rooms if room.named][:2]
    assert appliance.change_rooms(NAME, CloseRoom(one, WEEK_AHEAD, WEEK_AHEAD + timedelta(days=1))).undo
    told = wanted(
        appliance, tmp_path, f'out_of_order = [{{ room = "{other}", from = {WEEK_AHEAD}, to = {WEEK_AHEAD.replace(day=9)} }}]'
    )
    view = appliance.rooms(NAME)
    assert ([one.room for one in view.closed], view.undo) == ([other], "")
    with pytest.raises(NothingToUndoError):
        appliance.change_rooms(NAME, UndoRooms())
    assert kept(appliance) == told


def test_a_list_of_rooms_that_a_file_replaced_can_be_put_back(appliance: Appliance, tmp_path: Path) -> None:
    kind = appliance.rooms(NAME).rooms[0].room_type
    mine = wanted(appliance, tmp_path, f'[rooms]\n901 = "{kind}"\n')
    assert wanted(appliance, tmp_path, f'[rooms]\n902 = "{kind}"\n') != mine
    appliance.change_rooms(NAME, UndoList())
    assert kept(appliance) == mine


def test_a_file_is_kept_though_the_window_was_solving_another_change(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = next(room.number for room in appliance.rooms(NAME).rooms if room.named)
    command = threading.Thread(target=wanted, args=(appliance, tmp_path, "move_guests = true\n"))
    solve = rooms_page._solve

    def meanwhile(ground: Ground, asked: rooms_kept.Kept, *values: Any) -> object:
        if asked.closed:
            command.start()
            command.join(1.0)
        return solve(ground, asked, *values)

    monkeypatch.setattr(rooms_page, "_solve", meanwhile)
    appliance.change_rooms(NAME, CloseRoom(room, WEEK_AHEAD, WEEK_AHEAD + timedelta(days=1)))
    command.join()
    assert kept(appliance) == {"move_guests": True}

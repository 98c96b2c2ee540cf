"""The rooms of the house: staff list what exports do not show, nothing else they said is lost, and the last list comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning

from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.registry import run_options
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import NothingToUndoError, ReadingOnlyError, RoomsChangedError
from hotelml_app.services.rooms import rooms_page
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.list_views import ListRooms, RoomListView, SeenRoomView, UndoList
from hotelml_app.services.rooms.room_lines import RoomLine, parsed, written
from hotelml_app.services.rooms.views import CloseRoom, LockRoom, RoomsChange, Standing, UndoRooms

TONIGHT = AS_OF + timedelta(days=1)


def kept(appliance: Appliance) -> dict[str, object]:
    return run_options.kept_options(appliance.parts.store, the_one(appliance.parts.store, NAME).id, "allocation")


def draft(appliance: Appliance, text: str = "") -> RoomDraft:
    view = appliance.room_list(NAME)
    read = parsed(text, view.types, RoomDraft.of(view).rooms)
    assert read.errors == ()
    return RoomDraft.of(view).with_lines(read.rooms)


@pytest.fixture
def unnumbered(home: Path, tmp_path: Path) -> Iterator[Appliance]:
    """Yield the appliance of a hotel whose exports name no room; 12 to 14 bookings meet in a night."""
    lines = ["reservation_id,booked_on,arrival,departure,status,status_date,room_type,business_date"]
    for number in range(60):
        arrival = AS_OF - timedelta(days=30 - number)
        status, kind = "Checked Out" if number < 28 else "Reserved", "SUI" if number % 7 == 0 else "DBL"
        lines.append(f"N{number},2026-01-01,{arrival},{arrival + timedelta(days=2)},{status},{AS_OF},{kind},{AS_OF}")
    (tmp_path / "plain.csv").write_text("\n".join(lines), encoding="utf-8")
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        (done,) = appliance.import_files([tmp_path / "plain.csv"], NAME)
        assert done.status == "done", done
        yield appliance


def test_rooms_that_are_listed_are_planned_at_once(unnumbered: Appliance) -> None:
    wanted = draft(unnumbered, "101-104 DBL\n201 SUI")
    assert wanted.in_words() == "5 rooms new"
    view = unnumbered.change_rooms(NAME, wanted.change)
    assert view.rooms_known
    assert [(room.number, room.named) for room in view.rooms] == [(str(n), True) for n in (101, 102, 103, 104, 201)]
    assert {one.room for one in view.stays if one.standing is Standing.GIVEN} <= {"101", "102", "103", "104", "201"}
    assert any(one.room == "201" for one in view.stays)
    assert view.undo == "listed 5 rooms"
    assert not unnumbered.change_rooms(NAME, UndoRooms()).rooms_known


def test_everything_else_that_staff_want_stays_as_it_is(unnumbered: Appliance) -> None:
    unnumbered.change_rooms(NAME, draft(unnumbered, "101-104 DBL\n201 SUI").change)
    row = the_one(unnumbered.parts.store, NAME)
    others = {
        "wishes": {"N40": {"quiet": 2.0}},
        "together": [["N40", "N41"]],
        "overbooking": {"DBL": 1},
        "move_guests": True,
        "time_limit_s": 1.5,
    }
    run_options.keep_options(unnumbered.parts.store, row.id, "allocation", {**kept(unnumbered), **others})
    locked = next(one for one in unnumbered.rooms(NAME).stays if one.room == "101" and one.standing is Standing.GIVEN)
    unnumbered.change_rooms(NAME, LockRoom(locked.reservation_id, True))
    unnumbered.change_rooms(NAME, CloseRoom("102", TONIGHT, TONIGHT + timedelta(days=3)))
    before = kept(unnumbered)
    changed = draft(unnumbered, "105 DBL\n104 SUI").with_features("101", ("quiet",)).with_doors("104", ("201",))
    assert changed.in_words() == "1 room new, 1 changes its type, 1 has other features, 1 door changed"
    unnumbered.change_rooms(NAME, changed.change)
    after = kept(unnumbered)
    assert after["rooms"] == {"101": "DBL", "102": "DBL", "103": "DBL", "104": "SUI", "105": "DBL", "201": "SUI"}
    assert (after["room_features"], after["connecting"]) == ({"101": ["quiet"]}, [["104", "201"]])
    house = ("rooms", "room_features", "connecting")
    assert {name: told for name, told in after.items() if name not in house} == {
        name: told for name, told in before.items() if name not in house
    }
    view = unnumbered.change_rooms(NAME, UndoList())
    assert kept(unnumbered) == before
    assert view.undo == "put the list of rooms back"
    unnumbered.change_rooms(NAME, UndoList())
    assert kept(unnumbered) == after, "what was put back can be had again"


def test_a_lock_and_a_closure_go_with_the_room_they_are_about_and_that_is_said_before(unnumbered: Appliance) -> None:
    unnumbered.change_rooms(NAME, draft(unnumbered, "101-104 DBL\n201 SUI").change)
    unnumbered.change_rooms(NAME, CloseRoom("104", TONIGHT, TONIGHT + timedelta(days=3)))
    without = draft(unnumbered).with_features("104", ("quiet",)).with_doors("103", ("104",)).without("104")
    assert without.in_words() == "1 room removed"
    assert [hint for hint in without.hints() if hint.startswith("Room 104 is out of order until")]
    assert unnumbered.change_rooms(NAME, without.change).closed == ()
    assert "out_of_order" not in kept(unnumbered)
    assert len(unnumbered.change_rooms(NAME, UndoRooms()).closed) == 1


def test_the_list_before_outlives_a_lock_that_is_taken_back(unnumbered: Appliance) -> None:
    unnumbered.change_rooms(NAME, draft(unnumbered, "101-104 DBL\n201 SUI").change)
    unnumbered.change_rooms(NAME, draft(unnumbered, "202 SUI").change)
    unnumbered.change_rooms(NAME, CloseRoom("104", TONIGHT, TONIGHT + timedelta(days=3)))
    unnumbered.change_rooms(NAME, UndoRooms())
    assert unnumbered.room_list(NAME).can_undo
    view = unnumbered.change_rooms(NAME, UndoList())
    assert "202" not in {room.number for room in view.rooms}


def test_exports_and_staff_name_rooms_beside_each_other(appliance: Appliance) -> None:
    view = appliance.room_list(NAME)
    assert view.told == {}
    assert len(view.seen) > 10
    shown = RoomDraft.of(view)
    first, other = list(shown.rooms.values())[:2]
    assert first.seen is not None
    assert not first.by_hand
    assert first.seen.last > AS_OF - timedelta(days=60)
    wanted = draft(appliance, f"X1 {first.room_type}").without(other.number)
    rooms = {room.number for room in appliance.change_rooms(NAME, wanted.change).rooms if room.named}
    assert rooms == {*shown.rooms, "X1"} - {other.number}
    assert kept(appliance)["rooms"] == {"X1": first.room_type, other.number: ""}
    again = RoomDraft.of(appliance.room_list(NAME))
    assert again.all[other.number].left_out
    assert again.all["X1"].seen is None
    assert other.number in again.without(other.number).rooms, "it is put back"


def test_a_room_of_the_exports_that_is_given_a_feature_is_kept_by_hand_with_its_type(appliance: Appliance) -> None:
    one, other, *_ = RoomDraft.of(appliance.room_list(NAME)).rooms.values()
    wanted = draft(appliance).with_features(one.number, ("quiet",)).with_doors(one.number, (other.number,))
    appliance.change_rooms(NAME, wanted.change)
    assert kept(appliance)["rooms"] == {one.number: one.room_type, other.number: other.room_type}
    assert draft(appliance, f"{one.number} {one.room_type}").in_words() == "Nothing is changed"


def test_a_list_that_makes_no_sense_changes_nothing(unnumbered: Appliance) -> None:
    view, none = unnumbered.room_list(NAME), frozenset[tuple[str, str]]()
    many = {str(number): "DBL" for number in range(2001)}
    wrong: list[RoomsChange] = [
        ListRooms({"101": "XXX"}, {}, none),
        ListRooms(many, {}, none),
        ListRooms({"101": "DBL"}, {"102": ("quiet",)}, none),
        ListRooms({"101": "DBL"}, {}, frozenset({("101", "103")})),
        ListRooms({"1,2": "DBL"}, {}, none),
    ]
    for change in wrong:
        with pytest.raises(RoomsChangedError):
            unnumbered.change_rooms(NAME, change)
    with pytest.raises(NothingToUndoError):
        unnumbered.change_rooms(NAME, UndoList())
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        unnumbered.change_rooms(NAME, draft(unnumbered, "101 DBL").change, cancel=stopped)
    assert unnumbered.room_list(NAME) == view
    assert kept(unnumbered) == {}


def test_who_only_looks_sees_the_list_but_keeps_none(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        expected = owner.room_list(NAME)
    with open_at_morning(hotel_home, writer=False) as reader:
        assert reader.room_list(NAME) == expected
        with pytest.raises(ReadingOnlyError):
            reader.change_rooms(NAME, RoomDraft.of(expected).change)


def test_counts_are_held_against_settings_and_are_no_obstacle() -> None:
    view = RoomListView("H", (), {}, {}, frozenset(), ("DBL", "SUI"), rooms_told=12, types_told={"SUI": 2})
    filled = RoomDraft.of(view).with_lines(parsed("101-109 DBL\n201 SUI", view.types).rooms)
    assert filled.hints() == ("You listed 10 rooms; Settings says 12.", "1 are SUI; Settings says 2.")
    assert RoomDraft.of(view).hints() == ()


def test_a_room_whose_type_no_export_tells_keeps_its_place_in_the_house_when_something_is_said_of_it() -> None:
    view = RoomListView("H", tuple(SeenRoomView(one, "", AS_OF) for one in ("101", "102")), {}, {}, frozenset(), ())
    wanted = RoomDraft.of(view).with_features("101", ("quiet",)).with_doors("101", ("102",))
    assert list(wanted.rooms) == ["101", "102"]
    assert wanted.change == ListRooms({}, {"101": ("quiet",)}, frozenset({("101", "102")}))


@pytest.mark.parametrize("kind", ["DBL", ""])
def test_a_list_is_read_again_as_it_was_written_however_exports_call_their_rooms(kind: str) -> None:
    names = ("7, 8", "101-104 the whole upper floor", "201-204", "9")
    view = RoomListView("H", tuple(SeenRoomView(one, kind, AS_OF) for one in names), {}, {}, frozenset(), ("DBL",))
    shown = RoomDraft.of(view).with_features("9", ("quiet",))
    read = parsed(written(list(shown.rooms.values())), view.types, shown.rooms)
    assert read.errors == ()
    assert {one.number for one in read.rooms} == set(names)
    assert RoomDraft.of(view).with_lines(read.rooms) == shown
    assert parsed("201-204\t\tquiet", view.types, shown.rooms).rooms == (RoomLine("201-204", "", ("quiet",)),)


@pytest.mark.parametrize("text", ["101\tDBL\t\t102\n102\tDBL\t\t", "101\tDBL\t\t\n102\tDBL\t\t101"])
def test_a_door_that_a_sheet_names_at_one_of_its_two_rooms_is_a_door(text: str) -> None:
    empty = RoomDraft.of(RoomListView("H", (), {}, {}, frozenset(), ("DBL",)))
    filled = empty.with_lines(parsed(text, empty.types).rooms)
    assert {number: room.doors for number, room in filled.rooms.items()} == {"101": ("102",), "102": ("101",)}
    gone = filled.with_lines(parsed("102\tDBL\t\t", empty.types, filled.rooms).rooms)
    assert gone.doors == frozenset()


def test_a_list_by_command_does_not_undo_what_the_window_changes_meanwhile(
    unnumbered: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnumbered.change_rooms(NAME, draft(unnumbered, "101-108 DBL\n201-203 SUI").change)
    solving, go_on, solve = threading.Event(), threading.Event(), rooms_page._solve

    def slowly(*told: object) -> object:
        solving.set()
        assert go_on.wait(60)
        return solve(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(rooms_page, "_solve", slowly)
    with ThreadPoolExecutor(2) as both:
        window = both.submit(unnumbered.change_rooms, NAME, CloseRoom("203", TONIGHT, TONIGHT + timedelta(days=2)))
        assert solving.wait(60)
        stopped = CancelToken()
        stopped.cancel()
        with pytest.raises(Cancelled):
            unnumbered.change_rooms(NAME, UndoList(), cancel=stopped)
        command = both.submit(unnumbered.change_rooms, NAME, draft(unnumbered, "109 DBL").change)
        assert not wait((command,), 0.3).done
        go_on.set()
        window.result(30)
        command.result(30)
    assert "109" in kept(unnumbered)["rooms"]  # type: ignore[operator]
    assert [one["room"] for one in kept(unnumbered)["out_of_order"]] == ["203"]  # type: ignore[attr-defined,index]


def test_a_page_that_opens_does_not_undo_the_list_that_is_kept_at_the_same_moment(
    unnumbered: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, house_of = draft(unnumbered, "101-108 DBL\n201-203 SUI").change, rooms_page.house_of

    def after_a_change(*told: object) -> object:
        monkeypatch.setattr(rooms_page, "house_of", house_of)
        unnumbered.change_rooms(NAME, listed)
        return house_of(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(rooms_page, "house_of", after_a_change)
    assert len(unnumbered.rooms(NAME).rooms) == 11
    assert len(kept(unnumbered)["rooms"]) == 11  # type: ignore[arg-type]

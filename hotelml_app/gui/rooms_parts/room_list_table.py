"""The rooms of the house as a table: number, type, features, doors, and who says so."""

from __future__ import annotations

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.asking.words import count
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.list_views import ListedRoom

COLUMNS = (
    Column("Room", width=76),
    Column("Type", width=84),
    Column("Features", stretch=True),
    Column("Door to", width=80, secondary=True),
    Column("Known from", width=208, tip="Where the number is known from, with the last departure in the exports"),
)
EMPTY = "No room is known yet. Type them at the right: 101-120 and their type make twenty."


def room_table() -> DataTable:
    """Return the table, without rooms."""
    return DataTable(COLUMNS, "Rooms of the house", sortable=False, empty=EMPTY)


def show_rooms(table: DataTable, place: Place, draft: RoomDraft) -> None:
    """Show the rooms of a draft; those it changes are strong."""
    before = RoomDraft.of(draft.view).all
    table.set_rows([(number, _cells(place, room, before.get(number) != room)) for number, room in draft.all.items()])


def counted_words(draft: RoomDraft) -> str:
    """Return how many rooms are known from where."""
    rooms = list(draft.rooms.values())
    seen, by_hand = sum(room.seen is not None for room in rooms), sum(room.seen is None for room in rooms)
    if not rooms:
        return "The exports show no room numbers, and none is listed yet."
    if not seen or not by_hand:
        return f"{count(len(rooms), 'room')}, {'all from the exports' if seen else 'all listed by hand'}."
    return f"{count(len(rooms), 'room')}: {seen:,} from the exports, {by_hand:,} listed by hand."


def _cells(place: Place, room: ListedRoom, changed: bool) -> tuple[Cell, ...]:
    colour = "text_muted" if room.left_out else ""
    features, doors = ", ".join(room.features), ", ".join(room.doors)
    source = _source(place, room)
    return (
        Cell(room.number, strong=changed and not room.left_out, colour=colour),
        Cell(room.room_type or DASH, strong=changed and not room.left_out, colour=colour),
        Cell(features, tip=features),
        Cell(doors, tip=doors),
        Cell(source, colour="text_muted", tip=_told(place, room)),
    )


def _source(place: Place, room: ListedRoom) -> str:
    if room.left_out:
        return "Left out by hand"
    if room.seen is None:
        return "Listed by hand"
    last = place.day(room.seen.last, weekday=False, year=True)
    return f"By hand, seen {last}" if room.by_hand else f"Exports, to {last}"


def _told(place: Place, room: ListedRoom) -> str:
    if room.seen is None:
        return "No export shows this number."
    last = place.day(room.seen.last, weekday=False, year=True)
    return f"In the exports as {room.seen.room_type or 'a room without a type'}, last departure {last}."

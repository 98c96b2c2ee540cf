"""What the room plan draws and where: rows of rooms, and on them the bars of stays; no painting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hotelml_app.services.rooms.views import ClosedRoomView, RoomsView, Standing, StayView

ROOM_HEIGHT, TYPE_HEIGHT, LANE_HEIGHT = 24, 28, 19
NO_ROOM = "No room"


@dataclass(frozen=True)
class Row:
    """One row: a room, the head of a room type, or a place for who has no room (``kind`` room, type or none)."""

    kind: str
    label: str
    top: int
    height: int


@dataclass(frozen=True)
class Bar:
    """One stay on a row. ``begin`` and ``end`` count days from the first night; lanes divide a row where stays meet."""

    stay: StayView
    row: int
    begin: float
    end: float
    lane: int
    lanes: int
    conflict: bool


@dataclass(frozen=True)
class Band:
    """Days on which a room is out of order."""

    entry: ClosedRoomView
    row: int
    begin: float
    end: float


@dataclass(frozen=True)
class Layout:
    """Everything that is drawn, rows from the top and bars by row and day."""

    first: date
    nights: int
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    as_in_pms: bool = False

    @property
    def height(self) -> int:
        """The height of all rows."""
        return self.rows[-1].top + self.rows[-1].height if self.rows else 0

    def row_at(self, y: int) -> int:
        """Return the row at a height, -1 below the last."""
        return next((index for index, row in enumerate(self.rows) if row.top <= y < row.top + row.height), -1)

    def bar(self, key: str) -> Bar | None:
        """Return the bar of a stay."""
        return next((one for one in self.bars if one.stay.key == key), None)

    def beside(self, key: str, step: int) -> str:
        """Return the bar before or after one, in the order in which they are read; the first where there is none yet."""
        keys = [one.stay.key for one in self.bars]
        if key not in keys:
            return keys[0] if keys else ""
        return keys[min(max(keys.index(key) + step, 0), len(keys) - 1)]

    def across(self, key: str, step: int) -> str:
        """Return the nearest bar in the next row up (-1) or down (1) that has any."""
        here = self.bar(key)
        if here is None:
            return self.beside(key, 0)
        rows = sorted({one.row for one in self.bars if (one.row - here.row) * step > 0}, reverse=step < 0)
        if not rows:
            return key
        return min((one for one in self.bars if one.row == rows[0]), key=lambda one: abs(one.begin - here.begin)).stay.key


def layout_of(view: RoomsView, *, as_in_pms: bool) -> Layout:
    """Lay a view out: with what is suggested, or as the PMS has it now."""
    homeless = [] if as_in_pms else [one for one in view.stays if one.standing in (Standing.REFUSED, Standing.WAITING)]
    spans = [(one, *_span(view, one.arrival, one.departure)) for one in homeless]
    lanes = _lanes([(begin, end) for _, begin, end in spans])
    rows = [
        Row("none", NO_ROOM if not lane else "", lane * ROOM_HEIGHT, ROOM_HEIGHT) for lane in range(max(lanes, default=-1) + 1)
    ]
    bars = [Bar(one, lane, begin, end, 0, 1, True) for (one, begin, end), lane in zip(spans, lanes, strict=True)]
    inside = _in_rooms(view, as_in_pms=as_in_pms)
    row_of, kind = {}, None
    for room in view.rooms:
        if room.room_type != kind:
            kind = room.room_type
            rows.append(Row("type", kind, _below(rows), TYPE_HEIGHT))
        row_of[room.number] = len(rows)
        most = max((side_by_side for _, _, _, _, side_by_side in inside.get(room.number, ())), default=1)
        rows.append(Row("room", room.number, _below(rows), max(ROOM_HEIGHT, most * LANE_HEIGHT)))
    shut = {(one.room, name) for one in view.conflicts for name in one.reservations} if as_in_pms else set()
    for number, row in row_of.items():
        for stay, begin, end, place, side_by_side in inside.get(number, ()):
            bars.append(Bar(stay, row, begin, end, place, side_by_side, (number, stay.reservation_id) in shut))
    bands = [
        Band(entry, row_of[entry.room], *_span(view, entry.first, entry.until)) for entry in view.closed if entry.room in row_of
    ]
    bars.sort(key=lambda one: (one.row, one.begin))
    return Layout(view.first, view.nights, tuple(rows), tuple(bars), tuple(bands), as_in_pms)


Placed = tuple[StayView, float, float, int, int]
"""A stay with when it begins and ends, its lane, and how many lanes there are where it lies."""


def _in_rooms(view: RoomsView, *, as_in_pms: bool) -> dict[str, list[Placed]]:
    """Return the stays by room; only those that meet others share the height of their row with them."""
    inside: dict[str, list[StayView]] = {}
    for stay in view.stays:
        room = stay.room_now if as_in_pms else stay.room
        if room:
            inside.setdefault(room, []).append(stay)
    return {room: list(_placed(view, stays)) for room, stays in inside.items()}


def _placed(view: RoomsView, stays: list[StayView]) -> Iterator[Placed]:
    stays.sort(key=lambda one: (one.arrival, one.departure))
    meeting: list[tuple[StayView, float, float]] = []
    for stay in stays:
        begin, end = _span(view, stay.arrival, stay.departure)
        if meeting and begin >= max(until for _, _, until in meeting):
            yield from _side_by_side(meeting)
            meeting = []
        meeting.append((stay, begin, end))
    yield from _side_by_side(meeting)


def _side_by_side(meeting: Sequence[tuple[StayView, float, float]]) -> Iterator[Placed]:
    if len(meeting) == 1:
        yield *meeting[0], 0, 1
        return
    lanes = _lanes([(begin, end) for _, begin, end in meeting])
    for (stay, begin, end), lane in zip(meeting, lanes, strict=True):
        yield stay, begin, end, lane, max(lanes) + 1


def _span(view: RoomsView, arrival: date, departure: date) -> tuple[float, float]:
    """Return from when until when in days: guests come and go in the middle of a day."""
    begin, end = (arrival - view.first).days + 0.5, (departure - view.first).days + 0.5
    return max(begin, 0.0), min(end, float(view.nights))


def _lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return per span the first lane in which it meets none before it."""
    free_from: list[float] = []
    found = []
    for begin, end in spans:
        lane = next((index for index, until in enumerate(free_from) if until <= begin), len(free_from))
        if lane == len(free_from):
            free_from.append(end)
        free_from[lane] = end
        found.append(lane)
    return found


def _below(rows: Sequence[Row]) -> int:
    return rows[-1].top + rows[-1].height if rows else 0

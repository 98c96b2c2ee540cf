"""A room for every arrival by first fit: the booked type first, a better one only where that type is full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import MadeBy, Prediction, PredictionRequest
from hotelml_app.modules.allocation import MANIFEST
from hotelml_app.modules.allocation.inventory import Inventory, inventory
from hotelml_app.modules.allocation.occupancy import RoomPlan
from hotelml_app.modules.allocation.stays import Stay, arriving, in_house
from hotelml_app.modules.allocation.wishes import Wishes, wishes_in

WHY = "First fit by room type: rooms in the order of their numbers, the booked type before any better one."


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return a room, or the reason why there is none, for every booking that arrives within the horizon.

    Options: ``rooms`` {number: type}, ``locks`` {reservation: room number}, ``out_of_order`` [{room, from, to}].
    """
    history = known_bookings(request, MANIFEST)
    today = day_number(request.as_of)
    house = inventory(history, request.data.facts, request.options)
    wishes = wishes_in(request.options, house)
    arrivals = arriving(history, today, today + request.horizon)
    staying = in_house(history, today)
    desk = _Desk(house, today + 1, [*arrivals, *staying])
    desk.close_rooms(wishes)
    desk.keep_guests(staying)
    desk.keep_promises(arrivals, wishes)
    desk.fill_booked_types(arrivals)
    desk.upgrade(arrivals)
    return [_prediction(desk, stay) for stay in arrivals]


def _prediction(desk: _Desk, stay: Stay) -> Prediction:
    rooms, reasons = desk.given(stay), desk.reasons(stay)
    values = {
        "reservation_id": stay.reservation_id,
        "arrival": day_of(stay.arrival),
        "departure": day_of(stay.departure),
        "room_type": stay.room_type,
        "suggested_room": ", ".join(rooms),
        "reason": " ".join(dict.fromkeys(reasons)),
    }
    return Prediction(stay.reservation_id, day_of(stay.arrival), values, MadeBy.STATISTICAL, WHY)


class _Desk:
    """Gives rooms out in the order of its methods; what one has given the next cannot take."""

    def __init__(self, house: Inventory, first_night: int, stays: Sequence[Stay]) -> None:
        last = max((stay.last_day for stay in stays), default=first_night)
        self._house = house
        self._plan = RoomPlan(len(house.rooms), first_night, max(last - first_night, 0))
        self._of_type = {room_type: house.of_type(room_type) for room_type in house.types}
        self._position = {room.number: index for index, room in enumerate(house.rooms)}
        self._given: dict[str, list[int]] = {}
        self._reasons: dict[str, list[str]] = {}

    def close_rooms(self, wishes: Wishes) -> None:
        """Keep rooms that are out of order from being given."""
        for closed in wishes.closed:
            self._plan.block(self._position[closed.room], closed.first, closed.end)

    def keep_guests(self, staying: Iterable[Stay]) -> None:
        """Leave guests in the house where they are; one whose room no export shows takes any of his type."""
        unknown = []
        for stay in staying:
            room = self._position.get(stay.room)
            if room is None:
                unknown.append(stay)
            else:
                self._plan.block(room, stay.arrival, stay.last_day)
        for stay in unknown:
            for _ in range(stay.rooms):
                room = self._first_free((stay.room_type,), stay)
                if room is not None:
                    self._plan.take(room, stay.arrival, stay.last_day)

    def keep_promises(self, arrivals: Iterable[Stay], wishes: Wishes) -> None:
        """Give rooms that staff have locked or the PMS already promises."""
        for stay in arrivals:
            locked = wishes.locks.get(stay.reservation_id, "")
            number = locked or stay.room
            room = self._position.get(number)
            if not number:
                continue
            if room is not None and self._plan.free(room, stay.arrival, stay.last_day):
                self._give(stay, room, "Locked by staff." if locked else "Already assigned in the PMS.")
            else:
                self._say(stay, f"Room {number} is not free for this stay.")

    def fill_booked_types(self, arrivals: Iterable[Stay]) -> None:
        """Give everyone a room of the booked type while there is one; who knows no type gets the simplest."""
        for stay in arrivals:
            types = (stay.room_type,) if stay.room_type else self._house.types
            while self._missing(stay):
                room = self._first_free(types, stay)
                if room is None:
                    break
                kind = self._house.rooms[room].room_type
                self._give(stay, room, "As booked." if stay.room_type else f"The booking names no type; {kind} is free.")

    def upgrade(self, arrivals: Iterable[Stay]) -> None:
        """Give a better type to whom the booked type has nothing left, and say so where nothing is."""
        for stay in arrivals:
            while self._missing(stay):
                room = self._first_free(self._house.better_than(stay.room_type), stay)
                if room is None:
                    self._say(stay, self._why_not(stay))
                    break
                kind = self._house.rooms[room].room_type
                self._give(stay, room, f"Upgrade to {kind}: {self._full(stay)}")

    def given(self, stay: Stay) -> list[str]:
        """Return the room numbers a stay was given."""
        return [self._house.rooms[room].number for room in self._given.get(stay.reservation_id, [])]

    def reasons(self, stay: Stay) -> list[str]:
        """Return what was said about a stay, in order."""
        named = all(self._house.rooms[room].named for room in self._given.get(stay.reservation_id, []))
        said = self._reasons.get(stay.reservation_id, [])
        return said if named else [*said, "The house's own room number is not known yet."]

    def _missing(self, stay: Stay) -> bool:
        return len(self._given.get(stay.reservation_id, [])) < stay.rooms

    def _first_free(self, types: Iterable[str], stay: Stay) -> int | None:
        rooms = [room for room_type in types for room in self._of_type.get(room_type, [])]
        return self._plan.first_free(rooms, stay.arrival, stay.last_day)

    def _give(self, stay: Stay, room: int, reason: str) -> None:
        self._plan.take(room, stay.arrival, stay.last_day)
        self._given.setdefault(stay.reservation_id, []).append(room)
        self._say(stay, reason)

    def _say(self, stay: Stay, reason: str) -> None:
        self._reasons.setdefault(stay.reservation_id, []).append(reason)

    def _full(self, stay: Stay) -> str:
        rooms = self._of_type.get(stay.room_type, [])
        if not rooms:
            return f"the house has no room of type {stay.room_type}."
        night = self._plan.first_full_night(rooms, stay.arrival, stay.last_day)
        if night is None:
            return f"no {stay.room_type} is free for the whole stay."
        return f"every {stay.room_type} is taken on {day_of(night)}."

    def _why_not(self, stay: Stay) -> str:
        count = stay.rooms - len(self._given.get(stay.reservation_id, []))
        what = "No room" if count == stay.rooms else f"{count} of {stay.rooms} rooms missing"
        full = self._full(stay) if stay.room_type else "every room is taken."
        text = f"{what}: {full}"
        if stay.room_type and stay.room_type not in self._house.ladder:
            return f"{text} Which types are better is not known, because no {stay.room_type} shows a rate."
        text = f"{text} Nothing better is free either."
        simpler = self._first_free(self._house.simpler_than(stay.room_type), stay)
        if simpler is None:
            return f"{text} No simpler room is free; think of another house."
        room = self._house.rooms[simpler]
        return f"{text} Only {room.number} of the simpler type {room.room_type} would be."

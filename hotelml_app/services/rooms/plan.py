"""Who is in which room on the coming nights: as the PMS has it, and as it would be with what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.modules.allocation.house.inventory import Inventory, inventory
from hotelml_app.modules.allocation.house.sharing import sharing
from hotelml_app.modules.allocation.house.stays import Stay, arriving, in_house
from hotelml_app.modules.allocation.house.wishes import rooms_named
from hotelml_app.modules.allocation.reasons import Move
from hotelml_app.services.asking.words import day, joined
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rooms.kept import Kept
from hotelml_app.services.rooms.views import ClosedRoomView, ConflictView, RoomView, Standing, StayView, SuggestionView
from hotelml_app.store.learned.predictions import PredictionRow

NIGHTS = 14
GUEST_REASON = "In the house."
ROOM_NOT_SHOWN = "In the house; no export shows in which room."
DUE = "Was to have arrived; no export shows the check-in yet."


@dataclass(frozen=True)
class Answer:
    """What the solver says of one booking; ``rooms`` are those it is given."""

    rooms: tuple[str, ...]
    move: str
    reason: str


@dataclass(frozen=True)
class House:
    """The rooms, the guests in the house and the arrivals of the coming nights."""

    inventory: Inventory
    guests: tuple[Stay, ...]
    arrivals: tuple[Stay, ...]
    along: Mapping[str, str] = field(default_factory=dict)
    """Who shares the room of whom, by reservation."""

    def party(self, stay: Stay) -> str:
        """Return the reservation whose room a stay shares or that others share, "" where it is alone."""
        name = stay.reservation_id
        return self.along.get(name, name if name in self.along.values() else "")

    @property
    def numbers(self) -> set[str]:
        """All room numbers."""
        return {room.number for room in self.inventory.rooms}

    def now(self, stay: Stay) -> tuple[str, ...]:
        """Return the rooms the PMS shows for a stay."""
        return tuple(one for one in rooms_named(stay.room, self.numbers) if one in self.numbers) if stay.room else ()


def house_of(ground: Ground, kept: Kept) -> House:
    """Return the house as the newest export and staff describe it."""
    history, today = ground.data.history, day_number(ground.as_of)
    rooms = inventory(history, ground.data.facts, kept.options)
    arrivals = tuple(arriving(history, today, today + NIGHTS))
    return House(rooms, tuple(in_house(history, today)), arrivals, sharing(history, arrivals, kept.locks))


def answers_of(rows: Iterable[PredictionRow], house: House) -> dict[str, Answer]:
    """Return what the solver says, by booking."""
    found = {}
    for one in rows:
        payload = one.payload
        rooms = rooms_named(payload.get("suggested_room") or "", house.numbers)
        found[one.key] = Answer(rooms, str(payload.get("move", "")), spoken_days(str(payload.get("reason", ""))))
    return found


def spoken_days(text: str) -> str:
    """Return a reason with its days as they are spoken: "Thu 1 Sep" for 2016-09-01."""
    words = []
    for word in text.split(" "):
        bare = word.rstrip(".,;:")
        try:
            words.append(day(date.fromisoformat(bare)) + word[len(bare) :] if len(bare) == 10 else word)
        except ValueError:
            words.append(word)
    return " ".join(words)


def stay_views(house: House, answers: Mapping[str, Answer], kept: Kept) -> tuple[StayView, ...]:
    """Return every room of every stay."""
    found: list[StayView] = []
    for stay in house.guests:
        answer = answers.get(stay.reservation_id)
        moved = answer if answer is not None and answer.move == Move.MOVED else None
        found += _rooms_of(stay, house.now(stay), moved, kept) if moved else _guest(stay, house.now(stay))
    for stay in house.arrivals:
        rooms, party = _rooms_of(stay, house.now(stay), answers.get(stay.reservation_id), kept), house.party(stay)
        found += (replace(one, party=party) for one in rooms) if party else rooms
    return tuple(found)


def _guest(stay: Stay, now: Sequence[str]) -> Iterator[StayView]:
    for number in range(stay.rooms):
        room = now[number] if number < len(now) else ""
        reason = DUE if stay.due else GUEST_REASON if room else ROOM_NOT_SHOWN
        yield _view(stay, number, room, room, Standing.GUEST, locked=False, reason=reason)


def _rooms_of(stay: Stay, now: Sequence[str], answer: Answer | None, kept: Kept) -> Iterator[StayView]:
    after = answer.rooms if answer is not None else tuple(now)
    locked, planned = kept.locked_by_staff(stay.reservation_id), kept.planned.get(stay.reservation_id)
    waits = answer is not None and answer.move == Move.WAITING
    for number, (room_now, room) in enumerate(paired(now, after, stay.rooms)):
        if not room:
            standing = Standing.WAITING if waits else Standing.REFUSED
        elif planned is not None and room in planned.after and room != room_now:
            standing = Standing.PLANNED
        elif room == room_now:
            standing = Standing.LOCKED if locked else Standing.KEPT
        else:
            standing = Standing.MOVED if room_now else Standing.GIVEN
        reason = answer.reason if answer is not None else ""
        if standing is Standing.PLANNED and planned is not None and not locked:
            # The plan holds it as it holds what staff locked; it was taken on for the reason that the list for the PMS names.
            reason = planned.reason
        yield _view(stay, number, room, room_now, standing, locked=locked and bool(room), reason=reason)


def paired(now: Sequence[str], after: Sequence[str], rooms: int) -> list[tuple[str, str]]:
    """Return (room now, room then) per room of a booking: who stays first, the others in their order."""
    same = [room for room in now if room in after]
    left = [room for room in now if room not in same]
    come = [room for room in after if room not in same]
    count = max(rooms, len(same) + max(len(left), len(come)))
    rest = range(count - len(same))
    fresh = [(left[i] if i < len(left) else "", come[i] if i < len(come) else "") for i in rest]
    return [*((room, room) for room in same), *fresh]


def _view(stay: Stay, number: int, room: str, now: str, standing: Standing, *, locked: bool, reason: str) -> StayView:
    return StayView(
        reservation_id=stay.reservation_id,
        number=number,
        arrival=day_of(stay.arrival),
        departure=day_of(stay.last_day),
        room_type=stay.room_type,
        room=room,
        room_now=now,
        standing=standing,
        locked=locked,
        reason=reason,
    )


def suggestions_of(stays: Sequence[StayView]) -> tuple[SuggestionView, ...]:
    """Return what is suggested, one entry per booking: who has no room, who moves, who is given one, each by arrival."""
    by_booking: dict[str, list[StayView]] = {}
    for stay in stays:
        by_booking.setdefault(stay.reservation_id, []).append(stay)
    order = (Standing.REFUSED, Standing.MOVED, Standing.WAITING, Standing.GIVEN)
    found = []
    for rooms in by_booking.values():
        standing = next((one for one in order if any(room.standing is one for room in rooms)), None)
        if standing is not None:
            before, after = (", ".join(filter(None, parts)) for parts in zip(*((r.room_now, r.room) for r in rooms), strict=True))
            one = rooms[0]
            found.append(
                SuggestionView(one.reservation_id, one.arrival, one.departure, one.room_type, before, after, standing, one.reason)
            )
    found.sort(key=lambda one: (order.index(one.standing), one.arrival))
    return tuple(found)


def conflicts_of(stays: Sequence[StayView], closed: Sequence[ClosedRoomView], first: date) -> tuple[ConflictView, ...]:
    """Return where the PMS has two bookings in one room, or one in a room that is out of order; one entry per pair.

    What is on the list for the PMS already ends a conflict; guests who are in a room together or were booked so share it.
    """
    found: list[ConflictView] = []
    by_room: dict[str, list[StayView]] = {}
    for stay in stays:
        if stay.room_now and stay.standing is not Standing.PLANNED:
            by_room.setdefault(stay.room_now, []).append(stay)
    for room, inside in by_room.items():
        inside.sort(key=lambda one: (one.arrival, one.departure))
        for position, one in enumerate(inside):
            for other in inside[position + 1 :]:
                shared = one.standing is other.standing is Standing.GUEST or (one.party == other.party != "")
                if other.arrival < one.departure and other.reservation_id != one.reservation_id and not shared:
                    names = joined((one.reservation_id, other.reservation_id))
                    night = max(other.arrival, first)
                    found.append(_conflict((one, other), night, f"The PMS has {names} in room {room} on {day(night)}."))
        for stay in inside:
            for entry in closed:
                if entry.room == room and stay.arrival < entry.until and entry.first < stay.departure:
                    night = max(stay.arrival, entry.first, first)
                    text = f"The PMS has {stay.reservation_id} in room {room}, which is out of order on {day(night)}."
                    found.append(_conflict((stay,), night, text))
    return tuple(sorted(found, key=lambda one: (one.night, one.room)))


def _conflict(stays: Sequence[StayView], night: date, text: str) -> ConflictView:
    settled = next((stay.reservation_id for stay in stays if stay.standing is Standing.MOVED), "")
    return ConflictView(stays[0].room_now, night, tuple(stay.reservation_id for stay in stays), text, settled)


def free_rooms(
    house: House, stays: Sequence[StayView], closed: Sequence[ClosedRoomView], first: date
) -> dict[str, tuple[int, ...]]:
    """Return per room type how many rooms are free on each night, with what is suggested."""
    type_of = {room.number: room.room_type for room in house.inventory.rooms}
    nights = [first + timedelta(days=i) for i in range(NIGHTS)]
    taken: dict[str, list[set[str]]] = {kind: [set() for _ in nights] for kind in house.inventory.types}
    unknown: dict[str, list[int]] = {kind: [0] * NIGHTS for kind in house.inventory.types}
    spans = [(one.room, one.arrival, one.departure, one) for one in stays]
    spans += [(one.room, one.first, one.until, None) for one in closed]  # type: ignore[misc]
    for room, begins, ends, stay in spans:
        for i, night in enumerate(nights):
            if not begins <= night < ends:
                continue
            if room in type_of:
                taken[type_of[room]][i].add(room)
            elif stay is not None and stay.standing is Standing.GUEST and stay.room_type in unknown:
                unknown[stay.room_type][i] += 1
    sizes = {kind: sum(room.room_type == kind for room in house.inventory.rooms) for kind in taken}
    return {kind: tuple(max(sizes[kind] - len(taken[kind][i]) - unknown[kind][i], 0) for i in range(NIGHTS)) for kind in taken}


def room_views(house: House) -> tuple[RoomView, ...]:
    """Return the rooms by type, the simplest first, as they are numbered."""
    place = {kind: index for index, kind in enumerate(house.inventory.types)}
    rooms = sorted(house.inventory.rooms, key=lambda room: place[room.room_type])
    return tuple(RoomView(room.number, room.room_type, room.named) for room in rooms)

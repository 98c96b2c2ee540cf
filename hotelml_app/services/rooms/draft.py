"""The list of rooms while staff work on it: what was added, changed and left out, and what that changes in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hotelml_app.modules.allocation.house.inventory import natural
from hotelml_app.services.asking.words import count, joined
from hotelml_app.services.rooms.list_views import ListedRoom, ListRooms, RoomListView
from hotelml_app.services.rooms.room_lines import RoomLine

MOST_NAMED = 6


@dataclass(frozen=True)
class RoomDraft:
    """A list that is not kept yet. Every change returns another one; the fields are those of `ListRooms`."""

    view: RoomListView
    told: Mapping[str, str]
    features: Mapping[str, tuple[str, ...]]
    doors: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, view: RoomListView) -> RoomDraft:
        """Return the list as it is kept."""
        return cls(view, view.told, view.features, view.doors)

    @cached_property
    def all(self) -> Mapping[str, ListedRoom]:
        """Every number, with those that are left out, in the order of the numbers."""
        seen = {one.number: one for one in self.view.seen}
        beside: dict[str, list[str]] = {}
        for one, other in sorted(self.doors):
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
        found = {}
        for number in sorted({*seen, *self.told}, key=natural):
            kind = self.told.get(number, seen[number].room_type if number in seen else "")
            doors = tuple(sorted(beside.get(number, ()), key=natural))
            features, by_hand = self.features.get(number, ()), bool(self.told.get(number))
            left_out = self.told.get(number) == ""
            found[number] = ListedRoom(number, kind, features, doors, seen.get(number), by_hand, left_out)
        return found

    @cached_property
    def rooms(self) -> Mapping[str, ListedRoom]:
        """The rooms of the house."""
        return {number: room for number, room in self.all.items() if not room.left_out}

    @property
    def types(self) -> tuple[str, ...]:
        """The room types there are."""
        return self.view.types

    @property
    def change(self) -> ListRooms:
        """What is to be kept."""
        return ListRooms(self.told, self.features, self.doors)

    @property
    def is_changed(self) -> bool:
        """True where there is something to save."""
        return self != RoomDraft.of(self.view)

    def with_lines(self, lines: Iterable[RoomLine]) -> RoomDraft:
        """Add rooms or change those that are there; what a line does not speak of stays as it is.

        Of the two rooms of a door one line may name the other alone.
        """
        lines = tuple(lines)
        told = dict(self.told)
        for line in lines:
            room = self.rooms.get(line.number)
            if room is None or line.room_type not in ("", room.room_type):
                told[line.number] = line.room_type
        draft = replace(self, told=told)
        named_by: dict[str, list[str]] = {}
        for line in lines:
            for other in line.doors or ():
                named_by.setdefault(other, []).append(line.number)
        for line in lines:
            if line.features is not None and line.features != draft.features.get(line.number, ()):
                draft = draft.with_features(line.number, line.features)
            if line.doors is not None:
                draft = draft.with_doors(line.number, {*line.doors, *named_by.get(line.number, ())})
        return draft

    def with_type(self, number: str, room_type: str) -> RoomDraft:
        """Give a room another type."""
        return self.with_lines((RoomLine(number, room_type),))

    def with_features(self, number: str, features: Sequence[str]) -> RoomDraft:
        """Say what a room has."""
        rest = {one: told for one, told in self.features.items() if one != number}
        return replace(self._held(number), features={**rest, number: tuple(features)} if features else rest)

    def with_doors(self, number: str, others: Collection[str]) -> RoomDraft:
        """Say to which rooms there is a door from one."""
        rest = {pair for pair in self.doors if number not in pair}
        before = self.doors - rest
        now = {next((pair for pair in before if other in pair), (number, other)) for other in others}
        draft = replace(self, doors=frozenset(rest | now))
        for one in (number, *others) if now != before else ():
            draft = draft._held(one)
        return draft

    def without(self, number: str) -> RoomDraft:
        """Take back what was said of a room by hand; a number that only exports show is no room of the house then."""
        told = {one: kind for one, kind in self.told.items() if one != number}
        if number not in self.told:
            told[number] = ""
        features = {one: has for one, has in self.features.items() if one != number}
        doors = frozenset(pair for pair in self.doors if number not in pair)
        return RoomDraft(self.view, told, features, doors)

    def in_words(self) -> str:
        """Return what saving would change."""
        before, after = RoomDraft.of(self.view).rooms, self.rooms
        new, gone = after.keys() - before.keys(), before.keys() - after.keys()
        both = [(before[number], room) for number, room in after.items() if number in before]
        types = sum(one.room_type != other.room_type for one, other in both)
        features = sum(one.features != other.features for one, other in both)
        doors = len({frozenset(pair) for pair in self.view.doors} ^ {frozenset(pair) for pair in self.doors})
        said = (
            (len(new), f"{count(len(new), 'room')} new"),
            (types, count(types, "changes its type", "change their type")),
            (len(gone), f"{count(len(gone), 'room')} removed"),
            (features, count(features, "has other features", "have other features")),
            (doors, count(doors, "door changed", "doors changed")),
        )
        words = ", ".join(text for number, text in said if number)
        return words or ("What is known of the rooms is kept by hand" if self.is_changed else "Nothing is changed")

    def hints(self) -> tuple[str, ...]:
        """Return what is worth a look before saving; nothing of it is an obstacle."""
        found = []
        if self.view.rooms_told is not None and self.rooms and len(self.rooms) != self.view.rooms_told:
            found.append(f"You listed {count(len(self.rooms), 'room')}; Settings says {self.view.rooms_told:,}.")
        kinds = [room.room_type for room in self.rooms.values()]
        for kind, told in self.view.types_told.items():
            if kind in kinds and kinds.count(kind) != told:
                found.append(f"{kinds.count(kind)} are {kind}; Settings says {told:,}.")
        unlisted = [kind for kind in self.types if kinds and kind not in kinds]
        if unlisted:
            found.append(f"No room is listed of {joined(unlisted)}: list those, too, if there are any.")
        lost = [number for number in self.view.held if number not in self.rooms]
        found += [f"Room {number} {self.view.held[number]}; that goes with it." for number in lost[:MOST_NAMED]]
        if len(lost) > MOST_NAMED:
            found.append(f"The same goes for {joined(lost[MOST_NAMED:])}.")
        return tuple(found)

    def _held(self, number: str) -> RoomDraft:
        """Return the list with a room in it by hand: what is said of a room must outlive its last booking in the exports.

        One whose type nobody knows stays as it is: without a type it would be left out.
        """
        room = self.rooms.get(number)
        if room is None or number in self.told or not room.room_type:
            return self
        return replace(self, told={**self.told, number: room.room_type})

"""Rooms as people write them down: a number or a range with a type on each line, or columns out of a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from hotelml_app.services.asking.arguments import nearest
from hotelml_app.services.asking.words import count
from hotelml_app.services.rooms.list_views import MOST_ROOMS, ListedRoom
from hotelml_app.services.rooms.room_numbers import BadRange, are_names, bad_number, is_range, numbers_in

HEADERS = {
    *("room", "rooms", "room no", "room number", "room nr", "number", "no", "nr", "zimmer", "zimmernummer", "zimmer-nr"),
    *("zimmernr", "habitación", "habitacion", "chambre", "camera", "quarto"),
}
LONGEST_LINE = 500
_QUOTED = re.compile(r'"([^"]*)" *')
_BEHIND_NUMBER = " ,:="


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room on a line; ``features`` and ``doors`` are None where the line does not speak of them.

    ``room_type`` is "" where it does not either: for rooms alone that are in the list already.
    """

    number: str
    room_type: str
    features: tuple[str, ...] | None = None
    doors: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with a line, counted from 1, and what to do.

    ``settled`` where the line speaks of a room that another line was taken for: read alone, later, it would say the contrary.
    """

    line: int
    text: str
    wrong: str
    remedy: str
    settled: bool = False

    @property
    def sentence(self) -> str:
        """All of it in a row."""
        return f"Line {self.line}: {self.wrong} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rooms on the good lines and what is wrong with the others."""

    rooms: tuple[RoomLine, ...]
    errors: tuple[LineError, ...]


@dataclass(frozen=True, slots=True)
class _Fields:
    """A line in its parts; ``quoted`` where the number stands in quotes and is taken as it is."""

    number: str
    rest: tuple[str, ...]
    quoted: bool


class _Refused(Exception):
    """A line that cannot be read. Never leaves this file."""

    def __init__(self, wrong: str, remedy: str, *, settled: bool = False) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy, self.settled = wrong, remedy, settled


def written(rooms: Sequence[ListedRoom]) -> str:
    """Return rooms as lines that `parsed` reads: number, type, features and doors with tabs between them."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    for room in rooms:
        number = f'"{room.number}"' if is_range(room.number) else room.number
        lines.write(f"{number}\t")
        writer.writerow((room.room_type, ", ".join(room.features), ", ".join(room.doors)))
    return lines.getvalue()


def parsed(text: str, types: Sequence[str], listed: Collection[str] = ()) -> Parsed:
    """Read lines such as "101 DBL", "101-120 DBL" or "101<TAB>DBL<TAB>quiet, near lift<TAB>102".

    ``types`` are the room types there are (any is taken where none is known), ``listed`` the numbers already in the list.
    """
    reader = _Reader(types, listed, text)
    for number, line in enumerate(text.splitlines(), 1):
        reader.read(number, line)
    return Parsed(tuple(reader.with_known_doors()), tuple(sorted(reader.errors, key=lambda one: one.line)))


class _Reader:
    """Reads one line after the other and remembers where each room stood."""

    def __init__(self, types: Sequence[str], listed: Collection[str], text: str) -> None:
        self._types = {_plain(kind): kind for kind in types}
        # The longest first, so that "Double King" is not taken for a King in room "101 Double".
        self._endings = sorted(self._types, key=len, reverse=True)
        self._listed = set(listed)
        self._found: dict[str, tuple[int, RoomLine]] = {}
        self._read_any = False
        self.errors: list[LineError] = []
        split = (self._fields(line.strip(" ")) for line in text.splitlines() if line.strip() and len(line) <= LONGEST_LINE)
        self._dashes = are_names((*listed, *(one.number for one in split)))

    def read(self, line: int, text: str) -> None:
        """Take the rooms of a line, or note what is wrong with it."""
        text = text.strip(" ")
        if not text.strip():
            return
        first, self._read_any = not self._read_any, True
        if len(text) > LONGEST_LINE:
            self.errors.append(LineError(line, text[:40], "That is too long for a room.", "Write one room or range per line."))
            return
        fields = self._fields(text)
        if first and self._is_header(fields):
            return
        try:
            rooms = self._rooms(fields)
            self._refuse_twice(rooms)
            self._refuse_too_many(rooms)
        except BadRange as error:
            self.errors.append(LineError(line, text, error.wrong, error.remedy))
        except _Refused as error:
            self.errors.append(LineError(line, text, error.wrong, error.remedy, error.settled))
        else:
            self._found.update({room.number: (line, room) for room in rooms})

    def with_known_doors(self) -> Iterator[RoomLine]:
        """Yield the rooms; of a door to a room that is not there it is only told."""
        known = {*self._listed, *self._found}
        for line, room in self._found.values():
            strange = [one for one in room.doors or () if one not in known or one == room.number]
            if not strange:
                yield room
                continue
            wrong = f"There is no room {strange[0]} for the door of room {room.number} to lead to."
            remedy = "The room is taken without that door; check the number."
            self.errors.append(LineError(line, room.number, wrong, remedy, settled=True))
            yield replace(room, doors=tuple(one for one in room.doors or () if one not in strange))

    def _fields(self, text: str) -> _Fields:
        quoted = _QUOTED.match(text)
        if quoted:
            rest = text[quoted.end() :]
            between = rest[:1] if rest[:1] in ("\t", ";", ",") else ""
            return _Fields(quoted[1].strip(), _split(rest[1:], between) if between else (rest,), quoted=True)
        ending = self._ending(text)
        between = next((one for one in ("\t", ";") if one in text), "" if ending else "," if "," in text else "")
        if between:
            number, *rest_of = _split(text, between)
            return _Fields(number, tuple(rest_of), quoted=False)
        head, _, last = text.rpartition(" ")
        if ending:
            head, last = text[: -len(ending)], text[-len(ending) :]
        return _Fields(head.rstrip(_BEHIND_NUMBER).strip(), (last,), quoted=False)

    def _ending(self, text: str) -> str:
        """Return the known type that a line ends with, as it is written there."""
        low = text.casefold()
        for ending in self._endings:
            if len(low) == len(text) > len(ending) and low.endswith(ending) and low[-len(ending) - 1] in _BEHIND_NUMBER:
                return text[-len(ending) :]
        return ""

    def _is_header(self, fields: _Fields) -> bool:
        kind = _plain(fields.rest[0]) if fields.rest else ""
        return not fields.quoted and fields.number.casefold().rstrip(".") in HEADERS and bool(kind) and kind not in self._types

    def _rooms(self, fields: _Fields) -> list[RoomLine]:
        told = fields.rest[0].strip() if fields.rest else ""
        if not told and fields.number in self._listed:
            return self._lines(replace(fields, quoted=True), "")
        if not fields.number or not told:
            alone = fields.number or told
            raise _Refused(
                f"“{alone}” names no room type.", f"Write the type behind the number, for example {self._example(alone)}."
            )
        return self._lines(fields, self._type(told))

    def _lines(self, fields: _Fields, kind: str) -> list[RoomLine]:
        numbers = (fields.number,) if fields.quoted else numbers_in(fields.number, dashes_are_names=self._dashes)
        # What exports call a room is one, however it is called.
        wrong = bad_number(numbers[0]) if numbers[0] not in self._listed else ""
        if wrong:
            raise _Refused(wrong, "Write the number as it stands on the door.")
        features, doors = (listed_words(fields.rest[at]) if len(fields.rest) > at else None for at in (1, 2))
        return [RoomLine(number, kind, features, doors) for number in numbers]

    def _type(self, told: str) -> str:
        if not self._types:
            return " ".join(told.split())
        kind = self._types.get(_plain(told))
        if kind is None:
            known = ", ".join(self._types.values())
            raise _Refused(
                f"“{told}” is no room type of this house.", f"{nearest(told, self._types.values())}There are: {known}."
            )
        return kind

    def _example(self, number: str) -> str:
        return f"{number if any(map(str.isdigit, number)) else '101'} {next(iter(self._types.values()), 'DBL')}"

    def _refuse_twice(self, rooms: Sequence[RoomLine]) -> None:
        for room in rooms:
            line, before = self._found.get(room.number, (0, room))
            if line and before.room_type and room.room_type and before.room_type != room.room_type:
                wrong = f"Room {room.number} is {before.room_type} in line {line} and {room.room_type} here."
                raise _Refused(wrong, f"It is taken as {before.room_type}; delete the line that is wrong.", settled=True)
            if line:
                raise _Refused(f"Room {room.number} is in line {line} already.", "Delete one of the two lines.", settled=True)

    def _refuse_too_many(self, rooms: Sequence[RoomLine]) -> None:
        total = len({*self._listed, *self._found, *(room.number for room in rooms)})
        if total > MOST_ROOMS:
            wrong = f"With this line there would be {count(total, 'room')}."
            raise _Refused(wrong, f"A house may have up to {MOST_ROOMS:,}; check the range.")


def _split(text: str, between: str) -> tuple[str, ...]:
    return tuple(field.strip() for field in next(csv.reader([text], delimiter=between, skipinitialspace=True), []))


def listed_words(text: str) -> tuple[str, ...]:
    """Return the words between commas, each once."""
    return tuple(dict.fromkeys(word for part in text.split(",") if (word := " ".join(part.split()))))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()

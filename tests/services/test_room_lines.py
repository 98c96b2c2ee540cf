"""Rooms written down by people: ranges, columns out of a spreadsheet, and what is said of lines that cannot be read."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotelml_app.services.rooms.list_views import ListedRoom
from hotelml_app.services.rooms.room_lines import LineError, Parsed, parsed, written
from hotelml_app.services.rooms.room_numbers import bad_number

TYPES = ("DBL", "SGL", "SUI", "Deluxe King", "King", "Double, sea view", '2-Bett "Süd"')
GOOD = tuple(f"{number} {kind}" for number, kind in zip(range(501, 520), TYPES * 3, strict=False))
BAD = ("101", "DBL", "900 XXX", "120-101 DBL", "501 SUI", "A1-B9 DBL", "1-5000 DBL", ";;;", '"""', "\t\t", "- DBL", "x" * 600)

BETWEEN = ("-", " – ", " to ", "..")
APART = ("101 DBL", "101\tdbl", "101;DBL;", "101,DBL", "101: DBL", '"101","DBL"', "101   Dbl", "101, DBL")

words = st.text(string.ascii_letters + "äß ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
numbers = st.text(string.ascii_letters + string.digits + " -./", min_size=1, max_size=12).map(lambda text: " ".join(text.split()))


def numbers_of(read: Parsed) -> list[str]:
    return [room.number for room in read.rooms]


def only_error(text: str, types: tuple[str, ...] = TYPES) -> LineError:
    (error,) = parsed(text, types).errors
    return error


@st.composite
def lists(draw: st.DrawFn) -> list[ListedRoom]:
    names = draw(st.lists(numbers.filter(lambda one: not bad_number(one)), min_size=1, max_size=12, unique=True))
    rooms = []
    for name in names:
        has = draw(st.lists(words, max_size=3, unique=True))
        doors = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        rooms.append(ListedRoom(name, draw(st.sampled_from(TYPES)), tuple(has), tuple(one for one in doors if one != name)))
    return rooms


@settings(max_examples=60, deadline=None)
@given(lists())
def test_a_list_that_is_written_out_and_read_again_is_the_same(rooms: list[ListedRoom]) -> None:
    read = parsed(written(rooms), TYPES)
    assert read.errors == ()
    assert [(one.number, one.room_type, one.features, one.doors) for one in read.rooms] == [
        (one.number, one.room_type, one.features, one.doors) for one in rooms
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(BAD) | st.text(max_size=30), max_size=8), st.randoms(use_true_random=False))
def test_bad_lines_never_lose_good_ones_and_every_bad_one_is_told(bad: list[str], random: object) -> None:
    rest = [line for text in bad for line in text.splitlines() if line.strip()]
    lines = list(GOOD)
    for line in rest:
        lines.insert(random.randint(len(GOOD), len(lines)), line)  # type: ignore[attr-defined]
    read = parsed("\n".join(lines), TYPES)
    alone = parsed("\n".join(GOOD), TYPES)
    assert alone.errors == ()
    assert read.rooms[: len(GOOD)] == alone.rooms
    told = {error.line for error in read.errors}
    silent = [line for number, line in enumerate(lines, 1) if number not in told and line not in GOOD]
    assert not set(silent) & set(BAD)
    assert all(error.wrong and error.remedy for error in read.errors)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 400), st.integers(0, 60), st.sampled_from(("", "A", "Garden ")), st.sampled_from(("-", " – ", " to ", ".."))
)
def test_a_range_is_every_number_of_it(first: int, more: int, prefix: str, between: str) -> None:
    width = len(str(first + more))
    read = parsed(f"{prefix}{first:0{width}d}{between}{prefix}{first + more:0{width}d} DBL", TYPES)
    assert numbers_of(read) == [f"{prefix}{number:0{width}d}" for number in range(first, first + more + 1)]


@pytest.mark.parametrize(
    "line", ["101 DBL", "101\tdbl", "101;DBL;", "101,DBL", "101: DBL", '"101","DBL"', "101   Dbl", "101, DBL"]
)
def test_number_and_type_are_read_however_they_are_parted(line: str) -> None:
    read = parsed(line, TYPES)
    assert [(room.number, room.room_type) for room in read.rooms] == [("101", "DBL")], read.errors


def test_columns_out_of_a_spreadsheet_bring_features_and_doors_and_their_heading_is_no_room() -> None:
    read = parsed("Room No.\tRoom Type\tFeatures\tDoor to\n101\tDBL\tquiet, near lift\t102\n102\tDeluxe King\t\t\n", TYPES)
    assert read.errors == ()
    first, other = read.rooms
    assert (first.features, first.doors) == (("quiet", "near lift"), ("102",))
    assert (other.room_type, other.features, other.doors) == ("Deluxe King", (), ())
    plain = parsed("Zimmer Kategorie\n7 DBL", TYPES)
    assert (numbers_of(plain), plain.errors) == (["7"], ())


def test_where_a_dash_is_part_of_the_number_it_makes_no_range() -> None:
    assert numbers_of(parsed("1-01 DBL\n1-10 DBL\n2-04 SGL", TYPES)) == ["1-01", "1-10", "2-04"]
    assert numbers_of(parsed("1-10 DBL", TYPES, listed=("1-01",))) == ["1-10"]
    assert numbers_of(parsed('"9-2" DBL', TYPES)) == ["9-2"]
    (quoted,) = parsed('"9-2"\tDBL\tquiet', TYPES).rooms
    assert (quoted.number, quoted.features) == ("9-2", ("quiet",))
    assert numbers_of(parsed("1-01 to 1-03 DBL", TYPES)) == ["1-01", "1-02", "1-03"]


def test_what_is_wrong_with_a_line_is_told_with_what_to_do() -> None:
    unknown = only_error("101 DBX")
    assert "“DBX” is no room type of this house" in unknown.wrong
    assert "DBL" in unknown.remedy
    assert "names no room type" in only_error("101").wrong
    assert "wrong way round" in only_error("120-101 DBL").wrong
    assert "101-120" in only_error("120-101 DBL").remedy
    twice = only_error("101-103 DBL\n102 DBL")
    assert (twice.line, twice.wrong) == (2, "Room 102 is in line 1 already.")
    assert only_error("101-103 DBL\n\n102 SGL").sentence.startswith("Line 3: Room 102 is DBL in line 1 and SGL here.")
    assert "begins with A and ends with B" in only_error("A1-B9 DBL").wrong
    door = parsed("101\tDBL\t\t999", TYPES)
    assert (numbers_of(door), len(door.errors)) == (["101"], 1)
    assert door.rooms[0].doors == ()


def test_more_rooms_than_can_be_planned_are_refused_line_by_line() -> None:
    read = parsed("1-1500 DBL\n1501-2100 SGL\n1501-2000 SUI", TYPES)
    assert len(read.rooms) == 2000
    assert [(error.line, error.wrong) for error in read.errors] == [(2, "With this line there would be 2,100 rooms.")]
    assert "2,100 rooms" in parsed("101-200 DBL", TYPES, listed=[f"L{number}" for number in range(2000)]).errors[0].wrong


def test_without_known_types_every_type_is_taken() -> None:
    read = parsed("101 DZ\n102\tDoppel Süd", ())
    assert [(room.number, room.room_type) for room in read.rooms] == [("101", "DZ"), ("102", "Doppel Süd")]

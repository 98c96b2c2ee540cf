"""What a file tells by its values alone needs no question, and what it does not tell does."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.store import Store

HOUSE = "Harbour House"
ROWS = 150
RATES = {"Fiordo": 80, "Laguna": 120, "Maestrale": 190}

Cells = Callable[[int, str, date, date], str]


def write(path: Path, head: str, cells: Cells) -> list[str]:
    """Write bookings with two columns more, named in ``head``; return the kind of room of each."""
    draw, lines, kinds = random.Random(4), [f"Ref;Booked;Arrival;Departure;Total;{head}"], []
    for n in range(ROWS):
        booked, nights, kind = date(2025, 1, 1) + timedelta(n), draw.randrange(1, 6), draw.choice(list(RATES))
        arrival = booked + timedelta(draw.randrange(5, 40))
        total = nights * (RATES[kind] + draw.randrange(-9, 9))
        row = f"{5000 + n};{booked};{arrival};{arrival + timedelta(nights)};{total}.00"
        lines.append(f"{row};{cells(n, kind, booked, arrival)}")
        kinds.append(kind)
    path.write_text("\n".join(lines), encoding="utf-8")
    return kinds


def states(store: Store, path: Path) -> dict[str, dict[str, object]]:
    import_file(path, store=store, settings_property=HOUSE, clock=store.clock)
    return newest(store)


def state_of(n: int) -> str:
    return "Cancelled" if n % 9 == 0 else "Confirmed"


def test_words_that_set_the_rates_are_the_kinds_of_rooms(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    kinds = write(path, "Status;Nave;Ala", lambda n, kind, *_: f"{state_of(n)};{'NordSud'[n % 2 * 4 : n % 2 * 4 + 4]};{kind}")
    known = states(store, path)
    assert [known[str(5000 + n)]["room_type"] for n in range(ROWS)] == kinds


def test_words_that_do_not_set_the_rates_are_asked_about(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "Status;Nave", lambda n, *_: f"{state_of(n)};{'NordSudo'[n % 2 * 4 : n % 2 * 4 + 4]}")
    with pytest.raises(NeedsMappingError) as asked:
        states(store, tmp_path / "a.csv")
    assert [question.role for question in asked.value.proposal.questions] == ["room_type"]


def test_a_number_before_the_kind_of_room_counts_the_rooms(store: Store, tmp_path: Path) -> None:
    kinds = write(tmp_path / "a.csv", "Status;Room type", lambda n, kind, *_: f"{state_of(n)};{n % 3 + 1}x {kind}")
    known = states(store, tmp_path / "a.csv")
    found = [(known[str(5000 + n)]["room_type"], known[str(5000 + n)]["rooms"]) for n in range(ROWS)]
    assert found == [(kind, float(n % 3 + 1)) for n, kind in enumerate(kinds)]


def test_a_number_that_belongs_to_the_name_of_a_kind_stays(store: Store, tmp_path: Path) -> None:
    names = {"Fiordo": "2x Queen beds", "Laguna": "King", "Maestrale": "Suite"}
    write(tmp_path / "a.csv", "Status;Room type", lambda n, kind, *_: f"{state_of(n)};{names[kind]}")
    assert {state["room_type"] for state in states(store, tmp_path / "a.csv").values()} == set(names.values())


def test_the_only_kind_of_room_told_is_the_room_type(store: Store, tmp_path: Path) -> None:
    kinds = write(tmp_path / "a.csv", "Status;Assigned room type", lambda n, kind, *_: f"{state_of(n)};{kind}")
    known = states(store, tmp_path / "a.csv")
    assert [known[str(5000 + n)]["room_type"] for n in range(ROWS)] == kinds


@pytest.mark.parametrize(("name", "asked"), [("Canx date", False), ("Zork", True)])
def test_days_of_some_bookings_alone_are_those_of_cancelling_or_are_asked_about(
    name: str, asked: bool, store: Store, tmp_path: Path
) -> None:
    def cells(n: int, kind: str, booked: date, arrival: date) -> str:
        return f"{kind};{arrival - timedelta(1 + n % 3) if n % 4 == 0 else ''}"

    write(tmp_path / "a.csv", f"Room type;{name}", cells)
    if asked:
        with pytest.raises(NeedsMappingError, match="tells whether a booking was cancelled: 'Zork'"):
            states(store, tmp_path / "a.csv")
    else:
        known = states(store, tmp_path / "a.csv")
        assert sum(state["status"] == 4 for state in known.values()) == len(range(0, ROWS, 4))


def test_the_only_days_after_the_booking_are_the_arrival_where_nights_are_told(store: Store, tmp_path: Path) -> None:
    draw, lines, arrivals = random.Random(2), ["Ref;Booked;Zork;Nights;Room type;Status"], []
    for n in range(ROWS):
        booked = date(2025, 1, 1) + timedelta(n)
        arrivals.append(str(booked + timedelta(draw.randrange(1, 40))))
        lines.append(f"{5000 + n};{booked};{arrivals[-1]};{draw.randrange(1, 6)};{draw.choice(list(RATES))};{state_of(n)}")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    known = states(store, tmp_path / "a.csv")
    assert [known[str(5000 + n)]["arrival"] for n in range(ROWS)] == arrivals

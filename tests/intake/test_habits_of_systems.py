"""What small systems and channel managers do that big ones do not: rooms with their kinds, last nights, marks, made-up names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.map_file import read_map
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.values.dates import read_date
from hotelml_app.intake.values.parties import party
from hotelml_app.intake.values.room_cells import hold_numbers_too, kind_of_room
from hotelml_app.store import Store

Cell = Callable[[int], object]

KINDS = ("Standard Double", "Twin", "Family Room", "Junior Suite")
FIRST = date(2025, 6, 3)


def arrival(n: int) -> date:
    return FIRST + timedelta(days=n)


def nights(n: int) -> int:
    return 1 + n % 5


def departure(n: int) -> date:
    return arrival(n) + timedelta(days=nights(n))


def booked(n: int) -> date:
    return date(2025, 3, 1) + timedelta(days=n)


def total(n: int) -> str:
    return f"{nights(n) * (90 + 7 * (n % 4)):.2f}"


def status(n: int) -> str:
    return "Cancelled" if n % 6 == 5 else "Confirmed"


NUMBER: tuple[str, Cell] = ("Booking number", lambda n: f"R{n:04}")
ARRIVAL: tuple[str, Cell] = ("Check-in", arrival)
DEPARTURE: tuple[str, Cell] = ("Check-out", departure)
BOOKED: tuple[str, Cell] = ("Booked on", booked)
KIND: tuple[str, Cell] = ("Room type", lambda n: KINDS[n % 4])
STATUS: tuple[str, Cell] = ("Status", status)
TOTAL: tuple[str, Cell] = ("Total price", total)


def take_in(store: Store, path: Path, columns: Sequence[tuple[str, Cell]], rows: int = 30) -> ImportReport:
    lines = [";".join(name for name, _ in columns), *(";".join(str(cell(n)) for _, cell in columns) for n in range(rows))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return import_file(path, store=store, clock=store.clock)


@pytest.mark.parametrize("called", ["Room", "Site"])
@pytest.mark.parametrize(
    "cell",
    [lambda n: f"{101 + n} - {KINDS[n % 4]}", lambda n: f"{KINDS[n % 4]} ({101 + n})", lambda n: f"{101 + n} {KINDS[n % 4]}"],
)
def test_of_rooms_told_by_number_and_kind_the_kind_is_the_room_type_in_every_later_file_too(
    store: Store, tmp_path: Path, called: str, cell: Cell
) -> None:
    columns = (NUMBER, ARRIVAL, DEPARTURE, BOOKED, (called, cell), ("Pax", lambda n: f"{1 + n % 2} / {n % 3}"), STATUS, TOTAL)
    assert take_in(store, tmp_path / "all.csv", columns).accepted == 30
    assert {str(one["room_type"]) for one in newest(store).values()} == set(KINDS)
    moved = (("Booking number", lambda n: f"S{n}"), *columns[1:])
    assert take_in(store, tmp_path / "changes.csv", moved, 2).accepted == 2
    assert newest(store)["S1"]["room_type"] == KINDS[1]


@pytest.mark.parametrize(
    "cells",
    [
        ["1 Bedroom Apartment", "2 Bedroom Apartment", "3 Bedroom Apartment", "1 Bedroom Loft"],
        ["DBL", "TWN", "SGL", "FAM"],
        ["101", "102", "103", "104"],
        ["101 Twin", "102 Twin", "103 Twin", "104 Twin"],
        ["101 - Anna", "102 - Berta", "103 - Carla", "104 - Dora"],
    ],
)
def test_kinds_that_have_a_number_in_their_name_and_rooms_that_all_differ_stay_as_they_are(cells: list[str]) -> None:
    assert not hold_numbers_too(cells)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("101 - Twin", "Twin"),
        ("Twin / 101", "Twin"),
        ("A-12: Sea view", "Sea view"),
        ("Suite [204b]", "Suite"),
        ("Twin", "Twin"),
        ("2", "2"),
    ],
)
def test_the_kind_is_what_is_left_of_a_cell_without_the_number(cell: str, kind: str) -> None:
    assert kind_of_room(cell) == kind


def last_night(n: int) -> date:
    return departure(n) - timedelta(days=1)


def test_first_and_last_night_are_not_arrival_and_departure(store: Store, tmp_path: Path) -> None:
    stay = (("First Night", arrival), ("Last Night", last_night), ("Nights", nights))
    report = take_in(store, tmp_path / "a.csv", (("Ref", lambda n: n + 9000), *stay, BOOKED, KIND, STATUS, TOTAL))
    assert report.accepted == 30
    assert newest(store)["9007"]["departure"] == departure(7).isoformat()


def test_a_map_that_names_the_last_night_as_departure_means_the_morning_after(store: Store, tmp_path: Path) -> None:
    columns = (NUMBER, ("First Night", arrival), ("Last night", last_night), BOOKED, KIND, STATUS, TOTAL)
    answer = tmp_path / "map.toml"
    answer.write_text(
        '[columns]\nreservation_id = "Booking number"\narrival = "First Night"\ndeparture = "Last night"\n'
        'booked_on = "Booked on"\nroom_type = "Room type"\nstatus = "Status"\ntotal = "Total price"\n',
        encoding="utf-8",
    )
    lines = [";".join(name for name, _ in columns), *(";".join(str(cell(n)) for _, cell in columns) for n in range(30))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = import_file(tmp_path / "a.csv", store=store, clock=store.clock, profile=read_map(answer))
    assert report.accepted == 30
    assert newest(store)["R0000"]["departure"] == departure(0).isoformat()


@pytest.mark.parametrize("name", ["Cancellation", "Info"])
def test_a_column_that_only_marks_lost_bookings_is_the_status(store: Store, tmp_path: Path, name: str) -> None:
    marks = (name, lambda n: {5: "cancelled", 3: "no-show"}.get(n % 9, ""))
    take_in(store, tmp_path / "a.csv", (NUMBER, ARRIVAL, DEPARTURE, BOOKED, KIND, TOTAL, marks))
    told = newest(store)
    assert [told[f"R{n:04}"]["status"] for n in (3, 4, 5)] == [
        BookingStatus.NO_SHOW,
        BookingStatus.RESERVED,
        BookingStatus.CANCELLED,
    ]


@pytest.mark.parametrize("rows", [12, 60])
@pytest.mark.parametrize(
    "between",
    [
        lambda n: f"Arrival {arrival(n):%d/%m/%Y};;;;;;",
        lambda n: ";;;;Comments: late, quiet room please;;",
        lambda n: "Hotel Sunrise - page 2;;;;;;" if n % 10 == 9 else "",
    ],
)
def test_headings_of_groups_and_lines_of_remarks_between_the_bookings_are_none(
    store: Store, tmp_path: Path, between: Callable[[int], str], rows: int
) -> None:
    columns = (NUMBER, ARRIVAL, DEPARTURE, BOOKED, KIND, STATUS, TOTAL)
    bookings = [";".join(str(cell(n)) for _, cell in columns) for n in range(rows)]
    lines = [";".join(name for name, _ in columns), *(line for n in range(rows) for line in (between(n), bookings[n]) if line)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = import_file(tmp_path / "a.csv", store=store, clock=store.clock)
    assert (report.accepted, report.rejected) == (rows, 0)
    assert f"Left out: rows that hold a remark alone ({len(lines) - 1 - rows})." in report.notes


def test_a_lone_booking_number_is_a_damaged_booking_and_no_heading(store: Store, tmp_path: Path) -> None:
    columns = (NUMBER, ARRIVAL, DEPARTURE, BOOKED, KIND, STATUS, TOTAL)
    lines = [";".join(name for name, _ in columns), *(";".join(str(cell(n)) for _, cell in columns) for n in range(30))]
    (tmp_path / "a.csv").write_text("\n".join([*lines, "R9999;;;;;;"]), encoding="utf-8")
    assert import_file(tmp_path / "a.csv", store=store, clock=store.clock).rejected == 1


def test_moments_of_world_time_and_reservations_that_are_committed_are_understood(store: Store, tmp_path: Path) -> None:
    def utc(day: Callable[[int], date], hour: int) -> Cell:
        return lambda n: f"{day(n)}T{hour}:00:00Z"

    moments = (("StartUtc", utc(arrival, 14)), ("EndUtc", utc(departure, 10)), ("CreatedUtc", utc(booked, 12)))
    state = ("State", lambda n: "Cancel" if n % 6 == 5 else "Commit")
    assert take_in(store, tmp_path / "a.csv", (NUMBER, *moments, KIND, state, TOTAL)).accepted == 30
    assert newest(store)["R0004"]["departure"] == departure(4).isoformat()


@pytest.mark.parametrize(("amount", "currency"), [("{} 000 Ft", "HUF"), ("Rp {}.000", "IDR")])
def test_currencies_without_cents_are_known_by_their_signs(store: Store, tmp_path: Path, amount: str, currency: str) -> None:
    price = ("Total price", lambda n: amount.format(45 * nights(n)))
    take_in(store, tmp_path / "a.csv", (NUMBER, ARRIVAL, DEPARTURE, BOOKED, KIND, STATUS, price))
    first = newest(store)["R0001"]
    assert (first["currency"], first["total"]) == (currency, 90_000.0)


@pytest.mark.parametrize("name", ["Pax", "Pax (A/C)", "Adults / Children", "Guests"])
@pytest.mark.parametrize("form", ["{}/{}", "{} + {}", "{} adults, {} children", "{}A {}C", "{} / {} / 0"])
def test_adults_and_children_in_one_cell_are_told_apart(store: Store, tmp_path: Path, name: str, form: str) -> None:
    guests = (name, lambda n: form.format(1 + n % 3, n % 2))
    take_in(store, tmp_path / "a.csv", (NUMBER, ARRIVAL, DEPARTURE, BOOKED, KIND, guests, STATUS, TOTAL))
    first = newest(store)["R0005"]
    assert (first["adults"], first["children"]) == (3, 1)


@pytest.mark.parametrize("text", ["2", "2/", "a/b", "2026-01-02", "10:30", "2 adults", "1,234", "12,50", "12.5"])
def test_other_numbers_are_no_parties(text: str) -> None:
    assert party(text) is None


def test_boxes_of_a_report_that_nobody_named_do_not_hide_the_names_of_its_columns(store: Store, tmp_path: Path) -> None:
    boxes = [(f"Textbox{number}", lambda n: "Hotel Riverside") for number in (1, 7, 44, 51)]
    columns = (*boxes[:2], ("ReservationID", lambda n: n + 5000), ARRIVAL, DEPARTURE, BOOKED, KIND, STATUS, TOTAL, *boxes[2:])
    assert take_in(store, tmp_path / "a.csv", columns).accepted == 30


@pytest.mark.parametrize("rows", [8, 30])
@pytest.mark.parametrize("name", ["Tarif", "Rate", "Prix"])
def test_a_price_whose_name_leaves_it_open_is_told_by_the_nights_of_a_few_bookings_already(
    store: Store, tmp_path: Path, name: str, rows: int
) -> None:
    take_in(store, tmp_path / "a.csv", (NUMBER, ARRIVAL, DEPARTURE, BOOKED, KIND, STATUS, (name, total)), rows)
    first = newest(store)["R0004"]
    assert (first["total"], first["adr"]) == (float(total(4)), None)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("mer. 12 janv. 2025", 1),
        ("12 févr. 2025", 2),
        ("12 de març de 2025", 3),
        ("12. dubna 2025", 4),
        ("12 Mayıs 2025", 5),
        ("12 cze 2025", 6),
        ("12 iulie 2025", 7),
        ("12 Ağu 2025", 8),
        ("12 září 2025", 9),
        ("12 октября 2025", 10),
        ("12 Kas 2025", 11),
        ("12. prosince 2025", 12),
        ("12. siječnja 2025.", 1),
        ("12 лютого 2025 р.", 2),
        ("12 Maret 2025", 3),
        ("12. априла 2025.", 4),
        ("12 مايو 2025", 5),
        ("12. junija 2025", 6),
        ("12 юли 2025", 7),
        ("12 אוגוסט 2025", 8),
        ("12. septembar 2025.", 9),
        ("12 октомври 2025 г.", 10),
        ("12 листопада 2025", 11),
    ],
)
def test_months_have_names_in_many_languages(text: str, month: int) -> None:
    assert read_date(text) == date(2025, month, 12)

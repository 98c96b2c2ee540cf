"""Exports nobody described: read by their words and values where nothing is in doubt, otherwise after one answer."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dropped import newest
from other_layouts import ENGLISH, GERMAN, LANGUAGES, Layout

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.errors import UnknownLayoutError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.report import ImportReport
from hotelml_app.simulator import export_bookings, simulate
from hotelml_app.simulator.exports import STATUS_WORDS
from hotelml_app.store import Store

STATUS_OF = {word: int(status) for status, word in STATUS_WORDS.items()}
HOUSE = "Harbour House"
MORNING = datetime(2024, 11, 16, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of the synthetic hotel, in its own layout."""
    path = tmp_path_factory.mktemp("export") / "bookings.csv"
    hotel = simulate(seed=3, property_name=HOUSE, start=date(2024, 1, 1), days=350, rooms=6, preset="city")
    export_bookings(hotel, date(2024, 11, 15), path)
    return path


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


def take_in(store: Store, path: Path, **options: object) -> ImportReport:
    return import_file(path, store=store, settings_property=HOUSE, clock=store.clock, **options)


def as_stored(row: dict[str, str]) -> tuple[object, ...]:
    rate = pytest.approx(float(row["adr"]))
    return row["arrival"], row["departure"], row["booked_on"], row["room_type"], STATUS_OF[row["status"]], rate


def told(state: dict[str, object]) -> tuple[object, ...]:
    return tuple(state[name] for name in ("arrival", "departure", "booked_on", "room_type", "status", "adr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translated_export_arrives_whole_without_a_question(language: str, export: Path, store: Store, tmp_path: Path) -> None:
    rows = LANGUAGES[language].write(export, tmp_path / f"{language}.csv")
    report = take_in(store, tmp_path / f"{language}.csv")
    assert (report.accepted, report.rejected) == (len(rows), 0)
    known = newest(store)
    assert {row["reservation_id"]: told(known[row["reservation_id"]]) for row in rows} == {
        row["reservation_id"]: as_stored(row) for row in rows
    }
    arrival = LANGUAGES[language].headers["arrival"]
    assert any(f"column {arrival!r} = arrival" in note for note in report.notes)
    guests = LANGUAGES[language].headers["guest_name"]
    assert not any(guests in note for note in report.notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_nights_total_and_extras_it_still_arrives(language: str, export: Path, store: Store, tmp_path: Path) -> None:
    layout = LANGUAGES[language]
    slim = Layout(**{**layout.__dict__, "dropped": ("nights", "total", "children", "meal", "country", "segment", "guest_email")})
    rows = slim.write(export, tmp_path / "slim.csv")
    take_in(store, tmp_path / "slim.csv")
    known = newest(store)
    assert sum(told(known[row["reservation_id"]]) == as_stored(row) for row in rows) == len(rows)


def test_no_guest_of_an_unknown_layout_reaches_the_home(export: Path, store: Store, tmp_path: Path) -> None:
    def mark(row: dict[str, str]) -> dict[str, str]:
        return {**row, "guest_name": "Zacharias Quastenflosser", "guest_email": "quaste@example.org"}

    GERMAN.write(export, tmp_path / "a.csv", mark)
    take_in(store, tmp_path / "a.csv")
    for file in store.path.parent.rglob("*"):
        assert not file.is_file() or (b"Quastenflosser" not in file.read_bytes() and b"quaste@" not in file.read_bytes())


def test_another_chains_layout_with_split_dates_and_two_kinds_of_nights_is_read(store: Store, tmp_path: Path) -> None:
    draw = random.Random(4)
    header = "Booking_ID,no_of_adults,no_of_weekend_nights,no_of_week_nights,room_type_reserved,lead_time,arrival_year"
    header += ",arrival_month,arrival_date,market_segment_type,avg_price_per_room,booking_status"
    lines, truth = [header], {}
    for number in range(400):
        day = date(2023, 7, 1) + timedelta(draw.randrange(400))
        weekend, week, lead = draw.randrange(3), draw.randrange(1, 5), draw.randrange(200)
        room_type, status = draw.choice(["Room_Type 1", "Room_Type 4"]), draw.choice(["Canceled", "Not_Canceled"])
        when = f"{lead},{day.year},{day.month},{day.day}"
        lines.append(f"INN{number:05},2,{weekend},{week},{room_type},{when},Online,{80 + number}.5,{status}")
        truth[f"INN{number:05}"] = (
            day.isoformat(),
            (day + timedelta(weekend + week)).isoformat(),
            (day - timedelta(lead)).isoformat(),
            room_type,
            BookingStatus.CANCELLED if status == "Canceled" else BookingStatus.RESERVED,
            80 + number + 0.5,
        )
    (tmp_path / "chain.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "chain.csv")
    assert {number: told(state) for number, state in newest(store).items()} == truth


def test_a_yes_or_no_about_cancelling_is_a_status(store: Store, tmp_path: Path) -> None:
    lines = ["Reservation ID,Check-in,Check-out,Is Cancelled,Room Type"]
    lines += [f"R{n},2024-{n % 12 + 1:02}-03,2024-{n % 12 + 1:02}-05,{'Yes' if n % 3 == 0 else 'No'},DBL" for n in range(60)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    known = newest(store)
    assert (known["R3"]["status"], known["R4"]["status"]) == (BookingStatus.CANCELLED, BookingStatus.RESERVED)


@pytest.mark.parametrize("per_night", [True, False])
def test_the_nights_tell_whether_a_price_is_for_a_night_or_for_the_stay(per_night: bool, store: Store, tmp_path: Path) -> None:
    draw, lines = random.Random(1), ["Confirmation;Ankunft;Abreise;Status;Kategorie;Preis"]
    for number in range(120):
        nights, start = draw.randrange(1, 8), date(2024, 5, 1) + timedelta(draw.randrange(90))
        price = draw.randrange(80, 140) * (1 if per_night else nights)
        lines.append(f"C{number};{start:%d.%m.%Y};{start + timedelta(nights):%d.%m.%Y};bestätigt;EZ;{price},00")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    column = "adr" if per_night else "total"
    assert all(state[column] for state in newest(store).values())


def test_the_next_small_export_is_read_like_the_first(export: Path, store: Store, tmp_path: Path) -> None:
    rows = ENGLISH.write(export, tmp_path / "full.csv")
    first = take_in(store, tmp_path / "full.csv")
    lines = (tmp_path / "full.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "two.csv").write_text("\n".join([lines[0], *lines[5:7]]), encoding="utf-8")
    second = take_in(store, tmp_path / "two.csv")
    assert (second.profile, second.accepted) == (first.profile, 2)
    assert any("Read like the last export" in note for note in second.notes)
    known = newest(store)
    assert all(told(known[row["reservation_id"]]) == as_stored(row) for row in rows)


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["Arrival,Departure,Condition", *["2024-05-01,2024-05-03,zz", "2024-05-02,2024-05-03,yy"] * 6], "status"),
        (["Arrival,Departure,Status,Extra", "04/05/2024,05/05/2024,ok,", "05/05/2024,06/05/2024,ok,"], "dates"),
        (["Number,Arrival,Status,Room Type", *(f"{n},2024-05-{n:02},ok,DBL" for n in range(10, 30))], "departure"),
        (
            ["Arrival,Departure,Status,Code X", *(f"2024-05-{n:02},2024-05-{n + 1},ok,QQ{n}7" for n in range(10, 30))],
            "reservation_id",
        ),
    ],
)
def test_what_a_booking_depends_on_is_asked_where_it_is_in_doubt(
    lines: list[str], asked: str, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(NeedsMappingError) as refused:
        take_in(store, tmp_path / "a.csv")
    assert [question.role for question in refused.value.proposal.questions] == [asked]


def test_a_file_without_any_date_is_not_asked_about(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("colour,taste,smell\nred,sour,none\n", encoding="utf-8")
    with pytest.raises(UnknownLayoutError) as refused:
        take_in(store, tmp_path / "a.csv")
    assert not isinstance(refused.value, NeedsMappingError)


def test_known_layouts_are_still_read_as_themselves(export: Path, store: Store, tmp_path: Path) -> None:
    report = take_in(store, export)
    assert report.profile == "hotelml"
    with export.open(encoding="utf-8", newline="") as file:
        assert report.accepted == len(list(csv.reader(file))) - 1


def test_columns_that_got_other_names_are_read_by_these(export: Path, store: Store, tmp_path: Path) -> None:
    renamed = {"room_type": "Room Type", "adr": "Daily Rate"}
    rows = ENGLISH.write(export, tmp_path / "before.csv")
    take_in(store, tmp_path / "before.csv")
    changed = Layout(**{**ENGLISH.__dict__, "headers": {**ENGLISH.headers, **renamed}})
    changed.write(export, tmp_path / "after.csv")
    report = take_in(store, tmp_path / "after.csv")
    assert (report.created, report.unchanged) == (0, len(rows))
    kinds = {finding.kind: finding for finding in report.findings}
    assert FindingKind.LOST_COLUMNS not in kinds
    assert "'Room Type' for" in kinds[FindingKind.RENAMED_COLUMNS].sentence
    assert "'Daily Rate' for" in kinds[FindingKind.RENAMED_COLUMNS].sentence

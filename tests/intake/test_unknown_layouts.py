"""Exports nobody described: read by their words and values where nothing is in doubt, otherwise after one answer."""

from __future__ import annotations

import csv
import os
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from other_layouts import ENGLISH, GERMAN, LANGUAGES, Layout

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.errors import UnknownLayoutError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.errors import MapDoesNotFitError, MapError, NeedsMappingError
from hotelml_app.intake.mapping.map_file import checked_map, read_map
from hotelml_app.intake.mapping.remembered import remember, remembered
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.trial import propose_file, try_file
from hotelml_app.simulator import export_bookings, simulate
from hotelml_app.simulator.exports import STATUS_WORDS
from hotelml_app.store import Store, bookings, properties

STATUS_OF = {word: int(status) for status, word in STATUS_WORDS.items()}
HOUSE = "Harbour House"
MORNING = datetime(2024, 11, 16, 6, tzinfo=UTC)

HOPELESS = "Feld A;Feld B;Feld C;Feld D;Feld E;Feld F\n" + "".join(
    f"A{number};{date(2024, 3, 1) + timedelta(number):%d.%m.%Y};{date(2024, 6, 1) + timedelta(number):%d.%m.%Y};"
    f"{date(2024, 6, 3) + timedelta(number):%d.%m.%Y};{'weg' if number % 4 == 0 else 'fix'};Zacharias Quastenflosser\n"
    for number in range(1, 31)
)
ANSWER = """
name = "Hof"
[columns]
reservation_id = "Feld A"
booked_on = "Feld B"
arrival = "Feld C"
departure = "Feld D"
status = "Feld E"
[statuses]
fix = "reserved"
weg = "cancelled"
"""


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


def states(store: Store) -> dict[str, dict[str, object]]:
    with store.read() as connection:
        owner = properties.by_name(connection, HOUSE)
        rows = [row for chunk in bookings.iterate_states(connection, owner.id) for row in chunk]
    known = [dict(zip(bookings.STATE_ROW_COLUMNS, row, strict=True)) for row in rows]
    return {str(state["reservation_id"]): state for state in known}


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
    known = states(store)
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
    known = states(store)
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
    assert {number: told(state) for number, state in states(store).items()} == truth


def test_a_yes_or_no_about_cancelling_is_a_status(store: Store, tmp_path: Path) -> None:
    lines = ["Reservation ID,Check-in,Check-out,Is Cancelled,Room Type"]
    lines += [f"R{n},2024-{n % 12 + 1:02}-03,2024-{n % 12 + 1:02}-05,{'Yes' if n % 3 == 0 else 'No'},DBL" for n in range(60)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    known = states(store)
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
    assert all(state[column] for state in states(store).values())


def test_the_next_small_export_is_read_like_the_first(export: Path, store: Store, tmp_path: Path) -> None:
    rows = ENGLISH.write(export, tmp_path / "full.csv")
    first = take_in(store, tmp_path / "full.csv")
    lines = (tmp_path / "full.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "two.csv").write_text("\n".join([lines[0], *lines[5:7]]), encoding="utf-8")
    second = take_in(store, tmp_path / "two.csv")
    assert (second.profile, second.accepted) == (first.profile, 2)
    assert any("Read like the last export" in note for note in second.notes)
    known = states(store)
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


def test_a_proposal_shows_samples_but_never_a_guest(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HOPELESS, encoding="utf-8")
    proposed = propose_file(tmp_path / "a.csv")
    assert proposed.known is None
    proposal = proposed.proposal
    assert proposal is not None
    shown = str(proposal.as_dict())
    assert "Quastenflosser" not in shown
    assert "Xxxxxxxxx" in shown
    columns = {column.header: column for column in proposal.columns}
    assert (columns["Feld C"].role, columns["Feld D"].role, columns["Feld C"].masked) == ("arrival", "departure", False)


def test_a_hopeless_file_waits_in_the_folder_until_a_map_answers_for_it(
    store: Store, clock: FixedClock, bus: EventBus, events: list[Event], tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.csv").write_text(HOPELESS, encoding="utf-8")
    watcher = FolderWatcher(folder, store=store, clock=clock, bus=bus, property_name=HOUSE, polling=True, stable_after_s=5)
    settle(watcher, clock)
    assert [(file.name, file.question) for file in watcher.waiting()] == [
        ("a.csv", "Which column is the arrival? Perhaps 'Feld C'?")
    ]
    assert [event.title for event in events if isinstance(event, Warned)] == ["Waiting for you to say what the columns are"]
    assert not (folder / "failed").exists()

    (tmp_path / "map.toml").write_text(ANSWER, encoding="utf-8")
    with store.write() as connection:
        owner = properties.ensure(connection, HOUSE, MORNING)
        remember(connection, read_map(tmp_path / "map.toml"), [owner])
    watcher.rescan()
    settle(watcher, clock)
    assert watcher.waiting() == []
    assert (folder / "processed" / "a.csv").is_file()
    assert states(store)["A4"]["status"] == BookingStatus.CANCELLED


def settle(watcher: FolderWatcher, clock: FixedClock) -> None:
    for _ in range(4):
        watcher.step()
        clock.advance(timedelta(seconds=6))


def test_an_answered_map_is_remembered_for_the_property(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HOPELESS, encoding="utf-8")
    (tmp_path / "map.toml").write_text(ANSWER, encoding="utf-8")
    answer = read_map(tmp_path / "map.toml")
    trial = try_file(tmp_path / "a.csv", store=store, clock=store.clock, property_name=HOUSE, wanted=answer)
    assert (trial.rows_read, trial.accepted, trial.rejected, trial.profile) == (30, 30, 0, "own-hof")
    with store.read() as connection:
        assert not properties.all(connection)
    take_in(store, tmp_path / "a.csv", profile=answer)
    (tmp_path / "b.csv").write_text(HOPELESS.replace("A1;", "B1;"), encoding="utf-8")
    report = take_in(store, tmp_path / "b.csv")
    assert (report.profile, report.created, report.unchanged) == ("own-hof", 1, 29)
    with store.read() as connection:
        assert [one.name for one in remembered(connection, HOUSE)] == ["own-hof"]


def test_a_dry_run_counts_what_would_be_rejected_and_why(store: Store, tmp_path: Path) -> None:
    spoiled = HOPELESS.replace("02.06.2024", "31.02.2024", 1).replace("03.06.2024", "soon", 1)
    (tmp_path / "a.csv").write_text(spoiled, encoding="utf-8")
    trial = try_file(tmp_path / "a.csv", store=store, clock=store.clock, wanted=checked_map(_values(ANSWER)))
    assert (trial.accepted, trial.rejected) == (28, 2)
    assert {reason.rows for reason in trial.reasons} == {1}
    assert trial.bookings[0].status == "reserved"


def _values(text: str) -> dict[str, object]:
    import tomllib

    return tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[columns]\nankunft = "x"', "ankunft.*Did you mean arrival"),
        ('[columns]\narival = "x"', "arival.*Did you mean arrival"),
        ('arrival = "x"', "arrival.*below \\[columns\\]"),
        ('date = "day first"\n[columns]\narrival = "a"', "date.*Did you mean dates"),
        ('[columns]\ndeparture = "d"\nstatus = false', "no arrival"),
        ('[columns]\narrival = "a"\nstatus = false', "neither a departure nor the nights"),
        ('[columns]\narrival = "a"\nnights = "n"', "no status"),
        ('[columns]\narrival = "a"\ndeparture = "a"\nstatus = false', "cannot be both arrival and departure"),
        ('[columns]\narrival = 3\ndeparture = "b"', "arrival must be a text"),
        ('dates = "sideways"\n[columns]\narrival = "a"\nnights = "n"\nstatus = false', "sideways.*day first"),
        ('[columns]\narrival = "a"\nnights = "n"\nstatus = "s"\n[statuses]\nfix = "maybe so"', "maybe so.*reserved"),
        ("[columns\n", "no valid TOML"),
    ],
)
def test_a_map_that_makes_no_sense_is_refused_by_its_key(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    with pytest.raises(MapError) as refused:
        read_map(tmp_path / "map.toml")
    assert refused.value.exit_code == 2
    refused.match(f"(?s){words}")


def test_a_map_that_is_a_pipe_or_a_device_is_refused_at_once() -> None:
    with pytest.raises(MapError, match="pipe or a device"):
        read_map(Path(os.devnull))


def test_a_map_names_the_column_that_the_file_does_not_have(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HOPELESS, encoding="utf-8")
    answer = checked_map(_values(ANSWER.replace('"Feld C"', '"Feld CC"')))
    with pytest.raises(MapDoesNotFitError, match=r"no column 'Feld CC'.*Did you mean 'Feld C'"):
        take_in(store, tmp_path / "a.csv", profile=answer)


def test_known_layouts_are_still_read_as_themselves(export: Path, store: Store, tmp_path: Path) -> None:
    report = take_in(store, export)
    assert report.profile == "hotelml"
    with export.open(encoding="utf-8", newline="") as file:
        assert report.accepted == len(list(csv.reader(file))) - 1

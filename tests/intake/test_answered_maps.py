"""A layout that nobody can guess is read after one answer, which is checked, tried and remembered."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.errors import MapDoesNotFitError, MapError
from hotelml_app.intake.mapping.map_file import checked_map, read_map
from hotelml_app.intake.mapping.remembered import remember, remembered
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.trial import propose_file, try_file
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties

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


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


def take_in(store: Store, path: Path, **options: object) -> ImportReport:
    return import_file(path, store=store, settings_property=HOUSE, clock=store.clock, **options)


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
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.title == "Waiting for you to say what the columns are"
    assert warned.message.startswith(f"{HOUSE}: a.csv is waiting"), "the status tells of all hotels"
    assert warned.outside == f"a.csv of {HOUSE}: the Data page says what for."
    assert not (folder / "failed").exists()

    (tmp_path / "map.toml").write_text(ANSWER, encoding="utf-8")
    with store.write() as connection:
        owner = properties.ensure(connection, HOUSE, MORNING)
        remember(connection, read_map(tmp_path / "map.toml"), [owner])
    watcher.rescan()
    settle(watcher, clock)
    assert watcher.waiting() == []
    assert (folder / "processed" / "a.csv").is_file()
    assert newest(store)["A4"]["status"] == BookingStatus.CANCELLED


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

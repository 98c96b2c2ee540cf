"""The drop folder, seen through a watcher whose clock the test moves."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from dropped import QUIET, lying_in, newest, stored
from dropped import settle as settle_down

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, FileNoticed, FileProgressed, ImportFinished, Settled, Warned
from hotelml_app.intake.drop.folder_files import FolderFiles
from hotelml_app.intake.drop.folder_state import Watching
from hotelml_app.intake.drop.stability import StabilityTracker
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.errors import NoSuchFileError
from hotelml_app.intake.owners import keep_set_up
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.told import warnings


def statuses(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.status for row in reversed(imports.recent(connection))]


def test_a_complete_file_is_imported_and_put_away(folder: Path, store: Store, settle, write_export, events: list[Event]) -> None:
    write_export(folder / "a.csv", [{}, {}])
    settle()
    assert lying_in(folder) == ["processed/a.csv"]
    assert stored(store) == 2
    assert [event.status for event in events if isinstance(event, ImportFinished)] == ["done"]


def test_it_is_told_where_a_file_stands_and_how_much_of_it_is_read(
    folder: Path, settle, write_export, watcher, events: list[Event]
) -> None:
    def told() -> list[str]:
        stages = [event.stage.value for event in events if isinstance(event, FileNoticed) and event.path == str(folder / "a.csv")]
        events.clear()
        return stages

    whole = write_export(folder / "a.csv", [{}, {}]).read_bytes()
    settle()
    assert [event.fraction for event in events if isinstance(event, FileProgressed)][-1] == 1.0
    assert told() == ["waiting until it is complete", "being imported", "imported"]
    (folder / "a.csv").write_bytes(whole)
    settle()
    assert told() == ["waiting until it is complete", "duplicate"]
    (folder / "a.csv").write_bytes(b"no export\n")
    settle()
    assert told() == ["waiting until it is complete", "being imported", "failed"]
    (folder / "a.csv").write_bytes(whole)
    watcher.rescan()
    watcher.step()
    (folder / "a.csv").unlink()
    watcher.step()
    assert told() == ["waiting until it is complete", "gone"]


def test_a_file_that_names_no_property_is_no_duplicate_in_the_folder_of_another(
    folder: Path, store: Store, settle, clock: FixedClock, write_export, bus: EventBus
) -> None:
    keep_set_up(store, ["Harbour House", "The Annexe"])
    header = ("reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "rate_code")
    whole = write_export(folder / "a.csv", [{}, {}], header=header).read_bytes()
    settle()
    annexe = folder / "annexe"
    annexe.mkdir()
    watcher = FolderWatcher(annexe, store=store, clock=clock, bus=bus, property_name="The Annexe", polling=True)
    for _ in range(2):
        (annexe / "a.csv").write_bytes(whole)
        settle_down(watcher, clock)
    assert lying_in(folder) == ["annexe/duplicates/a.csv", "annexe/processed/a.csv", "processed/a.csv"]
    assert [len(newest(store, name)) for name in ("Harbour House", "The Annexe")] == [2, 2]


def test_a_growing_file_is_waited_for_until_its_end(folder: Path, store: Store, watcher, clock: FixedClock, write_export) -> None:
    whole = write_export(folder.parent / "whole.csv", [{} for _ in range(40)]).read_bytes()
    target = folder / "a.csv"
    for end in range(400, len(whole) + 400, 400):
        target.write_bytes(whole[:end])
        watcher.step()
        clock.advance(timedelta(seconds=4))
        watcher.step()
        assert [file.why for file in watcher.waiting()] == ["waiting until it is complete"]
    clock.advance(QUIET)
    watcher.step()
    assert stored(store) == 40


def test_an_event_alone_restarts_the_timer(folder: Path, store: Store, watcher, clock: FixedClock, write_export) -> None:
    """A copy that reserves its size first changes neither size nor time while it writes."""
    write_export(folder / "a.csv", [{}])
    watcher.step()
    for _ in range(5):
        clock.advance(timedelta(seconds=4))
        watcher._notice("a.csv")
        watcher.step()
    assert stored(store) == 0
    clock.advance(QUIET)
    watcher.step()
    assert stored(store) == 1


def test_the_same_content_again_goes_to_duplicates_and_changes_nothing(folder: Path, store: Store, settle, write_export) -> None:
    write_export(folder / "a.csv", [{}])
    settle()
    write_export(folder / "b.csv", [{}])
    settle()
    assert lying_in(folder) == ["duplicates/b.csv", "processed/a.csv"]
    assert statuses(store) == ["done", "duplicate"]
    assert stored(store) == 1


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(folder: Path, settle, write_export) -> None:
    for day in (1, 2, 3):
        write_export(folder / "a.csv", [{"adr": f"{day}.00"}])
        settle()
    packed = folder / "b.csv.gz"
    for day in (4, 5):
        packed.write_bytes(gzip.compress(write_export(folder.parent / "x.csv", [{"adr": f"{day}.00"}]).read_bytes()))
        settle()
    names = ["a (2).csv", "a (3).csv", "a.csv", "b (2).csv.gz", "b.csv.gz"]
    assert lying_in(folder) == [f"processed/{name}" for name in names]


@pytest.mark.parametrize("data", [b"", b"colour,taste\nred,sour\n", b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_used_lies_in_failed_beside_a_note(
    folder: Path, store: Store, settle, data: bytes, events: list[Event]
) -> None:
    (folder / "odd.csv").write_bytes(data)
    settle()
    assert lying_in(folder) == ["failed/odd.csv", "failed/odd.csv.reason.txt"]
    note = (folder / "failed" / "odd.csv.reason.txt").read_text(encoding="utf-8")
    assert "odd.csv was not imported" in note
    assert "What to do:" in note
    assert (folder / "failed" / "odd.csv").read_bytes() == data


def test_a_note_names_the_line_but_never_the_guest(folder: Path, settle, write_export) -> None:
    write_export(folder / "a.csv", [{"arrival": "Ada Muster"}, {"departure": "ada@example.org"}])
    settle()
    note = (folder / "failed" / "a.csv.reason.txt").read_text(encoding="utf-8")
    assert "line 2: the arrival date cannot be read" in note
    assert "Ada" not in note
    assert "ada@" not in note


def test_a_failed_file_can_be_tried_again(folder: Path, store: Store, watcher, settle, write_export) -> None:
    (folder / "a.csv").write_bytes(b"colour,taste\nred,sour\n")
    settle()
    write_export(folder / "failed" / "a.csv", [{}])
    watcher.retry_failed("a.csv")
    settle()
    assert lying_in(folder) == ["processed/a.csv"]
    assert stored(store) == 1
    with pytest.raises(NoSuchFileError):
        watcher.retry_failed("a.csv")


LITTER = (
    "~$a.xlsx|.~lock.a.csv#|a.csv.part|a.crdownload|a.tmp|Thumbs.db|desktop.ini|.DS_Store|._a.csv|.hidden|a.csv.filepart|"
    "a.csv.reason.txt|.a.csv.icloud"
)


@pytest.mark.parametrize("name", LITTER.split("|"))
def test_other_programs_litter_is_left_alone(folder: Path, store: Store, watcher, settle, name: str) -> None:
    (folder / name).write_bytes(b"x")
    (folder / "@eaDir").mkdir()
    settle()
    assert lying_in(folder) == [name]
    assert watcher.waiting() == []
    assert statuses(store) == []


def test_names_with_blanks_and_accents_are_files_like_any(folder: Path, store: Store, settle, write_export) -> None:
    write_export(folder / " Größe — Übersicht 総括 .csv", [{}])
    settle()
    assert lying_in(folder) == ["processed/ Größe — Übersicht 総括 .csv"]


def test_several_files_are_taken_in_the_order_of_their_business_dates(
    folder: Path, store: Store, settle, write_export, events: list[Event]
) -> None:
    for day in ("2025-06-01", "2025-05-30", "2025-05-31"):
        write_export(folder / f"bookings {day}.csv", [{"business_date": day, "adr": f"{day[-2:]}.00"}])
    settle()
    finished = [event.file_name for event in events if isinstance(event, ImportFinished)]
    assert finished == ["bookings 2025-05-30.csv", "bookings 2025-05-31.csv", "bookings 2025-06-01.csv"]


def test_a_file_that_is_taken_away_while_it_waits_is_forgotten(folder: Path, store: Store, watcher, clock, write_export) -> None:
    path = write_export(folder / "a.csv", [{}])
    watcher.step()
    path.unlink()
    clock.advance(QUIET)
    watcher.step()
    assert watcher.waiting() == []
    assert statuses(store) == []


def test_a_file_that_is_answered_while_others_are_put_in_order_stops_nothing(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, write_export
) -> None:
    write_export(folder / "a.csv", [{}])
    files = FolderFiles(folder, clock, 1.0, lambda name, stage: None)
    files.scan()
    clock.advance(QUIET)
    answers = []

    def answered_meanwhile(self: StabilityTracker, name: str) -> bool:
        answers.append(Thread(target=files.forget, args=(name,)))
        answers[0].start()
        answers[0].join(0.2)
        return True

    monkeypatch.setattr(StabilityTracker, "is_stable", answered_meanwhile)
    assert files.ready() == ["a.csv"]
    answers[0].join()
    assert not files


def test_a_rescan_finds_what_no_event_told_of(folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export) -> None:
    silent = FolderWatcher(folder, store=store, clock=clock, bus=bus)
    try:
        silent.step()
        silent._stop_observer()
        silent._observer = type("Deaf", (), {"alive": True, "stop": lambda self: None})()
        write_export(folder / "a.csv", [{}])
        silent.step()
        assert silent.waiting() == []
        clock.advance(timedelta(minutes=5))
        silent.step()
        assert [file.name for file in silent.waiting()] == ["a.csv"]
    finally:
        silent.stop()


def test_a_watcher_that_is_not_started_says_so(watcher: FolderWatcher) -> None:
    assert watcher.status().watching is Watching.STOPPED


def test_an_export_that_replaces_one_with_a_question_is_read_at_once(
    folder: Path, settle, watcher, clock: FixedClock, write_export
) -> None:
    header = "Reservation ID,Room,Check-in,Check-out,Booked,Status,Booking amount"
    (folder / "a.csv").write_text(f"{header}\n7,DBL,05/04/2026,06/04/2026,01/04/2026,OK,90\n", encoding="utf-8")
    settle()
    asked = [file.question for file in watcher.waiting()]
    write_export(folder / "a.csv", [{}])
    for _ in range(2):
        watcher.step()
        clock.advance(QUIET)
    assert "Is 05/04/2026" in asked[0]
    assert lying_in(folder) == ["processed/a.csv"]


@pytest.mark.parametrize("scans", [True, False])
def test_a_question_about_a_file_that_was_taken_away_is_over(
    folder: Path, settle, watcher, clock: FixedClock, write_export, events: list[Event], scans: bool
) -> None:
    header = "Reservation ID,Room,Check-in,Check-out,Booked,Status,Booking amount"
    asked = folder / "a.csv"
    asked.write_text(f"{header}\n7,DBL,05/04/2026,06/04/2026,01/04/2026,OK,90\n", encoding="utf-8")
    settle()
    assert [event.key for event in events if isinstance(event, Warned)] == [f"file:{asked}"]
    asked.unlink()
    if scans:
        clock.advance(timedelta(minutes=6))
    watcher.step()
    assert [event.key for event in events if isinstance(event, Settled)][-1] == f"file:{asked}"
    write_export(asked, [{}])
    for _ in range(3):
        watcher.step()
        clock.advance(QUIET)
    assert lying_in(folder) == ["processed/a.csv"]


def test_what_was_said_of_files_is_over_where_they_are_gone_at_the_start(
    folder: Path, watcher, store: Store, clock: FixedClock, write_export, events: list[Event]
) -> None:
    lies = write_export(folder / "lies.csv", [{}])
    others = [lies, folder / "sub" / "b.csv", folder.parent / "c.csv"]
    with store.write() as connection:
        for path in (folder / "gone.csv", *others):
            warnings.put(connection, f"file:{path}", "Waits", "Is 05/04 a day in April?", "", clock.now())
    watcher.step()
    settled = [event.key for event in events if isinstance(event, Settled) and event.key.startswith("file:")]
    assert settled == [f"file:{folder / 'gone.csv'}"]

"""Dropped files with odd names and times, under clocks that jump, and those at which the program itself ends."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dropped import QUIET, lying_in, settle, stored, watching

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop.clerk import MOST_DEATHS, Clerk, Fate
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties

NAMES = (
    " padded .csv",
    "Größe — Übersicht 総括 😀.csv",
    "-rf.csv",
    "'; DROP TABLE bookings; --.csv",
    "no suffix",
    "dots...csv",
    # Windows has no files of such names.
    *(() if sys.platform == "win32" else ("trailing blank.csv ", "line\nend.csv", "CON.csv")),
)


def failed_imports(store: Store) -> dict[str, str]:
    """Return what the Data page says of files that failed, by name."""
    with store.read() as connection:
        return {row.file_name: row.message for row in imports.recent(connection) if row.status == imports.FAILED}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_a_file_like_any_other(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, name
) -> None:
    write_export(folder / name, [{}])
    settle(watching(folder, store, clock, bus), clock)
    assert lying_in(folder) == [f"processed/{name}"]
    assert stored(store) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there every name is text")
def test_a_name_in_a_windows_code_page_becomes_text(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    for number, name in enumerate((b"caf\xe9.csv", b"odd-\xfc.csv")):
        source = write_export(folder.parent / "x.csv", [{"reservation_id": f"HH-{number}"}])
        if number:
            source.write_text("colour,taste\nred,sour\n", encoding="utf-8")
        source.rename(folder / os.fsdecode(name))
    settle(watching(folder, store, clock, bus), clock)
    assert lying_in(folder) == ["failed/odd-ü.csv", "failed/odd-ü.csv.reason.txt", "processed/café.csv"]
    with store.read() as connection:
        assert {row.file_name for row in imports.recent(connection)} == {"café.csv", "odd-ü.csv"}


def test_the_longest_name_there_is_finds_room_for_a_number_and_a_note(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    name = "ü" * 125 + "x.csv"
    assert len(name.encode()) == 255
    watcher = watching(folder, store, clock, bus)
    for day in (1, 2):
        write_export(folder / name, [{"adr": f"{day}.00"}])
        settle(watcher, clock)
    (folder / name).write_bytes(b"colour,taste\nred,sour\n")
    settle(watcher, clock)
    lying = lying_in(folder)
    assert [path.partition("/")[0] for path in lying] == ["failed", "failed", "processed", "processed"]
    assert all(len(path.partition("/")[2].encode()) <= 255 and ".csv" in path for path in lying)


def test_a_file_from_the_far_future_is_imported_like_any(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export
) -> None:
    write_export(folder / "a.csv", [{}])
    far = FixedClock(datetime(2025, 6, 2, tzinfo=UTC))
    watcher = watching(folder, store, far, bus)
    watcher.step()
    # No disk here keeps such a time; a share of another system may tell one.
    watcher._files._tracker._watched["a.csv"].look = type(watcher._files._tracker._watched["a.csv"].look)(10, 10**24)
    assert watcher._files._age_of("a.csv") == ("", 10**24, "a.csv")
    os.utime(folder / "a.csv", (2**33, 2**33))
    settle(watcher, far)
    assert stored(store) == 1


@pytest.mark.parametrize("jump", [timedelta(days=-4000), timedelta(days=35_000)])
def test_a_clock_that_jumps_while_a_file_waits_changes_nothing(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, jump: timedelta
) -> None:
    write_export(folder / "a.csv", [{}])
    watcher = watching(folder, store, clock, bus)
    watcher.step()
    clock.jump(clock.now() + jump)
    watcher.step()
    assert stored(store) == 0
    clock.advance(QUIET)
    watcher.step()
    assert stored(store) == 1
    with store.read() as connection:
        assert str(properties.all(connection)[0].business_date) == "2025-06-01"


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a process is ended by the system in the middle of reading, which needs a fork"
)
def test_a_file_that_ends_the_program_again_and_again_is_put_aside(
    tmp_path: Path, folder: Path, clock: FixedClock, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a library does that aborts: no exception, no goodbye."""
    path, home = write_export(folder / "a.csv", [{}]), tmp_path / "home" / "hotelml.db"
    for _ in range(MOST_DEATHS):
        child = os.fork()
        if not child:
            monkeypatch.setattr(
                "hotelml_app.intake.drop.clerk.import_file", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
            )
            with Store.open(home, clock) as store:
                watching(folder, store, clock, bus)._clerk.take_in(path, None)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
    with Store.open(home, clock) as store:
        assert Clerk(store, clock, bus, None).take_in(path, None).fate is Fate.FAILED
        assert "HotelML ended 5 times while it read a.csv" in (folder / "failed" / "a.csv.reason.txt").read_text(encoding="utf-8")
        assert "HotelML ended 5 times" in failed_imports(store)["a.csv"], "the Data page lists it as well"
        watcher = watching(folder, store, clock, bus)
        watcher.retry_failed("a.csv")
        settle(watcher, clock)
        assert lying_in(folder) == ["processed/a.csv"]


def test_a_reading_without_enough_memory_is_told_as_that(
    folder: Path, store: Store, clock: FixedClock, bus: EventBus, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("hotelml_app.intake.importing.read_file", too_much)
    write_export(folder / "a.csv", [{}])
    settle(watching(folder, store, clock, bus), clock)
    assert "not enough memory" in (folder / "failed" / "a.csv.reason.txt").read_text(encoding="utf-8")
    assert "not enough memory" in failed_imports(store)["a.csv"], "the Data page lists it as well"

"""Files that are written on, or replaced, while the drop folder is being read."""

from __future__ import annotations

from pathlib import Path

import pytest
from dropped import QUIET, lying_in, stored

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, ImportFinished
from hotelml_app.intake.drop import clerk
from hotelml_app.store import Store
from hotelml_app.store.exported import imports


def statuses(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.status for row in reversed(imports.recent(connection))]


def test_a_file_that_is_written_on_during_its_import_comes_again(
    folder: Path, store: Store, watcher, clock: FixedClock, bus: EventBus, write_export
) -> None:
    path = write_export(folder / "a.csv", [{}])

    def write_on(event: Event) -> None:
        if isinstance(event, ImportFinished) and path.exists() and event.accepted == 1:
            write_export(path, [{}, {}])

    with bus.listening(write_on):
        for _ in range(4):
            watcher.step()
            clock.advance(QUIET)
    assert lying_in(folder) == ["processed/a.csv"]
    assert stored(store) == 2


def test_a_file_that_is_written_on_while_it_is_read_is_not_refused_for_what_was_missing(
    folder: Path, store: Store, settle, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write_export(folder.parent / "whole.csv", [{}]).read_bytes()
    target = folder / "a.csv"
    target.write_bytes(b"res")
    read = clerk.import_file

    def while_it_grows(path: Path, **more: object):
        try:
            return read(path, **more)
        finally:
            target.write_bytes(whole)

    monkeypatch.setattr(clerk, "import_file", while_it_grows)
    settle()
    assert lying_in(folder) == ["a.csv"]
    monkeypatch.undo()
    settle()
    assert lying_in(folder) == ["processed/a.csv"]
    assert stored(store) == 1


def test_an_export_that_takes_the_place_of_a_duplicate_at_the_last_moment_is_read(
    folder: Path, store: Store, settle, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write_export(folder / "a.csv", [{}]).read_bytes()
    settle()
    (folder / "a.csv").write_bytes(old)
    digest_of = clerk.digest_of

    def then_the_next_comes(path: Path) -> str:
        digest = digest_of(path)
        write_export(path, [{}, {}])
        return digest

    monkeypatch.setattr(clerk, "digest_of", then_the_next_comes)
    settle()
    monkeypatch.undo()
    settle()
    assert lying_in(folder) == ["processed/a (2).csv", "processed/a.csv"]
    assert stored(store) == 2


def test_what_came_before_the_reading_began_is_no_duplicate_of_itself(
    folder: Path, store: Store, settle, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(folder / "a.csv", [{}])
    read = clerk.import_file

    def after_the_next_came(path: Path, **more: object):
        write_export(path, [{}, {}])
        return read(path, **more)

    monkeypatch.setattr(clerk, "import_file", after_the_next_came)
    settle()
    monkeypatch.undo()
    settle()
    assert lying_in(folder) == ["processed/a.csv"]
    assert statuses(store) == ["done"]


def test_a_file_that_is_written_anew_while_another_is_read_is_waited_for(
    folder: Path, store: Store, watcher, clock: FixedClock, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long import before it is time enough for the PMS to begin its next export under the same name."""
    write_export(folder / "a.csv", [{"reservation_id": "A"}])
    later = write_export(folder / "b.csv", [{"reservation_id": "old"}])
    real = clerk.import_file

    def slowly(path: Path, **options: object):
        if path.name == "a.csv":
            write_export(later, [{"reservation_id": "first half"}])
        return real(path, **options)

    monkeypatch.setattr(clerk, "import_file", slowly)
    watcher.step()
    clock.advance(QUIET)
    watcher.step()
    assert lying_in(folder) == ["b.csv", "processed/a.csv"]
    write_export(later, [{"reservation_id": "first half"}, {"reservation_id": "second half"}])
    watcher.step()
    clock.advance(QUIET)
    watcher.step()
    assert lying_in(folder) == ["processed/a.csv", "processed/b.csv"]
    assert stored(store) == 3

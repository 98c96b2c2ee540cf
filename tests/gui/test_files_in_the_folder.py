"""Whoever dropped a file into the folder sees on the rail that it was noticed, how far it is, and what came of it."""

from __future__ import annotations

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from qt_waiting import wait_for

from hotelml_app.core.events import FileNoticed, FileProgressed, FileStage, ImportFinished
from hotelml_app.gui.files_watch import FilesWatch

PATH = "/drop/bookings.csv"


def finished(accepted: int, rejected: int = 0, status: str = "done") -> ImportFinished:
    return ImportFinished(1, "bookings.csv", status, (fake_views.CITY,), accepted, rejected)


@pytest.fixture
def files(qt: object) -> FilesWatch:
    return FilesWatch()


def hear(files: FilesWatch, *events: object) -> tuple[str, str]:
    for event in events:
        files.hear(event)
    return files.words, files.work[0] if files.work else ""


def test_a_file_is_followed_from_when_it_was_noticed_to_what_came_of_it(files: FilesWatch) -> None:
    assert hear(files) == ("", "")
    told = hear(files, FileNoticed(PATH, FileStage.WAITING))
    assert told == ("bookings.csv came in: waiting until it is complete", "")
    assert hear(files, FileNoticed(PATH, FileStage.READING)) == ("", "Reading bookings.csv 0 %")
    assert hear(files, FileProgressed(PATH, 0.4), FileProgressed("/other/bookings.csv", 0.9))[1] == "Reading bookings.csv 40 %"
    told = hear(files, finished(1200, 3), FileNoticed(PATH, FileStage.IMPORTED))
    assert told == ("bookings.csv: 1,200 rows imported, 3 rows could not be used", "")


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (FileStage.DUPLICATE, "bookings.csv: was imported before; nothing changed"),
        (FileStage.FAILED, "bookings.csv: could not be read; the Data page says why"),
        (FileStage.ASKING, "bookings.csv: waits for your answer, on the Data page"),
        (FileStage.LATER, "bookings.csv: has to wait; the Data page says why"),
        (FileStage.GONE, ""),
        (FileStage.CHANGED, ""),
    ],
)
def test_what_else_may_become_of_a_file(files: FilesWatch, stage: FileStage, words: str) -> None:
    reading = [FileNoticed(PATH, FileStage.WAITING), FileNoticed(PATH, FileStage.READING)]
    assert hear(files, *reading, FileNoticed(PATH, stage)) == (words, "")


def test_a_file_that_was_taken_away_again_is_not_waited_for(files: FilesWatch) -> None:
    assert hear(files, FileNoticed(PATH, FileStage.WAITING), FileNoticed(PATH, FileStage.GONE)) == ("", "")


def test_several_files_are_counted_and_a_long_name_fits_the_rail(files: FilesWatch) -> None:
    hear(files, FileNoticed("/drop/Reservierungsliste_vollstaendig_2026-11-29.csv", FileStage.WAITING))
    assert files.words.startswith("Reservierun…26-11-29.csv came in")
    assert hear(files, FileNoticed(PATH, FileStage.WAITING))[0] == "2 files came in: waiting until they are complete"


def test_what_came_of_a_file_is_not_told_for_ever(files: FilesWatch) -> None:
    hear(files, FileNoticed(PATH, FileStage.DUPLICATE))
    assert files._forget.isActive()
    files._forget.timeout.emit()
    assert files.words == ""


def test_the_rail_shows_the_file_and_a_narrow_one_its_bar(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel)
    rail = opened.window.rail
    hotel.events.publish(FileNoticed(PATH, FileStage.WAITING))
    wait_for(lambda: rail._files.isVisible() and rail._files.text().startswith("bookings.csv came in"))
    hotel.events.publish(FileNoticed(PATH, FileStage.READING))
    hotel.events.publish(FileProgressed(PATH, 0.5))
    wait_for(lambda: rail._work_words.text() == "Reading bookings.csv 50 %")
    assert rail._work.value() == 500
    assert not rail._files.isVisible()
    hotel.events.publish(finished(12))
    hotel.events.publish(FileNoticed(PATH, FileStage.IMPORTED))
    wait_for(lambda: rail._files.text() == "bookings.csv: 12 rows imported" and not rail._working.isVisible())
    rail.set_narrow(True)
    assert not rail._files.isVisible()
    rail.set_narrow(False)
    assert rail._files.isVisible()

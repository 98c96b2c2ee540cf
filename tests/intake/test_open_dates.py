"""Dates that may be day first or month first: asked once, in words a person can answer, and never again for that layout."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import states

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.core.jobs import CancelToken, no_progress
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.errors import AmbiguousDatesError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import MapError, NeedsMappingError
from hotelml_app.intake.mapping.map_file import checked_map
from hotelml_app.intake.mapping.remembered import remembered
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.values.date_order import OpenDate
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties

INN = "The Inn"
EXPEDIA = "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount"
NOBODYS = "Confirmation Number,Client,Room Type,Check-in,Check-out,Booked,Status,Total Amount"
DAY_FIRST = checked_map({"dates": "day first"})
MONTH_FIRST = checked_map({"dates": "month first"})


def write(path: Path, first: date, *, header: str = EXPEDIA, form: str = "%d/%m/%Y", number: int = 0) -> Path:
    """Write stays of one night from ``first`` on; within the first days of a month nothing tells day from month."""
    lines = [header]
    for n in range(12):
        begins = first + timedelta(n % 3)
        days = ",".join(f"{day:{form}}" for day in (begins, begins + timedelta(1), first - timedelta(1)))
        middle = f",Ada Muster,DBL,{days}" if header == EXPEDIA else f"Ada Muster,DBL,{days}"
        lines.append(f"{1000 + number + n},{middle},Confirmed,{100 + n}.00")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def take_in(store: Store, path: Path, answer: ColumnMap | None = None) -> ImportReport:
    return import_file(path, store=store, settings_property=INN, clock=store.clock, profile=answer)


def arrivals(store: Store) -> list[str]:
    return sorted({str(state["arrival"]) for state in states(store)})


@pytest.mark.parametrize(
    ("day", "month", "words"),
    [
        (3, 4, "the 3rd of April or the 4th of March"),
        (1, 2, "the 1st of February or the 2nd of January"),
        (11, 12, "11th of December"),
    ],
)
def test_the_question_names_both_days(day: int, month: int, words: str) -> None:
    text = f"{day:02}/{month:02}/2026"
    assert words in OpenDate(text, date(2026, month, day), date(2026, day, month)).question
    assert OpenDate(text, date(2026, month, day), date(2026, day, month)).question.startswith(f"Is {text} the ")


@pytest.mark.parametrize("header", [EXPEDIA, NOBODYS])
def test_one_line_answers_and_the_next_file_needs_no_question(header: str, store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", date(2026, 4, 5), header=header)
    with pytest.raises((AmbiguousDatesError, NeedsMappingError)) as asked:
        take_in(store, path)
    assert "Is 05/04/2026 the 5th of April or the 4th of May?" in str(asked.value)
    assert take_in(store, path, DAY_FIRST).accepted == 12
    assert arrivals(store) == ["2026-04-05", "2026-04-06", "2026-04-07"]
    assert take_in(store, write(tmp_path / "b.csv", date(2026, 5, 5), header=header, number=50)).accepted == 12
    assert arrivals(store)[-1] == "2026-05-07"


def test_the_other_answer_reads_the_other_days(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", date(2026, 4, 5)), MONTH_FIRST)
    assert arrivals(store) == ["2026-05-04", "2026-06-04", "2026-07-04"]


def test_an_answer_is_for_its_own_layout_and_property(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", date(2026, 4, 5)), DAY_FIRST)
    with pytest.raises(NeedsMappingError):
        take_in(store, write(tmp_path / "b.csv", date(2026, 4, 5), header=NOBODYS))
    with store.write() as connection:
        properties.ensure(connection, "Another Inn", store.clock.now())
    with pytest.raises(AmbiguousDatesError):
        import_file(tmp_path / "a.csv", store=store, settings_property="Another Inn", clock=store.clock)


def test_what_a_file_itself_tells_counts_more_than_the_answer(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", date(2026, 4, 5)), MONTH_FIRST)
    take_in(store, write(tmp_path / "b.csv", date(2026, 4, 20), number=50))
    assert "2026-04-22" in arrivals(store)


def test_a_long_export_teaches_how_to_read_the_short_ones_after_it(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "long.csv", date(2026, 4, 20)))
    assert take_in(store, write(tmp_path / "short.csv", date(2026, 5, 5), number=50)).accepted == 12
    assert arrivals(store)[-1] == "2026-05-07"


def test_what_was_learned_does_not_replace_what_was_answered(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", date(2026, 4, 5)), MONTH_FIRST)
    take_in(store, write(tmp_path / "b.csv", date(2026, 4, 20), number=50))
    with store.read() as connection:
        kept = [one for one in remembered(connection, INN) if one.layout == "expedia"]
    assert [(one.answered, one.date_order) for one in kept] == [(True, MONTH_FIRST.date_order)]


def test_an_answer_without_columns_says_dates_or_words_and_nothing_else() -> None:
    assert checked_map({"statuses": {"fix": "reserved"}}).completes_only
    with pytest.raises(MapError, match="rows makes no sense without"):
        checked_map({"dates": "day first", "rows": "nights"})
    with pytest.raises(MapError, match="no arrival"):
        checked_map({})


def test_words_of_a_status_are_answered_the_same_way(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", date(2026, 4, 20))
    path.write_text(path.read_text(encoding="utf-8").replace("Confirmed", "Krx"), encoding="utf-8")
    take_in(store, path, checked_map({"statuses": {"Krx": "cancelled"}}))
    again = write(tmp_path / "b.csv", date(2026, 4, 20), number=50)
    again.write_text(again.read_text(encoding="utf-8").replace("Confirmed", "krx"), encoding="utf-8")
    report = take_in(store, again)
    assert not any("Unknown status" in note for note in report.notes)


def test_a_file_with_open_dates_waits_in_the_folder_for_its_answer(
    store: Store, clock: FixedClock, bus: EventBus, events: list[Event], tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    write(folder / "a.csv", date(2026, 4, 5))
    write(folder / "b.csv", date(2026, 4, 6), number=50)
    watcher = FolderWatcher(folder, store=store, clock=clock, bus=bus, property_name=INN, polling=True, stable_after_s=5)
    for _ in range(4):
        watcher.step()
        clock.advance(timedelta(seconds=6))
    assert [one.question for one in watcher.waiting()] == [
        "Is 05/04/2026 the 5th of April or the 4th of May?",
        "Is 06/04/2026 the 6th of April or the 4th of June?",
    ]
    assert len([event for event in events if isinstance(event, Warned)]) == 2
    assert not (folder / "failed").exists()
    report = watcher.take_in_answered("a.csv", "", DAY_FIRST, no_progress, CancelToken())
    assert (report.accepted, (folder / "processed" / "a.csv").is_file()) == (12, True)
    watcher.rescan()
    watcher.step()
    assert watcher.waiting() == []
    assert (folder / "processed" / "b.csv").is_file(), "one answer lets all files of the layout in"

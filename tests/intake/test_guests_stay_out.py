"""No guest gets past the door: not into the database, its journal, a log, a note beside a file or a warning."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from packages import workbook
from searching import holding

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.importing import import_file
from hotelml_app.notify.notices import Notices
from hotelml_app.services.process.log_files import OWNER_LOG, LogFile
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.exported import imports

NAME, MAIL, PHONE, ACCOUNT, CARD = (
    *("Zaphodia Marked", "zaphodia@marked.example", "+49 170 5551234", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111"),
)
GUEST = ("Zaphodia", "zaphodia", "Marked", "5551234", "0532 0130", "4111 1111")


@pytest.fixture
def home(store: Store) -> Iterator[Path]:
    """The home with a log that is written and not closed, and a database whose journal is still there."""
    log = LogFile(store.path.parent / "logs", OWNER_LOG)
    yield store.path.parent
    log.close()


@pytest.fixture
def drop(folder: Path, home: Path, store: Store, clock: FixedClock, bus: EventBus) -> Callable[[], list[str]]:
    """Let the watcher take in what was dropped, warnings kept, and return what lies in the folder."""
    Notices(store, clock, bus, NotificationSettings)
    watcher = FolderWatcher(folder, store=store, clock=clock, bus=bus, property_name="Harbour House", polling=True)

    def settle() -> list[str]:
        watcher.rescan()
        watcher.step()
        clock.advance(timedelta(seconds=6))
        watcher.step()
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    return settle


def notes(folder: Path) -> list[str]:
    return [text for path in folder.rglob("*.reason.txt") if (text := path.read_text(encoding="utf-8"))]


def leaks(home: Path, folder: Path) -> list[str]:
    """Where a guest is found in the home; in the drop folder only the files people put there may name one."""
    said = [text for text in notes(folder) if any(word in text for word in GUEST)]
    return [*holding(GUEST, home), *said]


def in_format(path: Path, ending: str) -> Path:
    """Write a CSV anew in another format and return it."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    target = path.with_name(path.stem + ending)
    if ending == ".json":
        target.write_text(json.dumps([dict(zip(header, row, strict=True)) for row in rows]), encoding="utf-8")
    elif ending == ".xml":
        names = [name.replace(" ", "_") for name in header]
        cells = ("".join(f"<{name}>{escape(cell)}</{name}>" for name, cell in zip(names, row, strict=True)) for row in rows)
        target.write_text(f"<list>{''.join(f'<row>{one}</row>' for one in cells)}</list>", encoding="utf-8")
    elif ending == ".xlsx":
        target.write_bytes(workbook({"Bookings": [header, *[[escape(cell) for cell in row] for row in rows]]}))
    elif ending == ".zip":
        with zipfile.ZipFile(target, "w") as package:
            package.write(path, "export.csv")
    elif ending == ".csv.gz":
        target.write_bytes(gzip.compress(path.read_bytes()))
    return target


ENDINGS = (".csv", ".json", ".xml", ".xlsx", ".zip", ".csv.gz")


def with_column(path: Path, name: str, texts: Sequence[str]) -> Path:
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[*header, name], *([*row, text] for row, text in zip(rows, texts, strict=True))])
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_card_numbers_among_remarks_are_counted_and_never_stored(
    home: Path, store: Store, clock: FixedClock, write_export, tmp_path: Path, ending: str
) -> None:
    texts = (f"pay with {CARD} please", "5500005555555559, or 4111111111111111", "late arrival", "4111 1111 1111 1112")
    path = with_column(write_export(tmp_path / "a.csv", [{}] * 4), "Guest comments", texts)
    report = import_file(in_format(path, ending), store=store, clock=clock)
    assert report.accepted == 4
    assert any(note.startswith("3 card numbers stand in columns of remarks") for note in report.notes)
    assert holding(("4111", "550000555555"), home) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_guest_in_cells_that_are_kept_is_taken_out(
    home: Path, folder: Path, drop, write_export, tmp_path: Path, ending: str
) -> None:
    """Codes and numbers of bookings are kept as they are, but not what staff typed into them."""
    rows = [
        {"rate_code": f"BAR {MAIL}", "room_type": f"DBL call {PHONE}", "reservation_id": NAME},
        {"rate_code": f"BAR {CARD}", "reservation_id": MAIL},
        {"rate_code": f"pays {ACCOUNT}", "reservation_id": PHONE},
    ]
    path = in_format(write_export(tmp_path / "a.csv", rows), ending)
    path.rename(folder / path.name)
    assert drop() == [f"processed/{path.name}"]
    assert leaks(home, folder) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_guest_whose_cells_slipped_is_not_repeated(home: Path, folder: Path, drop, write_export, tmp_path, ending: str) -> None:
    bad = ("arrival", "departure", "booked_on", "status_date", "adr", "total", "adults", "status")
    rows = [{}, *({role: text} for role in bad for text in (NAME, MAIL, PHONE, ACCOUNT, CARD))]
    path = in_format(write_export(tmp_path / "a.csv", rows), ending)
    path.rename(folder / path.name)
    assert drop() == [f"processed/{path.name}"]
    assert leaks(home, folder) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_nothing_but_bad_rows_fails_without_naming_a_guest(
    home: Path, folder: Path, drop, write_export, tmp_path: Path, store: Store, ending: str
) -> None:
    path = in_format(write_export(tmp_path / "a.csv", [{"arrival": text} for text in (NAME, MAIL, PHONE, CARD)]), ending)
    path.rename(folder / path.name)
    assert drop() == [f"failed/{path.name}", f"failed/{path.name}.reason.txt"]
    assert leaks(home, folder) == []
    with store.read() as connection:
        assert len(imports.rejected(connection)) == 4


HEADERLESS = (
    f"{NAME},Berlin,Germany\nAda Muster,Kiel,Germany\n",
    f"{NAME};{MAIL}\nAda Muster;ada@example.org\n",
    f"{NAME}\t{PHONE}\t2025-06-10\t2025-06-12\nAda Muster\t0170\t2025-06-11\t2025-06-12\n" * 20,
    "Marked,Zaphodia,Double,BAR\nMuster,Ada,Double,BAR\n" * 20,
    "Guest list of Marked\n\nMarked,Zaphodia,Kiel\n",
)


@pytest.mark.parametrize("text", HEADERLESS)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_guest_list_without_column_names_is_not_repeated(home: Path, folder: Path, drop, text: str, ending: str) -> None:
    if ending == ".csv":
        (folder / "guests.csv").write_text(text, encoding="utf-8")
    else:
        delimiter = next(mark for mark in "\t;," if mark in text)
        rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
        (folder / "guests.xlsx").write_bytes(workbook({"List": rows}))
    drop()
    assert leaks(home, folder) == []


def test_a_question_about_an_unknown_layout_names_columns_and_no_guest(
    home: Path, folder: Path, drop, store: Store, tmp_path: Path
) -> None:
    header = "Ref,Wer,Mail,Tel,Von wann,Bis wann,Zustand,Kosten,Karte"
    rows = "".join(
        f"R{n},{NAME},{MAIL},{PHONE},2025-06-{n:02d},2025-06-{n + 2:02d},{NAME},1{n}.00,{CARD}\n" for n in range(1, 20)
    )
    (folder / "odd.csv").write_text(f"{header}\n{rows}", encoding="utf-8")
    drop()
    assert leaks(home, folder) == []


CELL_IN_ERROR = [
    "hotelml_app.intake.readers.tables.table.TableBuilder.add_rows",
    "hotelml_app.intake.reading.read_typed",
    "hotelml_app.intake.reading.read_bookings",
    "hotelml_app.intake.storing.records",
    "hotelml_app.intake.importing.examine",
]


@pytest.mark.parametrize("place", CELL_IN_ERROR)
@pytest.mark.parametrize("chained", [False, True])
def test_an_error_that_repeats_a_cell_is_told_without_it(
    home: Path, folder: Path, drop, write_export, monkeypatch: pytest.MonkeyPatch, place: str, chained: bool
) -> None:
    def stumble(*_: object, **__: object) -> None:
        try:
            float(NAME)
        except ValueError as error:
            error.add_note(f"the cell was {MAIL}")
            if not chained:
                raise
            raise KeyError(f"{NAME} {PHONE}") from error

    monkeypatch.setattr(place, stumble)
    (write_export(folder.parent / "a.csv", [{"guest_name": f'"{NAME}"'}])).rename(folder / "a.csv")
    assert drop() == ["failed/a.csv", "failed/a.csv.reason.txt"]
    assert "caused an error in HotelML" in notes(folder)[0]
    assert leaks(home, folder) == []
    told = (home / "logs" / OWNER_LOG).read_text(encoding="utf-8")
    assert "ValueError" in told
    assert "in stumble" in told
    assert ("KeyError" in told) is chained


def test_an_error_of_a_listener_or_a_thread_is_told_without_the_cell(
    home: Path, folder: Path, drop, write_export, bus: EventBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from hotelml_app.intake.values.numbers import read_amount

    monkeypatch.setattr("hotelml_app.intake.values.numbers._amount", lambda text, mark: float(text))
    former, heard = threading.excepthook, []
    monkeypatch.setattr(threading, "excepthook", heard.append)
    with_hook = LogFile(home / "logs", "thread.log")
    thread = threading.Thread(target=read_amount, args=(NAME,))
    thread.start()
    thread.join()
    with_hook.close()
    assert [one.exc_type for one in heard] == [ValueError]
    assert threading.excepthook is not former
    assert "a thread ended in an error" in (home / "logs" / "thread.log").read_text(encoding="utf-8")
    assert leaks(home, folder) == []


def test_the_command_line_tells_no_cell_of_an_error_it_did_not_expect(
    tmp_path: Path, write_export, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from hotelml_app.bootstrap import run

    def stumble(*_: object, **__: object) -> None:
        float(NAME)

    monkeypatch.setattr("hotelml_app.intake.reading.read_typed", stumble)
    path, home = write_export(tmp_path / "a.csv", [{}]), tmp_path / "other home"
    for as_json in ((), ("--json",)):
        assert run(["import", str(path), "--home", str(home), *as_json]) == 1
    said = capfd.readouterr()
    assert "ValueError" in said.out + said.err
    assert not any(word in said.out + said.err for word in GUEST)
    assert holding(GUEST, home) == []


def test_a_title_beside_a_list_in_json_is_a_table_only_for_rows(home: Path, folder: Path, drop) -> None:
    guests = [{"name": NAME, "stays": [{"arrival": "2025-06-10", "departure": "2025-06-12"}]} for _ in range(5)]
    (folder / "guests.json").write_text(json.dumps({"guests": guests}), encoding="utf-8")
    drop()
    assert leaks(home, folder) == []


def test_a_dry_run_and_a_proposal_name_no_guest(
    home: Path, store: Store, clock: FixedClock, tmp_path: Path, write_export
) -> None:
    from hotelml_app.intake.trial import propose_file, try_file

    rows = [{"guest_name": NAME, "guest_email": MAIL, "arrival": NAME if n == 3 else "2025-06-10"} for n in range(8)]
    path = write_export(tmp_path / "a.csv", rows)
    told = repr(try_file(path, store=store, clock=clock)) + repr(propose_file(path))
    assert not any(word in told for word in GUEST)


def test_a_damaged_file_of_any_kind_is_told_without_its_content(
    home: Path, folder: Path, drop, write_export, tmp_path: Path
) -> None:
    rows = [{"guest_name": NAME, "guest_email": MAIL, "rate_code": PHONE}] * 30
    for ending in ENDINGS[1:]:
        whole = in_format(write_export(tmp_path / "a.csv", rows), ending).read_bytes()
        for number, data in enumerate((whole[: len(whole) // 2], whole[:-3], whole.replace(b"2025", b"20\x0025", 1), whole[40:])):
            (folder / f"{number}{ending}").write_bytes(data)
    drop()
    assert leaks(home, folder) == []


def test_errors_of_reading_never_hold_a_cell(tmp_path: Path, store: Store, clock: FixedClock, write_export) -> None:
    for header in (("arrival", "departure"), (NAME, "arrival"), (NAME, MAIL, PHONE)):
        path = write_export(tmp_path / "a.csv", [{}], header=header)
        with pytest.raises(HotelMLError) as told:
            import_file(path, store=store, clock=clock)
        assert not any(word in str(told.value) for word in GUEST)

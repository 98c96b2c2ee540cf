"""What is read piece by piece is read like what is read at once, and takes little memory."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from big_exports import KINDS
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.errors import Cancelled
from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers.content import load
from hotelml_app.intake.readers.nested import json_walk
from hotelml_app.intake.readers.nested.frame import Frame
from hotelml_app.intake.readers.nested.json_records import read_json
from hotelml_app.intake.readers.nested.records import RecordsSheet
from hotelml_app.intake.readers.tables.spool import Spool
from hotelml_app.intake.reading import Layouts, read_file

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
)
keys = st.sampled_from(["Data", "a", "b", "reviews", "é"])
small_rows = st.lists(scalars, max_size=4)
small_records = st.dictionaries(keys, scalars | st.dictionaries(keys, scalars, max_size=2), max_size=3)
lists = st.lists(small_rows, max_size=12) | st.lists(small_records, max_size=12)
inner = lists | small_records | scalars
objects = st.builds(
    lambda title, members: {**({"Name": title} if title else {}), **members},
    st.sampled_from(["", "Reservations", "Parameters"]),
    st.dictionaries(keys, inner, max_size=4),
)
documents = objects | lists | st.lists(objects, max_size=4) | st.dictionaries(keys, st.lists(objects, max_size=3), max_size=3)


def tables(data: bytes) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for sheet in read_json("x.json", data, Frame()):
        head = sheet.head[0]
        table = sheet.read(head, range(len(head.cells)))
        rows = [[column.text(row) for column in table.columns.values()] for row in range(len(table))]
        found.setdefault(sheet.name, []).extend([list(head.cells), *rows])
    return found


@given(documents, st.sampled_from([None, 1, "\t"]))
def test_a_large_json_gives_the_tables_of_a_small_one(document: object, indent: int | str | None) -> None:
    data = json.dumps(document, indent=indent, ensure_ascii=False).encode("utf-8", "replace")
    at_once = tables(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_walk, "SMALL", 160)
        piece_by_piece = tables(data)
    assert piece_by_piece == at_once


@given(documents, st.randoms(use_true_random=False))
def test_a_large_json_that_is_broken_is_damaged_or_read_but_never_a_crash(document: object, random) -> None:
    data = bytearray(json.dumps([document, document]).encode())
    for _ in range(random.choice((1, 2, 5))):
        place = random.randrange(len(data))
        data[place : place + random.choice((0, 1))] = random.choice((b"", b"[", b"}", b'"', b"\\", b",", b"x"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_walk, "SMALL", 8)
        with contextlib.suppress(DamagedFileError):
            tables(bytes(data))


rows = st.lists(st.lists(st.text(max_size=6), min_size=1, max_size=4), max_size=12)


@given(rows, st.integers(0, 14), st.integers(0, 14))
def test_rows_come_back_as_they_were_kept(kept: list[list[str]], start: int, stop: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hotelml_app.intake.readers.tables.spool._CHUNK_ROWS", 3)
        spool = Spool()
        for line, row in enumerate(kept, start=1):
            spool.append(row, line)
        plain = [[cell.replace("\x1e", " ").replace("\x1f", " ") for cell in row] for row in kept]
        assert list(spool.rows(start, stop)) == list(zip(plain, range(1, 99), strict=False))[start:stop]


def test_records_name_only_what_they_have_and_what_lies_around_them_may_come_later() -> None:
    around: dict[str, str] = {"hotel": "Harbour House"}
    sheet = RecordsSheet("r")
    sheet.append({"a": "1", "b": "2"}, 7, (around,))
    sheet.append({"b": "3", "hotel": "Own"}, 9, (around,))
    around["city"] = "Kiel"
    assert [row.cells for row in sheet.head] == [
        ("a", "b", "hotel", "city"),
        ("1", "2", "Harbour House", "Kiel"),
        ("", "3", "Own", "Kiel"),
    ]
    table = sheet.read(sheet.head[0], [2, 1])
    assert [[column.text(row) for row in range(2)] for column in table.columns.values()] == [["Harbour House", "Own"], ["2", "3"]]
    assert table.lines.tolist() == [7, 9]


@pytest.mark.parametrize("kind", KINDS)
def test_the_reading_of_a_large_file_stops_when_it_is_asked_to(kind: str, tmp_path: Path) -> None:
    name, write = KINDS[kind]
    write(tmp_path / name, 1.5)
    asked = []

    def stop_at_the_third() -> None:
        asked.append(True)
        if len(asked) == 3:
            raise Cancelled("The window was closed.")

    with pytest.raises(Cancelled):
        read_file(tmp_path / name, load(tmp_path / name), Layouts(), date(2026, 1, 15), b"k" * 32, stop_at_the_third)


MEASURED = """
import sys
from datetime import date
from pathlib import Path
import psutil
from hotelml_app.intake.readers.content import load
from hotelml_app.intake.reading import Layouts, read_file

def peak():
    counted = getattr(psutil.Process().memory_info(), "peak_wset", 0)
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if not counted else ()
    return counted / 2**20 or next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

def rows_of(path):
    content = read_file(path, load(path), Layouts(), date(2026, 1, 15), b"k" * 32, lambda: None)
    assert content.taken == content.rows_read, (content.taken, content.rows_read)
    return content.rows_read

smaller, larger = map(Path, sys.argv[1:])
few, little = rows_of(smaller), peak()
print(rows_of(larger) - few, peak() - little)
"""

SMALLER, LARGER = 2, 5
"""Megabytes: both are read in pieces, so that what grows is what the content takes."""
MOST_TIMES = 1500 / 200
"""Further memory in times further content: with this a file of 200 MB stays below 1.5 GB."""


@pytest.mark.parametrize("kind", ["quoted csv", "xml", "json rows", "xlsx"])
def test_a_large_file_takes_a_few_times_its_size(kind: str, tmp_path: Path) -> None:
    name, write = KINDS[kind]
    for size, folder in ((SMALLER, "smaller"), (LARGER, "larger")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / name, size)
    command = [sys.executable, "-c", MEASURED, str(tmp_path / "smaller" / name), str(tmp_path / "larger" / name)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    more_rows, megabytes = map(float, done.stdout.split())
    assert more_rows > 1_000
    assert megabytes < MOST_TIMES * (LARGER - SMALLER)

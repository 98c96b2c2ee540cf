from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, imports

IMPORTER = """
import sys
from datetime import date, timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from hotel_rows import NOW, booking_row, new_import, new_property
from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings

first, pause_inside = int(sys.argv[3]), sys.argv[4] == "pause"
with Store.open(Path(sys.argv[1]), FixedClock(NOW)) as store:
    for number in range(first, first + 1000):
        with store.write() as connection:
            hotel = new_property(connection)
            rows = [booking_row(f"R{row}", room_type=str(number)) for row in range(200)]
            as_of = date(2017, 1, 1) + timedelta(days=number)
            bookings.apply(connection, hotel, new_import(connection, f"{number}.csv"), as_of, rows)
            if pause_inside:
                print("inside", flush=True)
                sys.stdin.read()
        print(number, flush=True)
"""


def importer(path: Path, first: int, manner: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", IMPORTER, str(path), str(Path(__file__).parent), str(first), manner]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def lines_until(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == wanted:
            return
    raise AssertionError(f"the importer ended before it said {wanted}")


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill -9 and return what it still had said."""
    process.kill()
    assert process.stdout is not None
    rest = [line.strip() for line in process.stdout.read().splitlines()]
    process.wait()
    return rest


def states(connection: sqlite3.Connection) -> int:
    return sum(map(len, bookings.iterate_states(connection, 1)))


def stored(path: Path, clock: FixedClock) -> tuple[int, int, int]:
    """Return (files, bookings, states) after a restart, having checked the file itself."""
    with Store.open(path, clock) as store:
        assert store.check() == []
        with store.read() as connection:
            return len(imports.recent(connection, 10_000)), bookings.count(connection, 1), states(connection)


def test_an_import_killed_in_its_middle_leaves_nothing_of_itself(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotelml.db"
    with importer(path, 0, "pause") as process:
        lines_until(process, "inside")
        kill(process)
    assert stored(path, clock) == (0, 0, 0)


def test_what_was_acknowledged_before_the_kill_is_there_once_and_whole(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotelml.db"
    acknowledged = -1
    for round_ends_at in (3, 11, 18):
        with importer(path, acknowledged + 1, "run") as process:
            lines_until(process, str(round_ends_at))
            rest = kill(process)
        acknowledged = int(rest[-1]) if rest else round_ends_at
        files, known, states = stored(path, clock)
        # The last import may have been committed without its word having come through.
        assert files - 1 in (acknowledged, acknowledged + 1)
        assert known == 200
        assert states == 200 * files
        acknowledged = files - 1


def test_a_reader_beside_a_writer_that_is_killed_goes_on(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotelml.db"
    with importer(path, 0, "run") as process:
        lines_until(process, "2")
        with Store.open(path, clock, writer=False) as reader:
            with reader.read() as connection:
                assert bookings.count(connection, 1) == 200
            kill(process)
            with reader.read() as connection:
                assert states(connection) % 200 == 0

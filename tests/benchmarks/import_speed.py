"""Import of 106,466 real bookings, checked, mapped and upserted, against the bare floor: polars and executemany."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from peers import Row
from shared_data import BOOKINGS

from hotelml_app.core.clock import SystemClock
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store

MOST_TIMES_THE_FLOOR = 3.0


def bare_floor(folder: Path) -> float:
    """Return the seconds that reading the file with polars and inserting its rows as they are takes."""
    import polars

    started = time.perf_counter()
    frame = polars.read_csv(BOOKINGS, infer_schema_length=0)
    connection = sqlite3.connect(folder / "floor.db")
    connection.execute(f"CREATE TABLE bookings ({', '.join(frame.columns)}, PRIMARY KEY (booking_id))")
    marks = ", ".join("?" * len(frame.columns))
    connection.executemany(f"INSERT INTO bookings VALUES ({marks})", frame.iter_rows())
    connection.commit()
    connection.close()
    return time.perf_counter() - started


def measure() -> list[Row]:
    floors, first, again = [], [], []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            floors.append(bare_floor(folder))
            with Store.open(folder / "hotelml.db", SystemClock()) as store:
                for times in (first, again):
                    started = time.perf_counter()
                    import_file(BOOKINGS, store=store, settings_property=None, clock=SystemClock())
                    times.append(time.perf_counter() - started)
    floor, goal = min(floors), f"at most {MOST_TIMES_THE_FLOOR:g} x"
    return [
        Row("import 106,466 bookings", min(first), floor, "s", "bare polars + executemany", goal, min(first) <= 3 * floor),
        Row(
            "import the same file again", min(again), min(first), "s", "the first import", "at most 1 x", min(again) <= min(first)
        ),
    ]

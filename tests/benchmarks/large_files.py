"""Files of 200 MB of each kind, imported into a new home: peak memory below 1.5 GB and two seconds for each MB at most.

HOTELML_LARGE_MB asks for another size; the goals follow it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from big_exports import KINDS
from peers import Row, in_child

MEGABYTES = float(os.environ.get("HOTELML_LARGE_MB", 200))
MOST_MB = max(400.0, 1500 / 200 * MEGABYTES)

MOST_SECONDS_PER_MB = 2.0

IMPORT = """
from pathlib import Path
from hotelml_app.core.clock import SystemClock
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store
with Store.open(Path(sys.argv[1]) / "hotelml.db", SystemClock()) as store:
    report = import_file(Path(sys.argv[2]), store=store, clock=store.clock, settings_property="Harbour House")
    assert report.accepted == report.rows_read > 0, report.message
"""


def measure() -> list[Row]:
    rows = []
    for kind, (name, write) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            write(path, MEGABYTES)
            seconds, megabytes = in_child(IMPORT, folder, str(path))
        most_seconds = MOST_SECONDS_PER_MB * MEGABYTES
        what = f"{MEGABYTES:g} MB of {kind}"
        goal = f"at most {MOST_MB:,.0f} MB"
        rows.append(Row(f"{what}: memory", megabytes, MEGABYTES, "MB", "the content", goal, megabytes <= MOST_MB))
        goal = f"at most {most_seconds:,.0f} s"
        rows.append(Row(f"{what}: time", seconds, MEGABYTES, "s", "MB", goal, seconds <= most_seconds))
    return rows

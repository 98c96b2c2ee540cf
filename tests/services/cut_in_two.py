"""What the PMS of the small hotel exports under a new name, by which HotelML knows one hotel as two."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from small_hotel import AS_OF, write_export

NEW = "Test Hotel GmbH"
NEXT_DAY = AS_OF + timedelta(days=1)


def renamed_export(folder: Path, rows: int = 8, name: str = NEW, **changed: str) -> Path:
    """The first rows of what the PMS exported the day after, under a new name."""
    with write_export(folder / "as it was", NEXT_DAY, changed_since=AS_OF).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        told = [{**row, "property": name, **changed} for row in reader][:rows]
        header = reader.fieldnames or ()
    path = folder / f"{name} {NEXT_DAY}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(told)
    return path

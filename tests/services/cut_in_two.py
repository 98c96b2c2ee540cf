"""What the PMS of the small hotel exports under a new name, by which HotelML knows one hotel as two."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from rewritten import Rows, rewritten
from small_hotel import AS_OF, write_export

NEW = "Test Hotel GmbH"
NEXT_DAY = AS_OF + timedelta(days=1)


def renamed_export(folder: Path, rows: int = 8, name: str = NEW, **changed: str) -> Path:
    """The first rows of what the PMS exported the day after, under a new name."""

    def rename(told: Rows) -> Rows:
        return [{**row, "property": name, **changed} for row in told[:rows]]

    export = write_export(folder / "as it was", NEXT_DAY, changed_since=AS_OF)
    return rewritten(export, rename, folder / f"{name} {NEXT_DAY}.csv")

"""The exports as they came, which lie on in the drop folder and hold what HotelML itself does not keep of guests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hotelml_app.core.clock import written_at
from hotelml_app.intake.drop.names import DUPLICATES, FAILED, PROCESSED
from hotelml_app.services.exports.data_views import ShelfView
from hotelml_app.services.parts import Parts


def shelves(parts: Parts, property_name: str) -> tuple[ShelfView, ...]:
    """Return what lies in ``processed``, ``duplicates`` and ``failed`` of a property's drop folder; empty ones are left out."""
    told = parts.settings.property(property_name)
    drop = parts.layout.drop_folder(told.drop_folder if told else "")
    found = (_shelf(drop / name) for name in (PROCESSED, DUPLICATES, FAILED))
    return tuple(one for one in found if one.files)


def _shelf(folder: Path) -> ShelfView:
    count, size = 0, 0
    oldest: date | None = None
    try:
        # A share that is away has nothing to show; the Data page says that it is.
        entries = [path.stat() for path in folder.iterdir() if path.is_file()]
    except OSError:
        entries = []
    for one in entries:
        day = written_at(one.st_mtime).astimezone().date()
        count, size, oldest = count + 1, size + one.st_size, min(oldest or day, day)
    return ShelfView(str(folder), count, size, oldest)

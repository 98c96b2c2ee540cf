"""A desk that exports every night what is on its books, and what an import says of the bookings that are gone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from pathlib import Path

from dropped import newest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.corrected import missing
from hotelml_app.store.hotels import properties

WriteExport = Callable[..., Path]
FIRST = date(2025, 6, 1)
ALL = range(40)


class Desk:
    """A desk that exports every night what is on its books."""

    number = "B{}"

    def __init__(self, store: Store, folder: Path, write_export: WriteExport) -> None:
        self.store, self._folder, self._write = store, folder, write_export

    def export(self, night: int, numbers: Collection[int], cancelled: Collection[int] = (), **values: str) -> ImportReport:
        day = FIRST + timedelta(night)
        rows = [
            {
                "reservation_id": self.number.format(n),
                "arrival": f"{FIRST + timedelta(10 + n):%Y-%m-%d}",
                "departure": f"{FIRST + timedelta(12 + n):%Y-%m-%d}",
                "status": "Cancelled" if n in cancelled else "Reserved",
                "business_date": f"{day:%Y-%m-%d}",
                **values,
            }
            for n in sorted({*numbers, *cancelled})
        ]
        path = self._write(self._folder / f"books {day}.csv", rows)
        return import_file(path, store=self.store, clock=self.store.clock)

    def cancelled(self) -> set[str]:
        return {number for number, row in newest(self.store).items() if row["status"] == BookingStatus.CANCELLED}

    def let(self, be_cancelled: bool) -> int:
        with self.store.write() as connection:
            (owner,) = properties.all(connection)
            return missing.let(connection, owner.id, be_cancelled=be_cancelled)


def without(*numbers: int) -> list[int]:
    return [n for n in ALL if n not in numbers]


def told(report: ImportReport) -> list[str]:
    return [one.sentence for one in report.findings if one.kind is FindingKind.GONE_BOOKINGS]

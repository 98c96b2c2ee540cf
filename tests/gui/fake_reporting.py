"""A report of the invented hotels: two sheets with tables and one that says why it has none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fake_views

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.files.written_files import write_csv_for_people
from hotelml_app.services.report.views import Column, Kind, Report, Sheet, Table

PATIENCE_S = 60.0


class FakeReporting:
    """The part of the invented appliance that makes reports and writes them. ``held`` lets none be finished while it is clear."""

    _numbers: Callable[..., Any]
    _answer: Callable[..., Any]

    def report_at_once(self) -> None:
        self.held = threading.Event()
        self.held.set()

    def report(
        self,
        property_name: str,
        day: date | None = None,
        days: int = 28,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> Report:
        progress(0.5, "Arrivals")
        while not self.held.wait(0.01):
            assert cancel is not None
            cancel.check()
        return self._numbers("report", lambda: report(property_name))

    def keep_report(self, target: Path, content: bytes) -> None:
        self._answer("keep_report", lambda: target.write_bytes(content))

    def keep_table(self, target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        return write_csv_for_people(target, header, rows)


def report(name: str, country: str = "PT", risky: int = 3, nights: int = 28) -> Report:
    first = fake_views.BUSINESS_DATE + timedelta(days=1)
    said = Table("In short", (Column("Page"), Column("It says", Kind.LONG)), (("Rates", "Worth about 1,234 EUR."),))
    columns = (Column("Night", Kind.DAY), Column("Pickup 7 days", Kind.CHANGE), Column("Occupancy", Kind.FILLED))
    rows = tuple((first + timedelta(days=i), i - 3, 0.5) for i in range(nights))
    house = Table("", columns, rows, ("In all", 4, 0.5))
    heads = ("Booking", "Segment", "Risk", "Why")
    arrival = (Column("Arrival", Kind.DAY), *(Column(head) for head in heads))
    late = first + timedelta(days=9)
    coming = [(first, f"B{i}", "Groups", "Raised", "booked late") for i in range(risky)]
    coming += [(first, "B-low", "Groups", "Low", ""), (late, "B-late", "Groups", "High", "")]
    sheets = (
        Sheet("Summary", f"{name}, 31 Aug 2016", (said,), origin=("From an export.",)),
        Sheet("Nights", "Next 28 nights: 1,234 room nights.", (house,), ("Read it so.",), ("From an export.",)),
        Sheet("Arrivals", "5 rooms to arrive.", (Table("", arrival, tuple(coming)),)),
        Sheet("Reviews", "No review was read yet."),
    )
    made_at = datetime(2016, 9, 1, 5, tzinfo=UTC)
    return Report(name, country, "EUR", fake_views.BUSINESS_DATE, nights, made_at, sheets)

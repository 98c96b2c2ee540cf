"""Exports whose bookings were changed as wanted, and what the doctor found in them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.report import ImportReport

MORNING = datetime(2025, 6, 2, 6, tzinfo=UTC)
FIRST = date(2025, 6, 1)
Bookings = list[dict[str, str]]
Change = Callable[[Bookings], Bookings]


def drop_columns(path: Path, names: Sequence[str]) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [name for name in rows[0] if name not in names]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def with_values(**values: str) -> Change:
    return lambda rows: [{**row, **values} for row in rows]


def found(report: ImportReport) -> dict[FindingKind, Finding]:
    return {finding.kind: finding for finding in report.findings}

"""Exports whose bookings were changed as wanted, and what the doctor found in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from rewritten import Rows, rewritten

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.report import ImportReport

MORNING = datetime(2025, 6, 2, 6, tzinfo=UTC)
FIRST = date(2025, 6, 1)
Change = Callable[[Rows], Rows]


def drop_columns(path: Path, names: Sequence[str]) -> None:
    rewritten(path, lambda rows: [{name: row[name] for name in row if name not in names} for row in rows], path)


def with_values(**values: str) -> Change:
    return lambda rows: [{**row, **values} for row in rows]


def found(report: ImportReport) -> dict[FindingKind, Finding]:
    return {finding.kind: finding for finding in report.findings}

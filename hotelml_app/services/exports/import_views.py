"""What is shown of an import that was just made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hotelml_app.core.errors import HotelMLError
from hotelml_app.intake.mapping.errors import ANSWERABLE
from hotelml_app.intake.report import ImportReport
from hotelml_app.services.exports.data_views import ImportView
from hotelml_app.services.exports.export_health import finding_views
from hotelml_app.services.parts import Parts
from hotelml_app.store.exported import imports

SUMMED = ("rows_read", "accepted", "created", "changed", "unchanged", "older", "rejected", "ignored")
"""What of several imports adds up."""


def report_view(parts: Parts, report: ImportReport) -> ImportView:
    """Return what is shown of a file that was read."""
    return ImportView(
        id=report.import_id,
        file_name=report.file_name,
        profile=report.profile,
        status=report.status,
        business_date=report.business_date,
        **{name: getattr(report, name) for name in SUMMED},
        message=report.message,
        finished_at=parts.clock.now(),
        notes=report.notes,
        findings=finding_views(report.findings),
    )


def failed_view(path: Path, profile: str, error: HotelMLError) -> ImportView:
    """Return what is shown of a file that could not be read, or that waits for an answer."""
    nothing: dict[str, Any] = dict.fromkeys(SUMMED, 0)
    return ImportView(
        id=0,
        file_name=path.name,
        profile=profile,
        status=imports.FAILED,
        business_date=None,
        **nothing,
        message=str(error),
        finished_at=None,
        question=error.question if isinstance(error, ANSWERABLE) else "",
    )

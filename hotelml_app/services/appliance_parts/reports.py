"""What `Appliance` answers about reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.appliance_parts.base import AppliancePart

if TYPE_CHECKING:
    from hotelml_app.services.report.views import Report


class Reports(AppliancePart):
    """Makes reports, and keeps them where staff want them."""

    def report(
        self,
        property_name: str,
        day: date | None = None,
        days: int = 28,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> Report:
        """Return the report of the coming ``days`` nights, as of the business date or of a ``day`` before it."""
        from hotelml_app.services.report.build import build

        return build(self._ground(property_name), day, days, progress, cancel)

    def keep_report(self, target: Path, content: bytes) -> None:
        """Write a report that is laid out to a file that staff chose, complete or not at all. Raises FileNotWrittenError."""
        from hotelml_app.services.report.keeping import keep

        keep(self.parts.layout, target, content, replace=True)

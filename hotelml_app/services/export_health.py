"""What was odd about the last exports of a property, layout by layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.intake.doctor.examine import last_findings
from hotelml_app.intake.doctor.findings import Finding
from hotelml_app.services.arguments import Arguments
from hotelml_app.services.choose_property import the_one
from hotelml_app.services.parts import Parts
from hotelml_app.services.plain import plain
from hotelml_app.services.views import FindingView

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance


def export_health(parts: Parts, property_name: str) -> dict[str, tuple[FindingView, ...]]:
    """Return, by layout, what was odd about its last export; a layout in order has nothing."""
    row = the_one(parts.store, property_name)
    with parts.store.read() as connection:
        found = last_findings(connection, row.id)
    return {layout: finding_views(findings) for layout, findings in found.items()}


def finding_views(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    """Return findings as they are shown."""
    return tuple(FindingView(one.kind.value, one.sentence, one.remedy, one.wants_person, one.details) for one in findings)


def answer(appliance: Appliance, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Tell what was odd about the last exports."""
    return {"layouts": plain(export_health(appliance.parts, arguments.text("property")))}

"""What was odd about the last exports of a property, layout by layout."""

from __future__ import annotations

from collections.abc import Iterable

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.intake import profiles
from hotelml_app.intake.doctor.examine import examined
from hotelml_app.intake.doctor.findings import Finding
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.exports.data_views import ExportCheckView, FindingView
from hotelml_app.services.parts import Parts
from hotelml_app.store import Store
from hotelml_app.store.hotels.properties import PropertyRow

OWN_LAYOUT = "a layout of this property's own"


def export_health(parts: Parts, property_name: str) -> dict[str, tuple[FindingView, ...]]:
    """Return, by layout, what was odd about its last export; a layout in order has nothing."""
    return {one.layout: one.findings for one in export_checks(parts.store, the_one(parts.store, property_name))}


def export_checks(store: Store, row: PropertyRow) -> tuple[ExportCheckView, ...]:
    """Return what was found in the last export of each layout of a property, the newest first."""
    with store.read() as connection:
        found = examined(connection, row.id)
    titles = {name: profile.title for name, profile in profiles.discover().items()}
    return tuple(
        ExportCheckView(
            row.name,
            one.layout,
            titles.get(one.layout, OWN_LAYOUT),
            one.last.business_date,
            one.last.received_at,
            one.last.rows,
            one.last.rejected,
            finding_views(one.findings),
        )
        for one in found
    )


def finding_views(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    """Return findings as they are shown."""
    return tuple(
        FindingView(one.kind.value, one.severity.value, one.sentence, one.was, one.now, one.remedy, one.wants_person, one.details)
        for one in findings
    )


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Tell what was odd about the last exports."""
    return {"layouts": json_ready(export_health(parts, arguments.text("property")))}

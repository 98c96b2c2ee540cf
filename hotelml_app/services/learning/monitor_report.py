"""``hotelml monitor report``: how far off the predictions were, period by period, beside the plain rule."""

from __future__ import annotations

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.monitor import records, reports
from hotelml_app.monitor.records import Record
from hotelml_app.monitor.reports import PeriodRecord
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.as_of import look_from, newest_day
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.learning.measure_words import how_good_lately, lately_judged, said_unit
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow

NOTHING_YET = "nothing is judged yet; that needs the export that comes after a predicted day"


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return a report per property, newest period first. Raises UnknownPeriodError."""
    manifest = manifest_of(arguments.needed("module"))
    period = arguments.text("period", "week")
    rows = chosen(parts.store, arguments.text("property"))
    found = [_report(parts, manifest, row, period) for row in rows]
    return {"module": manifest.name, "period": period, "reports": found}


def _report(parts: Parts, manifest: ModuleManifest, row: PropertyRow, period: str) -> dict[str, object]:
    until = look_from(row, newest_day(parts.store, row, manifest), None)
    periods = reports.report(parts.store, manifest, row.id, until, period)
    record = records.track_record(parts.store, manifest, row.id, until)
    said = _lately(manifest, record, row) if periods else NOTHING_YET
    sentence = f"{row.name}, {manifest.name}: {said}."
    return {"property": row.name, "until": until, "sentence": sentence, "periods": [_period(one, row) for one in periods]}


def _lately(manifest: ModuleManifest, record: Record, row: PropertyRow) -> str:
    if not record.nights:
        return "nothing was judged lately"
    nights, good = lately_judged(manifest, record), how_good_lately(manifest, record, row.currency)
    if good:
        return f"{nights} {good}"
    if record.value is None:
        # As while a hotel is closed: a share of nothing is no figure.
        return f"{nights} judged, on which nothing came that errors could be set against"
    return f"{nights} judged; how that compares with the plain rule cannot be told"


def _period(one: PeriodRecord, row: PropertyRow) -> dict[str, object]:
    return {
        "begins": one.begins,
        "ends": one.ends,
        "predictions": one.record.answers,
        "nights": one.record.nights,
        "measure": one.record.measure,
        "unit": said_unit(one.record.unit, row.currency),
        "value": one.record.value,
        "baseline_value": one.record.baseline_value,
        "mean_error": one.record.mean_error,
        "made_by": one.made_by,
    }

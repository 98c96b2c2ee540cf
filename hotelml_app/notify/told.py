"""Which events people outside this PC are told of, and in which words: never what a file holds, nor any reservation."""

from __future__ import annotations

from hotelml_app.core.events import DeploymentChanged, Event, ExportMissing, ImportFinished, JobChanged, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.core.severity import Severity
from hotelml_app.core.written_days import said_day
from hotelml_app.modules import title_of
from hotelml_app.store.told.outbox import Noticed

CHANNEL_KEY = "notify:"
"""How keys of warnings about a channel begin; the channel's name follows."""


def told_of(event: Event) -> Noticed | None:
    """Return what to tell of an event, or None."""
    match event:
        case Warned(key, title, message, remedy, severity, outside):
            return Noticed(key, severity, title, message if outside is None else outside, remedy if outside is None else "")
        case ImportFinished(import_id, _, "failed"):
            told = f"{event.named}: the Data page says why. Nothing of it was stored."
            return Noticed(f"import:{import_id}", Severity.FAILURE, "An export could not be read", told)
        case ImportFinished(_, _, "done", _, accepted, rejected):
            left = f", {rejected:,} could not be used" if rejected else ""
            rows = "1 row" if accepted == 1 else f"{accepted:,} rows"
            return Noticed("", Severity.NEWS, "An export was read", f"{event.named}: {rows}{left}.")
        case JobChanged(_, module, owner, JobStage.DONE) if module:
            return Noticed("", Severity.NEWS, "A training ended", f"{owner}: {title_of(module)} learned from the newest data.")
        case JobChanged(_, module, owner, JobStage.FAILED) if module:
            told = f"{owner}: {title_of(module)} did not learn; what answered before still does. The Models page says why."
            return Noticed(training_key(event), Severity.FAILURE, "A training failed", told)
        case DeploymentChanged(owner, module, version, _, True):
            # Without a version it may be the plain rule that answers, or a model brought along.
            answers = f"version {version} answers" if version else "HotelML answers without a model of this property's own"
            told = f"{owner}, {title_of(module)}: {answers} again."
            return Noticed("", Severity.WARNING, "A module went back to what it was before", told)
        case ExportMissing(owner, day, days_old):
            told = f"{owner}: the newest export is from the end of {said_day(day)}, {days_old} days ago."
            key = f"export missing:{owner}:{day.isoformat()}"
            return Noticed(key, Severity.FAILURE, event.title, told, "Export what is missing from the PMS, and drop it.")
    return None


def training_key(event: JobChanged) -> str:
    """Return the key under which a failed training is told once, until one goes well."""
    return f"training failed:{event.property_name}:{event.module}"

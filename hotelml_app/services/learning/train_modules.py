"""``hotelml train``: one or all modules of one or all properties, waited for to the end."""

from __future__ import annotations

from hotelml_app.core.jobs import CancelToken, JobStage, ProgressCallback
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.as_of import look_from, newest_day
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.errors import CannotLearnError
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.parts import Parts
from hotelml_app.settings.model import training_when_asked
from hotelml_app.settings.training_file import load_training_config
from hotelml_app.training.orchestrator import train_all


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Train and report. What is skipped is told with its reason and is no failure; what was stopped is one."""
    named, wanted = arguments.text("module"), arguments.day("as_of")
    names = [_trainable(manifest_of(named)).name] if named else [one.name for one in discover().values() if one.train]
    file = arguments.path("config")
    configs = load_training_config(file, discover()) if file else {}
    if named:
        configs.setdefault(named, training_when_asked(parts.settings, named))
    rows = chosen(parts.store, arguments.text("property"))
    for row in rows:
        newest = newest_day(parts.store, row, manifest_of(named)) if named else row.business_date
        look_from(row, newest, wanted)
    reports = train_all(
        parts.owned_trainer,
        names,
        [row.id for row in rows],
        config=configs,
        as_of=wanted,
        progress=progress,
        cancel=cancel,
    )
    unfinished = [one for one in reports if one.stage in (JobStage.FAILED, JobStage.ABANDONED, JobStage.CANCELLED)]
    told: dict[str, object] = {
        "reports": [{**report.as_dict(), "sentence": in_staff_words(report.sentence)} for report in reports]
    }
    if unfinished:
        told |= {"error": "TrainingFailed", "message": in_staff_words(unfinished[0].sentence), "remedy": unfinished[0].remedy}
    return told


def _trainable(manifest: ModuleManifest) -> ModuleManifest:
    if manifest.train is None:
        raise CannotLearnError(
            f"{manifest.title} answers by its plain rule ({in_staff_words(manifest.answers_by)}); it does not learn yet.",
            remedy=f"These learn: {', '.join(one.name for one in discover().values() if one.train)}.",
        )
    return manifest

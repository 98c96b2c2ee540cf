"""One training from the job to the version: process, gates, registry, report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hotelml_app.core.clock import Clock
from hotelml_app.core.jobs import JobStage, ProgressCallback
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.registry.folders import remove
from hotelml_app.registry.lineage import STATISTICAL_RULE, wished_for
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionRow
from hotelml_app.training.environment import JAX_CACHE, training_environment
from hotelml_app.training.gates import HeadToHead, Loss, Verdict, judge, taken_out_meanwhile
from hotelml_app.training.job import TrainingJob
from hotelml_app.training.process import TrainingProcess
from hotelml_app.training.report import Skip, TrainingReport, accuracy_of, measures_from, primary
from hotelml_app.training.specification import TrainingSpecification
from hotelml_app.training.supervision import ChildEnd, supervise

STAGING_PREFIX = "train-"
KEEP_LOGS = 30

Lost = Callable[[ModuleManifest, int], Loss | None]
"""Asked for a module of a property, tells what its live model lost since it was judged; None where it did not."""


def nothing_lost(manifest: ModuleManifest, property_id: int) -> Loss | None:
    """Return that a live model is as good as its card says: where nobody watches, nobody knows better."""
    return None


class TrainingRun:
    """Does one job at a time for each lane that asks; holds nothing of its own between jobs."""

    def __init__(
        self,
        registry: ModelRegistry,
        layout: HomeLayout,
        clock: Clock,
        command: Sequence[str],
        threads: Callable[[], int],
        lost: Lost = nothing_lost,
    ) -> None:
        self._registry = registry
        self._lost = lost
        self._layout = layout
        self._clock = clock
        self._command = tuple(command)
        self._threads = threads

    def do(self, job: TrainingJob, manifest: ModuleManifest, progress: ProgressCallback) -> TrainingReport:
        """Train, judge and register. Raises HotelMLError where the registry cannot take the model."""
        began_s = self._clock.monotonic()
        staging = self._layout.staging / f"{STAGING_PREFIX}{job.id}"
        staging.mkdir(parents=True, exist_ok=True)
        try:
            champion = self._registry.champion(job.property_id, job.module)
            specification = self._specification(job, manifest, staging, champion)
            end = supervise(lambda: self._start(job, specification), job.token, self._clock, job.config.time_limit_s, progress)
            report = self._report(job, end, self._clock.monotonic() - began_s)
            if end.report is None:
                return report
            return self._register(job, manifest, specification, end.report, champion, report)
        finally:
            remove(staging)

    def log_file(self, job_id: int) -> Path:
        """Return where a job's process writes what it has to say."""
        return self._layout.logs / f"training-{job_id}.log"

    def _specification(
        self, job: TrainingJob, manifest: ModuleManifest, staging: Path, champion: VersionRow | None
    ) -> TrainingSpecification:
        return TrainingSpecification(
            database=self._layout.database,
            folder=staging,
            property_id=job.property_id,
            manifest=manifest,
            config=job.config,
            as_of=job.as_of,
            champion=self._registry.folder(champion) if champion is not None else None,
            bundled=self._registry.bundled.folder(job.module),
            threads=self._threads(),
            card={
                "property": job.property_name,
                "created_at": self._clock.now().isoformat(),
                "asked_by": job.asked_by,
                "job": job.id,
            },
        )

    def _start(self, job: TrainingJob, specification: TrainingSpecification) -> TrainingProcess:
        self._layout.logs.mkdir(parents=True, exist_ok=True)
        _forget_old_logs(self._layout.logs)
        cache = self._layout.staging / JAX_CACHE
        environment = training_environment(cache, specification.threads)
        return TrainingProcess([*self._command, str(specification.write())], environment, self.log_file(job.id))

    def _report(self, job: TrainingJob, end: ChildEnd, duration_s: float) -> TrainingReport:
        failed = end.stage is JobStage.FAILED
        return TrainingReport(
            module=job.module,
            property_name=job.property_name,
            stage=end.stage,
            timestamp=self._clock.now(),
            duration_s=duration_s,
            reason=end.reason,
            job_id=job.id,
            points=end.points,
            as_of=end.as_of,
            skip=str(Skip.TOO_LITTLE_DATA) if end.stage is JobStage.SKIPPED else "",
            remedy=end.remedy,
            log_file=str(self.log_file(job.id)) if failed else "",
            log_tail=end.log_tail,
        )

    def _register(
        self,
        job: TrainingJob,
        manifest: ModuleManifest,
        specification: TrainingSpecification,
        result: Mapping[str, Any],
        champion: VersionRow | None,
        report: TrainingReport,
    ) -> TrainingReport:
        measures = measures_from(result["measures"])
        verdict, gave_way, why = self._verdict(job, manifest, result, champion)
        version = self._keep(job, specification.artifact, verdict)
        if gave_way:
            self._registry.promote(job.property_id, job.module, STATISTICAL_RULE, why)
        first = next(iter(primary(manifest, measures)), None)
        return replace(
            report,
            reason=verdict.reason,
            verdict=verdict.standing,
            gave_way=gave_way,
            version=version,
            accuracy=accuracy_of(manifest, measures),
            measures=measures,
            data_points=result["data_points"],
            points=result["points"],
            model_size_bytes=result["size_bytes"],
            baseline=(first.baseline if first is not None else "") or manifest.baseline,
            baseline_value=first.baseline_value if first is not None else None,
            kind=result["kind"],
            as_of=result["as_of"],
            peak_memory_bytes=result["peak_memory_bytes"],
            notes=tuple(result["notes"]),
        )

    def _verdict(
        self, job: TrainingJob, manifest: ModuleManifest, result: Mapping[str, Any], champion: VersionRow | None
    ) -> tuple[Verdict, str, str]:
        """Return how the new model stands, and the live one and why it gives way to the plain rule; "" where it does not.

        It does where it errs more than that rule, and what was learned anew does no better.
        """
        # Whoever promoted or went back while it trained wants it judged against what is live now; it did not meet that one.
        live = self._registry.champion(job.property_id, job.module)
        met = _name(live) == _name(champion)
        duel = HeadToHead(**result["duel"]) if met and result["duel"] is not None else None
        card = live.card if live is not None else None
        loss = self._lost(manifest, job.property_id) if live is not None else None
        wished = wished_for(self._registry.deployments(job.property_id, job.module))
        figures, as_of = measures_from(result["measures"]), result["as_of"]
        verdict = judge(manifest, figures, as_of, card, duel, result["bundled_ratio"], result["asked"], loss, met, wished)
        if champion is not None and live is None and self._is_sound(champion):
            verdict = taken_out_meanwhile(verdict, champion.version)
        if live is None or loss is None or not loss.behind_rule or verdict.standing != "rejected" or wished:
            return verdict, "", ""
        told = replace(verdict, reason=f"{verdict.reason} Nor is {live.version} live any more.")
        return told, live.version, f"{live.version} errs more than the plain rule by now: {loss.why}"

    def _is_sound(self, row: VersionRow) -> bool:
        """Tell whether a version that is live no more was taken out by staff, not for files of no use."""
        known = self._registry.versions(row.property_id, row.module)
        return any(one.version == row.version and one.state not in models.UNFIT for one in known)

    def _keep(self, job: TrainingJob, artifact: Path, verdict: Verdict) -> str:
        promoted = verdict.standing == "champion"
        state = models.VersionState.CANDIDATE if promoted else models.VersionState(verdict.standing)
        version = self._registry.add(job.property_id, job.module, artifact, state=state, verdict=verdict.reason)
        if promoted:
            self._registry.promote(job.property_id, job.module, version, verdict.reason)
        return version


def skipped(job: TrainingJob, why: Skip, reason: str, now: datetime) -> TrainingReport:
    """Return the report of a training that was not begun."""
    return TrainingReport(job.module, job.property_name, JobStage.SKIPPED, now, 0.0, reason, job_id=job.id, skip=str(why))


def _name(row: VersionRow | None) -> str:
    return row.version if row is not None else ""


def _forget_old_logs(folder: Path) -> None:
    """Keep the logs of the latest trainings."""
    numbered = {int(found[1]): path for path in folder.glob("training-*.log") if (found := re.search(r"-(\d+)$", path.stem))}
    for number in sorted(numbered, reverse=True)[KEEP_LOGS - 1 :]:
        remove(numbered[number])

"""What a training run tells when it is over: values for the screen, the command line and the jobs table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotelml_app.core.jobs import JobStage
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.onnx.trained import Measure


class Skip(StrEnum):
    """Why nothing was trained."""

    TOO_LITTLE_DATA = "too little data"
    CANNOT_TRAIN = "cannot train yet"
    DISABLED = "switched off"


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """How one training run of one module on one property went.

    ``accuracy`` lies in [0, 1], or is None where the module's measure has no such reading. ``data_points`` is what the
    final fit learned from, ``points`` what there was to learn from. ``version`` is "" where none came of it;
    ``verdict`` is champion, challenger or rejected, and ``reason`` says why, or why the run was skipped or failed.
    ``gave_way`` is the version that answers no longer though none took its place, since it errs more than the plain rule.
    """

    module: str
    property_name: str
    stage: JobStage
    timestamp: datetime
    duration_s: float
    reason: str
    job_id: int = 0
    accuracy: float | None = None
    measures: tuple[Measure, ...] = ()
    data_points: int = 0
    points: int | None = None
    model_size_bytes: int = 0
    baseline: str = ""
    baseline_value: float | None = None
    version: str = ""
    verdict: str = ""
    gave_way: str = ""
    kind: str = ""
    as_of: str = ""
    skip: str = ""
    remedy: str = ""
    peak_memory_bytes: int = 0
    log_file: str = ""
    log_tail: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The run in one sentence for staff."""
        name = f"{self.module} for {self.property_name}"
        if self.stage is not JobStage.DONE:
            return f"{name}: {self.stage}. {self.reason}"
        return f"{name}: version {self.version} in {self.duration_s:.0f} s from {self.data_points:,} examples. {self.reason}"

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready fields; figures that are no numbers become None."""
        fields = asdict(self) | {"stage": str(self.stage), "timestamp": self.timestamp.isoformat(), "sentence": self.sentence}
        ready = json_ready(fields)
        assert isinstance(ready, dict), "a mapping stays one"
        return ready

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> TrainingReport:
        """Return the report that ``as_dict`` wrote. Raises KeyError where the fields are of something else."""
        values = {name: value for name, value in fields.items() if name in cls.__dataclass_fields__}
        values["stage"] = JobStage(values["stage"])
        values["timestamp"] = datetime.fromisoformat(values["timestamp"])
        values["measures"] = measures_from(values.get("measures", ()))
        values["log_tail"] = tuple(values.get("log_tail", ()))
        values["notes"] = tuple(values.get("notes", ()))
        return cls(**values)


def measures_from(rows: object) -> tuple[Measure, ...]:
    """Return measures as they were written to a card or report; a value that was no number is NaN again."""
    if not isinstance(rows, list | tuple):
        return ()
    names = Measure.__dataclass_fields__
    plain = [{name: value for name, value in row.items() if name in names} for row in rows]
    return tuple(Measure(**{**row, "value": math.nan if row["value"] is None else row["value"]}) for row in plain)


def primary(manifest: ModuleManifest, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Return the measures a module is judged by: those of its primary name, in its own order."""
    wanted = manifest.primary_measure.casefold()
    return tuple(one for one in measures if one.name.casefold() == wanted and math.isfinite(one.value))


def accuracy_of(manifest: ModuleManifest, measures: tuple[Measure, ...]) -> float | None:
    """Read the first primary measure as a share that is right: 1 - WAPE, 1 - Brier, or a score as it is.

    None where it is an amount (rooms, money) that has no such reading.
    """
    first = next(iter(primary(manifest, measures)), None)
    if first is None or first.unit not in ("", "%"):
        return None
    share = first.value / 100 if first.unit == "%" else first.value
    return min(max(1 - share if first.lower_is_better else share, 0.0), 1.0)

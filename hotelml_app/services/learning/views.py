"""What is shown of what made a number, and of the models of a property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hotelml_app.core.jobs import JobView


@dataclass(frozen=True, slots=True)
class MadeByView:
    """What made a number: ``kind`` own | bundled | statistical, the version, what to say of it, and how good it was lately."""

    kind: str
    version: str
    sentence: str
    track_record: str = ""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One model version of a module."""

    version: str
    created_at: datetime
    state: str
    kind: str
    data_from: date | None
    data_until: date | None
    data_points: int
    size_bytes: int
    measure: float | None
    baseline_measure: float | None
    can_go_live: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeploymentView:
    """What was live for a module, from when until when, and why."""

    version: str
    live_from: datetime
    live_until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """How one way to answer did when the live model was judged; ``value`` is in the module's unit."""

    name: str
    value: float | None
    chosen: bool
    is_baseline: bool


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """The backtest of the live model: candidates and plain rules on the same days, best first; ``asked`` says on which."""

    bucket: str
    asked: str
    candidates: tuple[CandidateView, ...]


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One card of the Models page. ``recent_errors`` is the spark line, oldest first, in ``unit``.

    ``back_to`` is the version that going back leads to, "" none of the property's own, None where there is nothing to go back
    to. ``otherwise`` is what answers without a version of its own: "the model HotelML brings along", "the plain rule (…)".
    """

    name: str
    title: str
    question: str
    live: MadeByView
    live_since: datetime | None
    measure_name: str
    measure: float | None
    baseline_name: str
    baseline_measure: float | None
    lower_is_better: bool
    unit: str
    recent_errors: tuple[float, ...]
    last_trained: datetime | None
    last_result: str
    waits_for: str
    data_points: int
    min_data_points: int
    can_train: bool
    job: JobView | None
    versions: tuple[VersionView, ...]
    deployments: tuple[DeploymentView, ...]
    comparison: ComparisonView | None = None
    back_to: str | None = None
    otherwise: str = "the plain rule"


@dataclass(frozen=True, slots=True)
class ModelsView:
    """The Models page."""

    property_name: str
    sentence: str
    modules: tuple[ModuleView, ...]

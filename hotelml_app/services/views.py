"""What the screens, the command line and the API show: plain values, ready to be drawn or written as JSON.

Money is in the property's currency, shares lie in [0, 1], None means "not known" and is shown as a dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import JobView
from hotelml_app.services.exports.data_views import DataView as DataView
from hotelml_app.services.exports.data_views import ExportCheckView as ExportCheckView
from hotelml_app.services.exports.data_views import FindingView as FindingView
from hotelml_app.services.exports.data_views import ImportView as ImportView
from hotelml_app.services.exports.data_views import MonthView as MonthView
from hotelml_app.services.exports.data_views import RejectedRowView as RejectedRowView
from hotelml_app.services.exports.data_views import WaitingFileView as WaitingFileView
from hotelml_app.services.home.status_views import StatusView as StatusView

if TYPE_CHECKING:
    from hotelml_app.services.arrivals.overbooking_views import OverbookingAdvice


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the data behind a page is. ``days_old`` counts from the business date to the PC's date."""

    business_date: date | None
    export_name: str
    imported_at: datetime | None
    days_old: int | None


@dataclass(frozen=True, slots=True)
class MadeByView:
    """What made a number: ``kind`` own | bundled | statistical, the version, since when, and how good it was lately."""

    kind: str
    version: str
    sentence: str
    track_record: str = ""


@dataclass(frozen=True, slots=True)
class WarningView:
    """Something that wants a person."""

    key: str
    title: str
    message: str
    remedy: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class NightView:
    """One night of the house. ``rooms_low``/``rooms_high`` hold 80 % of such nights."""

    night: date
    rooms: int | None
    on_books: float
    pickup_since_yesterday: float
    pickup_since_last_week: float
    expected: float
    rooms_low: float
    rooms_high: float
    expected_low50: float | None
    expected_high50: float | None
    last_year: float | None
    arrivals: float
    departures: float
    expected_lost: float
    adr: float | None
    revenue: float | None
    event: str = ""

    @property
    def occupancy(self) -> float | None:
        """Expected rooms sold as a share of the rooms."""
        return self.expected / self.rooms if self.rooms else None


@dataclass(frozen=True, slots=True)
class TodayView:
    """The Today page: the sentence it opens with, tonight and six more nights, and what needs a decision.

    ``may_not_come`` are the riskiest arrivals of the day that the call list is about, else of the first on which any stands out.
    """

    property_name: str
    sentence: str
    freshness: Freshness
    nights: tuple[NightView, ...]
    may_not_come: tuple[ArrivalView, ...]
    decisions: tuple[DecisionView, ...]
    warnings: tuple[WarningView, ...]
    overnight: tuple[str, ...]
    forecast_by: MadeByView
    noshow_by: MadeByView


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A thing to decide, with the one button that leads there: to a ``day`` of a page, or to the question about a ``file``."""

    title: str
    detail: str
    button: str
    page: str
    file: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The Forecast page: up to 90 nights of one metric, whole house (room_type and segment "") or one part of it."""

    property_name: str
    sentence: str
    freshness: Freshness
    metric: str
    unit: str
    room_type: str
    room_types: tuple[str, ...]
    capacity: float | None
    nights: tuple[ForecastPoint, ...]
    made_by: MadeByView
    segment: str = ""
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """One night of the forecast chart, all in the view's unit."""

    night: date
    on_books: float | None
    p10: float
    p25: float | None
    p50: float
    p75: float | None
    p90: float
    last_year: float | None
    pickup_since_yesterday: float | None
    event: str = ""
    pickup_since_last_week: float | None = None


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """One arrival and the risk that it is lost. ``band`` is low | raised | high | unknown; reasons are short phrases.

    ``usual`` is the share lost of all bookings so many days before arrival, against which the band is measured.
    """

    reservation_id: str
    arrival: date
    nights: int
    rooms: int
    room_type: str
    channel: str
    segment: str
    rate: float | None
    adults: int | None
    p_lost: float | None
    p_noshow: float | None
    band: str
    reasons: tuple[str, ...]
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class ArrivalsView:
    """The Arrivals page: a day's arrivals, riskiest first, how likely rooms are lost (index = rooms), whom staff ``called``."""

    property_name: str
    sentence: str
    freshness: Freshness
    day: date
    days: tuple[date, ...]
    arrivals: tuple[ArrivalView, ...]
    lost_rooms_probability: tuple[float, ...]
    expected_lost: float
    made_by: MadeByView
    advice: OverbookingAdvice | None = None
    called: frozenset[str] = frozenset()


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


@dataclass(frozen=True, slots=True)
class PropertyView:
    """One property and its room types, as the Settings page edits them."""

    name: str
    country: str
    currency: str
    rooms: int | None
    rooms_seen: int | None
    business_date: date | None
    room_types: tuple[tuple[str, int | None, int | None], ...]
    rooms_stated: Mapping[str, int] = field(default_factory=dict)
    """Rooms as exports of nightly figures say, by room type with the house under ""; holds where staff said nothing."""
    missing_cancelled: bool = True
    """Whether bookings that are missing from exports without cancelled bookings may be taken as cancelled."""

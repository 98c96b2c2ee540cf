"""The six modules of an invented hotel: two that have learned, four that answer by a plain rule."""

from __future__ import annotations

import math
from datetime import date, timedelta

from fake_views import NOW, OWN, RISK, RULE

from hotelml_app.core.jobs import JobView
from hotelml_app.services.learning.views import (
    CandidateView,
    ComparisonView,
    DeploymentView,
    MadeByView,
    ModelsView,
    ModuleView,
    VersionView,
)


def version(name: str, state: str, measure: float, days_ago: int) -> VersionView:
    made = NOW - timedelta(days=days_ago)
    notes = ("Beats pickup on 28 of 36 nights.",) if state != "rejected" else ("Not better than the version that is live.",)
    return VersionView(
        name,
        made,
        state,
        "GradientBoosting",
        date(2014, 7, 1),
        made.date(),
        61_204 - 900 * days_ago,
        1_840_000,
        measure,
        14.2,
        state in ("challenger", "retired"),
        notes,
    )


HISTORY = (
    DeploymentView("20160831-0330", NOW - timedelta(hours=3), None, "Better than the live one on the same 28 nights"),
    DeploymentView("20160824-0330", NOW - timedelta(days=8), NOW - timedelta(hours=3), "Better than the plain rule"),
    DeploymentView("", NOW - timedelta(days=30), NOW - timedelta(days=8), "First start"),
)

FORECAST = ("forecast", "Occupancy forecast", "How many rooms will be sold each night?")
NOSHOW = ("noshow", "No-shows and late cancellations", "Which guests on the books may not come?")
RULES = (
    ("allocation", "Rooms", "Which room should each arrival get?"),
    ("guests", "Guest segments", "To which segment does a booking belong where the export does not say?"),
    ("pricing", "Rates", "What should a room cost on each of the coming nights?"),
    ("sentiment", "Reviews", "What do guests praise and what do they complain about?"),
)

TITLES = {key: title for key, title, _ in (FORECAST, NOSHOW, *RULES)}


def comparison(name: str, value: float, baseline: str, baseline_value: float) -> ComparisonView:
    """What else could have answered."""
    candidates = (
        CandidateView("blend", value, chosen=True, is_baseline=False),
        CandidateView("gradient boosting", value * 1.05, chosen=False, is_baseline=False),
        CandidateView(baseline, baseline_value, chosen=False, is_baseline=True),
        CandidateView("last year", None, chosen=False, is_baseline=True),
    )
    bucket = "1-14 days ahead" if name == "wape" else "2-28 days ahead"
    return ComparisonView(bucket, "asked on 112 days from 2016-01-20 to 2016-08-29", candidates)


def learned(
    words: tuple[str, str, str], by: MadeByView, measure: tuple[str, float, str, float, str], job: JobView | None
) -> ModuleView:
    """A module that learned; ``measure`` is name, value, baseline's name, baseline's value and unit."""
    name, value, baseline, baseline_value, unit = measure
    errors = tuple(value * (1 + 0.2 * math.sin(day / 2.3)) for day in range(28))
    since = NOW - timedelta(hours=3)
    said = ("Done in 48 s, promoted", "Learns again by itself after about 1,224 nights more.")
    known = (version("20160831-0330", "champion", 8.1, 1), version("20160829-0330", "rejected", 8.9, 3))
    return ModuleView(
        *words, by, since, name, value, baseline, baseline_value, True, unit, errors, since, *said, 61_204, 1000, True,
        job, (*known, version("20160824-0330", "retired", 8.4, 8)), HISTORY,
        comparison(name, value, baseline, baseline_value), "20160824-0330",
    )  # fmt: skip


def rule(words: tuple[str, str, str]) -> ModuleView:
    """A module that answers by its plain rule."""
    waits = "Answers by its plain rule; it does not learn yet."
    return ModuleView(
        *words, RULE, None, "accuracy", None, "plain rule", None, False, "%", (), None, "", waits, 41, 1000, False, None, (), (),
    )  # fmt: skip


def modules(jobs: tuple[JobView, ...]) -> tuple[ModuleView, ...]:
    running = {job.module: job for job in jobs if not job.stage.final}
    return (
        learned(FORECAST, OWN, ("wape", 8.1, "pickup", 14.2, "%"), running.get("forecast")),
        learned(NOSHOW, RISK, ("brier", 0.112, "the usual share lost", 0.151, ""), running.get("noshow")),
        *(rule(words) for words in RULES),
    )


def models(name: str, jobs: tuple[JobView, ...]) -> ModelsView:
    own = "Occupancy forecast and No-shows and late cancellations"
    said = f"Learned from your own bookings: {own}. 4 questions are answered by a plain rule."
    return ModelsView(name, said, modules(tuple(job for job in jobs if job.property_name == name)))

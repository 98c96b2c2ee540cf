"""The six modules of an invented hotel: two that have learned, four that answer by a plain rule."""

from __future__ import annotations

import math
from datetime import date, timedelta

from fake_views import NOW, OWN, RISK, RULE

from hotelml_app.core.jobs import JobView
from hotelml_app.services import views


def version(name: str, state: str, measure: float, days_ago: int) -> views.VersionView:
    made = NOW - timedelta(days=days_ago)
    notes = ("Beats pickup on 28 of 36 nights.",) if state != "rejected" else ("Not better than the version that is live.",)
    return views.VersionView(
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


def modules(jobs: tuple[JobView, ...]) -> tuple[views.ModuleView, ...]:
    running = {job.module: job for job in jobs if not job.stage.final}
    forecasts = (
        version("20160831-0330", "champion", 8.1, 1),
        version("20160829-0330", "rejected", 8.9, 3),
        version("20160824-0330", "retired", 8.4, 8),
    )
    history = (
        views.DeploymentView("20160831-0330", NOW - timedelta(hours=3), None, "Better than the live one on the same 28 nights"),
        views.DeploymentView("20160824-0330", NOW - timedelta(days=8), NOW - timedelta(hours=3), "Better than the plain rule"),
        views.DeploymentView("", NOW - timedelta(days=30), NOW - timedelta(days=8), "First start"),
    )

    def learned(
        name: str,
        title: str,
        question: str,
        by: views.MadeByView,
        measure: str,
        values: tuple[float, float],
        base: str,
        unit: str,
    ) -> views.ModuleView:
        errors = tuple(values[0] * (1 + 0.2 * math.sin(day / 2.3)) for day in range(28))
        return views.ModuleView(
            name,
            title,
            question,
            by,
            NOW - timedelta(hours=3),
            measure,
            values[0],
            base,
            values[1],
            True,
            unit,
            errors,
            NOW - timedelta(hours=3),
            "Done in 48 s, promoted",
            "Learns again by itself after about 1,224 nights more.",
            61_204,
            1000,
            True,
            running.get(name),
            forecasts,
            history,
        )

    def rule(name: str, title: str, question: str, points: int) -> views.ModuleView:
        return views.ModuleView(
            name,
            title,
            question,
            RULE,
            None,
            "accuracy",
            None,
            "plain rule",
            None,
            False,
            "%",
            (),
            None,
            "",
            "Answers by its plain rule; it does not learn yet.",
            points,
            1000,
            False,
            None,
            (),
            (),
        )

    return (
        learned(
            "forecast", "Occupancy forecast", "How many rooms will be sold each night?", OWN, "wape", (8.1, 14.2), "pickup", "%"
        ),
        learned(
            "noshow",
            "No-shows and late cancellations",
            "Which guests on the books may not come?",
            RISK,
            "brier",
            (0.112, 0.151),
            "base rate by days to arrival",
            "",
        ),
        rule("allocation", "Rooms", "Which room should each arrival get?", 3),
        rule("guests", "Guest segments", "To which segment does a booking belong where the export does not say?", 120),
        rule("pricing", "Rates", "What should a room cost on each of the coming nights?", 0),
        rule("sentiment", "Reviews", "What do guests praise and what do they complain about?", 41),
    )


def models(name: str, jobs: tuple[JobView, ...]) -> views.ModelsView:
    own = "Occupancy forecast and No-shows and late cancellations"
    said = f"Learned from your own bookings: {own}. 4 questions are answered by a plain rule."
    return views.ModelsView(name, said, modules(jobs))

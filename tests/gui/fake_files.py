"""Invented files that somebody has to answer a question about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hotelml_app.services.exports.data_views import ExportCheckView, FindingView, WaitingFileView
from hotelml_app.services.exports.mapping_views import (
    DatesQuestionView,
    DryRunBookingView,
    DryRunReasonView,
    DryRunRowView,
    DryRunView,
    MappedColumnView,
    MappingProposalView,
    MappingQuestionView,
    RoleView,
    StatusWordView,
)

ROLES = tuple(
    RoleView(name, name.replace("_", " "), name in ("nights", "total"))
    for name in ("arrival", "departure", "nights", "status", "reservation_id", "booked_on", "room_type", "total", "adr")
)
DATES = DatesQuestionView("Is 03/04/2026 the 3rd of April or the 4th of March?", "03/04/2026", date(2026, 4, 3), date(2026, 3, 4))
WORDS = (StatusWordView("fix", 112, ""), StatusWordView("weg", 35, ""))


def column(header: str, role: str, sure: float, *samples: str, masked: bool = False) -> MappedColumnView:
    return MappedColumnView(header, role, role.replace("_", " ") or "not read", sure, "its name", samples, masked)


COLUMNS = (
    column("Nr", "reservation_id", 1.0, "V1", "V2"),
    column("Gast", "", 0.0, "Xxx Xxxxxx", masked=True),
    column("Von", "arrival", 0.7, "03/04/2026", "05/04/2026"),
    column("Bis", "departure", 0.9, "04/04/2026", "07/04/2026"),
    column("N", "", 0.3, "1", "2"),
    column("Lage", "status", 0.4, "fix", "weg"),
)


def proposal(
    *asked: str, known: str = "", dates: DatesQuestionView | None = None, words: tuple[StatusWordView, ...] = ()
) -> MappingProposalView:
    """Return what would be told of a file; ``asked`` are the roles of its questions."""
    questions = tuple(MappingQuestionView(role, f"What about {role}?") for role in asked)
    return MappingProposalView(
        "strange.csv",
        "",
        1,
        known,
        not asked,
        COLUMNS,
        questions,
        "",
        words,
        (),
        ROLES,
        "",
        known.capitalize(),
        "bookings",
        dates,
    )


def trial(
    name: str = "strange.csv", words: tuple[StatusWordView, ...] = (), dates: DatesQuestionView | None = None, accepted: int = 166
) -> DryRunView:
    day = date(2026, 4, 3)
    booking = DryRunBookingView("V1", day, day, date(2026, 4, 4), "reserved", "DZ", None, 120.0)
    reasons = (DryRunReasonView("the departure date cannot be read: …", 14, 30),)
    row = DryRunRowView(30, 'the departure date cannot be read: "31.02.2026"', (("arrival", "03/04/2026"),))
    return DryRunView(name, "own-1", "", day, 180, accepted, 180 - accepted, 0, reasons, (), (booking,), (row,), words, dates)


def waiting(name: str = "strange.csv", question: str = "Which column is the arrival?") -> WaitingFileView:
    since = datetime(2016, 9, 1, 5, 40, tzinfo=UTC)
    return WaitingFileView(name, 48_000, since, "waits", question, str(Path("/srv/hotelml/exports") / name))


def finding(severity: str = "urgent") -> FindingView:
    return FindingView(
        "fewer rows",
        severity,
        "The export has 140 rows, 88% fewer than the 1,204 of the last ones.",
        "1,204 rows",
        "140 rows",
        "Check in the PMS whether the report was cut off.",
        severity == "urgent",
        (),
    )


def check(*findings: FindingView, layout: str = "hotelml") -> ExportCheckView:
    at = datetime(2016, 8, 31, 21, 40, tzinfo=UTC)
    return ExportCheckView("H1 City", layout, f"{layout} reservations", date(2016, 8, 31), at, 1204, 14, findings)

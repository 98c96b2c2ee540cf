"""Saying what the columns of an export are: the proposal, a dry run, and the answer that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.intake.errors import AmbiguousDatesError, IntakeError
from hotelml_app.intake.mapping.column_map import ADDED_UP, BOOKING_ROLES, ColumnMap
from hotelml_app.intake.mapping.map_file import checked_map, read_map
from hotelml_app.intake.profile import ExportProfile, Grain
from hotelml_app.intake.proposing.proposal import Proposal, role_words
from hotelml_app.intake.trial import Trial, propose_file, try_file
from hotelml_app.intake.values.date_order import OpenDate
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.exports.data_views import ImportView
from hotelml_app.services.exports.import_views import report_view
from hotelml_app.services.exports.mapping_draft import (
    ORDER_WORDS,
    ROW_WORDS,
    column_view,
    dates_view,
    draft,
    known_columns,
    status_words,
)
from hotelml_app.services.exports.mapping_views import (
    DatesQuestionView,
    DryRunBookingView,
    DryRunReasonView,
    DryRunRowView,
    DryRunView,
    MappingProposalView,
    MappingQuestionView,
    RoleView,
    StatusWordView,
)
from hotelml_app.services.parts import Parts

_SUMMED = ("rows_read", "accepted", "rejected", "ignored")


def propose_mapping(parts: Parts, path: Path, property_name: str = "", cancel: CancelToken | None = None) -> MappingProposalView:
    """Return how a file would be read, column by column, and what must be asked before.

    Raises UnknownLayoutError where it holds no table of bookings.
    """
    proposed = propose_file(path)
    proposal, known = proposed.proposal, proposed.known
    open_dates = proposal.open_date if proposal else None
    statuses: Mapping[str, BookingStatus] = {}
    if known or (proposal and proposal.certain):
        tried = _tried(parts, path, property_name, cancel or CancelToken())
        open_dates = tried if isinstance(tried, OpenDate) else None
        statuses = tried.statuses if isinstance(tried, Trial) else {}
    asked = _asked(proposal, known, open_dates)
    return MappingProposalView(
        file_name=path.name,
        sheet=proposal.sheet if proposal else "",
        header_line=proposed.claims[0].header.line,
        known_layout=known.name if known else "",
        known_title=known.title if known else "",
        rows=ROW_WORDS[proposal.grain if proposal else Grain.BOOKING],
        certain=not asked,
        columns=tuple(known_columns(proposed) if known else map(column_view, proposal.columns if proposal else ())),
        questions=asked,
        dates=ORDER_WORDS[proposal.date_order] if proposal and proposal.date_order else "",
        dates_question=dates_view(open_dates) if open_dates else None,
        status_words=tuple(status_words(proposal, statuses, known)) if proposal else (),
        remarks=proposal.remarks if proposal and not known else (),
        roles=tuple(RoleView(role, role_words(role), role in ADDED_UP) for role in BOOKING_ROLES),
        toml=draft(path.name, proposal, known, open_dates, statuses),
    )


def _tried(parts: Parts, path: Path, property_name: str, cancel: CancelToken) -> Trial | OpenDate | None:
    """Return how a file is read now, by what was said of its like before, or the date that may be either of two days."""
    try:
        return try_file(path, store=parts.store, clock=parts.clock, property_name=property_name or None, step=cancel.check)
    except AmbiguousDatesError as error:
        return error.example
    except IntakeError:
        # Whatever else is wrong with it is told by the dry run.
        return None


def _asked(
    proposal: Proposal | None, known: ExportProfile | None, open_dates: OpenDate | None
) -> tuple[MappingQuestionView, ...]:
    if known is not None:
        return (MappingQuestionView("dates", open_dates.question),) if open_dates else ()
    return tuple(MappingQuestionView(one.role, one.text) for one in (proposal.questions if proposal else ()))


def answer_proposal(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Propose how the named files would be read."""
    property_name = arguments.text("property")
    views = []
    for path in named_files(arguments):
        cancel.check()
        views.append(propose_mapping(parts, path, property_name, cancel))
    return {"files": json_ready(views)}


def answer_dry_run(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Tell what an import of the named files would bring."""
    wanted = wanted_layout(arguments)
    property_name = arguments.text("property")
    views = [dry_run(parts, path, wanted, property_name, cancel) for path in named_files(arguments)]
    told: dict[str, object] = {name: sum(getattr(view, name) for view in views) for name in _SUMMED}
    return {**told, "files": json_ready(views)}


def named_files(arguments: Arguments) -> list[Path]:
    """Return the files a request is about. Raises UsageError where it names none."""
    paths = list(arguments.paths("files"))
    if not paths:
        raise UsageError("No file is named.", remedy="Name one or more exports.")
    return paths


def wanted_layout(arguments: Arguments) -> str | ColumnMap | None:
    """Return the profile or the column map a request asks for. Raises UsageError where it asks for both."""
    profile, map_file = arguments.text("profile"), arguments.path("map")
    if profile and map_file:
        raise UsageError("A profile and a map were named.", remedy="Name one of them.")
    return read_map(map_file) if map_file else profile or None


def dry_run(
    parts: Parts,
    path: Path,
    mapping: Mapping[str, object] | ColumnMap | str | None,
    property_name: str,
    cancel: CancelToken | None = None,
) -> DryRunView:
    """Return what an import would bring, by a mapping, a profile's name, or as it comes. Nothing is stored.

    Raises AmbiguousDatesError where nothing tells day from month.
    """
    wanted = (checked_map(mapping) if mapping else None) if isinstance(mapping, Mapping) else mapping
    step = (cancel or CancelToken()).check
    trial = try_file(path, store=parts.store, clock=parts.clock, property_name=property_name or None, wanted=wanted, step=step)
    return DryRunView(
        file_name=trial.file_name,
        profile=trial.profile,
        sentence=_sentence(trial),
        business_date=trial.business_date,
        rows_read=trial.rows_read,
        accepted=trial.accepted,
        rejected=trial.rejected,
        ignored=trial.ignored,
        reasons=tuple(DryRunReasonView(one.text, one.rows, one.first_line) for one in trial.reasons),
        notes=trial.notes,
        bookings=tuple(DryRunBookingView(**asdict(one)) for one in trial.bookings),
        first_rejected=tuple(DryRunRowView(one.line, one.reason, _named(one.cells)) for one in trial.first_rejected),
        unknown_statuses=tuple(StatusWordView(word, rows, "") for word, rows in trial.unknown_statuses),
    )


def _named(cells: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the cells of a row under the words of the trade."""
    return tuple((role_words(role), text) for role, text in cells)


def dry_run_or_question(
    parts: Parts, path: Path, mapping: Mapping[str, object] | None, property_name: str, cancel: CancelToken
) -> DryRunView:
    """Return a dry run, or the question about its dates in the place of one: for those who can put it to a person."""
    try:
        return dry_run(parts, path, mapping, property_name, cancel)
    except AmbiguousDatesError as error:
        question = dates_view(error.example) if error.example else DatesQuestionView(error.question)
        return DryRunView(path.name, "", error.message, None, 0, 0, 0, 0, (), (), (), dates_question=question)


def import_mapped(
    parts: Parts,
    path: Path,
    mapping: Mapping[str, object],
    property_name: str,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> ImportView:
    """Import a file by what somebody said about it, which is remembered for its property, and have those like it tried again.

    A file that waits in a drop folder is put away as the watcher would; any other stays where it is. Raises what went wrong.
    """
    answer = checked_map(mapping) if mapping else None
    report = parts.folders.take_in_answered(path, property_name, answer, progress, cancel)
    return report_view(parts, report)


def _sentence(trial: Trial) -> str:
    told = f"{trial.accepted} of {trial.rows_read} rows would be taken"
    rest = [f"{trial.rejected} rejected"] if trial.rejected else []
    rest += [f"{trial.ignored} left out"] if trial.ignored else []
    return f"{told}{', ' if rest else ''}{', '.join(rest)}. Nothing was stored."

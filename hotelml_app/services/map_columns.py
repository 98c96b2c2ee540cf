"""Saying what the columns of an export are: the proposal, a dry run, and the answer that is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.intake.mapping.column_map import ADDED_UP, BOOKING_ROLES, ColumnMap
from hotelml_app.intake.mapping.fitting_map import claims_by_map, with_header
from hotelml_app.intake.mapping.map_file import checked_map, read_map
from hotelml_app.intake.mapping.remembered import remember
from hotelml_app.intake.profile import Grain
from hotelml_app.intake.proposing.proposal import NO_ROLES, Proposal, role_words
from hotelml_app.intake.readers.opening import open_documents
from hotelml_app.intake.trial import Trial, propose_file, try_file
from hotelml_app.intake.values.dates import DateOrder
from hotelml_app.services.arguments import Arguments
from hotelml_app.services.mapping_views import (
    DryRunBookingView,
    DryRunReasonView,
    DryRunView,
    MappedColumnView,
    MappingProposalView,
    MappingQuestionView,
    RoleView,
    StatusWordView,
)
from hotelml_app.services.parts import Parts
from hotelml_app.services.plain import plain
from hotelml_app.store import data_settings, properties

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance

_SUMMED = ("rows_read", "accepted", "rejected", "ignored")
ROW_WORDS = {Grain.BOOKING: "bookings", Grain.ROOM: "rooms", Grain.NIGHT: "nights"}
ORDER_WORDS = {DateOrder.DAY_FIRST: "day first", DateOrder.MONTH_FIRST: "month first"}


def propose_mapping(path: Path) -> MappingProposalView:
    """Return how a file would be read, column by column. Raises UnknownLayoutError where it holds no table of bookings."""
    proposal, known = propose_file(path)
    return MappingProposalView(
        file_name=proposal.file_name,
        sheet=proposal.sheet,
        header_line=proposal.header_line,
        known_layout=known,
        certain=proposal.certain or bool(known),
        columns=tuple(
            MappedColumnView(
                column.header,
                "" if column.role in NO_ROLES else column.role,
                role_words(column.role),
                round(column.confidence, 2),
                column.why,
                column.samples,
                column.masked,
            )
            for column in proposal.columns
        ),
        questions=tuple(MappingQuestionView(one.role, one.text) for one in proposal.questions),
        dates=ORDER_WORDS[proposal.date_order] if proposal.date_order else "",
        status_words=tuple(StatusWordView(*one) for one in proposal.status_words),
        remarks=proposal.remarks,
        roles=tuple(RoleView(role, role_words(role), role in ADDED_UP) for role in BOOKING_ROLES),
        toml=_draft(proposal),
    )


def answer_proposal(
    appliance: Appliance, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken
) -> dict[str, object]:
    """Propose how the named files would be read."""
    return {"files": plain([propose_mapping(path) for path in named_files(arguments)])}


def answer_dry_run(
    appliance: Appliance, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken
) -> dict[str, object]:
    """Tell what an import of the named files would bring."""
    wanted = wanted_layout(arguments)
    property_name = arguments.text("property")
    views = [dry_run(appliance.parts, path, wanted, property_name) for path in named_files(arguments)]
    told: dict[str, object] = {name: sum(getattr(view, name) for view in views) for name in _SUMMED}
    return {**told, "files": plain(views)}


def named_files(arguments: Arguments) -> list[Path]:
    """Return the files a request is about. Raises UsageError where it names none."""
    paths = [Path(text) for text in arguments.texts("files")]
    if not paths:
        raise UsageError("No file is named.", remedy="Name one or more exports.")
    return paths


def wanted_layout(arguments: Arguments) -> str | ColumnMap | None:
    """Return the profile or the column map a request asks for. Raises UsageError where it asks for both."""
    profile, map_file = arguments.text("profile"), arguments.path("map")
    if profile and map_file:
        raise UsageError("A profile and a map were named.", remedy="Name one of them.")
    return read_map(map_file) if map_file else profile or None


def dry_run(parts: Parts, path: Path, mapping: Mapping[str, object] | ColumnMap | str | None, property_name: str) -> DryRunView:
    """Return what an import would bring, by a mapping, a profile's name, or as it comes. Nothing is stored."""
    wanted = checked_map(mapping) if isinstance(mapping, Mapping) else mapping
    trial = try_file(path, store=parts.store, clock=parts.clock, property_name=property_name or None, wanted=wanted)
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
    )


def remember_mapping(parts: Parts, path: Path, mapping: Mapping[str, object], property_name: str) -> str:
    """Keep what somebody said about the columns of a file, have waiting files tried again, and return the layout's name.

    Raises MapError where the mapping makes no sense, MapDoesNotFitError where the file has no such columns.
    """
    answer = checked_map(mapping)
    claims = [claim for document in open_documents(path) for claim in claims_by_map(document, answer)]
    kept = with_header(answer, claims[0].header.cells)
    with parts.store.write() as connection:
        row = properties.find(connection, property_name) if property_name else None
        remember(connection, kept, [row.id if row is not None else data_settings.WHOLE_HOME])
    parts.folders.rescan()
    return kept.name


def _sentence(trial: Trial) -> str:
    told = f"{trial.accepted} of {trial.rows_read} rows would be taken"
    rest = [f"{trial.rejected} rejected"] if trial.rejected else []
    rest += [f"{trial.ignored} left out"] if trial.ignored else []
    return f"{told}{', ' if rest else ''}{', '.join(rest)}. Nothing was stored."


def _draft(proposal: Proposal) -> str:
    """Return the proposal as a map file; what was only guessed is marked."""
    lines = [f"# A column map for files like {' '.join(proposal.file_name.split())}. Correct it, then:"]
    lines += ["#   hotelml import --map MAP.toml FILE", *(f"# {question.text}" for question in proposal.questions)]
    if proposal.grain is not Grain.BOOKING or any(one.role == "rows" for one in proposal.questions):
        lines.append(f'rows = "{ROW_WORDS[proposal.grain]}"  # or: {", ".join(ROW_WORDS.values())}')
    if proposal.date_order:
        lines.append(f'dates = "{ORDER_WORDS[proposal.date_order]}"')
    lines += ["", "[columns]"]
    for role, names in proposal.roles_by_grain.items():
        lines.append(f"{role} = {json.dumps(list(names) if len(names) > 1 else names[0], ensure_ascii=False)}")
    for column in proposal.columns:
        if column.role in BOOKING_ROLES and column.role not in proposal.roles:
            lines.append(f"{column.role} = {json.dumps(column.header, ensure_ascii=False)}  # perhaps: {column.why}")
    if not any(column.role == "status" for column in proposal.columns):
        lines.append("status = false  # or the name of the column that tells it")
    unknown = [word for word, _, status in proposal.status_words if not status]
    if unknown:
        lines += [
            "",
            "[statuses]",
            *(f'{json.dumps(word, ensure_ascii=False)} = "reserved"  # say what it means' for word in unknown),
        ]
    return "\n".join(lines) + "\n"

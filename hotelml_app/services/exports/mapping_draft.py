"""How a file would be read, as the window shows it and as a map file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.mapping.column_map import BOOKING_ROLES
from hotelml_app.intake.profile import ExportProfile, Grain
from hotelml_app.intake.proposing.proposal import NO_ROLES, Proposal, ProposedColumn, role_words
from hotelml_app.intake.trial import Proposed
from hotelml_app.intake.values.date_order import OpenDate
from hotelml_app.intake.values.dates import DateOrder
from hotelml_app.intake.values.statuses import plain_status
from hotelml_app.services.exports.mapping_views import DatesQuestionView, MappedColumnView, StatusWordView

ROW_WORDS = {Grain.BOOKING: "bookings", Grain.ROOM: "rooms", Grain.NIGHT: "nights"}
ORDER_WORDS = {DateOrder.DAY_FIRST: "day first", DateOrder.MONTH_FIRST: "month first"}


def column_view(column: ProposedColumn) -> MappedColumnView:
    """Return what is shown of a proposed column."""
    return MappedColumnView(
        column.header,
        "" if column.role in NO_ROLES else column.role,
        role_words(column.role),
        round(column.confidence, 2),
        column.why,
        column.samples,
        column.masked,
    )


def known_columns(proposed: Proposed) -> Iterator[MappedColumnView]:
    """Yield the columns of a file in a known layout as that layout reads them."""
    claim, proposal = proposed.claims[0], proposed.proposal
    roles = {place: role for role, places in claim.places.items() for place in places}
    shown = {one.position: one for one in proposal.columns} if proposal and proposal.header_line == claim.header.line else {}
    for place, header in enumerate(claim.header.cells):
        if header.strip():
            role, seen = roles.get(place, ""), shown.get(place)
            meaning = role_words(role) if role else "not used"
            samples, masked = (seen.samples, seen.masked) if seen else ((), False)
            yield MappedColumnView(header.strip(), role, meaning, 1.0, claim.profile.title, samples, masked)


def dates_view(one: OpenDate) -> DatesQuestionView:
    """Return the question about a date that may be either of two days."""
    return DatesQuestionView(one.question, one.text, one.day_first, one.month_first)


def status_words(proposal: Proposal) -> Iterator[StatusWordView]:
    """Yield the words of the status column, the unknown ones with what they may mean."""
    for word, rows, status in proposal.status_words:
        likely = None if status else proposal.likely.get(plain_status(word))
        yield StatusWordView(word, rows, status, likely.name.lower() if likely is not None else "")


def draft(file_name: str, proposal: Proposal | None, known: ExportProfile | None, open_dates: OpenDate | None) -> str:
    """Return a map file to begin with: only what must be said for a known layout, otherwise every column."""
    lines = [f"# A column map for files like {' '.join(file_name.split())}. Correct it, then:"]
    lines += ["#   hotelml import --map MAP.toml FILE"]
    if known is None and proposal is not None:
        lines += [f"# {question.text}" for question in proposal.questions]
    if open_dates:
        lines.append(f'dates = "day first"  # or "month first": {open_dates.question}')
    if known is None and proposal is not None:
        lines += _all_columns(proposal)
    return "\n".join(lines) + "\n"


def _all_columns(proposal: Proposal) -> Iterator[str]:
    """Yield the lines of all columns; what was only guessed is marked."""
    if proposal.grain is not Grain.BOOKING or any(one.role == "rows" for one in proposal.questions):
        yield f'rows = "{ROW_WORDS[proposal.grain]}"  # or: {", ".join(ROW_WORDS.values())}'
    if proposal.date_order:
        yield f'dates = "{ORDER_WORDS[proposal.date_order]}"'
    yield from ("", "[columns]")
    for role, names in proposal.roles_by_grain.items():
        yield f"{role} = {json.dumps(list(names) if len(names) > 1 else names[0], ensure_ascii=False)}"
    for column in proposal.columns:
        if column.role in BOOKING_ROLES and column.role not in proposal.roles:
            yield f"{column.role} = {json.dumps(column.header, ensure_ascii=False)}  # perhaps: {column.why}"
    if not any(column.role == "status" for column in proposal.columns):
        yield "status = false  # or the name of the column that tells it"
    said = {word: proposal.statuses.get(plain_status(word)) for word, _, status in proposal.status_words if status}
    own = {word: status for word, status in said.items() if status is not None}
    unknown = [word for word, _, status in proposal.status_words if not status]
    if unknown or own:
        yield from ("", "[statuses]")
        yield from (f'{json.dumps(word, ensure_ascii=False)} = "{status.name.lower()}"' for word, status in own.items())
        for word in unknown:
            status = proposal.likely.get(plain_status(word), BookingStatus.RESERVED)
            yield f'{json.dumps(word, ensure_ascii=False)} = "{status.name.lower()}"  # say what it means'

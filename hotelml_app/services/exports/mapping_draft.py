"""How a file would be read, as the window shows it and as a map file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

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


def status_words(
    proposal: Proposal, read_as: Mapping[str, BookingStatus], layout: ExportProfile | None
) -> Iterator[StatusWordView]:
    """Yield the words of the status column, the unknown ones with what they may mean; ``read_as`` is how they are read now.

    Of a known ``layout`` only those: its status may be another column than the words suggest.
    """
    for word, rows, known in proposal.status_words:
        said = read_as.get(plain_status(word))
        if said is None and layout is not None:
            continue
        status = said.name.lower() if said is not None else known
        likely = None if status else proposal.likely.get(plain_status(word))
        yield StatusWordView(word, rows, status, likely.name.lower() if likely is not None else "")


def draft(
    file_name: str,
    proposal: Proposal | None,
    known: ExportProfile | None,
    open_dates: OpenDate | None,
    read_as: Mapping[str, BookingStatus],
) -> str:
    """Return a map file to begin with: only what must be said for a known layout, otherwise every column."""
    lines = [f"# A column map for files like {' '.join(file_name.split())}. Correct it, then:"]
    lines += ["#   hotelml import --map MAP.toml FILE"]
    if known is None and proposal is not None:
        lines += [f"# {question.text}" for question in proposal.questions]
    if open_dates:
        lines.append(f'dates = "day first"  # or "month first": {open_dates.question}')
    if known is None and proposal is not None:
        lines += _all_columns(proposal, read_as)
    elif proposal is not None:
        lines += _statuses(proposal, read_as, known)
    return "\n".join(lines) + "\n"


def _all_columns(proposal: Proposal, read_as: Mapping[str, BookingStatus]) -> Iterator[str]:
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
    yield from _statuses(proposal, read_as, None)


def _statuses(proposal: Proposal, read_as: Mapping[str, BookingStatus], layout: ExportProfile | None) -> Iterator[str]:
    """Yield the words of the status: those that HotelML knows by itself behind a #, to be said otherwise where they mean that."""
    views = list(status_words(proposal, read_as, layout))
    if views:
        yield from ("", "[statuses]")
    for view in views:
        word = json.dumps(view.word, ensure_ascii=False)
        own = plain_status(view.word) in proposal.statuses
        if view.status:
            yield f'{word} = "{view.status}"' if own else f'# {word} = "{view.status}"'
        else:
            yield f'{word} = "{view.likely or "reserved"}"  # say what it means'

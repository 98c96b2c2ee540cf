"""How a document is read: by the map that was given, a known profile, a layout kept from before, or HotelML's own proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hotelml_app.intake.errors import UnknownLayoutError
from hotelml_app.intake.identify import Claim, identify, identify_as
from hotelml_app.intake.mapping.column_map import ColumnMap, from_proposal
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.mapping.filled_since import filled_since
from hotelml_app.intake.mapping.fitting_map import claims_by_map, exact_claim, with_header
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.proposing.proposal import Proposal
from hotelml_app.intake.proposing.propose import propose
from hotelml_app.intake.proposing.signs.review_columns import ReviewsFound, reviews_in
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.values.room_cells import hold_numbers_too
from hotelml_app.intake.values.words import header_word

Wanted = ExportProfile | ColumnMap | None

FILLED = "Read like the last export with these columns, and by a column that was blank before and now tells of lost bookings."

CHANGED = "The columns are no longer those of the last exports: HotelML read by their names and values what they are now."


@dataclass(frozen=True)
class Recognised:
    """The tables of a document; ``layout`` is the map they were read by, where it was no known profile, to be kept."""

    claims: Sequence[Claim]
    layout: ColumnMap | None = None
    notes: tuple[str, ...] = ()
    proposal: Proposal | None = None


def recognise(
    document: Document, wanted: Wanted, known: Mapping[str, ExportProfile], own: Sequence[ColumnMap] = ()
) -> Recognised:
    """Return how a document is to be read; a map without columns completes what HotelML makes of it.

    Raises UnknownLayoutError where it is nothing like bookings, NeedsMappingError where a person must say what its columns
    are, WrongProfileError and MapDoesNotFitError where what was asked for does not fit.
    """
    if isinstance(wanted, ExportProfile):
        return _known(identify_as(document, wanted), own, None)
    if wanted is not None and not wanted.completes_only:
        return _by_map(document, wanted)
    answered = exact_claim(document, [one for one in own if one.answered])
    if answered is not None:
        return _told_before(*answered, wanted)
    try:
        return _known(identify(document, known.values()), own, wanted)
    except UnknownLayoutError as unknown:
        return _by_itself(document, own, unknown, wanted)


def _known(claims: Sequence[Claim], own: Sequence[ColumnMap], answer: ColumnMap | None) -> Recognised:
    """Return a known layout, completed by what was said about it before and is said now."""
    layout = claims[0].profile.name
    kept = next((one for one in own if one.layout == layout), ColumnMap({}, layout=layout))
    completed = kept.completed_by(answer) if answer is not None else kept
    return Recognised(_completed(claims, completed), completed if answer is not None else None)


def _by_itself(document: Document, own: Sequence[ColumnMap], unknown: UnknownLayoutError, answer: ColumnMap | None) -> Recognised:
    for one in own:
        if one.profile.signature and (claims := _fitting(document, one)):
            more = one if one.answered or answer is not None else filled_since(one, claims[0])
            if more is one:
                anew = None if one.answered or answer is not None else _told_anew(document, one, claims[0])
                return anew or _told_before(one, claims, answer)
            return Recognised(_fitting(document, more), with_header(more, claims[0].header.cells), (FILLED,))
    told = reviews_in(document)
    if told is not None:
        return _reviews(told, own, answer)
    found = propose(document)
    if found is None:
        raise unknown
    proposal = found.proposal.completed(answer.date_order, answer.statuses) if answer is not None else found.proposal
    if not proposal.certain:
        raise NeedsMappingError(proposal) from unknown
    layout = from_proposal(proposal, found.claims[0].header.cells)
    if answer is not None:
        layout = layout.completed_by(answer)
    return replace(_by_map(document, layout), notes=proposal.notes, proposal=proposal)


def _told_anew(document: Document, before: ColumnMap, claim: Claim) -> Recognised | None:
    """Return a document as it is read by its names and values, where columns came or were renamed and more is told by that.

    What can be read as before is.
    """
    words = {header_word(cell) for cell in claim.header.cells}
    if words <= {header_word(cell) for cell in before.header}:
        return None
    found = propose(document)
    if found is None or not found.proposal.certain:
        return None
    layout = from_proposal(found.proposal, found.claims[0].header.cells)
    stand = {role: names for role, names in before.columns.items() if {header_word(name) for name in names} <= words}
    if layout.grain is not before.grain or len(layout.columns) <= len(stand):
        return None
    if any(layout.columns.get(role) != names for role, names in stand.items()):
        return None
    layout = replace(layout, date_order=layout.date_order or before.date_order, statuses={**layout.statuses, **before.statuses})
    return replace(_by_map(document, layout), notes=(CHANGED, *found.proposal.notes), proposal=found.proposal)


def _reviews(told: ReviewsFound, own: Sequence[ColumnMap], answer: ColumnMap | None) -> Recognised:
    """Return reviews with what was said about such a file before and is said now.

    A file may have none of the good scores: the best one that any of its kind had counts for it, too.
    """
    profile = told.claims[0].profile
    kept = next((one for one in own if one.layout == told.layout), ColumnMap({}, layout=told.layout, answered=False))
    layout = kept.completed_by(answer) if answer is not None else kept
    layout = replace(layout, best_score=max(layout.best_score, profile.score_scale))
    completed = replace(layout.completing(profile), score_scale=layout.best_score)
    claims = [replace(claim, profile=completed) for claim in told.claims]
    return Recognised(claims, layout, (told.note(layout.best_score),))


def _by_map(document: Document, layout: ColumnMap) -> Recognised:
    """Return a document read by a map; whether its rooms are told by their numbers, too, is found out and kept with it."""
    claims = claims_by_map(document, layout)
    place = claims[0].places.get("room_type")
    if place is not None and hold_numbers_too(claims[0].sheet.beginning().read(claims[0].header, place).columns[place[0]].labels):
        layout = replace(layout, numbered_rooms=True)
        claims = [replace(claim, profile=layout.profile) for claim in claims]
    return Recognised(claims, with_header(layout, claims[0].header.cells))


def _fitting(document: Document, one: ColumnMap) -> list[Claim]:
    try:
        return identify(document, [one.profile])
    except UnknownLayoutError:
        return []


def _told_before(one: ColumnMap, claims: Sequence[Claim], answer: ColumnMap | None) -> Recognised:
    note = "Read like the last export with these columns, by their names and values."
    if one.answered:
        note = "Read by the column map that was given for this layout before."
    if answer is None:
        return Recognised(claims, notes=(note,))
    completed = with_header(one.completed_by(answer), claims[0].header.cells)
    return Recognised(_completed(claims, completed), completed, (note,))


def _completed(claims: Sequence[Claim], answer: ColumnMap) -> list[Claim]:
    return [replace(claim, profile=answer.completing(claim.profile)) for claim in claims]

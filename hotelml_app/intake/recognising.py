"""How a document is read: by the map that was given, a known profile, a layout kept from before, or HotelML's own proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotelml_app.intake.errors import UnknownLayoutError
from hotelml_app.intake.identify import Claim, identify, identify_as
from hotelml_app.intake.mapping.column_map import ColumnMap, from_proposal
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.mapping.fitting_map import claims_by_map, exact_claim, with_header
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.proposing.proposal import Proposal
from hotelml_app.intake.proposing.propose import propose
from hotelml_app.intake.readers.opening import Document

Wanted = ExportProfile | ColumnMap | None


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
    """Return how a document is to be read.

    Raises UnknownLayoutError where it is nothing like bookings, NeedsMappingError where a person must say what its columns
    are, WrongProfileError and MapDoesNotFitError where what was asked for does not fit.
    """
    if isinstance(wanted, ColumnMap):
        claims = claims_by_map(document, wanted)
        return Recognised(claims, with_header(wanted, claims[0].header.cells))
    if wanted is not None:
        return Recognised(identify_as(document, wanted))
    answered = exact_claim(document, [one for one in own if one.answered])
    if answered is not None:
        return Recognised(answered[1], notes=_told_before(answered[0]))
    try:
        return Recognised(identify(document, known.values()))
    except UnknownLayoutError as unknown:
        return _by_itself(document, own, unknown)


def _by_itself(document: Document, own: Sequence[ColumnMap], unknown: UnknownLayoutError) -> Recognised:
    for one in own:
        if one.profile.signature and (claims := _fitting(document, one)):
            return Recognised(claims, notes=_told_before(one))
    found = propose(document)
    if found is None:
        raise unknown
    if not found.proposal.certain:
        raise NeedsMappingError(found.proposal) from unknown
    layout = from_proposal(found.proposal, found.claims[0].header.cells)
    return Recognised(claims_by_map(document, layout), layout, found.proposal.notes, found.proposal)


def _fitting(document: Document, one: ColumnMap) -> list[Claim]:
    try:
        return identify(document, [one.profile])
    except UnknownLayoutError:
        return []


def _told_before(one: ColumnMap) -> tuple[str, ...]:
    if one.answered:
        return ("Read by the column map that was given for this layout before.",)
    return ("Read like the last export with these columns, by their names and values.",)

"""Which profile a document is in, and where its columns are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from hotelml_app.intake.errors import AmbiguousLayoutError, WrongProfileError
from hotelml_app.intake.header_rows import two_row_headers
from hotelml_app.intake.profile import ExportProfile, Source, Sum
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.readers.tables.sheet import HeadRow, Sheet
from hotelml_app.intake.readers.text.delimited import DelimitedSheet
from hotelml_app.intake.unknown_layout import unknown_layout
from hotelml_app.intake.values.words import header_word

Head = Sequence[tuple[HeadRow, Sequence[str], frozenset[str]]]
"""Rows that may be the header, each with its cells as words, in order and for looking up."""


@dataclass(frozen=True)
class Claim:
    """A profile found on a sheet below a header row.

    ``places`` are the columns of each role, by position, ``facts`` what the file says once for all rows.
    """

    profile: ExportProfile
    sheet: Sheet
    header: HeadRow
    places: Mapping[str, tuple[int, ...]]
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Roles of the profile that this file has no column for."""
        optional = self.profile.optional
        return tuple(role for role in self.profile.columns if role not in self.places and role not in optional)


def identify(document: Document, profiles: Iterable[ExportProfile]) -> list[Claim]:
    """Return the claims on a document: one profile, on one or several of its sheets.

    Raises UnknownLayoutError where no profile fits, EmptyFileError where there is no row, AmbiguousLayoutError naming the
    profiles where several fit.
    """
    profiles = list(profiles)
    heads = [(sheet, _head(sheet)) for sheet in document.sheets]
    claims = [claim for sheet, head in heads for profile in profiles if (claim := _claim(document, sheet, head, profile))]
    if not claims:
        claims = [
            claim
            for sheet in document.sheets
            if (joined := _words_of_rows(two_row_headers(sheet.head)))
            for profile in profiles
            if (claim := _claim(document, sheet, joined, profile))
        ]
    claims = _outermost(claims)
    names = sorted({claim.profile.name for claim in claims})
    if len(names) > 1:
        raise AmbiguousLayoutError(
            f"{document.name} fits two layouts: {' and '.join(names)}.",
            remedy=f"Import it with --profile {names[0]} or another of them.",
        )
    if not claims:
        raise unknown_layout(document, profiles)
    return claims


def identify_as(document: Document, profile: ExportProfile) -> list[Claim]:
    """Return the claims of the profile that was asked for. Raises WrongProfileError where it does not fit."""
    claims = [claim for sheet in document.sheets if (claim := _claim(document, sheet, _head(sheet), profile))]
    if claims:
        return _outermost(claims)
    wanted = ", ".join(word if isinstance(word, str) else word[0] for word in profile.signature)
    raise WrongProfileError(
        f"{document.name} is not in the layout {profile.name} ({profile.title}): it needs the columns {wanted}.",
        remedy="Leave out --profile and let HotelML recognise the layout.",
    )


def _outermost(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out claims on records inside claimed records: they repeat what stands around them."""
    names = {claim.sheet.name for claim in claims}
    return [claim for claim in claims if not any(name and claim.sheet.name.startswith(f"{name}/") for name in names)]


def _head(sheet: Sheet) -> Head:
    """Return the rows that may be the header, each with its cells as words."""
    return _words_of_rows(sheet.head)


def _words_of_rows(rows: Iterable[HeadRow]) -> Head:
    words = ((row, [header_word(cell) for cell in row.cells]) for row in rows)
    return [(row, in_order, frozenset(in_order)) for row, in_order in words]


def _claim(document: Document, sheet: Sheet, head: Head, profile: ExportProfile) -> Claim | None:
    if document.form not in profile.forms or (profile.sheet and not sheet.name.casefold().endswith(profile.sheet.casefold())):
        return None
    if profile.section and isinstance(sheet, DelimitedSheet):
        part = sheet.section(*profile.section)
        sheet, head = part, head if part is sheet else _head(part)
    wanted = _known_words(profile.signature)
    for row, words, there in head:
        if not any(map(there.isdisjoint, wanted)):
            return Claim(profile, sheet, row, locate(profile.columns, words), _facts(document, sheet, row, profile))
    return None


def _facts(document: Document, sheet: Sheet, header: HeadRow, profile: ExportProfile) -> dict[str, str]:
    """Return what labelled cells above the header, or on the other sheets, say of the profile's facts; its constants."""
    rows = [row.cells for row in sheet.head[: max(0, header.index)]]
    rows += [row.cells for other in document.sheets if other.name != sheet.name for row in other.head]
    found = dict(profile.constants)
    for role, labels in profile.facts.items():
        wanted = {header_word(label) for label in labels}
        for cells in rows:
            beside = [cells[place + 1] for place in range(len(cells) - 1) if header_word(cells[place]).rstrip(":") in wanted]
            if beside and beside[0].strip():
                found[role] = beside[0]
                break
    return found


@cache
def _known_words(signature: tuple[str | tuple[str, ...], ...]) -> tuple[frozenset[str], ...]:
    """Return, for each word of a signature, the ways to write it."""
    return tuple(frozenset(map(_known_word, (word,) if isinstance(word, str) else word)) for word in signature)


@cache
def _known_word(text: str) -> str:
    """Return a word of a profile as ``header_word`` writes it; words of files are not kept."""
    return header_word(text)


def locate(columns: Mapping[str, Source], words: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the positions of each role's columns; roles whose header word is nowhere are left out."""
    places = {}
    for role, source in columns.items():
        headers = source.headers if isinstance(source, Sum) else (source,) if isinstance(source, str) else source
        found = [words.index(word) for word in map(header_word, headers) if word in words]
        if found:
            places[role] = tuple(found) if isinstance(source, Sum) else (found[0],)
    return places

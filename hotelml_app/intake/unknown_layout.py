"""What to say of a file that no known layout fits, without repeating what may be a guest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from hotelml_app.intake.errors import EmptyFileError, UnknownLayoutError
from hotelml_app.intake.header_rows import FEWEST_COLUMNS
from hotelml_app.intake.profile import ExportProfile, Sum
from hotelml_app.intake.proposing.names.header_match import is_known
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.values.spelling import Spellings
from hotelml_app.intake.values.words import header_word

_MOST_NAMES = 60
_SHOWN = 12
_ALIKE_FROM = 0.85
_NEAR_FROM = 0.3
"""From this share of a layout's columns on it is worth naming."""

REMEDY = (
    "Export one booking (or one review) per row, with the names of the columns in the first row, as CSV, Excel, XML or JSON."
    " With a booking number, an arrival and a departure among them, HotelML asks for the rest."
)

NOTHING_TO_TELL_BY = "has column names but no row below them, and HotelML does not know this layout yet."
WITH_A_ROW = "Drop an export of the same report with a few bookings first; from then on one without rows is understood."


def unknown_layout(document: Document, profiles: Sequence[ExportProfile]) -> EmptyFileError | UnknownLayoutError:
    """Return the error for a document that none of the profiles fits."""
    rows = [row for sheet in document.sheets for row in sheet.head if any(cell.strip() for cell in row.cells)]
    if not rows:
        return EmptyFileError(f"There is no row in {document.name}.", remedy="Export it from the PMS again.")
    header = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row.cells))
    names = [cell.strip() for cell in header.cells if cell.strip()]
    known = {profile.name: _words_of(profile) for profile in profiles}
    if header is rows[-1] and len(names) >= FEWEST_COLUMNS and len(_known_names(names, known.values())) * 2 > len(names):
        seen = _seen(names, known.values())
        return UnknownLayoutError(f"{document.name} {NOTHING_TO_TELL_BY}{seen}", remedy=WITH_A_ROW)
    return UnknownLayoutError(
        f"No known export layout fits {document.name}.{_seen(names, known.values())}{_nearest(names, profiles, known)}",
        remedy=REMEDY,
    )


def _words_of(profile: ExportProfile) -> frozenset[str]:
    sources = profile.columns.values()
    words = (
        source.headers if isinstance(source, Sum) else (source,) if isinstance(source, str) else source for source in sources
    )
    return _compared(tuple(word for group in words for word in group))


@cache
def _compared(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a layout in the form that is compared."""
    return frozenset(map(header_word, words))


@lru_cache(maxsize=2)
def _spellings(known: tuple[frozenset[str], ...]) -> Spellings:
    return Spellings(word for group in known for word in group)


def _seen(names: Sequence[str], known: Iterable[frozenset[str]]) -> str:
    """Name the columns whose names are known words; a file may lack its header, and then any other cell is a guest's."""
    shown = _known_names(names, known)
    if not shown:
        return f" None of its {len(names)} column names is known." if len(names) > 1 else ""
    more = "…" if len(shown) > _SHOWN else ""
    return f" Of its {len(names)} columns HotelML knows: {', '.join(shown[:_SHOWN])}{more}."


def _known_names(names: Sequence[str], known: Iterable[frozenset[str]]) -> list[str]:
    """Return the names of columns that HotelML knows a meaning of."""
    vocabulary = frozenset().union(*known)
    return [name for name in names[:_MOST_NAMES] if header_word(name) in vocabulary or is_known(name)]


def _nearest(names: Sequence[str], profiles: Sequence[ExportProfile], known: dict[str, frozenset[str]]) -> str:
    """Name the layout that has most of these columns, words that are nearly the same counting half."""
    if not profiles:
        return ""
    words = list(dict.fromkeys(map(header_word, names)))[:_MOST_NAMES]
    spellings = _spellings(tuple(known.values()))
    scores: Counter[str] = Counter()
    for word in words:
        alike = {near for _, near in spellings.alike(word, _ALIKE_FROM)}
        for name, group in known.items():
            scores[name] += 2 if word in group else 1 if alike & group else 0
    best = max(profiles, key=lambda profile: scores[profile.name] / max(1, len(known[profile.name])))
    enough = scores[best.name] / 2 > _NEAR_FROM * max(1, len(known[best.name]))
    return f" The nearest known layout is {best.title}." if enough else ""

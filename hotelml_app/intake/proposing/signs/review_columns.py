"""Whether a file nobody knows holds reviews, told by the names and values of its columns; nothing needs to be asked then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.identify import Claim, locate
from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.proposing.names.header_match import EXACT, folded, matches
from hotelml_app.intake.proposing.names.review_words import ROLES_OF_REVIEWS, SURELY_REVIEWS
from hotelml_app.intake.proposing.signs.assigning import usual_order
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import MOSTLY
from hotelml_app.intake.proposing.signs.heading import Heading, heading_at
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.readers.tables.sheet import Sheet
from hotelml_app.intake.values.scores import written_score
from hotelml_app.intake.values.words import header_word

NAME = "proposed_reviews"
"""The name of the layout of reviews that HotelML recognises by itself."""

SCALES = (5.0, 10.0, 100.0)
"""Best scores there are; the least that no score of a file lies above is taken for its."""

PROSE_WORDS, LONG_PROSE_WORDS = 2.0, 5.0
"""Words of a usual text: of a column whose name says that it is one, and of one that is told by its values alone."""

CONTAINED = 0.6
"""How much a name counts that has a known word among others."""

_SCALE_IN_NAME = re.compile(r"(?:[(\[/\-–]|\b(?:out of|of|von|sur|su|de|bis|to|a|à)\s)\s*(\d{1,3})\s*[)\]]?\s*$", re.IGNORECASE)

Floats = NDArray[np.float64]

_TEXTS = ("positive", "negative", "body")
_STAYS = (("arrival",), ("departure", "nights"))


@dataclass(frozen=True)
class ReviewsFound:
    """The tables of reviews in a document."""

    claims: tuple[Claim, ...]

    @property
    def layout(self) -> str:
        """What the layout is kept as: the same for the same names of columns."""
        words = "\n".join(map(header_word, self.claims[0].header.cells))
        return f"{NAME}-{blake2b(words.encode(), digest_size=3).hexdigest()}"

    def note(self, best_score: float) -> str:
        """Return a sentence that says how they are read."""
        columns = self.claims[0].profile.columns
        named = {
            "positive": "praise",
            "negative": "complaints",
            "body": "text",
            "title": "title",
            "score": f"score up to {best_score:g}",
            "reviewed_on": "day",
        }
        said = [f"{what} in {columns[role]!r}" for role, what in named.items() if role in columns]
        return f"Read as reviews: {', '.join(said)}."


def reviews_in(document: Document) -> ReviewsFound | None:
    """Return how a document is read as reviews, or None where it is nothing like them, or has stays."""
    found = [heading for sheet in document.sheets if (heading := _heading(sheet))]
    for heading in sorted(found, key=lambda one: -one.known_words):
        places = _places(heading)
        if places:
            profile = _profile(heading, places)
            words = [header_word(cell) for cell in heading.header.cells]
            alike = [one for one in found if [header_word(cell) for cell in one.header.cells] == words]
            claims = tuple(Claim(profile, one.sheet, one.header, locate(profile.columns, words)) for one in alike)
            return ReviewsFound(claims)
    return None


def _heading(sheet: Sheet) -> Heading | None:
    """Return a sheet below the row that names most of what reviews have."""
    named = [(_roles_named({folded(cell) for cell in row.cells}), row) for row in sheet.head]
    most, header = max(named, key=lambda one: one[0], default=(0, None))
    return heading_at(sheet, header, most) if header is not None and most else None


def _roles_named(names: Iterable[str]) -> int:
    return sum(any(_named(role, name) for name in names) for role in ROLES_OF_REVIEWS)


def _places(heading: Heading) -> Mapping[str, int]:
    """Return the column of each role, nothing where these are no reviews."""
    names = {place: folded(heading.header.cells[place]) for place in heading.columns}
    if _has_stays(heading):
        return {}
    found: dict[str, int] = {}
    for role in ROLES_OF_REVIEWS:
        left = [place for place in names if place not in found.values()]
        best = max(left, key=lambda place: _fit(role, names[place], heading.columns[place]), default=None)
        if best is not None and _fit(role, names[best], heading.columns[best])[0] > 0:
            found[role] = best
    if "score" in found and not any(role in found for role in _TEXTS):
        found |= _told_by_prose(heading, found)
    sure = {"positive", "negative"} <= found.keys() or names.get(found.get("body", -1), "") in SURELY_REVIEWS
    return found if any(role in found for role in _TEXTS) and ("score" in found or sure) else {}


def _has_stays(heading: Heading) -> bool:
    """Tell whether there are columns for arrivals and for departures or nights: that is a list of bookings with remarks."""
    roles = {
        match.role
        for place, seen in heading.columns.items()
        for match in matches(heading.header.cells[place])
        if match.score >= EXACT and (seen.date_share >= MOSTLY or match.role == "nights")
    }
    return all(roles & set(either) for either in _STAYS)


def _fit(role: str, name: str, seen: Evidence) -> tuple[float, int]:
    """Return how well a column fits a role, 0 where it does not; of equals the one that says more counts."""
    named = _named(role, name)
    return (named if named and seen.said and _may_be(role, seen) else 0.0), seen.different


def _named(role: str, name: str) -> float:
    """Return how surely a name is a role's, 0 where it is not; words that stand first count for a little more."""
    place = _places_of_words(role).get(name)
    if place is not None:
        return 1.0 - place / 1000
    parts = set(name.split())
    if _all_words(role).isdisjoint(parts):
        return 0.0
    return CONTAINED if any(map(parts.issuperset, _words_apart(role))) else 0.0


@cache
def _places_of_words(role: str) -> dict[str, int]:
    """Return where in a role's list each of its names stands first."""
    words = ROLES_OF_REVIEWS[role]
    return {word: words.index(word) for word in words}


@cache
def _all_words(role: str) -> frozenset[str]:
    """Return every word of the names that may stand among others; without any of them no name is of the role."""
    return frozenset().union(*_words_apart(role))


@cache
def _words_apart(role: str) -> tuple[frozenset[str], ...]:
    """Return the names of a role that may stand among other words, each as its words."""
    return tuple(frozenset(name.split()) for name in ROLES_OF_REVIEWS[role] if len(name) > 3)


def _may_be(role: str, seen: Evidence) -> bool:
    """Tell whether values are of a role's kind."""
    if role == "score":
        scores = _scores(seen)
        said = seen.times[~np.isnan(scores)].sum() >= MOSTLY * seen.said
        return bool(said and seen.date_share < MOSTLY and np.nanmin(scores) >= 0 and np.nanmax(scores) <= SCALES[-1])
    if role == "reviewed_on":
        return seen.date_share >= MOSTLY
    if role == "review_id":
        return seen.unique >= MOSTLY and seen.longest <= 60
    scored = float(seen.times[~np.isnan(_scores(seen))].sum()) / seen.said
    prose = scored < 1 - MOSTLY and seen.date_share < 1 - MOSTLY
    return prose and (role != "body" or _usual_words(seen) >= PROSE_WORDS)


def _told_by_prose(heading: Heading, found: Mapping[str, int]) -> dict[str, int]:
    """Return the one column of long texts as what guests wrote, where there is one and no name says which it is."""
    taken = set(found.values())
    long = [place for place, seen in heading.columns.items() if place not in taken and _usual_words(seen) >= LONG_PROSE_WORDS]
    return {"body": long[0]} if len(long) == 1 else {}


def _usual_words(seen: Evidence) -> float:
    """Return how many words the middle one of the texts has."""
    lengths = [len(text.split()) for text in seen.words if text]
    return float(np.median(lengths)) if lengths else 0.0


def _scores(seen: Evidence) -> Floats:
    """Return the number of each different text, NaN where it is none."""
    said = [written_score(text) for text in seen.words]
    return np.array([float(one.number.replace(",", ".")) if one else value for one, value in zip(said, seen.values, strict=True)])


def _profile(heading: Heading, places: Mapping[str, int]) -> ExportProfile:
    columns = {role: heading.header.cells[place] for role, place in places.items()}
    scale = SCALES[1]
    if "score" in places:
        most = np.nanmax(_scores(heading.columns[places["score"]]))
        scale = _named_scale(columns["score"], most) or next(one for one in SCALES if most <= one)
    return ExportProfile(
        name=NAME,
        title="Reviews, recognised by their columns",
        signature=tuple(columns[role] for role in columns if role in (*_TEXTS, "score")),
        columns=columns,
        optional=tuple(role for role in columns if role not in (*_TEXTS, "score")),
        kind=Kind.REVIEWS,
        score_scale=scale,
        date_order=usual_order(heading, [heading.columns[places["reviewed_on"]]] if "reviewed_on" in places else []),
    )


def _named_scale(name: str, most: float) -> float | None:
    """Return the best score that the name of a column tells, like "Rating (1-10)" or "Note /10", if no score lies above it."""
    told = _SCALE_IN_NAME.search(name)
    return float(told[1]) if told and float(told[1]) in SCALES and most <= float(told[1]) else None

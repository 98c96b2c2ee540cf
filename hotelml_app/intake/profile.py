"""The contract of an export layout: one folder below ``profiles/`` with a manifest that imports nothing heavy.

Folder ``profiles/<name>/``: ``__init__.py`` with ``PROFILE``, a small ``sample.*`` in that layout (made by hand or by the
simulator, never a real export) and ``expected.json``, the rows it must give. A manifest is enough for a layout whose rows are
bookings; what is stranger names an ``adjust`` function of its own folder.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS, BookingStatus
from hotelml_app.intake.values.dates import DateOrder


class Kind(StrEnum):
    """What the rows of an export are."""

    BOOKINGS = "bookings"
    REVIEWS = "reviews"


@dataclass(frozen=True)
class Sum:
    """Several number columns that make one; blank cells count as nothing."""

    headers: tuple[str, ...]


Source = str | tuple[str, ...] | Sum
"""Where a role comes from: a header word, alternatives of which the first that is there counts, or a sum."""

DAY_ROLES = ("booked_on", "arrival", "departure", "status_on", "business_date", "reviewed_on")
COUNT_ROLES = ("nights", "lead_days", "arrival_year", "arrival_day", "score", "scale", *NUMBER_COLUMNS)
TEXT_ROLES = ("title", "positive", "negative", "body")
WORD_ROLES = ("property", "reservation_id", "status", "arrival_month", "review_id", "language", *CATEGORY_COLUMNS)
ROLES = frozenset((*DAY_ROLES, *COUNT_ROLES, *TEXT_ROLES, *WORD_ROLES))


@dataclass(frozen=True)
class ExportProfile:
    """An export layout.

    ``signature`` are the header words by which it is recognised, all needed (a tuple: any of these); ``columns`` says which
    header word plays which role. ``blanks`` are this layout's words for "not said"; ``statuses`` its spellings beyond the common
    vocabulary; ``spellings`` its words that mean another word, per role; ``ignored`` the words whose rows are no
    bookings (posting masters, totals), per role. ``date_order`` counts where the file itself leaves open what is
    day and what month.
    ``score_scale`` is the best score of a review; ``source`` the site it is from.
    """

    name: str
    title: str
    signature: tuple[str | tuple[str, ...], ...]
    columns: Mapping[str, Source]
    kind: Kind = Kind.BOOKINGS
    forms: tuple[str, ...] = ("text", "workbook", "json", "xml")
    sheet: str = ""
    blanks: frozenset[str] = frozenset()
    statuses: Mapping[str, BookingStatus] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    date_order: DateOrder | None = None
    score_scale: float = 10.0
    source: str = ""
    adjust: str | None = None
    sample: str = "sample.csv"

    def adjustment(self) -> Callable[..., None] | None:
        """Import and return the profile's own function, or None."""
        if self.adjust is None:
            return None
        path, _, name = self.adjust.partition(":")
        function: Callable[..., None] = getattr(importlib.import_module(path), name)
        return function

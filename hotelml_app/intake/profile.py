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
    STATISTICS = "statistics"


class Grain(StrEnum):
    """What one row of a booking export is; whatever it is, one booking with its rooms is stored."""

    BOOKING = "booking"
    NIGHT = "night"
    """A night, or another part of a stay: rows of one number are one booking, ``night_price`` adds up."""
    ROOM = "room"
    """A room of a booking: each further row of a number is a booking of its own, numbered NUMBER/2 and so on."""
    INSTALMENT = "instalment"
    """A payment for a booking: rows of one number are one booking, ``total`` adds up."""


@dataclass(frozen=True)
class Sum:
    """Several number columns that make one; blank cells count as nothing."""

    headers: tuple[str, ...]


Source = str | tuple[str, ...] | Sum
"""Where a role comes from: a header word, alternatives of which the first that is there counts, or a sum."""

DAY_ROLES = ("booked_on", "arrival", "departure", "status_on", "cancelled_on", "business_date", "reviewed_on", "stay_date")
STATISTIC_ROLES = ("rooms_sold", "capacity", "inventory", "out_of_order", "average_rate", "revenue", "arrivals", "departures")
COUNT_ROLES = (
    *("nights", "lead_days", "arrival_year", "arrival_day", "score", "scale"),
    *("guests", "night_price", "rooms_before"),
    *STATISTIC_ROLES,
    *NUMBER_COLUMNS,
)
TEXT_ROLES = ("title", "positive", "negative", "body")
JUDGED_ROLES = ("primary", "reason", "row_kind", "is_cancelled", "is_no_show")
"""Words that decide about a row and are not kept: the first of a room's sharers, why it was cancelled, what the row is,
whether it was cancelled, for rows whose status is spoiled, and whether the guests did not come, where the status cannot tell."""
WORD_ROLES = (
    *("property", "property_name", "reservation_id", "status", "arrival_month", "review_id", "language"),
    *JUDGED_ROLES,
    *CATEGORY_COLUMNS,
)
ROLES = frozenset((*DAY_ROLES, *COUNT_ROLES, *TEXT_ROLES, *WORD_ROLES))


@dataclass(frozen=True)
class ExportProfile:
    """An export layout.

    Recognising: ``signature`` are the header words it is known by, all needed (a tuple: any of these), on a sheet or element
    whose name ends in ``sheet``. ``section`` is how the wanted part of a text of stacked tables begins, and how the next does.

    Columns: ``columns`` says which header word plays which role; those in ``optional`` are not missed where a file has none.
    ``facts`` are roles said once for all rows, in a cell beside one of the labels, above the header or on another sheet;
    ``constants`` are what goes without saying in this layout.

    Words: ``blanks`` are its words for "not said"; ``statuses`` its spellings beyond the common vocabulary; ``spellings`` its
    words that mean another word, per role. ``date_order`` counts where the file itself leaves open what is day and what month.

    Rows: ``ignored`` are words whose rows are no bookings (posting masters, totals), per role; ``only`` the words all other rows
    are ignored for. ``grain`` is what a row is. With ``shares``, rows without persons and rate are further guests of a room
    that another row holds. Cells of the roles in ``lists`` may name several rooms; the role that counts them comes first.
    With ``numbered_rooms`` the number of the room stands beside its type.

    Reviews: ``score_scale`` is the best score, ``source`` the site they are from.
    """

    name: str
    title: str
    signature: tuple[str | tuple[str, ...], ...]
    columns: Mapping[str, Source]
    optional: tuple[str, ...] = ("property",)
    kind: Kind = Kind.BOOKINGS
    forms: tuple[str, ...] = ("text", "workbook", "json", "xml")
    sheet: str = ""
    blanks: frozenset[str] = frozenset()
    statuses: Mapping[str, BookingStatus] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    grain: Grain = Grain.BOOKING
    shares: bool = False
    lists: tuple[str, ...] = ()
    numbered_rooms: bool = False
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    section: tuple[str, str] | None = None
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

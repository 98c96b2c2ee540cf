"""A layout in a hotel's own words: which header is which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.profile import ROLES, STATISTIC_ROLES, TEXT_ROLES, ExportProfile, Grain, Source, Sum
from hotelml_app.intake.proposing.proposal import Proposal
from hotelml_app.intake.values.dates import DateOrder
from hotelml_app.intake.values.words import header_word

NEEDED = (
    "arrival",
    "arrival_year",
    "arrival_month",
    "arrival_day",
    "departure",
    "nights",
    "stay_date",
    "status",
    "cancelled_on",
    "reservation_id",
    "booked_on",
)
"""Roles whose columns a file must have to be taken for the same layout again."""

BOOKING_ROLES = tuple(
    sorted(
        ROLES
        - {"score", "scale", "review_id", "reviewed_on", "language", "row_kind", "is_cancelled", *TEXT_ROLES, *STATISTIC_ROLES}
    )
)
"""The roles that a map may name."""

ADDED_UP = ("nights", "adults", "children", "guests", "adr", "total", "special_requests")
"""Roles that may be the sum of several columns."""


@dataclass(frozen=True)
class ColumnMap:
    """Which columns of a file play which role, and how its values are written.

    ``columns`` has the header words of each role, several where they add up. ``no_status`` says that the file tells none.
    ``header`` are all column names of the file it was made for; ``answered`` is False where HotelML found out by itself.
    ``numbered_rooms`` says that the numbers of rooms stand beside their kinds, ``best_score`` is the best one in a layout of
    reviews, 0 where nothing tells.
    A map without columns only completes how a file is read anyway; kept, it is about the known ``layout``.
    """

    columns: Mapping[str, tuple[str, ...]]
    date_order: DateOrder | None = None
    statuses: Mapping[str, BookingStatus] = field(default_factory=dict)
    no_status: bool = False
    blanks: frozenset[str] = frozenset()
    grain: Grain = Grain.BOOKING
    header: tuple[str, ...] = ()
    answered: bool = True
    label: str = ""
    layout: str = ""
    numbered_rooms: bool = False
    best_score: float = 0.0

    @property
    def completes_only(self) -> bool:
        """True where the map says nothing of columns."""
        return not self.columns

    def completing(self, profile: ExportProfile) -> ExportProfile:
        """Return a layout with what the map says of its dates and words."""
        return replace(
            profile,
            date_order=self.date_order or profile.date_order,
            statuses={**profile.statuses, **self.statuses},
            blanks=profile.blanks | {blank.casefold() for blank in self.blanks},
        )

    def completed_by(self, answer: ColumnMap) -> ColumnMap:
        """Return the map with what a later answer says of dates and words."""
        return replace(
            self,
            date_order=answer.date_order or self.date_order,
            statuses={**self.statuses, **answer.statuses},
            blanks=self.blanks | answer.blanks,
            answered=True,
        )

    @property
    def name(self) -> str:
        """The layout's name: the same for the same columns."""
        if self.layout:
            return self.layout
        if self.label:
            return f"own-{'-'.join(self.label.casefold().split())}"
        words = "\n".join(sorted(header_word(word) for names in self.columns.values() for word in names))
        return f"{'own' if self.answered else 'auto'}-{blake2b(words.encode(), digest_size=3).hexdigest()}"

    @property
    def profile(self) -> ExportProfile:
        """The map as a layout; the columns that bookings depend on are its signature."""
        columns: dict[str, Source] = {role: names[0] if len(names) == 1 else Sum(names) for role, names in self.columns.items()}
        return ExportProfile(
            name=self.name,
            title="a layout of this property's own" if self.answered else "a layout read by its column names and values",
            signature=tuple(word for role in NEEDED for word in self.columns.get(role, ())),
            columns=columns,
            blanks=frozenset(blank.casefold() for blank in self.blanks),
            statuses=self.statuses,
            date_order=self.date_order,
            grain=self.grain,
            numbered_rooms=self.numbered_rooms,
        )

    def was_made_for(self, cells: Sequence[str]) -> bool:
        """Return whether a row has exactly the column names of the file the map was made for."""
        return bool(self.header) and [header_word(cell) for cell in cells] == [header_word(cell) for cell in self.header]

    def as_dict(self) -> dict[str, object]:
        """Return the map as JSON-ready fields."""
        return {
            "columns": {role: list(names) for role, names in self.columns.items()},
            "dates": self.date_order.value if self.date_order else "",
            "statuses": {word: status.name.lower() for word, status in self.statuses.items()},
            "no_status": self.no_status,
            "blanks": sorted(self.blanks),
            "grain": self.grain.value,
            "header": list(self.header),
            "answered": self.answered,
            "label": self.label,
            "layout": self.layout,
            "numbered_rooms": self.numbered_rooms,
            "best_score": self.best_score,
        }


def from_dict(kept: Mapping[str, object]) -> ColumnMap:
    """Return a map that ``as_dict`` wrote."""
    columns, statuses = kept.get("columns"), kept.get("statuses")
    assert isinstance(columns, Mapping)
    assert isinstance(statuses, Mapping)
    return ColumnMap(
        columns={str(role): tuple(str(name) for name in names) for role, names in columns.items()},
        date_order=DateOrder(str(kept["dates"])) if kept.get("dates") else None,
        statuses={str(word): BookingStatus[str(status).upper()] for word, status in statuses.items()},
        no_status=bool(kept.get("no_status")),
        blanks=frozenset(_texts(kept.get("blanks"))),
        grain=Grain(str(kept.get("grain") or Grain.BOOKING.value)),
        header=tuple(_texts(kept.get("header"))),
        answered=bool(kept.get("answered", True)),
        label=str(kept.get("label") or ""),
        layout=str(kept.get("layout") or ""),
        numbered_rooms=bool(kept.get("numbered_rooms")),
        best_score=float(str(kept.get("best_score") or 0.0)),
    )


def from_proposal(proposal: Proposal, header: Sequence[str]) -> ColumnMap:
    """Return what HotelML found out by itself as a map."""
    columns = proposal.roles_by_grain
    return ColumnMap(
        columns=columns,
        date_order=proposal.date_order,
        statuses=proposal.statuses,
        no_status="status" not in columns and "cancelled_on" not in columns,
        grain=proposal.grain,
        header=tuple(header),
        answered=False,
    )


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []

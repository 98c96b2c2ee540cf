"""What was answered so far about one export, and the mapping it amounts to. Plain values, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.services.exports.mapping_views import MappedColumnView, MappingProposalView

TAKEN = 0.6
"""From this confidence on a role is taken as it was recognised; below it only where something must be asked about it."""

NIGHT_PARTS = ("week nights", "weekend nights")
STAY_PARTS = ("arrival_year", "arrival_month", "arrival_day")
STATUS_WORDS = {
    "reserved": "Reserved, it will come",
    "tentative": "Tentative, not firm yet",
    "in_house": "In house",
    "checked_out": "Checked out",
    "cancelled": "Cancelled",
    "no_show": "No-show",
}
"""Statuses in the order they are offered, and what they mean."""

assert {name.upper() for name in STATUS_WORDS} == set(BookingStatus.__members__)

STILL_OPEN = {
    "status": "Say which column shows what was cancelled, or that none does.",
    "rows": "Say what several rows of one booking are.",
    "room_type": "Say which column is the room type, or that none is.",
    "booked_on": "Say which column is the day of booking, or that none is.",
    "total": "Say which column is the price, or that none is.",
}
"""What may stay without an answer for long, and how it is asked for again."""

COUNTED = {"departure": "nights", "booked_on": "lead_days"}
"""Days that a number of days from, or to, the arrival tells as well."""

_PRICES = ("total", "adr")
_ASKED_AS = {"lead_days": "booked_on", "adr": "total"}
"""Roles that another one's question is about as well."""


@dataclass
class Answer:
    """One answer in the making. ``roles`` are those of the columns in their order, "" for one that is not read."""

    proposal: MappingProposalView
    roles: list[str] = field(default_factory=list)
    dates: str = ""
    statuses: dict[str, str] = field(default_factory=dict)
    dates_asked: bool = False
    words_asked: tuple[str, ...] = ()
    open: set[str] = field(default_factory=set)
    """What must still be said: roles of which nobody said yet which column has them, or that none does, and what rows are."""
    rows: str = ""
    roles_changed: bool = False

    @classmethod
    def begin(cls, proposal: MappingProposalView) -> Answer:
        """Return the answer as HotelML would give it itself; what is asked is filled in where there is a guess."""
        asked = {question.role for question in proposal.questions}
        whole = any(column.role == "nights" for column in proposal.columns)
        roles = []
        for column in proposal.columns:
            role = "nights" if column.role in NIGHT_PARTS and not whole else column.role
            known = role in {one.name for one in proposal.roles}
            guessed = role in asked or _ASKED_AS.get(role) in asked
            roles.append(role if known and (column.confidence >= TAKEN or guessed) else "")
        statuses = {one.word: one.status or one.likely for one in proposal.status_words if one.status or one.likely}
        return cls(
            proposal,
            roles,
            statuses=statuses,
            dates_asked=proposal.dates_question is not None,
            open={role for role in asked & STILL_OPEN.keys() if not _roles_of(role) & set(roles)},
            rows=proposal.rows,
        )

    @property
    def columns(self) -> Sequence[MappedColumnView]:
        """The columns of the file."""
        return self.proposal.columns

    def place(self, role: str) -> int | None:
        """Return which column has a role, or None."""
        return self.roles.index(role) if role in self.roles else None

    def give(self, place: int, role: str) -> None:
        """Say what a column is; a role that can only be one column's is taken from the other."""
        added_up = {one.name for one in self.proposal.roles if one.added_up}
        if role and role not in added_up:
            self.take(role)
        self.roles_changed = self.roles_changed or self.roles[place] != role
        self.roles[place] = role

    def take(self, role: str) -> None:
        """Say that no column has a role."""
        for place, given in enumerate(self.roles):
            if given == role:
                self.roles[place] = ""
                self.roles_changed = True

    @property
    def status_as_proposed(self) -> bool:
        """True while the status is the column whose words were told."""
        place = self.place("status")
        return bool(self.proposal.known_layout) or (place is not None and self.columns[place].role == "status")

    @property
    def missing(self) -> str:
        """Return in a sentence what must still be said, or "" where the file can be tried."""
        if self.dates_asked and not self.dates:
            return "Say what the dates mean."
        if any(not self.statuses.get(word) for word in self.words_asked):
            return "Say what each word of the status means."
        if self.proposal.known_layout:
            return ""
        if "arrival" not in self.roles and not set(STAY_PARTS) <= set(self.roles):
            return "Say which column is the arrival."
        if "departure" not in self.roles and "nights" not in self.roles:
            return "Say which column is the departure, or the number of nights."
        return next((words for role, words in STILL_OPEN.items() if role in self.open and not self._has(role)), "")

    def _has(self, role: str) -> bool:
        return role in self.roles or {"total": "adr", **COUNTED}.get(role) in self.roles

    def mapping(self) -> dict[str, object]:
        """Return the answer as maps have it: only dates and words where nothing else had to be said."""
        said: dict[str, object] = {}
        if self.dates or self.proposal.dates:
            said["dates"] = self.dates or self.proposal.dates
        words = {word: status for word, status in self.statuses.items() if status}
        if self.proposal.known_layout or self._only_completes():
            known = {one.word: one.status for one in self.proposal.status_words}
            words = {word: status for word, status in words.items() if known.get(word) != status}
            return {**said, **({"statuses": words} if words else {})}
        return {**said, "rows": self.rows, "columns": self._columns(), **({"statuses": words} if words else {})}

    def _only_completes(self) -> bool:
        """Return whether the columns are as HotelML has them and none of them was asked about."""
        return not self.roles_changed and {question.role for question in self.proposal.questions} <= {"dates"}

    def _columns(self) -> dict[str, object]:
        columns: dict[str, list[str]] = {}
        for column, role in zip(self.columns, self.roles, strict=True):
            if role:
                columns.setdefault(role, []).append(column.header)
        if self.rows == "nights":
            price = next((role for role in _PRICES if role in columns), None)
            if price is not None:
                columns["night_price"] = columns.pop(price)
                columns.pop("adr", None)
        named: dict[str, object] = {role: names if len(names) > 1 else names[0] for role, names in columns.items()}
        return named if {"status", "cancelled_on"} & named.keys() else {**named, "status": False}


def _roles_of(asked: str) -> set[str]:
    """Return the roles that answer a question."""
    return {asked, *(role for role, question in _ASKED_AS.items() if question == asked)}


def holds_dates(column: MappedColumnView) -> bool:
    """Return whether a column's samples look like dates rather than like counts."""
    return any(sum(letter.isalnum() for letter in sample) > 4 for sample in column.samples)


def samples_words(column: MappedColumnView, most: int = 3) -> str:
    """Return some cells of a column in a line."""
    return ", ".join(column.samples[:most]) or "blank"

"""One property's data as a module may see it: read-only, cut at a business date, loaded on first use."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from hotelml_app.ml.property.history import History

Found = TypeVar("Found")


@dataclass(frozen=True)
class RoomTypeFacts:
    """A room type and how many rooms it has, as the user or else an export says, or None."""

    code: str
    name: str = ""
    rooms: int | None = None


@dataclass(frozen=True)
class CalendarEvent:
    """Something in town, as the user entered it: the days ``first`` to ``last``, both included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class ClosedRoom:
    """A room that staff took out of order from the night of ``first`` up to, not including, ``until``.

    ``room_type`` is the one that staff list it as, "" where they do not.
    """

    room: str
    first: date
    until: date
    room_type: str = ""


@dataclass(frozen=True)
class StatedOutOfOrder:
    """How many rooms of the house (``room_type`` "") or of a type are out of order on a night, as an export counts them."""

    night: date
    room_type: str
    rooms: float


@dataclass(frozen=True)
class PropertyFacts:
    """What is known of the property itself. ``country`` is ISO 3166 alpha-2 or ""; ``rooms`` None means not told.

    ``rooms_by_staff`` where it is staff who told the ``rooms``, not an export. ``closed_rooms`` and ``stated_out_of_order`` are
    about nights after the business date; they may tell the same rooms.

    ``newest_import`` is the id of the latest import that what is loaded holds in any case, 0 where none is known.
    """

    id: int
    name: str
    country: str = ""
    currency: str = ""
    rooms: int | None = None
    room_types: tuple[RoomTypeFacts, ...] = ()
    business_date: date | None = None
    events: tuple[CalendarEvent, ...] = ()
    newest_import: int = 0
    rooms_by_staff: bool = False
    closed_rooms: tuple[ClosedRoom, ...] = ()
    stated_out_of_order: tuple[StatedOutOfOrder, ...] = ()


@dataclass(frozen=True)
class Review:
    """One guest review; ``score`` in [0, 1] or None; text fields may be empty."""

    key: str
    reviewed_on: date | None
    score: float | None
    title: str = ""
    positive: str = ""
    negative: str = ""
    body: str = ""
    language: str = ""
    source: str = ""


@dataclass
class PropertyData:
    """Facts, booking history and reviews of one property; nothing in it was known after ``as_of``.

    The loaders are called at most once each. Tests and backtests build it from arrays; the store's reader from SQLite.
    """

    facts: PropertyFacts
    as_of: date
    load_history: Callable[[], History]
    load_reviews: Callable[[], Sequence[Review]] = field(default=tuple)
    _found: dict[Hashable, tuple[object, object]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def history(self) -> History:
        """The booking history as known at the end of ``as_of``."""
        return self.load_history().as_of(self.as_of)

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews written by ``as_of`` (those without a date included)."""
        return tuple(r for r in self._every_review if r.reviewed_on is None or r.reviewed_on <= self.as_of)

    def up_to_newest_review(self) -> PropertyData:
        """Return the same property on the day of its newest review, where that is later: reviews come by exports of their own.

        Of bookings no more is known then.
        """
        newest = max((one.reviewed_on for one in self._every_review if one.reviewed_on is not None), default=self.as_of)
        if newest <= self.as_of:
            return self
        return PropertyData(self.facts, newest, lambda: self.history, lambda: self._every_review)

    @cached_property
    def _every_review(self) -> tuple[Review, ...]:
        return tuple(self.load_reviews())

    def once(self, about: Hashable, model: object, find: Callable[[], Found]) -> Found:
        """Return what was found out of this data with the same model before, or find it now; kept as long as the data is.

        For what takes long and depends on nothing else. Only the latest model's is kept.
        """
        known = self._found.get(about)
        if known is None or known[0] is not model:
            known = self._found[about] = (model, find())
        return known[1]  # type: ignore[return-value]

    def at(self, day: date) -> PropertyData:
        """Return the same property as it was known at the end of an earlier ``day``; what is loaded is shared."""
        return PropertyData(
            self.facts,
            min(day, self.as_of),
            lambda: self.history,
            lambda: self.reviews,
        )

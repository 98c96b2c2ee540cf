"""What taking an import back would do, and did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hotelml_app.services.asking.words import count, joined, plain_day

MOST_NAMED = 3
"""Of more files the rest are counted."""


@dataclass(frozen=True)
class KnownView:
    """What is known of a property now, and once an import is taken back; ``goes`` where it came with that import.

    ``changed`` are the bookings known before that are made what they were.
    """

    property_name: str
    bookings: int
    bookings_after: int
    reviews: int
    reviews_after: int
    business_date: date | None
    business_date_after: date | None
    changed: int = 0
    goes: bool = False

    @property
    def sentence(self) -> str:
        """What changes, in a sentence."""
        if self.goes:
            return f"{self.property_name} came with it and is not listed any more."
        told = [_instead(self.bookings, self.bookings_after, "booking")]
        if self.changed:
            told.append(f"{self.changed:,} of them as they were before")
        if self.reviews != self.reviews_after:
            told.append(_instead(self.reviews, self.reviews_after, "review"))
        return f"{self.property_name}: {', '.join(told)}, {self._until}."

    @property
    def _until(self) -> str:
        if self.business_date_after is None:
            return "and no day known"
        day = f"as of the end of {plain_day(self.business_date_after)}"
        if self.business_date is None or self.business_date == self.business_date_after:
            return f"{day} as now"
        return f"{day} instead of {plain_day(self.business_date)}"


@dataclass(frozen=True)
class TakeBackView:
    """``later`` are files that came after ``file_name`` and are read again, ``lost`` those of them that lie nowhere any more.

    ``modules`` are those whose model learned from any of it, ``learning`` those that are learning from it now.
    """

    id: int
    file_name: str
    known: tuple[KnownView, ...]
    later: tuple[str, ...]
    lost: tuple[str, ...]
    modules: tuple[str, ...]
    learning: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What will happen, in sentences."""
        told = [one.sentence for one in self.known]
        if self.later:
            named = _named(self.later)
            one = len(self.later) == 1
            told.append(f"{named} came later: {'it is' if one else 'they are'} taken back as well, and read again afterwards.")
        if self.lost:
            one = len(self.lost) == 1
            missing = f"{'it does' if one else 'they do'} not lie in the folder processed"
            told.append(
                f"{_named(self.lost)} came later: {'it is' if one else 'they are'} taken back as well, and {missing}. "
                f"Import {'it' if one else 'them'} again afterwards."
            )
        if self.modules:
            told.append(f"The models of {joined(self.modules)} learned from it; those before them answer again.")
        if self.learning:
            told.append(f"{joined(self.learning)} {'is' if len(self.learning) == 1 else 'are'} learning now: that is stopped.")
        told.append(f"{self.file_name} stays where it lies. Where you drop it again, it is read again.")
        return tuple(told)


@dataclass(frozen=True)
class TakenBack:
    """What was taken back, the files that lie in a drop folder again, and those that some program still holds."""

    view: TakeBackView
    again: tuple[str, ...]
    held: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        told = f"{self.view.file_name} is taken back: everything is as it was before it."
        if self.held:
            told += f" {_named(self.held)} cannot be moved out of the folder processed now: HotelML tries it again by itself."
        return told

    @property
    def reading(self) -> str:
        """What is read again, in a sentence; "" where nothing is."""
        return f"{_named(self.again)}: read again now." if self.again else ""


def _instead(now: int, after: int, what: str) -> str:
    return f"{count(after, what)} as now" if now == after else f"{count(after, what)} instead of {now:,}"


def _named(files: Sequence[str]) -> str:
    shown = list(files[:MOST_NAMED])
    return joined([*shown, count(len(files) - MOST_NAMED, "more file")] if len(files) > MOST_NAMED else shown)

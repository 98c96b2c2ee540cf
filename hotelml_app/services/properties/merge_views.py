"""What putting two properties together would do, and did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hotelml_app.services.asking.words import count, plain_day


@dataclass(frozen=True)
class MergeSide:
    """What is known of one of two properties; ``nights`` are those of which exports told figures."""

    name: str
    bookings: int
    reviews: int
    nights: int
    business_date: date | None
    currency: str = ""

    @property
    def weight(self) -> tuple[int, int]:
        """What decides which of two stays: bookings, and where neither has more, reviews and nights."""
        return self.bookings, self.reviews + self.nights

    @property
    def sentence(self) -> str:
        """What is known, in a sentence."""
        counted = [count(self.bookings, "booking"), count(self.reviews, "review")]
        counted += [f"figures of {count(self.nights, 'night')}"] if self.nights else []
        until = f", up to {plain_day(self.business_date)}" if self.business_date is not None else ""
        return f"{self.name}: {', '.join(counted)}{until}."


@dataclass(frozen=True)
class MergeView:
    """``gone`` becomes part of ``stays``; ``alike`` of the bookings known in ``both`` have the same stay in both.

    ``again`` of them have another number in either, and that of ``numbers_of`` from now on; ``left`` are others to come that
    ``later``, which began later, does not hold. ``numbered_anew`` have a number that means another stay of ``stays``.
    ``unwatched`` is the folder that is watched no more, "" for none. ``problem`` says why it is refused, "" where it is not:
    where ``numbers_unsure``, because nobody knows whether bookings of the same nights are the same, until that is said.
    """

    gone: MergeSide
    stays: MergeSide
    both: int
    alike: int
    numbered_anew: int
    models: int
    unwatched: str = ""
    problem: str = ""
    again: int = 0
    numbers_of: str = ""
    left: int = 0
    later: str = ""
    numbers_unsure: bool = False
    numbers_said: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What will happen, in sentences."""
        gone, stays = self.gone.name, self.stays.name
        after = self.gone.bookings + self.stays.bookings - self.both
        told = [self.gone.sentence, self.stays.sentence, self._both, *self._again]
        if self.numbered_anew:
            mean = "means another stay; it is" if self.numbered_anew == 1 else "mean other stays; they are"
            told.append(f"{count(self.numbered_anew, 'booking number')} of {gone} {mean} kept apart.")
        told.append(f"{gone} becomes part of {stays}, with {count(after, 'booking')} in all. Exports that say {gone} go there.")
        if self.gone.currency and self.stays.currency and self.gone.currency != self.stays.currency:
            told.append(
                f"Amounts of {gone} are in {self.gone.currency}, those of {stays} in {self.stays.currency}: they are not "
                "converted, and rates and revenue mix the two."
            )
        told.append(f"What is set for {stays} stays; from {gone} comes only what is not set there.")
        own = f", and {count(self.models, 'model')} that learned from it no longer answer" if self.models else ""
        told.append(f"What was predicted for {gone} is dropped{own}.")
        if self.unwatched:
            told.append(f"The folder {self.unwatched} is not watched any more.")
        return tuple(told)

    @property
    def _both(self) -> str:
        if not self.both:
            return "No booking is known in both."
        known = "1 booking is" if self.both == 1 else f"{self.both:,} bookings are"
        return f"{known} known in both; what was told of each is put in the order of its days."

    @property
    def _again(self) -> list[str]:
        """What is told of bookings that have other numbers."""
        if not self.again:
            return []
        how = "nights" if self.numbers_said else "nights and by price or day of booking"
        them = "1 of them is" if self.again == 1 else f"{self.again:,} of them are"
        told = [f"{them} known again under another number, by {how}. From now on the numbers of {self.numbers_of} hold."]
        if self.left:
            what = "is not in it and counts" if self.left == 1 else "are not in it and count"
            told.append(f"{count(self.left, 'booking')} to come from before {self.later} began {what} as cancelled.")
        return told


@dataclass(frozen=True)
class Merged:
    """What was put together, and the copy of the database that was made before."""

    view: MergeView
    backup: str
    bookings: int

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        return f"{self.view.gone.name} is part of {self.view.stays.name} now, which has {count(self.bookings, 'booking')}."

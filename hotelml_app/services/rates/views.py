"""What is told about rates, and what staff may do about them: plain values, money in the property's currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hotelml_app.modules.pricing.choosing.fences import DEFAULT_LEAST_GAIN
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView

SAME_RATE = 0.005
"""Rates that differ by less than this share are one rate: the page shows no change, and there is nothing to enter."""


def same_rate(now: float, then: float) -> bool:
    """Return whether two rates are one to staff."""
    return abs(then - now) < SAME_RATE * now if now else then == now


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step on the way to the suggested rate; ``level`` is the rate after it, ``amount`` what it adds."""

    name: str
    words: str
    amount: float
    level: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What one rate would bring on its night, the other nights as suggested.

    ``in_all`` is what is left of it, with what changes on the nights around, once every occupied room is paid; None where
    nights are looked at one by one.
    """

    rate: float
    rooms: float
    revenue: float
    in_all: float | None = None
    room_cost: float = 0.0

    @property
    def worth(self) -> float:
        """What rates are compared by."""
        return self.revenue - self.room_cost * self.rooms if self.in_all is None else self.in_all


@dataclass(frozen=True, slots=True)
class RateDay:
    """One stay date of one room type; ``standing`` is open, accepted or locked.

    ``gain`` is the revenue at the suggested rate less that at the current one, ``room_cost`` for every room more taken off;
    that is 0 where it was not ``cost_told``.
    ``current_words`` say what the current rate is known from; it is only ``guessed`` where neither staff nor bookings say it.
    On a night on which the house ``seems_closed`` no rate is suggested: the current one stands in its place.
    """

    night: date
    current_rate: float
    suggested_rate: float
    current_rooms: float
    expected_rooms: float
    current_revenue: float
    expected_revenue: float
    expected_adr: float
    otb_rate: float | None
    last_year_rate: float | None
    floor: float | None
    ceiling: float | None
    standing: str
    event: str
    reasons: tuple[str, ...]
    waterfall: tuple[WaterfallStep, ...]
    curve: tuple[CurvePoint, ...]
    basis: str
    room_cost: float = 0.0
    cost_told: bool = True
    seems_closed: bool = False
    guessed: bool = False
    current_words: str = ""

    @property
    def current_left(self) -> float:
        """What is left of the revenue at the current rate once every occupied room is paid."""
        return self.current_revenue - self.room_cost * self.current_rooms

    @property
    def expected_left(self) -> float:
        """The same at the suggested rate."""
        return self.expected_revenue - self.room_cost * self.expected_rooms

    @property
    def gain(self) -> float:
        """What following the suggestion is expected to bring."""
        return self.expected_left - self.current_left

    @property
    def change(self) -> float:
        """The change of the rate as a share of the current one."""
        return self.suggested_rate / self.current_rate - 1 if self.current_rate else 0.0

    @property
    def moves(self) -> bool:
        """True where there is another rate to accept."""
        return self.standing == "open" and not same_rate(self.current_rate, self.suggested_rate)


def worth_of(days: Iterable[RateDay]) -> float:
    """Return what following all suggestions of some nights is expected to bring.

    Nights whose rate stays count too: who stays several nights comes, or stays away, for all of them.
    """
    return sum(one.gain for one in days)


@dataclass(frozen=True, slots=True)
class LimitsView:
    """What staff set for a room type; None where they left it to the hotel's own history. Shares and days as in the options.

    ``least_gain`` is a share of what a night still brings, ``room_cost`` what an occupied room costs, None where nobody said.
    """

    floor: float | None
    ceiling: float | None
    rounding: float
    smallest_change: float
    freeze_days: int
    least_gain: float = DEFAULT_LEAST_GAIN
    room_cost: float | None = None


@dataclass(frozen=True, slots=True)
class RateToEnter:
    """A rate to be entered in the PMS: a suggested one that was accepted, or an ``own`` one; ``before`` is the rate until then.

    ``guessed`` tells that the rate until then was known to nobody, and only guessed.
    ``entered`` ones stay on the list until the next export, so that a slip can be put right.
    """

    night: date
    room_type: str
    before: float
    rate: float
    own: bool
    entered: bool
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class RatesView:
    """A month of one room type. ``basis`` says what the answer of guests to the rate rests on, ``own_share`` how much is own.

    ``to_enter`` are those of all months and room types. ``undo`` are words for the latest act that can be gone back from, ""
    where there is none. ``to_change`` is how many rates of each of the ``room_types`` would change in that month.
    """

    property_name: str
    as_of: date
    sentence: str
    freshness: Freshness
    currency: str
    month: date
    months: tuple[date, ...]
    room_type: str
    room_types: tuple[str, ...]
    days: tuple[RateDay, ...]
    limits: LimitsView
    basis: str
    own_share: float
    elasticity: float
    to_enter: tuple[RateToEnter, ...]
    undo: str
    made_by: MadeByView
    to_change: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptRates:
    """Take the suggested rates of some nights on; room type "" is all of them."""

    first: date
    last: date
    room_type: str = ""


@dataclass(frozen=True, slots=True)
class SetRate:
    """Fix an own rate for some nights of one room type until it is unlocked."""

    first: date
    last: date
    room_type: str
    rate: float


@dataclass(frozen=True, slots=True)
class LockRates:
    """Leave the current rates of some nights alone; room type "" is all of them."""

    first: date
    last: date
    room_type: str = ""


@dataclass(frozen=True, slots=True)
class UnlockRates:
    """Let the rates of some nights be suggested again; room type "" is all of them."""

    first: date
    last: date
    room_type: str = ""


@dataclass(frozen=True, slots=True)
class SetLimits:
    """Set the limits of one room type, and what holds for all: rounding, smallest change, smallest gain, frozen days."""

    room_type: str
    limits: LimitsView = field(default_factory=lambda: LimitsView(None, None, 1.0, 0.02, 0))


@dataclass(frozen=True, slots=True)
class SetRoomCost:
    """Say what an occupied room costs per night, 0 as well: then that is what staff said, and nobody asks any more."""

    cost: float


@dataclass(frozen=True, slots=True)
class EnterRates:
    """Note that rates, by night and room type, are entered in the PMS, or that they are not."""

    cells: tuple[tuple[date, str], ...]
    entered: bool = True


@dataclass(frozen=True, slots=True)
class UndoRates:
    """Go back from the latest act."""


RatesChange = AcceptRates | SetRate | LockRates | UnlockRates | SetLimits | SetRoomCost | EnterRates | UndoRates

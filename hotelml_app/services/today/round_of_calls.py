"""Which day's guests are worth a call: rooms will be lost, somebody stands out, and nobody has reached all of them yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.today.views import NightView

WORTH_A_CALL = 1.5
"""Expected lost rooms from which calling guests pays."""


@dataclass(frozen=True)
class RoundOfCalls:
    """A day on which guests are worth a call: how many bookings, and how many of them nobody has reached yet."""

    card: NightView
    wanted: int
    left: int


def round_of_calls(
    cards: Sequence[NightView], risky: Mapping[date, Sequence[ArrivalView]], reached: Collection[str]
) -> RoundOfCalls | None:
    """Return the next day that a round of calls is worth, or None; ``risky`` are the arrivals of each day that stand out.

    The day before arrival, the first of the ``cards``, it is too late to tell who.
    """
    for card in cards[1:]:
        wanted = risky.get(card.night, ())
        left = sum(one.reservation_id not in reached for one in wanted)
        if card.expected_lost >= WORTH_A_CALL and left:
            return RoundOfCalls(card, len(wanted), left)
    return None

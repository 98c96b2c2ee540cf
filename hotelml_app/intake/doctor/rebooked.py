"""Days of booking that check-in overwrites: who came seems to have booked on that very day, who is to come did so long before."""

from __future__ import annotations

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.reading import FileContent

FEWEST_BOOKINGS = 30
"""Of either kind: of fewer nothing is usual."""

MOST_WALK_INS, FEWEST_AHEAD = 0.9, 0.5
"""Even where guests mostly walk in, some of those who came had booked, and of bookings to come not half were made ahead."""

_CAME = (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)


def rebooked_at_check_in(content: FileContent, owner: str) -> list[Finding]:
    """Return what to say where nearly all who came booked on the day they came, though others book days before."""
    came, others = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)]
    for part in content.parts:
        if part.bookings is not None:
            rows = part.rows_of(owner)
            rows = rows[part.bookings.booked_said[rows]]
            lead = part.bookings.arrival[rows] - part.bookings.booked_on[rows]
            stayed = np.isin(part.bookings.status[rows], _CAME)
            came.append(lead[stayed])
            others.append(lead[~stayed])
    at_once, ahead = np.concatenate(came) <= 0, np.concatenate(others) > 0
    if min(len(at_once), len(ahead)) < FEWEST_BOOKINGS or at_once.mean() < MOST_WALK_INS or ahead.mean() < FEWEST_AHEAD:
        return []
    return [
        Finding(
            FindingKind.REBOOKED,
            f"{at_once.mean():.0%} of the guests who came are said to have booked on the day they arrived, though "
            f"{ahead.mean():.0%} of all other bookings were made days before. If the PMS writes the day of check-in over the day "
            "of booking, it looks as if nobody booked ahead, and forecasts are far too high.",
            "Let the report tell the day on which the booking was made; if the PMS has lost it, leave that column out.",
            wants_person=True,
            now=f"{int(at_once.sum()):,} of {len(at_once):,} guests who came",
        )
    ]

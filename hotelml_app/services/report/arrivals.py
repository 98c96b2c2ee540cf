"""The sheet of arrivals: what is booked to arrive, how likely it is not to, and why. Booking numbers only, nothing of guests."""

from __future__ import annotations

from datetime import timedelta

from hotelml_app.services.arrivals.arrivals_page import DAYS_SHOWN, arrivals_on
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.asking.words import count
from hotelml_app.services.exports.freshness import ahead_words
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.report.views import Column, Kind, Sheet, Table, Value

ARRIVALS = "Arrivals"
BAND_WORDS = {"high": "High", "raised": "Raised", "low": "Low"}
STANDS_OUT = (BAND_WORDS["high"], BAND_WORDS["raised"])
NOT_KNOWN = "Not known"
NOTE = "Lost is a room booked now that is cancelled before arrival, or whose guest does not come; no-show is the latter alone."
AGAINST = "Raised and high are measured against what is usual so many days before arrival."


def arrivals_sheet(ground: Ground, days: int) -> Sheet:
    """Return the bookings to arrive, by day and the riskiest first, as far as the risk is told."""
    reach = min(days, DAYS_SHOWN)
    ahead = ahead_words(ground.freshness, reach, "day")
    coming = [one for lead in range(1, reach + 1) for one in arrivals_on(ground, ground.as_of + timedelta(days=lead))]
    if not coming:
        return Sheet(ARRIVALS, f"Nothing is booked to arrive in the {ahead}.")
    table = Table("", _columns(ground.currency), tuple(map(_row, coming)))
    notes = [NOTE, AGAINST] if days <= DAYS_SHOWN else [NOTE, AGAINST, f"The risk is given as far as {DAYS_SHOWN} days ahead."]
    return Sheet(ARRIVALS, _sentence(coming, ahead), (table,), tuple(notes))


def _sentence(coming: list[ArrivalView], ahead: str) -> str:
    begin = f"{count(sum(one.rooms for one in coming), 'room')} to arrive in the {ahead}"
    if all(one.p_lost is None for one in coming):
        return f"{begin}; nothing is known yet about who may not come."
    if all(one.band not in BAND_WORDS for one in coming):
        # As in a hotel's first weeks: nothing is usual yet that one of them could stand out against.
        return f"{begin}; nothing tells which of them may not come."
    high, raised = (sum(one.band == band for one in coming) for band in ("high", "raised"))
    if not high and not raised:
        return f"{begin}; none of them stands out."
    if not high:
        return f"{begin}; the risk of {count(raised, 'booking')} is raised, of none high."
    return f"{begin}; the risk of {count(high, 'booking')} is high, of {f'{raised:,}' if raised else 'none'} raised."


def _columns(currency: str) -> tuple[Column, ...]:
    return (
        Column("Arrival", Kind.DAY),
        Column("Booking"),
        Column("Room type"),
        Column("Nights", Kind.WHOLE),
        Column("Rooms", Kind.WHOLE),
        Column(f"Rate {currency}".rstrip(), Kind.RATE),
        Column("Channel"),
        Column("Segment"),
        Column("Risk"),
        Column("Chance lost", Kind.FILLED),
        Column("Chance no-show", Kind.SHARE),
        Column("Why", Kind.LONG),
    )


def _row(one: ArrivalView) -> tuple[Value, ...]:
    return (
        one.arrival,
        one.reservation_id,
        one.room_type,
        one.nights,
        one.rooms,
        one.rate,
        one.channel,
        one.segment,
        BAND_WORDS.get(one.band, NOT_KNOWN),
        one.p_lost,
        one.p_noshow,
        ", ".join(one.reasons),
    )

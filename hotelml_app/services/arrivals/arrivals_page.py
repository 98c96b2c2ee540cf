"""The Arrivals page: who comes on a day, who may not, and how many rooms that may free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.history import History
from hotelml_app.services.arrivals.call_list import reached
from hotelml_app.services.arrivals.likely import likely_range
from hotelml_app.services.arrivals.lost_rooms import expected_lost, lost_rooms_probability, shared_deviation
from hotelml_app.services.arrivals.overbooking import night_advice
from hotelml_app.services.arrivals.views import ArrivalsView, ArrivalView
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.errors import DayOutsideDataError
from hotelml_app.services.nights.page_ground import Ground

DAYS_SHOWN = 28
"""Days of arrivals to choose from; the risk is predicted as far."""


def build(ground: Ground, chosen: date | None = None) -> ArrivalsView:
    """Return the page for one day, tomorrow's business date unless another is chosen. Raises DayOutsideDataError."""
    first = ground.as_of + timedelta(days=1)
    days = tuple(first + timedelta(days=i) for i in range(DAYS_SHOWN))
    wanted = chosen or first
    if wanted not in days:
        raise DayOutsideDataError(
            f"Arrivals of {day(wanted)} {wanted.year} are not known.", remedy=f"Choose a day from {days[0]} to {days[-1]}."
        )
    arrivals = arrivals_on(ground, wanted)
    lost = lost_rooms_probability(arrivals, shared_deviation(ground))
    return ArrivalsView(
        property_name=ground.row.name,
        sentence=_sentence(wanted, arrivals, lost),
        freshness=ground.freshness,
        day=wanted,
        days=days,
        arrivals=arrivals,
        lost_rooms_probability=lost,
        expected_lost=expected_lost(arrivals),
        made_by=ground.made_by("noshow"),
        advice=night_advice(ground, wanted),
        called=reached(ground.parts, ground.row),
    )


def arrivals_on(ground: Ground, wanted: date) -> tuple[ArrivalView, ...]:
    """Return the bookings that are to arrive on a day, riskiest first; the risk is unknown where nothing predicted it."""
    risks = {str(row.payload.get("reservation_id")): row.payload for row in ground.given("noshow").on(wanted)}
    books = ground.books.take(ground.books.arrival == day_number(wanted))
    nights, rooms = books.nights.tolist(), books.rooms.tolist()
    views = [_arrival(books, i, wanted, risks, (nights[i], int(rooms[i]))) for i in range(len(books))]
    return tuple(sorted(views, key=lambda view: (-(view.p_lost if view.p_lost is not None else -1.0), view.reservation_id)))


def _arrival(
    books: History, i: int, wanted: date, risks: Mapping[str, Mapping[str, object]], held: tuple[int, int]
) -> ArrivalView:
    nights, rooms = held
    reservation = str(books.reservation_ids[books.booking[i]])
    risk = risks.get(reservation, {})
    reasons = risk.get("reasons")
    return ArrivalView(
        reservation_id=reservation,
        arrival=wanted,
        nights=nights,
        rooms=rooms,
        room_type=_word(books, "room_type", i),
        channel=_word(books, "channel", i),
        segment=_word(books, "segment", i),
        rate=_number(books, "adr", i),
        adults=None if (adults := _number(books, "adults", i)) is None else int(adults),
        p_lost=_share(risk.get("p_lost")),
        p_noshow=_share(risk.get("p_noshow")),
        band=str(risk.get("band") or "unknown"),
        reasons=_phrases(reasons),
        usual=_share(risk.get("usual")),
    )


def _sentence(wanted: date, arrivals: Sequence[ArrivalView], lost: Sequence[float]) -> str:
    rooms = sum(arrival.rooms for arrival in arrivals)
    begin = f"{day(wanted)}: {count(rooms, 'room')} to arrive"
    if not rooms:
        return f"{day(wanted)}: nobody is to arrive."
    if all(arrival.p_lost is None for arrival in arrivals):
        return f"{begin}; nothing is known yet about who may not come."
    low, high = likely_range(lost)
    who, but = ("it", "it") if rooms == 1 else ("all of them", f"up to {high}" if high > 1 else "one")
    if high == 0:
        return f"{begin}; {who} should come."
    expected = round(expected_lost(arrivals))
    if expected == 0:
        return f"{begin}; {who} should come, though {but} may not."
    likely = f"{low} to {high}" if low < high else f"{low}"
    return f"{begin}; expect {expected} not to come, likely {likely}."


def _word(books: History, column: str, i: int) -> str:
    category = books.categories[column]
    return category.labels[category.codes[i]]


def _number(books: History, column: str, i: int) -> float | None:
    value = float(books.numbers[column][i])
    return None if np.isnan(value) else value


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _phrases(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()

"""The Today page: tonight and six more nights, who may not come, and the few things that need a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.drop.names import file_key
from hotelml_app.services.arrivals.arrivals_page import arrivals_on
from hotelml_app.services.arrivals.call_list import reached
from hotelml_app.services.arrivals.lost_rooms import expected_lost
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.asking.words import count, without_out_of_order
from hotelml_app.services.exports.freshness import nights_passed, tonight_words
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.home.warning_list import standing_warnings
from hotelml_app.services.nights import on_books as nights
from hotelml_app.services.nights.forecast_page import known, number
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_to_sell import RoomsToSell, rooms_to_sell
from hotelml_app.services.nights.stated_nights import with_stated
from hotelml_app.services.today.decisions import decisions
from hotelml_app.services.today.other_hotels import lines, own_and_others
from hotelml_app.services.today.overnight import overnight
from hotelml_app.services.today.round_of_calls import round_of_calls
from hotelml_app.services.today.views import NightView, TodayView

NIGHTS_SHOWN = 7
RISKY_SHOWN = 8
RISKY = ("high", "raised")


def build(ground: Ground) -> TodayView:
    """Return the page. The first night is the one after the business date: the hotel's next."""
    rooms = rooms_to_sell(ground, NIGHTS_SHOWN)
    first = ground.as_of + timedelta(days=1)
    coming = {night: arrivals_on(ground, night) for night in (first + timedelta(days=i) for i in range(NIGHTS_SHOWN))}
    cards = _cards(ground, rooms, coming)
    tonight = first + timedelta(days=nights_passed(ground.freshness))
    risky = {night: found for night, arrivals in coming.items() if night >= tonight and (found := _risky(arrivals))}
    call = round_of_calls(cards, risky, reached(ground.parts, ground.row))
    shown = call.card.night if call is not None else next(iter(risky), None)
    own, others = own_and_others(ground, standing_warnings(ground.parts.store))
    warned = _without_questions(ground, own)
    return TodayView(
        property_name=ground.row.name,
        sentence=_sentence(ground, cards[0]),
        freshness=ground.freshness,
        nights=cards,
        may_not_come=risky[shown][:RISKY_SHOWN] if shown is not None else (),
        decisions=(*decisions(ground, cards, warned, call), *lines(others)),
        warnings=warned,
        overnight=overnight(ground.parts, ground.row),
        forecast_by=ground.made_by("forecast"),
        noshow_by=ground.made_by("noshow"),
    )


def _without_questions(ground: Ground, warned: tuple[WarningView, ...]) -> tuple[WarningView, ...]:
    """Leave out what is among the decisions already, with a button to answer it."""
    asked = {file_key(Path(one.path)) for one in ground.parts.folders.waiting(ground.row.name) if one.question}
    return tuple(one for one in warned if one.key not in asked)


def _cards(ground: Ground, rooms: RoomsToSell, coming: Mapping[date, tuple[ArrivalView, ...]]) -> tuple[NightView, ...]:
    first = ground.as_of + timedelta(days=1)
    counted = nights.count_nights(ground.data.history, first, NIGHTS_SHOWN)
    last_year = with_stated(ground, counted.last_year, "rooms_sold", first)
    told = {
        metric: {row.target_date: row.payload for row in ground.given("forecast").cells(metric, "")}
        for metric in ("rooms_sold", "adr", "revenue")
    }
    events = ground.events(first, NIGHTS_SHOWN)

    def value(metric: str, night: date, column: str) -> float:
        return number(told[metric].get(night, {}), column)

    cards = []
    for i in range(NIGHTS_SHOWN):
        night = first + timedelta(days=i)
        cards.append(
            NightView(
                night=night,
                rooms=rooms.on(i),
                on_books=float(counted.on_books[i]),
                pickup_since_yesterday=float(counted.pickup_since_yesterday[i]),
                pickup_since_last_week=float(counted.pickup_since_last_week[i]),
                expected=_or_books(value("rooms_sold", night, "p50"), counted.on_books, i),
                rooms_low=_or_books(value("rooms_sold", night, "p10"), counted.on_books, i),
                rooms_high=_or_books(value("rooms_sold", night, "p90"), counted.on_books, i),
                expected_low50=known(value("rooms_sold", night, "p25")),
                expected_high50=known(value("rooms_sold", night, "p75")),
                last_year=known(last_year[i]),
                arrivals=float(counted.arrivals[i]),
                departures=float(counted.departures[i]),
                expected_lost=expected_lost(coming[night]),
                adr=known(value("adr", night, "p50")),
                revenue=known(value("revenue", night, "p50")),
                event=events.get(night, ""),
                out_of_order=rooms.out_of_order[i],
            )
        )
    return tuple(cards)


def _or_books(forecast: float, on_books: NDArray[np.float64], i: int) -> float:
    """Return the forecast, or what is on the books where there is none."""
    return float(on_books[i]) if np.isnan(forecast) else forecast


def _risky(arrivals: tuple[ArrivalView, ...]) -> tuple[ArrivalView, ...]:
    return tuple(arrival for arrival in arrivals if arrival.band in RISKY)


def _sentence(ground: Ground, card: NightView) -> str:
    of_house = count(card.expected, "room")
    if card.rooms is not None:
        of_house = f"{round(card.expected):,} of {count(card.rooms, 'room')}{without_out_of_order(card.out_of_order)}"
    begin = f"{tonight_words(ground.freshness, card.night)} {of_house}"
    lost = round(card.expected_lost)
    if lost:
        return f"{begin}; expect {lost:,} not to come."
    if not card.arrivals:
        return f"{begin}; nobody arrives."
    who = "the one arrival" if round(card.arrivals) == 1 else f"all {count(card.arrivals, 'arrival')}"
    return f"{begin}; {who} should come."

"""Turns what the desk wrote down into the hotel's bookings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.bookings import MONEY_DIGITS, Bookings, Words
from hotelml_app.simulator.changes import Changes
from hotelml_app.simulator.desk import NOBODY, Ledger, Standing
from hotelml_app.simulator.guests import People, draw_people, past_stays
from hotelml_app.simulator.market import Market
from hotelml_app.simulator.rack import RoomRack
from hotelml_app.simulator.requests import NEVER, Requests
from hotelml_app.simulator.streams import Streams

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST_NUMBER = 100_001


def _labels(options: Sequence[Sequence[str]], segment: Ints, position: Ints) -> Words:
    """Return words from a position within each segment's own list; -1 gives the empty word."""
    width = max(len(words) for words in options) + 1
    table = np.array([[*words, *[""] * (width - len(words))] for words in options], dtype=object)
    return np.asarray(table[segment, np.where(position < 0, width - 1, position)], dtype=object)


def _words(market: Market, requests: Requests) -> dict[str, Words]:
    """Return the columns of words that never change."""
    plan = market.plan
    segments, where = plan.segments, requests.segment
    deposits = [[rate.deposit for rate in segment.rates] for segment in segments]
    meals = [[rate.meal for rate in segment.rates] for segment in segments]
    return {
        "segment": np.array([segment.name for segment in segments], dtype=object)[where],
        "customer_type": np.array([segment.customer_type for segment in segments], dtype=object)[where],
        "channel": _labels([list(segment.channels) for segment in segments], where, requests.channel),
        "agent": _labels([list(segment.agents) for segment in segments], where, requests.agent),
        "company": _labels([list(segment.companies) for segment in segments], where, requests.company),
        "deposit_type": _labels(deposits, where, requests.rate),
        "meal": _labels(meals, where, requests.rate),
        "country": np.array(list(plan.countries), dtype=object)[requests.country],
    }


def _rate_columns(
    market: Market, requests: Requests, changes: Changes, quoted: Floats, gone_on: Ints
) -> dict[str, NDArray[np.generic]]:
    """Return rate codes and average daily rates before and after a change of rate."""
    segments = market.plan.segments
    codes = [[rate.code for rate in segment.rates] for segment in segments]
    widest = max(len(row) for row in codes)
    factors = np.array([[*(r.factor for r in s.rates), *[1.0] * (widest - len(s.rates))] for s in segments])
    own = np.array([segment.rate_factor for segment in segments])[requests.segment]
    recoded_on = np.where(changes.recode_on < gone_on, changes.recode_on, NEVER)
    after = np.where(recoded_on < NEVER, changes.recode_to, requests.rate)
    return {
        "rate_code": _labels(codes, requests.segment, requests.rate),
        "rate_code_after": _labels(codes, requests.segment, after),
        "adr": np.round(quoted * own * factors[requests.segment, requests.rate], MONEY_DIGITS),
        "adr_after": np.round(quoted * own * factors[requests.segment, after], MONEY_DIGITS),
        "recoded_on": recoded_on,
    }


def _date_columns(
    requests: Requests, changes: Changes, ledger: Ledger, booked: NDArray[np.intp]
) -> dict[str, NDArray[np.generic]]:
    """Return stays before and after their dates moved, and how each ended; walked guests were moved on their arrival day."""
    standing, shifted = np.array(ledger.standing)[booked], np.array(ledger.shifted)[booked]
    arrival, departure = requests.arrival[booked], requests.arrival[booked] + requests.nights[booked]
    step = np.where(shifted, changes.shift_days[booked], 0)
    lost_on = np.select(
        [standing == Standing.CANCELLED, (standing == Standing.NO_SHOW) | (standing == Standing.WALKED)],
        [requests.cancel_on[booked], arrival + step],
        NEVER,
    )
    return {
        "arrival": arrival,
        "departure": departure,
        "shifted_on": np.where(shifted, changes.shift_on[booked], NEVER),
        "arrival_after": arrival + step,
        "departure_after": departure + step,
        "restay_on": np.array(ledger.restay_on)[booked],
        "final_departure": np.array(ledger.departure)[booked],
        "lost_on": lost_on,
        "lost_as": np.where(standing == Standing.NO_SHOW, BookingStatus.NO_SHOW, BookingStatus.CANCELLED).astype(np.int64),
        "walked": standing == Standing.WALKED,
    }


def _room_columns(requests: Requests, ledger: Ledger, rack: RoomRack, booked: NDArray[np.intp]) -> dict[str, NDArray[np.generic]]:
    """Return rooms given at check-in and after a move."""
    room, second = np.array(ledger.room)[booked], np.array(ledger.second_room)[booked]
    return {
        "assigned": np.where(room == NOBODY, NOBODY, np.array(rack.type_of)[room]),
        "room": room,
        "room_after": np.where(second == NOBODY, room, second),
        "moved_on": np.array(ledger.moved_on)[booked],
        "why": np.array(ledger.why)[booked],
    }


def assemble(market: Market, requests: Requests, changes: Changes, ledger: Ledger, rack: RoomRack, streams: Streams) -> Bookings:
    """Return the bookings that the desk took, with every state they went through."""
    booked = np.flatnonzero(np.array(ledger.standing) >= Standing.BOOKED)
    chosen = requests.take(booked)
    count = len(booked)
    dates = _date_columns(requests, changes, ledger, booked)
    few = Changes(**{name: getattr(changes, name)[booked] for name in changes.__dataclass_fields__})
    gone_on = np.minimum(dates["lost_on"].astype(np.int64), dates["arrival_after"].astype(np.int64))
    rates = _rate_columns(market, chosen, few, ledger.quoted[booked], gone_on)
    everybody = draw_people(requests.regular, market.plan.rooms, streams)
    who = People(everybody.person[booked], everybody.stays_before[booked])
    stayed = dates["lost_on"] == NEVER
    habit = streams.of("cancelled before").poisson(0.6, len(requests))[booked]
    return Bookings(
        request=booked,
        reservation_id=np.array([f"R{FIRST_NUMBER + number}" for number in range(count)], dtype=object),
        booked_on=chosen.day,
        segment=chosen.segment,
        room_type=chosen.room_type,
        person=who.person,
        adults=chosen.adults,
        children=chosen.children,
        wishes=chosen.wishes,
        previous_stays=past_stays(who, chosen.day, dates["final_departure"].astype(np.int64), stayed),
        previous_cancellations=np.where(chosen.canceller, 1 + habit, 0),
        regular=chosen.regular,
        hazard=chosen.hazard,
        miss=chosen.miss,
        words=_words(market, chosen),
        party=chosen.party,
        **dates,  # type: ignore[arg-type]
        **rates,  # type: ignore[arg-type]
        **_room_columns(requests, ledger, rack, booked),  # type: ignore[arg-type]
    )

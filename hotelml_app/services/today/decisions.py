"""The few things that need a decision this morning, each with the one button that leads to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from hotelml_app.core.events import missing_exports
from hotelml_app.modules import manifest
from hotelml_app.services.arrivals.overbooking import lost_on_nights
from hotelml_app.services.asking.words import count, day, joined, without_out_of_order
from hotelml_app.services.exports.data_counts import count_points
from hotelml_app.services.exports.data_views import WaitingFileView
from hotelml_app.services.exports.freshness import is_stale, nights_passed, nights_words, stale_words
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.learning.job_list import job_list
from hotelml_app.services.learning.next_training import waits_for
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_seen import Rooms, count_rooms
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates.rate_days import due
from hotelml_app.services.rates.views import worth_of
from hotelml_app.services.rooms.rooms_page import changes_waiting, conflicts, turned_away
from hotelml_app.services.rooms.views import ConflictView
from hotelml_app.services.today.round_of_calls import RoundOfCalls
from hotelml_app.services.today.views import DecisionView, NightView
from hotelml_app.store.exported import imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models

NEARLY_FULL = 0.97
"""Share of the house from which on the last rooms are worth a thought."""

QUIET = 0.6
"""Share of last year's rooms below which a night is worth a look."""

RATE_NIGHTS = 14
MOST_SHOWN = 6
MOST_LOOKED_AT = 100
LOOK_BACK = timedelta(days=1)
MOST_NAMED = 3


def decisions(
    ground: Ground, cards: Sequence[NightView], warned: Sequence[WarningView], call: RoundOfCalls | None = None
) -> tuple[DecisionView, ...]:
    """Return what needs a decision, most pressing first; an empty answer is a calm morning.

    Where exports are missing, nothing is left to decide about the nights that have passed since.
    """
    tonight = ground.as_of + timedelta(days=1 + nights_passed(ground.freshness))
    nights, cards = len(cards), [card for card in cards if card.night >= tonight]
    found = [
        *answers_wanted(ground.parts.folders.waiting(ground.row.name)),
        *_other_hotels(ground),
        *_exports(ground),
        *_overbooked(ground, cards),
        *_rooms_shared([one for one in conflicts(ground) if one.night >= tonight]),
        *(() if nights_passed(ground.freshness) else _nowhere_to_sleep(ground)),
        *_for_the_pms(ground),
        *_lost(call),
        *_rates_to_change(ground, tonight),
        *_full(ground, cards, nights),
        *_quiet(cards),
        *_rejected(ground),
        *_untrained(ground),
        *_rooms_guessed(ground),
        *_currency(ground),
    ]
    return tuple(found[:MOST_SHOWN])


def answers_wanted(waiting: Iterable[WaitingFileView]) -> Iterator[DecisionView]:
    """Yield one thing to decide for all files that wait for an answer: the first question; it may settle them all."""
    asking = [one for one in waiting if one.question]
    if asking:
        first = asking[0]
        more = f" {count(len(asking) - 1, 'more file')} may wait for the same answer." if len(asking) > 1 else ""
        title = f"{first.name} waits for your answer"
        yield DecisionView(title, f"{first.question}{more}", "Answer", "data", file=first.path)


def _other_hotels(ground: Ground) -> Iterator[DecisionView]:
    """Hotels that came in after this one and lately: a file dropped by mistake, or this very hotel under another name."""
    since = ground.parts.clock.now() - LOOK_BACK
    with ground.parts.store.read() as connection:
        hotels = properties.all(connection)
        begun = {hotel.id: _first_import(connection, hotel) for hotel in hotels}
    own = begun[ground.row.id]
    later = [(hotel, file) for hotel in hotels if (file := begun[hotel.id]) and own and file.id > own.id]
    came = [(hotel.name, file.file_name) for hotel, file in later if (file.finished_at or file.received_at) >= since]
    if came:
        (name, file_name), more = came[0], len(came) - 1
        whose = f"{file_name} is of another hotel, {name}" if not more else f"{len(came)} other hotels came in"
        told = "Choose it" if not more else f"They are {joined([hotel for hotel, _ in came[:MOST_NAMED]])}. Choose one"
        same = "If that is this hotel under another name, say so in the settings."
        yield DecisionView(whose, f"{told} above the pages at the left. {same}", "Open the settings", "settings")


def _first_import(connection: sqlite3.Connection, hotel: PropertyRow) -> ImportRow | None:
    done = [one for one in imports.recent(connection, MOST_LOOKED_AT, hotel.id) if one.status == imports.DONE]
    return done[-1] if done else None


def _exports(ground: Ground) -> Iterator[DecisionView]:
    if is_stale(ground.freshness) and ground.freshness.days_old is not None:
        title = missing_exports(ground.freshness.days_old)
        yield DecisionView(title, stale_words(ground.freshness), "Open the drop folder", "data")


def _overbooked(ground: Ground, cards: Sequence[NightView]) -> Iterator[DecisionView]:
    full = [(card, card.rooms) for card in cards if card.rooms is not None and card.on_books > card.rooms]
    # Of those who stay on from the nights before some are lost, too: the card knows only of the day's own arrivals.
    lost = lost_on_nights(ground, [card.night for card, _ in full]) if full else ()
    told = not full or count_rooms(ground.parts, ground.row).told
    for (card, rooms), expected in zip(full, lost, strict=True):
        night, over = day(card.night), count(card.on_books - rooms, "room")
        title = f"{night} is {over} overbooked" if told else f"{night}: {over} more than ever sold"
        limit = f" for {count(rooms, 'room')}" if told else f", and {rooms:,} is the most sold on one night so far"
        if card.out_of_order:
            title = f"{night}: {round(card.on_books - rooms):,} more booked than rooms you can use"
            limit = f" for {Rooms(rooms, told).in_words}{without_out_of_order(card.out_of_order)}"
        detail = f"{round(card.on_books):,} on the books{limit}; {expected:.1f} are expected to be lost."
        yield DecisionView(title, detail, "See the arrivals", "arrivals", day=card.night)


def _rooms_shared(found: Sequence[ConflictView]) -> Iterator[DecisionView]:
    """The next conflict of the PMS; the page shows them all with the move that ends each."""
    if found:
        first = found[0]
        more = f" {count(len(found) - 1, 'more conflict')} after it." if len(found) > 1 else ""
        who = "two bookings" if len(first.reservations) > 1 else "a booking, and it is out of order"
        title = f"Room {first.room} has {who}, {day(first.night)}"
        yield DecisionView(title, f"{first.sentence}{more}", "See the rooms", "rooms")


def _nowhere_to_sleep(ground: Ground) -> Iterator[DecisionView]:
    """Who arrives next and has no room, as the rooms were solved last."""
    refused = turned_away(ground)
    if refused:
        title = f"{count(len(refused), 'arrival has', 'arrivals have')} no room, {day(ground.as_of + timedelta(days=1))}"
        named = refused if len(refused) <= MOST_NAMED else (*refused[: MOST_NAMED - 1], f"{len(refused) - MOST_NAMED + 1:,} more")
        yield DecisionView(title, f"{joined(named)}: no free room fits, and no move would help.", "See the rooms", "rooms")


def _for_the_pms(ground: Ground) -> Iterator[DecisionView]:
    """What staff decided here and nobody has carried out in the PMS yet."""
    rates = [one for one in rates_kept.read(ground.parts, ground.row).to_enter.values() if not one.entered]
    if rates:
        title = f"{count(len(rates), 'rate waits', 'rates wait')} to be entered in the PMS"
        old = "It was accepted or set here; guests still book at the old one."
        olds = "They were accepted or set here; guests still book at the old ones."
        yield DecisionView(title, old if len(rates) == 1 else olds, "See the rates", "rates")
    rooms = changes_waiting(ground)
    if rooms:
        title = f"{count(rooms, 'room change waits', 'room changes wait')} for the PMS"
        they = "It was" if rooms == 1 else "They were"
        yield DecisionView(title, f"{they} taken on here, to be carried out there.", "See the rooms", "rooms")


def _lost(call: RoundOfCalls | None) -> Iterator[DecisionView]:
    """The guests to call, as long as one of them was not reached."""
    if call is None:
        return
    many = count(call.wanted, "booking is", "bookings are")
    calls = f"{many} worth a call" if call.left == call.wanted else f"{call.left:,} of {call.wanted:,} calls are still to be made"
    yield DecisionView(
        f"{count(call.card.expected_lost, 'room')} may not come, {day(call.card.night)}",
        f"{count(call.card.arrivals, 'room is', 'rooms are')} to arrive; {calls}.",
        "Call list",
        "arrivals",
        day=call.card.night,
    )


def _rates_to_change(ground: Ground, tonight: date) -> Iterator[DecisionView]:
    """Rates of the coming two weeks that would earn more if they were changed."""
    days = [one for one in due(ground, RATE_NIGHTS) if one.night >= tonight]
    moving, gain = [one for one in days if one.moves], worth_of(days)
    if moving and round(gain) > 0:
        title = f"{count(len(moving), 'rate')} to change in {nights_words(ground.freshness, RATE_NIGHTS)}"
        worth = f"{gain:,.0f} {ground.row.currency or ''}".rstrip()
        cost = "" if moving[0].cost_told else " An occupied room counts as free of cost: say there what it costs."
        yield DecisionView(title, f"Worth about {worth} together; the others stay as they are.{cost}", "See the rates", "rates")


def _full(ground: Ground, cards: Sequence[NightView], nights: int) -> Iterator[DecisionView]:
    full = [card for card in cards if card.rooms and card.on_books <= card.rooms and card.expected >= NEARLY_FULL * card.rooms]
    if full:
        many = len(full) > MOST_NAMED
        days = f"{len(full)} of {nights_words(ground.freshness, nights)}" if many else joined([day(card.night) for card in full])
        yield DecisionView(
            f"Nearly full: {days}", "Check rates and restrictions before the last rooms go.", "See the forecast", "forecast"
        )


def _quiet(cards: Sequence[NightView]) -> Iterator[DecisionView]:
    quiet = [card for card in cards if card.last_year and card.expected < QUIET * card.last_year]
    if quiet:
        worst = min(quiet, key=lambda card: card.expected / (card.last_year or 1))
        detail = f"{round(worst.expected):,} expected, {round(worst.last_year or 0):,} sold a year ago."
        yield DecisionView(f"Far below last year: {day(worst.night)}", detail, "See the forecast", "forecast")


def _rejected(ground: Ground) -> Iterator[DecisionView]:
    with ground.parts.store.read() as connection:
        latest = imports.latest_done(connection, ground.row.id)
    if latest is not None and latest.rejected:
        title = f"{count(latest.rejected, 'row')} of {latest.file_name} could not be used"
        yield DecisionView(title, f"{latest.accepted:,} of {latest.rows_read:,} rows were.", "See why", "data")


def _untrained(ground: Ground) -> Iterator[DecisionView]:
    with ground.parts.store.read() as connection:
        learned = bool(models.versions(connection, ground.row.id, "forecast"))
    if not learned and not any(not job.stage.final for job in job_list(ground.parts)):
        module = manifest("forecast")
        waits = waits_for(ground.parts, ground.row, module, count_points(ground.parts, ground.row, module), None)
        detail = f"Until then the numbers come from other hotels' booking curves or a plain rule. {waits}"
        yield DecisionView("The forecast has not learned from your bookings yet", detail.rstrip(), "See the models", "models")


def _currency(ground: Ground) -> Iterator[DecisionView]:
    amounts = ground.data.history.numbers["adr"]
    if not ground.row.currency and not np.isnan(amounts).all():
        detail = "No export names it. Say it with the country: amounts get their sign, and holidays are known."
        yield DecisionView("In which currency are the rates?", detail, "Set the currency", "settings")


def _rooms_guessed(ground: Ground) -> Iterator[DecisionView]:
    rooms = count_rooms(ground.parts, ground.row)
    if not rooms.told:
        known = rooms.count is not None
        title = f"Is it {count(rooms.count or 0, 'room')}?" if known else "How many rooms are there?"
        whence = (
            "That is the most sold on one night so far." if known else "No export says, and no night has passed that could tell."
        )
        yield DecisionView(title, f"{whence} Say how many there are, so that every share is right.", "Set the rooms", "settings")

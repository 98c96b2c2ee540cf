"""The sheet of rates: what stands, what is suggested, what the change is worth, and how it was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hotelml_app.core.money import decimals_of
from hotelml_app.services.asking.words import count
from hotelml_app.services.exports.freshness import ahead_words
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import rate_days
from hotelml_app.services.rates.rate_words import no_gain_words, settled_words, type_words
from hotelml_app.services.rates.views import RateDay, worth_of
from hotelml_app.services.report.views import Column, Kind, Sheet, Table, Value

RATES = "Rates"
NOTHING = "There are no rates to weigh: the exports so far hold none."
NOTE = "Worth is what is expected of the suggested rate beyond the current one, on that night. Nothing is written into the PMS."
GUESSES = "A current rate is guessed where neither staff nor a booking of the night says it: look it up in the PMS."
LAST_YEAR = (
    "Last year is the average of what was paid 364 days before, free rooms left out; where none was sold then, of a week before"
    " and after that."
)
COSTS_NOTHING = (
    "An occupied room is counted as free of cost, so the rates may be advised too low: say on the Rates page what it costs."
)
TO_DECIDE, FINE = "To decide", "Fine as it is"
STANDINGS = {rate_days.ACCEPTED: "Accepted", rate_days.LOCKED_BY_STAFF: "Locked by staff"}


def rates_sheet(ground: Ground, days: int) -> Sheet:
    """Return the rates of all room types, night by night."""
    found = rate_days.coming(ground, days)
    cells = [(one.night, at, kind, one) for at, (kind, nights) in enumerate(found.items()) for one in nights]
    if not cells:
        return Sheet(RATES, NOTHING)
    rows = tuple(_row(kind, one) for _, _, kind, one in sorted(cells, key=lambda cell: cell[:2]))
    currency = ground.row.currency or ""
    notes = (
        NOTE,
        *_guesses(cells),
        LAST_YEAR,
        *_costs(cells[0][-1], currency),
        *_beside([one for *_, one in cells], currency),
    )
    sentence = _sentence(found, ahead_words(ground.freshness, days), currency)
    return Sheet(RATES, sentence, (Table("", _columns(currency), rows),), notes)


def _sentence(found: Mapping[str, Sequence[RateDay]], ahead: str, currency: str) -> str:
    rates = [one for nights in found.values() for one in nights]
    moving = [one for one in rates if one.moves]
    begin = f"{ahead[0].upper()}{ahead[1:]}, {count(len(found), 'room type')}:"
    if not moving:
        return f"{begin} no rate to change; {settled_words(rates)}."
    gain = worth_of(rates)
    if round(gain) <= 0:
        return f"{begin} {no_gain_words(len(moving), len(rates))}."
    worth = f", worth about {gain:,.0f} {currency}".rstrip()
    return f"{begin} change {len(moving):,} of {count(len(rates), 'rate')}{worth}."


def _guesses(cells: Sequence[tuple[object, object, str, RateDay]]) -> Iterator[str]:
    if any(one.guessed for *_, one in cells):
        yield GUESSES


def _costs(one: RateDay, currency: str) -> Iterator[str]:
    if not one.cost_told:
        yield COSTS_NOTHING
    if one.room_cost:
        amount = f"{one.room_cost:,.{decimals_of(currency)}f} {currency}".rstrip()
        yield f"What an occupied room costs, {amount} a night, is taken off."


def _beside(rates: Sequence[RateDay], currency: str) -> Iterator[str]:
    """Say what the sum of the sentence has beyond those of the column, so that who adds them up comes to the same."""
    gain = worth_of(one for one in rates if not one.moves)
    if any(one.moves for one in rates) and round(worth_of(rates)) > 0 and round(gain):
        amount = f"{gain:+,.0f} {currency}".rstrip()
        yield f"In the sum above is also what comes to nights whose rate stays, by guests who stay for several: {amount}."


def _columns(currency: str) -> tuple[Column, ...]:
    unit = f" {currency}".rstrip()
    return (
        Column("Night", Kind.DAY),
        Column("Event"),
        Column("Room type"),
        Column(f"Current{unit}", Kind.RATE),
        Column("Current is"),
        Column(f"Suggested{unit}", Kind.RATE),
        Column(f"Change{unit}", Kind.RATE_CHANGE),
        Column("Change %", Kind.SHARE_CHANGE),
        Column(f"Worth{unit}", Kind.AMOUNT),
        Column("Standing"),
        Column(f"Last year{unit}", Kind.RATE),
        Column("Why", Kind.LONG),
    )


def _row(kind: str, one: RateDay) -> tuple[Value, ...]:
    standing = STANDINGS.get(one.standing) or (TO_DECIDE if one.moves else FINE)
    known = "Guessed" if one.guessed else "Known"
    rates = one.current_rate, known, one.suggested_rate, one.suggested_rate - one.current_rate, one.change
    # Of a rate that stays, the last reason says why; a gain it would have from its neighbours is not its own.
    worth, why = (one.gain, one.reasons) if one.moves else (None, one.reasons[-1:])
    return one.night, one.event, type_words(kind), *rates, worth, standing, one.last_year_rate, ", ".join(why)

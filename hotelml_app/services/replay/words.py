"""A past day in words: the totals first, then how far off the single nights were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from hotelml_app.services.asking.words import count, day, joined
from hotelml_app.services.replay.nights import Totals, total
from hotelml_app.services.replay.said import Said
from hotelml_app.services.replay.views import ReplayNight, SaidFrom

PLAIN = "plain pickup"


def sentence(found: Totals, said: Said, today: date) -> str:
    """Return what was expected in all beside what came, and how many nights fell inside the band."""
    came, expected = found.came or 0.0, found.expected
    when, span = _when(said.day, today), _span(found)
    rule = _off(found.plain, came)
    if expected is None:
        plain_words = f" {PLAIN[:1].upper()}{PLAIN[1:]} would have been {rule} off." if rule else ""
        return f"On {when} {count(found.on_books, 'room')} were on the books for {span}; {came:,.0f} came.{plain_words}"
    off = f"{_off(expected, came)} off"
    beside = f" ({off}; {PLAIN} was {rule} off)" if rule else f" ({off})"
    which = f"{found.inside} of {count(found.passed, 'night')} fell inside"
    if found.passed == 1:
        which = f"It fell {'inside' if found.inside else 'outside'}"
    band = f"{which} the 80 % band."
    if said.said_from is SaidFrom.WORKED_OUT:
        begin = f"From the books of {when}, HotelML now expects {count(expected, 'room')} for {span}"
    else:
        begin = f"On {when} HotelML expected {count(expected, 'room')} for {span}"
    return f"{begin}; {came:,.0f} came{beside}. {band}"


def detail(found: Totals) -> str:
    """Return how far off the single nights were, for these do not cancel out as totals do."""
    rows = found.of_passed
    if len(rows) == 1:
        # The first line has told it.
        return ""
    ways = (("HotelML", lambda one: one.p50), (PLAIN, lambda one: one.pickup), ("last year's night", lambda one: one.last_year))
    known = [(name, share) for name, way in ways if (share := _night_by_night(rows, way)) is not None]
    if not known:
        return ""
    (first, share), others = known[0], [f"{name} {share}" for name, share in known[1:]]
    return f"Night by night {joined([f'{first} was {share} off on average', *others])}."


def _night_by_night(rows: Sequence[ReplayNight], way: Callable[[ReplayNight], float | None]) -> str | None:
    """Return the sum of what each night was off, as a share of what came (the weighted absolute percentage error)."""
    came = total([one.came for one in rows])
    errors = total([None if (said := way(one)) is None or one.came is None else abs(said - one.came) for one in rows])
    return _per_cent(errors / came) if errors is not None and came else None


def _off(said: float | None, came: float) -> str:
    """Return by how much a total was off: in per cent, or in rooms where nothing came."""
    if said is None:
        return ""
    return _per_cent(abs(said - came) / came) if came else count(abs(said - came), "room")


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _when(value: date, today: date) -> str:
    return day(value) if value.year == today.year else f"{day(value)} {value.year}"


def _span(found: Totals) -> str:
    whole, passed = len(found.nights), found.passed
    nights = "the night after" if passed == 1 else f"the {count(passed, 'night')} after"
    if passed == whole:
        return nights
    return f"{nights}{'' if passed == 1 else ' that have passed'} ({whole - passed} still to come)"

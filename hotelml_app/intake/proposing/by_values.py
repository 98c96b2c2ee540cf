"""Roles by what the values say: they confirm or deny what names say, and find what no name tells."""

from __future__ import annotations

from hotelml_app.intake.proposing.names.header_grammar import hints_of
from hotelml_app.intake.proposing.names.header_match import folded
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.names.header_words import OTHER
from hotelml_app.intake.proposing.proposal import SURE, TAKE
from hotelml_app.intake.proposing.signs import prices
from hotelml_app.intake.proposing.signs.assigning import Assignment, by_names, dates_of
from hotelml_app.intake.proposing.signs.booking_numbers import deny_line_numbers, find_number
from hotelml_app.intake.proposing.signs.counts import (
    BY_NIGHTS,
    BY_PRICES,
    NO_PROOF,
    deny_nights,
    find_rooms,
    proof_of_stays,
    stay_lengths,
)
from hotelml_app.intake.proposing.signs.fitting import MOSTLY, may_be_lead_days
from hotelml_app.intake.proposing.signs.gross import prefer_gross, prefer_own_currency
from hotelml_app.intake.proposing.signs.heading import Heading
from hotelml_app.intake.proposing.signs.rivals import (
    find_prices,
    find_rate,
    other_numbers,
    prefer_booked_type,
    prefer_number,
    prefer_room_revenue,
)
from hotelml_app.intake.proposing.signs.room_kinds import find_room_type, prefer_kinds
from hotelml_app.intake.proposing.signs.stays import AGREES, Calendar
from hotelml_app.intake.proposing.states import find_status
from hotelml_app.intake.proposing.type_by_price import find_type_by_prices

LONGEST_USUAL_LEAD = 400
"""Median days from booking to arrival; what lies further back is a birthday or a contract."""
MANY_ROWS_EACH = 0.95
"""Below this share of different numbers several rows speak of one booking."""
BY_VALUES = 0.75
"""How sure the values alone can make: enough to propose, not enough to go ahead."""


_FEW_DAYS = 2
_OF_WHAT = frozenset({Part.WHOLE, Part.NIGHT, Part.AVERAGE, Part.DAY, Part.STAY, Part.BOOK})
"""What the name of a price says where it tells for what it is."""
_BY_PROOF = {
    NO_PROOF: (BY_VALUES, "its days look like stays"),
    BY_PRICES: (0.87, "its days look like stays, and the prices grow with them"),
    BY_NIGHTS: (0.95, "its days fit the nights"),
}


def assign(heading: Heading) -> tuple[Assignment, Calendar]:
    """Return the roles of a table's columns and its date columns as days."""
    assignment = by_names(heading)
    calendar = dates_of(assignment)
    _find_stay(assignment, calendar)
    _confirm_stay(assignment, calendar)
    _find_booked_on(assignment, calendar)
    deny_nights(assignment, calendar)
    _find_nights(assignment, calendar)
    find_status(assignment, calendar)
    deny_line_numbers(assignment, calendar)
    find_number(assignment, calendar)
    _find_night(assignment, calendar)
    prefer_number(assignment)
    find_room_type(assignment)
    prefer_kinds(assignment)
    prefer_booked_type(assignment)
    _settle_prices(assignment, calendar)
    find_rooms(assignment, stay_lengths(assignment, calendar))
    find_type_by_prices(assignment, stay_lengths(assignment, calendar))
    _find_lead_days(assignment)
    return assignment, calendar


def _find_stay(assignment: Assignment, calendar: Calendar) -> None:
    """Find arrival and departure by their values where no name tells them."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    if (arrival is not None or assignment.place("arrival_day") is not None) and (
        departure is not None or assignment.place("nights") is not None
    ):
        return
    free = [place for place in assignment.free() if place in calendar.days and _is_full_date(assignment, place)]
    best: tuple[float, float, int, int] | None = None
    for first in [arrival] if arrival is not None else free:
        for last in [departure] if departure is not None else free:
            if first == last or not calendar.looks_like_stays(first, last):
                continue
            found = (proof_of_stays(assignment, calendar, first, last), -calendar.usual_gap(first, last), first, last)
            best = max(best, found) if best else found
    if best is None:
        _find_arrival_alone(assignment, calendar, free)
        return
    proof, _, first, last = best
    confidence, why = _BY_PROOF[proof]
    if proof == NO_PROOF and arrival == first and calendar.is_soon_after(first, last) and len(free) <= _FEW_DAYS:
        confidence, why = 0.87, "always some nights after the arrival"
    for position, role in ((first, "arrival"), (last, "departure")):
        if position not in assignment.roles:
            assignment.give(position, role, confidence, why)


def _find_arrival_alone(assignment: Assignment, calendar: Calendar, free: list[int]) -> None:
    """Take the only full days that are never before the booking as the arrival where the nights are told but no departure."""
    nights, booked = assignment.place("nights"), assignment.place("booked_on")
    alone = len(free) == 1 and assignment.place("arrival") is None and assignment.place("departure") is None
    if not alone or nights is None or booked is None or booked not in calendar.days:
        return
    after = calendar.share(booked, free[0]) >= AGREES and 0 < calendar.usual_gap(booked, free[0]) <= LONGEST_USUAL_LEAD
    if after and assignment.roles[nights].confidence >= SURE and assignment.roles[booked].confidence >= TAKE:
        assignment.give(free[0], "arrival", 0.87, "the only days after the booking, and the nights are told")


def _is_full_date(assignment: Assignment, position: int) -> bool:
    seen = assignment.heading.columns[position]
    return seen.date_share >= MOSTLY and seen.filled >= MOSTLY and (not seen.bare or seen.day_numbers)


def _confirm_stay(assignment: Assignment, calendar: Calendar) -> None:
    """Let the days themselves confirm, or deny, what the names say."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    if arrival not in calendar.days or departure not in calendar.days or arrival is None or departure is None:
        return
    fits = calendar.share(arrival, departure) >= 0.9
    for position in (arrival, departure):
        found = assignment.roles[position]
        if not fits:
            assignment.give(position, found.role, min(found.confidence, 0.5), "its name, but stays would end before they begin")
        elif 0.6 <= found.confidence < 0.9 and found.why.startswith("its name"):
            assignment.give(position, found.role, 0.9, f"{found.why}, and its days fit")


def _find_booked_on(assignment: Assignment, calendar: Calendar) -> None:
    """Check that bookings are made before arrival; find the only column that could be the booking day."""
    arrival, booked = assignment.place("arrival"), assignment.place("booked_on")
    if arrival not in calendar.days or arrival is None:
        return
    if booked is not None and booked in calendar.days:
        if calendar.share(booked, arrival) < 0.9:
            assignment.give(booked, "booked_on", 0.4, "its name, but it often lies after the arrival")
        return
    fitting = [
        place
        for place in assignment.free()
        if place in calendar.days and _is_full_date(assignment, place) and calendar.share(place, arrival) >= 0.995
    ]
    fitting = [place for place in fitting if calendar.usual_gap(place, arrival) <= LONGEST_USUAL_LEAD]
    if len(fitting) == 1 and assignment.heading.columns[fitting[0]].different > 2:
        assignment.give(fitting[0], "booked_on", 0.7, "its days lie before the arrival in all rows")


def _find_nights(assignment: Assignment, calendar: Calendar) -> None:
    """Find the nights: a number that is the length of the stay, whatever it is called ("Days")."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    if (
        assignment.place("nights") is not None
        or arrival is None
        or departure is None
        or not {arrival, departure} <= calendar.days.keys()
    ):
        return
    for place in assignment.free():
        seen = assignment.heading.columns[place]
        whole = seen.whole_share >= MOSTLY and seen.filled >= MOSTLY and seen.different > 2
        if whole and calendar.length_agrees(arrival, departure, seen.per_row()) >= AGREES:
            assignment.give(place, "nights", 0.9, "the days from arrival to departure")
            return


def _find_lead_days(assignment: Assignment) -> None:
    """Propose whole numbers that may be the days from booking to arrival where nothing else tells when a booking was made."""
    told = (assignment.place(role) for role in ("booked_on", "lead_days"))
    if any(place is not None for place in told):
        return
    for position in assignment.free():
        if may_be_lead_days(assignment.heading.columns[position]):
            assignment.give(position, "lead_days", 0.5, "whole numbers, as the days from booking to arrival are")
            return


def _find_night(assignment: Assignment, calendar: Calendar) -> None:
    """Find the night of a row where several rows have one number: a day within the stay, or one day after the other.

    Where the rows have numbers of their own, too, the one that the nights of a stay share is the booking number.
    """
    place = assignment.place("reservation_id")
    if place is None:
        return
    for number in (place, *other_numbers(assignment, place, least=0.0)):
        if assignment.heading.columns[number].unique > MANY_ROWS_EACH:
            continue
        night = _night_of(assignment, calendar, number, place)
        if night is not None:
            if number != place:
                assignment.give(place, OTHER, 0.9, "it numbers the rows, which are nights")
                assignment.give(number, "reservation_id", 0.9, "its name, and the nights of a stay share it")
            return


def _night_of(assignment: Assignment, calendar: Calendar, number: int, place: int) -> int | None:
    """Return the column of the nights of the rows that have one number, and give it its role, or None."""
    known = assignment.place("stay_date")
    if known is not None and number == place:
        return known
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    groups = assignment.heading.columns[number].column.codes
    alone = arrival is None and departure is None
    for column in [known] if known is not None else _free_or_business_date(assignment):
        if column not in calendar.days or not _is_full_date(assignment, column):
            continue
        follow = calendar.without_gaps(column, groups) >= AGREES
        if alone or known is not None:
            found, why = follow, "one day after the other for each number"
        else:
            inside = _lies_within(calendar, arrival, column, departure)
            found, why = inside and (follow or number == place), "its days lie within the stays, and several rows have one number"
        if found:
            assignment.give(column, "stay_date", 0.9, why)
            return column
    return None


def _lies_within(calendar: Calendar, arrival: int | None, night: int, departure: int | None) -> bool:
    if arrival is None or departure is None or not {arrival, departure} <= calendar.days.keys():
        return False
    inside = calendar.share(arrival, night) >= AGREES and calendar.before(night, departure) >= AGREES
    return inside and calendar.before(arrival, night) > 0


def _free_or_business_date(assignment: Assignment) -> list[int]:
    """Return the columns that may be the night of a row: in ledgers the business date is."""
    business_date = assignment.place("business_date")
    return assignment.free() if business_date is None else [*assignment.free(), business_date]


def _settle_prices(assignment: Assignment, calendar: Calendar) -> None:
    """Let the nights tell whether a price is for a night or for the stay."""
    nights = stay_lengths(assignment, calendar)
    find_prices(assignment, nights)
    prefer_own_currency(assignment)
    prefer_gross(assignment)
    prefer_room_revenue(assignment, nights)
    prefer_gross(assignment)
    find_rate(assignment, nights)
    adr, total = assignment.place("adr"), assignment.place("total")
    if nights is None:
        return
    columns = assignment.heading.columns
    if adr is not None and total is not None:
        if prices.are_swapped(columns[adr].per_row(), columns[total].per_row(), nights):
            for position, role in ((adr, "total"), (total, "adr")):
                assignment.give(position, role, 0.9, "its amounts against the nights")
        return
    only = adr if adr is not None else total
    if only is not None:
        open_name = not hints_of(folded(assignment.heading.header.cells[only])) & _OF_WHAT
        kind = prices.kind_of_price(columns[only].per_row(), nights, open_name=open_name)
        if kind is not None and kind != assignment.roles[only].role:
            assignment.give(only, kind, 0.85, "its amounts against the nights")

"""How well a column's values fit a role that its header names, from 0 (they cannot be that) to 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS
from hotelml_app.intake.profile import DAY_ROLES
from hotelml_app.intake.proposing.names.header_words import CANCELLED_FLAG, WEEK_NIGHTS, WEEKEND_NIGHTS
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.values.parties import party

MOSTLY = 0.9
"""From this share on values are of a kind; the rest are slips."""
_MOST_USUAL_ROOMS = 20
MOST_ROOM_TYPES = 40
_HIGHEST_PRICE = 1e7
"""In any currency; numbers beyond are those of telephones."""
_FEWEST_PRICES = 12
_DECIMALS = re.compile(r"\d[.,]\d{2}(?!\d)")
_CODE = re.compile(r"[A-Za-z]{1,4}[-_/ ]?\d+")
LONGEST_LEAD = 800
_SOON = 14
_FEW_SOON = 0.05
"""Some bookings are made in the last days, whatever the hotel."""
_FEWEST_LEADS, _FEWEST_DIFFERENT_LEADS = 20, 12
STATUSES_KNOWN = 0.99
"""A status that nobody knows may be a cancellation: fewer are not beyond doubt."""


Numbers = NDArray[np.float64]


def fit(role: str, seen: Evidence) -> float:
    """Return how well the values fit a role; a column that says nothing fits none."""
    if not seen.said:
        return 0.0
    special = _SPECIAL.get(role)
    if special is not None:
        return special(seen)
    if role in DAY_ROLES:
        return _day(seen)
    if role in NUMBER_COLUMNS:
        return _count(seen)
    return _word(seen) if role in CATEGORY_COLUMNS else 1.0


def _mostly(share: float) -> float:
    return 1.0 if share >= MOSTLY else share * 0.8


def _day(seen: Evidence) -> float:
    return _mostly(seen.date_share) if seen.date_share >= 0.5 else 0.0


def _stay_day(seen: Evidence) -> float:
    """Arrival and departure stand in every row; the time somebody really came does not."""
    return _day(seen) * (1.0 if seen.filled >= MOSTLY else 0.5)


def _count(seen: Evidence) -> float:
    return _mostly(seen.whole_share) if seen.whole_share >= 0.7 else 0.0


def _nights(seen: Evidence) -> float:
    usual = seen.per_row()
    middle = sorted(value for value in usual.tolist() if value == value)
    return _count(seen) if middle and 0 <= middle[len(middle) // 2] <= 60 else 0.0


def _guests(seen: Evidence) -> float:
    parties = sum(rows for text, rows in zip(seen.words, seen.times.tolist(), strict=True) if party(text))
    return 1.0 if parties >= MOSTLY * seen.said else _count(seen)


def _rooms(seen: Evidence) -> float:
    """Most bookings are of a room or a few; the numbers of the rooms themselves are no count."""
    usual = seen.per_row()
    usual = usual[~np.isnan(usual)]
    return _count(seen) if len(usual) and np.median(usual) <= _MOST_USUAL_ROOMS else 0.0


def _money(seen: Evidence) -> float:
    return _mostly(seen.number_share) if seen.number_share >= 0.6 else 0.0


def _code(seen: Evidence) -> float:
    """Words for rates: numbers alone are prices."""
    if seen.has_letters and seen.different < max(4, 0.6 * seen.said):
        return 1.0
    return 0.5 if seen.few_words else 0.0


def _word(seen: Evidence) -> float:
    if seen.date_share > 0.5 and not seen.bare:
        return 0.0
    return 1.0 if seen.few_words or seen.unique < 0.5 or seen.said < 20 else 0.6


def _room_type(seen: Evidence) -> float:
    if (seen.date_share > 0.5 and not seen.bare) or (seen.few_words and seen.status_share > 0.5):
        return 0.0
    return 1.0 if seen.few_words else 0.8 if seen.said < 50 or seen.unique < 0.3 else 0.0


def _status(seen: Evidence) -> float:
    if not seen.few_words or (seen.date_share > 0.5 and not seen.bare):
        return 0.0
    if seen.known_status_share >= STATUSES_KNOWN and seen.status_share > 0:
        return 1.0
    return 0.7 if seen.known_status_share > 0.5 else 0.4


def _flag(seen: Evidence) -> float:
    return 1.0 if seen.flag_share >= 0.98 and seen.different <= 4 else 0.0


def _id(seen: Evidence) -> float:
    if (seen.date_share > 0.5 and not seen.bare) or seen.day_fractions:
        return 0.0
    if sum(text.startswith("+") or "@" in text for text in seen.words) > 0.5 * seen.different:
        return 0.0
    with_digit = sum(any(character.isdecimal() for character in text) for text in seen.words if text)
    if with_digit < 0.5 * seen.different or seen.filled < 0.5 or seen.longest > 60:
        return 0.0
    if counts_rows(seen):
        return 0.87
    return 1.0 if seen.unique > 0.95 and seen.filled > MOSTLY else 0.9 if seen.unique > 0.2 else 0.0


def counts_rows(seen: Evidence) -> bool:
    """Return whether a column only numbers the rows, from 0 or 1 on."""
    values = seen.values[~np.isnan(seen.values)]
    if not len(values) or len(values) < seen.different:
        return False
    return bool(values.max() - values.min() + 1 == len(values) and values.min() <= 1)


def may_be_room_type(seen: Evidence) -> bool:
    """Return whether a column holds a few words, in every row one, as room types are."""
    few = seen.few_words and 2 <= seen.different <= MOST_ROOM_TYPES and seen.filled >= 0.95
    few = few and not any("@" in text for text in seen.words)
    # "2 / 0" is no number and no kind of room either: adults and children.
    few = few and any(letter.isalpha() for text in seen.words for letter in text)
    return few and seen.has_letters and seen.date_share < 0.5 and seen.status_share < 0.5 and seen.flag_share < 0.5


def may_be_price(seen: Evidence) -> bool:
    """Return whether a column holds many different amounts, as prices are."""
    values = seen.values[~np.isnan(seen.values)]
    if not len(values) or np.median(values) > _HIGHEST_PRICE:
        return False
    money = seen.number_share >= MOSTLY and seen.filled >= MOSTLY and seen.different > _FEWEST_PRICES and not seen.day_numbers
    decimals = bool((values % 1).any()) or any(_DECIMALS.search(text) for text in seen.words)
    codes = sum(_CODE.fullmatch(text) is not None for text in seen.words)
    return money and (decimals or not (seen.bare or codes > 0.5 * seen.different))


def may_be_lead_days(seen: Evidence) -> bool:
    """Return whether a column holds whole numbers spread as the days from booking to arrival are: most few, some very many."""
    if seen.whole_share < STATUSES_KNOWN or seen.filled < MOSTLY or seen.said < _FEWEST_LEADS:
        return False
    days = seen.per_row()
    days = days[~np.isnan(days)]
    middle = float(np.median(days))
    soon = float((days <= _SOON).mean()) >= _FEW_SOON
    long = _SOON < days.max() <= LONGEST_LEAD and days.mean() > 1.1 * middle
    return bool(soon and long and middle >= 2 and seen.different > _FEWEST_DIFFERENT_LEADS and not _are_round(days))


def _are_round(amounts: Numbers) -> bool:
    """Return whether most of the numbers end in 0 or 5: so do deposits, not days."""
    said = amounts[amounts > 0]
    return len(said) >= _FEWEST_LEADS and bool((said % 5 == 0).mean() > 0.6)


def _lead_days(seen: Evidence) -> float:
    """Days before arrival; what else systems call an advance is money."""
    days = seen.per_row()
    return 0.5 * _count(seen) if _are_round(days[~np.isnan(days)]) else _count(seen)


def _currency(seen: Evidence) -> float:
    return _mostly(seen.currency_share) if seen.currency_share > 0.5 else 0.0


def _property(seen: Evidence) -> float:
    return 1.0 if seen.few_words and seen.filled > 0.98 and seen.different <= 20 else 0.0


def _year(seen: Evidence) -> float:
    values = [value for value in seen.values.tolist() if value == value]
    return 1.0 if values and all(1990 <= value <= 2100 for value in values) else 0.0


def _month(seen: Evidence) -> float:
    return 1.0 if seen.different <= 12 and seen.date_share < 0.5 else 0.0


def _day_of_month(seen: Evidence) -> float:
    values = [value for value in seen.values.tolist() if value == value]
    return 1.0 if values and seen.date_share < 0.5 and all(1 <= value <= 31 for value in values) else 0.0


_SPECIAL: Mapping[str, Callable[[Evidence], float]] = {
    "arrival": _stay_day,
    "departure": _stay_day,
    "nights": _nights,
    WEEK_NIGHTS: _nights,
    WEEKEND_NIGHTS: _nights,
    "lead_days": _lead_days,
    "guests": _guests,
    "rooms": _rooms,
    "arrival_year": _year,
    "arrival_month": _month,
    "arrival_day": _day_of_month,
    "adr": _money,
    "total": _money,
    "rate_code": _code,
    "room_type": _room_type,
    "assigned_room_type": _room_type,
    "status": _status,
    CANCELLED_FLAG: _flag,
    "is_no_show": _flag,
    "reservation_id": _id,
    "currency": _currency,
    "property": _property,
}

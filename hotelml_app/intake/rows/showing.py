"""What of a rejected row may be shown and kept: dates, amounts, states and ids, never what could be a guest."""

from __future__ import annotations

import re

from hotelml_app.intake.profile import COUNT_ROLES, DAY_ROLES
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.values.dates import MONTHS, read_date
from hotelml_app.intake.values.secrets import without_secrets
from hotelml_app.intake.values.statuses import Odd, read_status
from hotelml_app.intake.values.words import clean

MAX_SHOWN = 40
MAX_DIGITS = 8

_LETTERS = re.compile(r"[^\W\d_]+")
_ID = re.compile(r"[\w./#-]*\d[\w./#-]*", re.ASCII)
_UNITS = frozenset({"am", "pm", "t", "z", "st", "nd", "rd", "th", "de", "r", "eur", "usd", "gbp", "brl", "chf"})


def shown(text: str) -> str:
    """Return a cell in quotes where it is only digits, marks and months; otherwise say that it is text."""
    plain = without_secrets(clean(text))[0]
    if not plain:
        return "blank"
    if sum(character.isdecimal() for character in plain) > MAX_DIGITS and read_date(plain) is None:
        # So many digits that are no date may be a phone number.
        return "other text"
    letters = [part.lower() for part in _LETTERS.findall(plain)]
    if len(plain) > MAX_SHOWN or any(part not in MONTHS and part not in _UNITS for part in letters):
        return "other text"
    return f'"{plain}"'


def kept_cells(typed: Typed, row: int) -> dict[str, str]:
    """Return the cells of a rejected row that are safe to keep, by role."""
    kept = {}
    for role, places in typed.claim.places.items():
        column = typed.table.columns[places[0]]
        at = role, int(column.codes[row])
        if at not in typed.shown_cells:
            typed.shown_cells[at] = _kept_cell(typed, role, column.labels[at[1]])
        text = typed.shown_cells[at]
        if text is not None:
            kept[role] = text
    return kept


def _kept_cell(typed: Typed, role: str, cell: str) -> str | None:
    text = clean(cell)
    return without_secrets(text)[0] if text and _is_safe(typed, role, text) else None


def _is_safe(typed: Typed, role: str, text: str) -> bool:
    if role in DAY_ROLES or role in COUNT_ROLES:
        return shown(text).startswith('"')
    if role == "status":
        return read_status(text, typed.claim.profile.statuses) is not Odd.UNKNOWN
    if role != "reservation_id" or len(text) > MAX_SHOWN or _ID.fullmatch(text) is None:
        return False
    # No system counts its bookings with a nought in front and so many digits; phones begin so.
    return not (text.isdecimal() and text.startswith("0") and len(text) > MAX_DIGITS)

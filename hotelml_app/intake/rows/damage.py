"""Rows that are damaged though each of their cells may be read: slipped by a cell, at odds with themselves, garbled.

All of it is judged by the distinct texts of a column and by whole columns at once, never row by row.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.figures import counted
from hotelml_app.intake.profile import DAY_ROLES
from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.typed import FEWEST_ROWS, HIDDEN, Typed, recoded
from hotelml_app.intake.rows.usual_prices import usual_prices
from hotelml_app.intake.rows.verdicts import DAMAGE_SHARE
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.intake.values.dates import read_date
from hotelml_app.intake.values.words import word

OUT_OF_PLACE_CELLS = 3
"""So many cells of one row that are unlike the rest of their columns are no slips: the row has slipped."""
WITH_A_WITNESS = 2
"""So many are enough where one of them holds what belongs beside it, or contradicts another."""
_RARE, _COMMON = 0.003, 0.02
"""Shares of the rows."""
_MORE_BESIDE = 8
"""What stands so many times more often in the column beside is in the wrong place."""
_LONELY = 0.001
_FEW_ROWS = 3
_MANY_TEXTS = 2000
_WILD = 200
_FEW_HIDDEN = 5
"""What looked like a name in the place of a booking number is damage in more rows than other strange numbers."""
_ONE_SHAPE = 0.95
_AGREES = 0.95
_OFF = 0.01

Mask = NDArray[np.bool_]
_RUNS = re.compile(r"[^\W\d_]+|\d+")


def reject_damaged(rows: BookingRows) -> None:
    """Reject rows whose cells stand in the wrong columns, or whose number is garbled; leave garbled room types blank."""
    typed = rows.typed
    slipped = typed.odd_cells >= OUT_OF_PLACE_CELLS
    if len(typed) >= FEWEST_ROWS:
        garbled = _garbled_types(rows)
        misplaced, contradicted = _misplaced(typed), _contradicted(rows)
        spoiled = typed.odd_cells + contradicted + garbled + _rarely_blank(typed)
        # Words alone may be common to two columns: something else must be wrong as well.
        witnessed = (misplaced + contradicted > 0) & (spoiled > 0) & (misplaced + spoiled >= WITH_A_WITNESS)
        slipped |= witnessed | (misplaced + spoiled >= OUT_OF_PLACE_CELLS + 1)
        _blank_wild_prices(rows)
        _settle_prices(rows)
    typed.verdicts.reject(slipped, "several cells do not belong in their columns; the row may be shifted")
    if len(typed) >= FEWEST_ROWS and "reservation_id" in typed.words:
        lonely = _lonely_shapes(rows.ids.labels)
        if lonely:
            strange = np.array([label in lonely for label in rows.ids.labels], dtype=bool)[rows.ids.codes]
            typed.verdicts.reject(strange, "the booking number is not written like the others; the row may be damaged")


def _rarely_blank(typed: Typed) -> NDArray[np.int8]:
    """Count the blank cells of each row in columns where hardly any is."""
    blank = np.zeros(len(typed), dtype=np.int8)
    for places in typed.claim.places.values():
        for place in places:
            column = typed.table.columns[place]
            many = len(column.labels) > _MANY_TEXTS and "" not in column.labels
            empty = [] if many else [code for code, label in enumerate(column.labels) if not label.strip()]
            if empty:
                here = np.isin(column.codes, empty)
                blank += here if here.sum() <= DAMAGE_SHARE * len(typed) else np.zeros(len(typed), dtype=bool)
    return blank


def _misplaced(typed: Typed) -> NDArray[np.int8]:
    """Count the cells of each row that are rare in their column and usual in the one beside it."""
    found = np.zeros(len(typed), dtype=np.int8)
    roles = {place: role for role, places in typed.claim.places.items() for place in places}
    columns = {place: _stripped(typed.table.columns[place]) for place in roles}
    times = {place: np.bincount(columns[place].codes, minlength=len(columns[place].labels)) for place in roles}
    usual = {place: _usual(columns[place], times[place]) for place in roles}
    for place, column in columns.items():
        if len(column.labels) > 10 * _MANY_TEXTS:
            continue
        beside = [one for one in (place - 1, place + 1) if one in roles]
        days = roles[place] not in DAY_ROLES and any(roles[one] in DAY_ROLES for one in beside)
        few = days and len(column.labels) <= FEWEST_ROWS
        foreign = {label: max(usual[one].get(label, 0) for one in beside) for one in beside for label in usual[one]}
        if not foreign and not few:
            continue
        marks = []
        for label, rows in zip(column.labels, times[place].tolist(), strict=True):
            there = foreign.get(label, 0)
            odd = rows <= _RARE * len(typed) or rows <= _FEW_ROWS
            # Small numbers are usual in many columns, words are not.
            strange = odd if label.isdecimal() else _MORE_BESIDE * rows <= there
            marks.append((strange and bool(there)) or (few and odd and _is_day(label)))
        where = np.array(marks, dtype=bool)[column.codes]
        found += where if where.sum() <= DAMAGE_SHARE * len(typed) else np.zeros(len(typed), dtype=bool)
    return found


def _usual(column: Column, times: NDArray[np.int64]) -> dict[str, int]:
    """Return the texts that stand in many rows of a column, with how many."""
    many = np.flatnonzero(times >= max(_COMMON * len(column), 3 * _FEW_ROWS)).tolist()
    return {column.labels[code]: int(times[code]) for code in many if column.labels[code]}


def _stripped(column: Column) -> Column:
    """Return a column without the blanks around its texts, which a column of many texts keeps."""
    return recoded(column, [label.strip() for label in column.labels]) if len(column.labels) <= _MANY_TEXTS else column


def _is_day(text: str) -> bool:
    return not text.isdecimal() and read_date(text) is not None


def _contradicted(rows: BookingRows) -> NDArray[np.int8]:
    """Count what each row says twice, and differently, where nearly all rows say the same twice."""
    numbers, days = rows.typed.numbers, rows.typed.days
    wrong = np.zeros(len(rows), dtype=np.int8)
    said = {"arrival", "departure", "booked_on"} & rows.typed.claim.places.keys()
    arrival = np.where(rows.arrival == NO_DAY, np.nan, rows.arrival)
    if "lead_days" in numbers and "booked_on" in said:
        wrong += _disagrees(arrival - np.where(days["booked_on"] == NO_DAY, np.nan, days["booked_on"]), numbers["lead_days"])
    if "nights" in numbers and {"arrival", "departure"} <= said:
        wrong += _disagrees(np.where(rows.departure == NO_DAY, np.nan, rows.departure) - arrival, numbers["nights"])
    return wrong + _prices_differ(rows)


def _disagrees(one: NDArray[np.float64], other: NDArray[np.float64]) -> Mask:
    both = ~np.isnan(one) & ~np.isnan(other)
    differs = both & (one != other)
    return differs if both.any() and differs.sum() <= (1 - _AGREES) * both.sum() else np.zeros(len(one), dtype=bool)


def _blank_wild_prices(rows: BookingRows) -> None:
    """Leave prices blank that no hotel has: hundreds of times what the others are, and not many of them."""
    wild, strange = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    for role in ("adr", "total"):
        amounts = rows.numbers[role]
        far = amounts > _WILD * usual_prices(rows, amounts)
        if far.sum() > max(_FEW_ROWS, DAMAGE_SHARE * (amounts > 0).sum()):
            strange |= far
        else:
            rows.numbers[role] = np.where(far, np.nan, amounts)
            wild |= far
    if (count := int((wild & rows.taken).sum())) > 0:
        rows.typed.notes.append(f"{count} prices are over {_WILD} times the usual one and were left blank.")
    if (count := int((strange & rows.taken).sum())) > 0:
        rows.typed.notes.append(
            f"{count} prices are over {_WILD} times the usual one, too many for slips; they were kept as written. "
            "If the export mixes currencies, let it name them."
        )


def _prices_differ(rows: BookingRows) -> Mask:
    """Return in which rows the price per night does not make the total, where nearly all rows have both and it does.

    Rooms let by day have a price and no night.
    """
    rate, total = rows.numbers["adr"], rows.numbers["total"]
    nights = rows.departure.astype(np.float64) - rows.arrival
    whole = rate * nights * np.nan_to_num(rows.numbers["rooms"], nan=1.0)
    both = ~np.isnan(whole) & ~np.isnan(total) & (nights > 0)
    differs = both & (np.abs(whole - total) > _OFF * np.abs(total) + 1)
    return differs if differs.sum() <= (1 - _AGREES) * both.sum() else np.zeros(len(rows), dtype=bool)


def _settle_prices(rows: BookingRows) -> None:
    """Of two prices that contradict each other leave the stranger one blank."""
    differs = _prices_differ(rows)
    if not differs.any():
        return
    rate, total = rows.numbers["adr"], rows.numbers["total"]
    spoiled = differs & ((total <= 0) | (total > 20 * usual_prices(rows, total)))
    rows.numbers["total"] = np.where(spoiled, np.nan, total)
    rows.numbers["adr"] = np.where(differs & ~spoiled, np.nan, rate)
    count = int((differs & rows.taken).sum())
    if count:
        many = counted(count, "row", "rows")
        rows.typed.notes.append(f"In {many} the price per night does not make the total; the stranger one was left blank.")


def settle_properties(typed: Typed) -> None:
    """Give rows whose property is blank or garbled the only one the file has; reject those that name one no other row does."""
    column = typed.words.get("property")
    if column is None or len(typed) < FEWEST_ROWS or len(column.labels) < 2:
        return
    times = np.bincount(column.codes, minlength=len(column.labels))
    few = max(_FEW_ROWS, _RARE * len(typed))
    usual = [label for label, rows in zip(column.labels, times.tolist(), strict=True) if label and rows > few]
    garbled = np.array(_garbled(column, times, few), dtype=bool)
    spoiled = (garbled | np.array([not label for label in column.labels], dtype=bool))[column.codes]
    if len(usual) == 1 and 0 < spoiled.sum() <= DAMAGE_SHARE * len(typed):
        labels = [usual[0] if odd or not label else label for label, odd in zip(column.labels, garbled.tolist(), strict=True)]
        typed.words["property"] = column = recoded(column, labels)
        typed.notes.append(
            f"{counted(int(spoiled.sum()), 'row names', 'rows name')} no property that can be read; it is that of all other rows."
        )
    if len(usual) != 1:
        # Chains have small hotels, too.
        return
    alone = np.bincount(column.codes, minlength=len(column.labels)) == 1
    where = (alone & np.array([bool(label) for label in column.labels], dtype=bool))[column.codes]
    if where.sum() <= DAMAGE_SHARE * len(typed):
        typed.verdicts.reject(where, "no other row names this property; the row may be damaged")


def _garbled_types(rows: BookingRows) -> Mask:
    """Blank the room types that stand alone in the file and have signs no usual room type has; return in which rows."""
    column = rows.words["room_type"]
    times = np.bincount(column.codes, minlength=len(column.labels))
    odd = _garbled(column, times, max(min(_FEW_ROWS, 0.01 * len(rows)), _RARE * len(rows)))
    if not any(odd):
        return np.zeros(len(rows), dtype=bool)
    where = np.array(odd, dtype=bool)[column.codes]
    if where.sum() > DAMAGE_SHARE * len(rows):
        return np.zeros(len(rows), dtype=bool)
    blanked = ["" if garbled else label for label, garbled in zip(column.labels, odd, strict=True)]
    rows.words["room_type"] = recoded(column, blanked)
    count = int((where & rows.taken).sum())
    odd_ones = counted(count, "room type is unlike any other and was", "room types are unlike any other and were")
    rows.typed.notes += [f"{odd_ones} left blank."] if count else []
    return where


def _garbled(column: Column, times: NDArray[np.int64], few: float) -> list[bool]:
    """Return which texts stand in few rows and have signs that no text in many rows has; none where no text is usual."""
    counted = list(zip(column.labels, times.tolist(), strict=True))
    usual = set[str]().union(*(_signs(label) for label, rows in counted if rows > few))
    return [bool(usual) and bool(label) and rows <= few and not _signs(label) <= usual for label, rows in counted]


def _signs(label: str) -> set[str]:
    """Return the kinds of signs in a text: capitals, small letters, digits, and each mark; a mere number is a kind of its own."""
    if label.isdecimal():
        return {"number"}
    kinds = {"A" if sign.isupper() else "a" if sign.isalpha() else "9" if sign.isdecimal() else sign for sign in label}
    return kinds - {" "} if len(kinds) > 1 else kinds


def _lonely_shapes(labels: list[str]) -> set[str]:
    """Return the booking numbers that are written like hardly any other, where nearly all are written alike."""
    known = next((label for label in labels if label), "")
    shape = "".join(
        r"\d+" if run[0].isdecimal() else r"[^\W\d_]+" if run[0].isalpha() else re.escape(run) for run in _runs(known)
    )
    if not known or re.fullmatch(f"(?:(?:{shape})?\n)*", "\n".join(labels) + "\n"):
        return set()
    shapes = Counter(map(_shape, labels))
    ((_, most),) = shapes.most_common(1)
    if most < _ONE_SHAPE * len(labels):
        return set()
    few = max(2.0, _LONELY * len(labels))
    return {label for label in labels if word(label) and shapes[_shape(label)] <= (_FEW_HIDDEN * few if _hides(label) else few)}


def _hides(label: str) -> bool:
    return label.startswith(HIDDEN)


def _runs(label: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+|[\W_]", label)


def _shape(label: str) -> str:
    if _hides(label):
        return HIDDEN
    return _RUNS.sub(lambda run: "9" if run[0][0].isdecimal() else "A", label)

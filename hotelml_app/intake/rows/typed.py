"""From text columns to clean words, day numbers and numbers, each distinct text looked at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.core.figures import counted
from hotelml_app.intake.identify import Claim
from hotelml_app.intake.profile import COUNT_ROLES, DAY_ROLES
from hotelml_app.intake.readers.tables.table import Column, Table, is_total_word
from hotelml_app.intake.rows.day_columns import read_days
from hotelml_app.intake.rows.report_rows import flags, ignore_report_rows
from hotelml_app.intake.rows.verdicts import DAMAGE_SHARE, Verdicts
from hotelml_app.intake.values.date_order import DateOrder, Days
from hotelml_app.intake.values.dates import sure_day
from hotelml_app.intake.values.numbers import POINT, decimal_mark, is_in_cents, read_amount, sure_mark
from hotelml_app.intake.values.parties import party
from hotelml_app.intake.values.room_cells import kind_of_room
from hotelml_app.intake.values.scores import written_score
from hotelml_app.intake.values.secrets import SHORTEST, guests_among, has_long_digits, holds_card, without_secrets
from hotelml_app.intake.values.words import NOT_SAID, word

Numbers = NDArray[np.float64]

ID_ROLES = ("reservation_id", "review_id")
HIDDEN = "id-"
"""How a booking id begins that hides a card number, a telephone number or a name."""
PRICES = {"adr": "rate", "total": "total price", "night_price": "price of the night"}
ODD_SHARE = 0.1
FEWEST_ROWS = 100
"""In smaller files nothing is rare."""


@dataclass
class Typed:
    """The columns of one table by role. Numbers are NaN and days NO_DAY where the cell is blank or unreadable."""

    claim: Claim
    table: Table
    verdicts: Verdicts
    words: dict[str, Column] = field(default_factory=dict)
    days: dict[str, Days] = field(default_factory=dict)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    currency: Column | None = None
    notes: list[str] = field(default_factory=list)
    told_orders: set[DateOrder] = field(default_factory=set)
    """The orders of day and month that columns themselves told, by numbers above 12."""
    secrets_removed: int = 0
    key: bytes = b""
    odd_cells: NDArray[np.int8] = field(init=False)
    """How many cells of each row are not of their column's kind, in columns where nearly all are."""
    shown_cells: dict[tuple[str, int], str | None] = field(default_factory=dict)
    """What may be shown of the words that bad rows share, by role and code; None where nothing may."""

    def __post_init__(self) -> None:
        self.odd_cells = np.zeros(len(self.table), dtype=np.int8)

    def __len__(self) -> int:
        return len(self.table)

    @property
    def order(self) -> DateOrder | None:
        """The order of day and month that the columns, or else the layout, tell; None where nothing does."""
        return next(iter(self.told_orders)) if len(self.told_orders) == 1 else self.claim.profile.date_order

    def note_odd_cells(self, where: NDArray[np.bool_]) -> None:
        """Count cells that are unlike the rest of their column; what is usual in a column is not odd."""
        if 0 < where.sum() <= ODD_SHARE * len(where):
            self.odd_cells += where

    def text(self, role: str, row: int) -> str:
        """Return the cell of a role as it stands in the file, or "" where the file has no such column."""
        places = self.claim.places.get(role)
        return self.table.columns[places[0]].text(row) if places else ""

    def blank(self, role: str) -> NDArray[np.bool_]:
        """Return in which rows a role's cell says nothing; all of them where the file has no such column."""
        places = self.claim.places.get(role)
        if not places:
            return np.ones(len(self), dtype=bool)
        column = self.table.columns[places[0]]
        blanks = self.claim.profile.blanks
        return np.array([not word(label, blanks) for label in column.labels], dtype=bool)[column.codes]


def read_typed(claim: Claim, table: Table, key: bytes = b"") -> Typed:
    """Read every role's column of a table.

    Raises AmbiguousDatesError where the file leaves day and month open, MixedDatesError where a column has both orders.

    ``key`` is the home's secret for hashing what must not be readable but must stay the same.
    """
    typed = Typed(claim, table, Verdicts(len(table)), key=key)
    ignore_report_rows(table, typed.verdicts)
    for role, places in claim.places.items():
        columns = [table.columns[place] for place in places]
        if role == "score":
            columns = [_bare_scores(typed, columns[0])]
        if role == "guests":
            columns = [_guests_told_apart(typed, column) for column in columns]
        if role in COUNT_ROLES:
            cents = role in PRICES and all(is_in_cents(claim.header.cells[place]) for place in places)
            typed.numbers[role] = _numbers(typed, role, columns) / (100 if cents else 1)
        elif role not in DAY_ROLES:
            typed.words[role] = _words(typed, role, columns[0])
    _read_days(typed)
    _read_facts(typed)
    return typed


def recoded(column: Column, labels: Sequence[str]) -> Column:
    """Return the column with other words for its labels; labels that became equal become one."""
    numbers: dict[str, int] = {}
    mapping = np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int32)
    if len(numbers) == len(labels):
        return Column(column.codes, list(labels))
    return Column(mapping[column.codes], list(numbers))


def _words(typed: Typed, role: str, column: Column) -> Column:
    profile = typed.claim.profile
    labels = _tidy(column.labels, profile.blanks)
    if own := profile.spellings.get(role):
        labels = [own.get(label.casefold(), label) for label in labels]
    if profile.numbered_rooms and role == "room_type":
        labels = [kind_of_room(label) for label in labels]
    if role in ID_ROLES:
        labels = _ids_without_guests(typed, labels)
    elif any(len(label) >= SHORTEST or "@" in label for label in labels):
        labels = _without_secrets(typed, column, labels)
    tidy = recoded(column, labels)
    if role in profile.ignored:
        typed.verdicts.ignore(
            flags(tidy, lambda text: text.casefold() in profile.ignored[role]), f"rows that are no {profile.kind}"
        )
    if role in profile.only:
        typed.verdicts.ignore(
            flags(tidy, lambda text: text.casefold() not in profile.only[role]), f"rows that are no {profile.kind}"
        )
    return tidy


def _tidy(labels: Sequence[str], blanks: Collection[str]) -> list[str]:
    """Return clean words, in bulk where none needs cleaning: booking numbers are as many as the bookings."""
    joined = "".join(labels)
    if not joined.isascii() or any(sign in joined for sign in " \t\n\r\x0b\x0c='"):
        return [word(label, blanks) for label in labels]
    says_nothing = NOT_SAID.union(blanks)
    return ["" if label.lower() in says_nothing else label for label in labels]


def _without_secrets(typed: Typed, column: Column, labels: Sequence[str]) -> list[str]:
    times = np.bincount(column.codes, minlength=len(labels))
    kept = []
    for label, rows in zip(labels, times.tolist(), strict=True):
        masked, found = without_secrets(label)
        typed.secrets_removed += found * rows
        kept.append(masked)
    return kept


def _ids_without_guests(typed: Typed, labels: list[str]) -> list[str]:
    """Hide card and phone numbers, addresses and names among booking ids; each stays one and the same id.

    One random number in ten has a right check digit, so long numbers are taken as cards only where most of them have one.
    """
    long = [label for label in labels if len(label) >= SHORTEST and has_long_digits(label)]
    hidden = {label for label in long if holds_card(label)}
    if len(hidden) * 2 <= len(long):
        hidden = set()
    hidden |= guests_among(labels)
    # The foot of a report is nobody's name, though it looks like one here.
    typed.secrets_removed += sum(not is_total_word(label) for label in hidden)
    return [
        f"{HIDDEN}{blake2b(label.encode(), digest_size=8, key=typed.key).hexdigest()}" if label in hidden else label
        for label in labels
    ]


def _numbers(typed: Typed, role: str, columns: Sequence[Column]) -> Numbers:
    """Return the sum of columns; a blank counts as nothing, but a stay of which some nights are spoiled is not known.

    Blank nights are spoiled ones where they are rare.
    """
    total, spoiled = np.full(len(typed), np.nan), np.zeros(len(typed), dtype=bool)
    for column in columns:
        values = _amounts(typed, role, column)
        said = ~np.isnan(values)
        total = np.where(said, np.nan_to_num(total) + values, total)
        if role == "nights" and not said.all():
            rare = (~said).sum() <= DAMAGE_SHARE * len(said)
            spoiled |= ~said if rare else ~said & flags(column, lambda label: bool(word(label, typed.claim.profile.blanks)))
    return np.where(spoiled, np.nan, total) if spoiled.any() else total


def _bare_scores(typed: Typed, column: Column) -> Column:
    """Return scores written with words or stars as numbers, and note how high they could be where no column says that."""
    said = [written_score(label) for label in column.labels]
    if not any(said):
        return column
    if "scale" not in typed.claim.places:
        best = np.array([one.best if one and one.best else np.nan for one in said], dtype=np.float64)
        typed.numbers["scale"] = best[column.codes]
    return recoded(column, [one.number if one else label for one, label in zip(said, column.labels, strict=True)])


def _guests_told_apart(typed: Typed, column: Column) -> Column:
    """Return cells like "2 / 1" as the number of all guests, and note the children where no column tells them."""
    said = [party(label) for label in column.labels]
    if not any(said):
        return column
    if "children" not in typed.claim.places:
        children = np.array([one[1] if one else np.nan for one in said], dtype=np.float64)
        typed.numbers["children"] = children[column.codes]
    return recoded(column, [str(sum(one)) if one else label for one, label in zip(said, column.labels, strict=True)])


def _amounts(typed: Typed, role: str, column: Column) -> Numbers:
    profile = typed.claim.profile
    labels = [word(label, profile.blanks) for label in column.labels]
    if own := profile.spellings.get(role):
        labels = [own.get(label.casefold(), label) for label in labels]
    mark = sure_mark(labels) or (decimal_mark(labels, *_told_beside(typed)) if role in PRICES else POINT)
    amounts = [read_amount(label, mark) if label else None for label in labels]
    values = np.array([amount.value if amount else np.nan for amount in amounts], dtype=np.float64)
    if not len(values):
        return np.full(len(column), np.nan)
    unreadable = np.array([bool(label) and amount is None for label, amount in zip(labels, amounts, strict=True)])
    if unreadable.any():
        _judge_unreadable(typed, role, column, labels, unreadable)
    if role in PRICES and typed.currency is None and any(amount and amount.currency for amount in amounts):
        typed.currency = recoded(column, [amount.currency if amount else "" for amount in amounts])
    return values[column.codes]


def _told_beside(typed: Typed) -> tuple[str, set[str]]:
    """Return the decimal mark that the prices of the file agree on, "" where they do not, and the currencies it names."""
    places = typed.claim.places
    marks = {sure_mark(typed.table.columns[place].labels) for role in PRICES for place in places.get(role, ())} - {""}
    named = [word for place in places.get("currency", ()) for word in typed.table.columns[place].labels]
    named.append(typed.claim.facts.get("currency", ""))
    return marks.pop() if len(marks) == 1 else "", {word.strip().upper() for word in named}


def _judge_unreadable(typed: Typed, role: str, column: Column, labels: Sequence[str], unreadable: NDArray[np.bool_]) -> None:
    """Reject rows whose price is a spoiled number; a word in its place ("Complimentary") and other numbers are left blank."""
    typed.note_odd_cells(unreadable[column.codes])
    if role in PRICES:
        spoiled = unreadable & np.array([any(character.isdecimal() for character in label) for label in labels], dtype=bool)
        typed.verdicts.reject(spoiled[column.codes], f"the {PRICES[role]} is not an amount")
        unreadable = unreadable & ~spoiled
    count = int((unreadable[column.codes] & typed.verdicts.taken).sum())
    if count:
        are = "is no number and was" if count == 1 else "are no numbers and were"
        typed.notes.append(f"{counted(count, 'cell', 'cells')} of {role.replace('_', ' ')} {are} left blank.")


def _read_days(typed: Typed) -> None:
    found = read_days(typed.claim, typed.table, typed.numbers.get("nights"))
    typed.days, typed.told_orders = found.days, found.told_orders
    typed.notes += found.notes
    for unreadable in found.unreadable:
        typed.note_odd_cells(unreadable)


def _read_facts(typed: Typed) -> None:
    """Give every row what the file says once for all, where no column says it."""
    for role, text in typed.claim.facts.items():
        if role in typed.claim.places or not word(text, typed.claim.profile.blanks):
            continue
        if role in DAY_ROLES:
            day = sure_day(text, typed.order)
            if day is not None:
                typed.days[role] = np.full(len(typed), day_number(day), dtype=np.int32)
        else:
            said = without_secrets(word(text, typed.claim.profile.blanks))[0]
            typed.words[role] = Column(np.zeros(len(typed), dtype=np.int32), [said])

"""Amounts and counts as written: ``126.6314 EUR``, ``'-R$1,256.10``, ``480,00``, ``-.89``, ``Rate ChangesR$430.00``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotelml_app.intake.values.words import clean

POINT, COMMA = ".", ","
LONGEST = 60
"""Letters; a longer text is no amount, and some would take hours to be tried as one."""
LARGEST = 1e12
"""No hotel earned more."""

_SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "R$": "BRL",
    "US$": "USD",
    "CHF": "CHF",
    "zł": "PLN",
    "Kč": "CZK",
    "₺": "TRY",
    "₹": "INR",
    "Ft": "HUF",
    "Rp": "IDR",
    "円": "JPY",
    "₩": "KRW",
    "원": "KRW",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₪": "ILS",
    "₽": "RUB",
    "₴": "UAH",
    "₦": "NGN",
}
_SIGNS = r"$£¥\uffe5\u0e3f\u20a0-\u20cf"
"""The signs of currencies, those from the won to the rouble in a row."""
_AMOUNT = re.compile(
    rf"""'?\s*
    (?P<open>[(-]?)\s*
    (?P<before>(?:[^\W\d_]|[\s{_SIGNS}.]){{0,30}}?)\s*
    (?P<sign>[-+\u2212]?)\s*
    (?P<digits>\d[\d.,'\u2019\s]*|[.,]\d+)
    \s*(?P<after>[^\W\d_]{{2,4}}\.?|[A-Z円원元]|[A-Z]{{0,2}}[{_SIGNS}%])?
    \s*(?P<close>[)-]?)""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_CUT = re.compile(r"\d(?:[.,]\d+)?E\+\d{2,3}")
_CODE = re.compile(r"[A-Z]{3}")
_DIGIT = re.compile(r"\d")
_CENTS = re.compile(r"(?<![a-z])(cents?|minor|centavos|c[eé]ntimos|centimes|centesimi|rappen)(?![a-z])", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GROUP_MARKS = re.compile(r"['\u2019\s]")
_NO_CENTS = re.compile(r"(?<=\d)[.,]\s?[-\u2013\u2014]{1,2}(?=\D*$)")
"""``99,-`` and ``99.\u2013`` are whole amounts in German and Swiss hands, no negative ones."""
_IN_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies with three decimals (ISO 4217)."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the currency written beside it (ISO code or "")."""

    value: float
    currency: str = ""


def _digits(text: str) -> re.Match[str] | None:
    if len(text) > LONGEST or not _DIGIT.search(text):
        return None
    return _AMOUNT.fullmatch(_NO_CENTS.sub("", clean(text)))


def is_cut(number: str) -> bool:
    """Return whether a spreadsheet left only the first digits of a long number: 1.002E+11."""
    return _CUT.fullmatch(number) is not None


def is_in_cents(header: str) -> bool:
    """Return whether a column's name says that its amounts are hundredths, like ``amount_cent``."""
    return _CENTS.search(_CAMEL.sub(" ", header)) is not None


def decimal_mark(texts: Sequence[str], elsewhere: str = "", currencies: Iterable[str] = ()) -> str:
    """Return "." or ",": what stands before the decimals in this column, judged by all its texts.

    ``elsewhere`` is the mark of the file's other amounts, where they tell it, and counts where this column's do not;
    ``currencies`` are the codes that the file names in another column.
    """
    return sure_mark(texts) or elsewhere or _mark_of_thousands(texts, currencies) or POINT


def sure_mark(texts: Iterable[str]) -> str:
    """Return the mark before the decimals where the texts of a column tell it, else ""."""
    votes = {POINT: 0, COMMA: 0}
    for text in texts:
        if text.isdecimal() or not (match := _digits(text)):
            continue
        if mark := _mark_in(_GROUP_MARKS.sub("", match["digits"])):
            votes[mark] += 1
    if not any(votes.values()):
        return ""
    return COMMA if votes[COMMA] > votes[POINT] else POINT


def _mark_of_thousands(texts: Iterable[str], currencies: Iterable[str] = ()) -> str:
    """Return the decimal mark of prices of which each has three digits behind its only mark, or none; else "".

    ``1.470`` beside ``980`` is a price of thousands: prices with three decimals are written in few currencies, and there
    all of them have three. Numbers of four digits without a mark say that thousands have none here.
    """
    codes, marks, whole = set(currencies), set[str](), 0
    for text in texts:
        if match := _digits(text):
            digits = _GROUP_MARKS.sub("", match["digits"])
            codes.add(_currency(match["before"] or "", match["after"] or ""))
            marks |= {POINT, COMMA} & set(digits)
            whole = max(whole, len(digits) if digits.isdecimal() else 0)
    if len(marks) != 1:
        return ""
    mark = marks.pop()
    if whole > 3 or codes & _IN_THOUSANDTHS:
        return mark
    return COMMA if mark == POINT else POINT


def _mark_in(digits: str) -> str:
    """Return the decimal mark a number surely has, or "" (``1.234`` may be either)."""
    last = max(digits.rfind(POINT), digits.rfind(COMMA))
    if last < 0:
        return ""
    mark = digits[last]
    other = COMMA if mark == POINT else POINT
    behind = len(digits) - last - 1
    if digits.count(mark) > 1:
        return other
    if other in digits or behind != 3 or last == 0 or last > 3 or digits[0] == "0":
        return mark
    return ""


def read_amount(text: str, mark: str = POINT) -> Amount | None:
    """Return the amount a cell holds, or None where it is none; ``mark`` is the column's decimal mark."""
    if mark == POINT and _PLAIN.fullmatch(text):
        amount: Amount | None = Amount(float(text))
    else:
        amount = _amount(text, mark)
    return amount if amount is not None and abs(amount.value) <= LARGEST else None


def _amount(text: str, mark: str) -> Amount | None:
    match = _digits(text)
    if match is None:
        return None
    digits = _GROUP_MARKS.sub("", match["digits"])
    group = COMMA if mark == POINT else POINT
    whole, _, decimals = digits.partition(mark)
    if digits.count(mark) > 1 or group in decimals or not _groups_are_whole(whole, group):
        return None
    value = float(digits.replace(group, "").replace(mark, ".") or "nan")
    negative = bool(match["open"]) or match["sign"] in ("-", "\u2212") or match["close"] == "-"
    return Amount(-value if negative else value, _currency(match["before"] or "", match["after"] or ""))


def _groups_are_whole(whole: str, group: str) -> bool:
    """Return whether thousands marks stand where thousands are (two digits between them in India)."""
    first, *others = whole.split(group)
    if not others:
        return True
    return 1 <= len(first) <= 3 and len(others[-1]) == 3 and all(len(part) in (2, 3) for part in others)


def _currency(before: str, after: str) -> str:
    for side in (after.strip(), before.strip()):
        if _CODE.fullmatch(side):
            return side
        for symbol, code in _SYMBOLS.items():
            if side.endswith(symbol):
                return code
    return ""

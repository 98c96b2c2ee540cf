"""Dates as exports write them. A text is read into what it surely says; which of two numbers is the day is decided per column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from hotelml_app.intake.values.words import clean


class DateOrder(StrEnum):
    """Which comes first in dates like 04/05/2016."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class NumericDate:
    """A date of three numbers whose first two may be day and month in either order."""

    first: int
    second: int
    year: int

    def as_date(self, order: DateOrder) -> date | None:
        """Return the date under an order, or None where there is no such day."""
        day, month = (self.first, self.second) if order is DateOrder.DAY_FIRST else (self.second, self.first)
        return _date(self.year, month, day)


_MONTH_NAMES = {
    1: "january janvier januar jänner janeiro enero gennaio januari januar jan ene gen stycznia janv gener ledna sty "
    "ianuarie januára oca ocak jaan janúar января янв siječnja siječanj januarja јануара јануар січня януари يناير "
    "ינואר",
    2: "february fevrier février februar feber fevereiro febrero febbraio feb fev fév févr februari februar lutego fevr "
    "febr febrer února lut februarie februára şub şubat veebr febrúar февраля фев veljače veljača februarja фебруара "
    "фебруар лютого февруари فبراير פברואר pebruari",
    3: "march mars märz maerz março marco marzo maart mars mar mär mrz mrt marca març března martie mart márc március "
    "марта мар ožujka ožujak marec березня marta مارس מרץ maret",
    4: "april avril abril aprile apr avr abr kwietnia dubna kwi aprilie apríla nis nisan ápr április апреля апр travnja "
    "travanj aprila квітня април априла أبريل ابريل אפריל",
    5: "may mai maio mayo maggio mei maj mag maja maig května máj mája mayıs máj május мая май svibnja svibanj травня "
    "маја مايو מאי",
    6: "june juin juni junho junio giugno jun giu czerwca juny června cze iunie júna haz haziran jún június июня июн "
    "lipnja lipanj junij junija juna червня юни јуна јун يونيو יוני",
    7: "july juillet juli julho julio luglio jul juil lug lipca juliol července lip iulie júla tem temmuz júl július "
    "июля июл srpnja srpanj julij julija jula липня юли јула јул يوليو יולי",
    8: "august août aout agosto augustus augusti aug aoû ago sierpnia agost srpna sie augusta ağu ağustos augusztus "
    "августа авг kolovoza kolovoz avgust avgusta серпня август أغسطس اغسطس אוגוסט agustus",
    9: "september septembre setembro septiembre settembre sep sept set września setembre září wrz septembrie septembra "
    "eyl eylül szept szeptember сентября сен rujna rujan septembar вересня септември септембра септембар سبتمبر "
    "ספטמבר",
    10: "october octobre oktober outubro octubre ottobre oct okt out ott października octubre října paź octombrie "
    "októbra eki ekim október октября окт oktobra oktobar жовтня октомври октобра октобар أكتوبر اكتوبر אוקטובר",
    11: "november novembre novembro noviembre nov listopada listopadu lis noiembrie novembra kas kasım ноября ноя "
    "studenoga studenog studeni novembar листопада ноември новембра новембар نوفمبر נובמבר",
    12: "december décembre decembre dezember dezembro diciembre dicembre dec déc dez dic desember des grudnia desembre "
    "prosince gru decembrie decembra ara aralık декабря дек prosinca prosinac decembar грудня декември децембра "
    "децембар ديسمبر דצמבר",
}
"""Croatian "listopad" is left out: it is October there, and November to Poles and Czechs."""

MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}

_WEEKDAY_NAMES = (
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend "
    "sonntag lunes martes miércoles miercoles jueves viernes sábado sabado domingo lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi domenica segunda terça terca "
    "quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_WEEKDAYS = frozenset(name[:letters] for name in _WEEKDAY_NAMES.split() for letters in range(2, len(name) + 1))
"""The names and how they are shortened."""

_DIGIT = re.compile(r"\d")

_TIME = re.compile(
    r"(?:[T ,]+(?:(?:at|um|à|a las|alle|às|om|kl\.?)\s+)?\(?\d{1,2}(?::|h)\d{2}|(?<=\d{4})[ ,]+\d{1,2}\.\d{2})"
    r"([:.]\d{2}([.,]\d+)?)?\s*([ap]\.?\s?m\.?|uhr|h)?\s*(z|utc|gmt|[+-]\d{2}(:?\d{2})?)?\)?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?")
_POINTED = re.compile(r"\d\s?\.\s?\d{1,2}\s?\.\s?\d")
_DAY_MONTH_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|º)?[-/ .]*(?:de\s+)?([^\W\d_]+)\.?[-/ ,.]*(?:de\s+)?(\d{4}|\d{2})(?:\s?[гр])?\.?"
)
_MONTH_NAME_DAY = re.compile(r"([^\W\d_]+)\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?,?[-/ ]+(\d{4})")
SECONDS = re.compile(r"(1[0-8]\d{8})(?:\d{3})?(?:\.0)?")
"""Unix time from 2001 to 2030, in seconds or thousandths; later ones look like a year, month, day and hour."""

_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_SERIAL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Excel day numbers from 1954 to 2119."""

_CENTURY_TURNS_AT = 70
_BUDDHIST_AHEAD = 543
_BUDDHIST_YEARS = range(1990 + _BUDDHIST_AHEAD, 2101 + _BUDDHIST_AHEAD)
"""Years of the Thai calendar; counted from Christ, no export reaches so far."""
LONGEST = 80
"""Letters; a longer text is no date."""


def read_date(text: str) -> date | NumericDate | None:
    """Return the day a cell names, a NumericDate where its order must be decided, or None where it is no date.

    A time of day behind the date is dropped.
    """
    if len(text) > LONGEST or not _DIGIT.search(text):
        return None
    plain = clean(text).strip("'\"")
    plain = _TIME.sub("", plain).strip()
    if plain[:1].isalpha():
        plain = _without_weekday(plain)
    if match := _YEAR_FIRST.fullmatch(plain):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _EAST_ASIAN.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(plain):
        return NumericDate(int(match[1]), int(match[3]), _year(match[4]))
    if match := _COMPACT.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(plain):
        serial = int(match[1])
        return _SERIAL_EPOCH + timedelta(days=serial) if _FIRST_SERIAL <= serial <= _LAST_SERIAL else None
    if match := SECONDS.fullmatch(plain):
        return datetime.fromtimestamp(int(match[1]), UTC).date()
    return _read_with_month_name(plain)


def sure_day(text: str, order: DateOrder | None = None) -> date | None:
    """Return the day of a date that stands alone, None where it may be either of two; ``order`` is that of the file's columns.

    Between points the day always comes first.
    """
    found = read_date(text)
    if not isinstance(found, NumericDate):
        return found
    days = {one: day for one in DateOrder if (day := found.as_date(one))}
    if len(set(days.values())) < 2:
        return next(iter(days.values()), None)
    told = DateOrder.DAY_FIRST if _POINTED.search(text) else order
    return days[told] if told else None


def _without_weekday(plain: str) -> str:
    """Return a date of numbers without the weekday before it: "Mi, 01.03.17"; "Mar 27, 2015" begins with its month."""
    first, _, rest = plain.partition(" ")
    name = first.rstrip(".,").casefold()
    return rest if name in _WEEKDAYS and any(form.fullmatch(rest) for form in (_NUMERIC, _YEAR_FIRST, _COMPACT)) else plain


def _read_with_month_name(plain: str) -> date | None:
    if (match := _MONTH_NAME_DAY.fullmatch(plain)) and (month := MONTHS.get(match[1].lower())):
        return _date(int(match[3]), month, int(match[2]))
    for candidate in (plain, _WEEKDAY.sub("", plain)):
        if (match := _DAY_MONTH_NAME.fullmatch(candidate)) and (month := MONTHS.get(match[2].lower())):
            return _date(_year(match[3]), month, int(match[1]))
    weekday, _, rest = plain.partition(",")
    if rest and weekday.isalpha() and (match := _MONTH_NAME_DAY.fullmatch(rest.strip())):
        month = MONTHS.get(match[1].lower())
        return _date(int(match[3]), month, int(match[2])) if month else None
    return None


def month_number(text: str) -> int | None:
    """Return the month a cell names, as a word or as a number."""
    plain = clean(text).lower().strip(".")
    if plain.isdecimal():
        return int(plain) if len(plain) <= 2 and 1 <= int(plain) <= 12 else None
    return MONTHS.get(plain)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURNS_AT else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    if year in _BUDDHIST_YEARS:
        year -= _BUDDHIST_AHEAD
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""One export beside the last ones: every check by itself, each with the sentence it would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from hotelml_app.core.bookings import ENOUGH_TO_LOSE_SOME, FEWEST_LOST_SHARE
from hotelml_app.core.written_days import said_day
from hotelml_app.intake.dating.business_date import LATEST_EVENT
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.doctor.summary import ExportSummary
from hotelml_app.intake.missing_bookings import Missing
from hotelml_app.intake.proposing.proposal import role_words
from hotelml_app.intake.values.words import header_word

FEWER, MORE = 0.2, 5.0
"""Rows beside the usual: a fifth is 80 % fewer."""
ENOUGH_TO_COMPARE = 30
"""Rows an export must have for its averages, or the loss of its rows, to mean something."""
STEADY = 3
"""From so many exports of like size on, the size is a habit."""
RATE_RANGE = (0.5, 2.0)
REJECTED_SHARE = 0.05
GONE_SHARE, FEWEST_GONE = 0.5, 5
"""Where more of the bookings to come are missing the export holds changes alone; fewer may have been deleted in the PMS."""
MANY_CANCELLED = 0.1
"""More than that from one export to the next is worth a look: the report may have been filtered."""
OVERNIGHT = timedelta(hours=20)
NAMES_TOLD = 8

_CONVERTED = (
    "HotelML converts nothing: amounts in it count as if they were in the currency of before. If the report should have one "
    "currency, set it so in the PMS; if the hotel has changed to it, name it in Settings. Rates before and after do not compare."
)

_CODE_FINDINGS = {
    "room_type": (FindingKind.NEW_ROOM_TYPES, "room type", True, "Say in Settings how many rooms of it the house has."),
    "rate_code": (FindingKind.NEW_RATE_CODES, "rate code", False, ""),
    "segment": (FindingKind.NEW_SEGMENTS, "segment", False, ""),
    "channel": (FindingKind.NEW_CHANNELS, "channel", False, ""),
    "currency": (FindingKind.NEW_CURRENCIES, "currency", True, _CONVERTED),
}


def compare(new: ExportSummary, earlier: Sequence[ExportSummary], known: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Return what is odd about an export.

    ``earlier`` are the last exports of the same layout and property, the newest first; ``known`` all codes seen so far, by role.
    """
    found = [*_rejected(new), *_unknown_statuses(new)]
    if earlier:
        found += [*_columns(new, earlier[0]), *_emptied(new, earlier[0]), *_codes(new, known)]
        found += [*_rows(new, earlier), *_business_date(new, earlier[0]), *_money(new, earlier)]
    return found


def _columns(new: ExportSummary, last: ExportSummary) -> Iterator[Finding]:
    now, before = ({header_word(name): name for name in one.header} for one in (new, last))
    lost = [name for word, name in before.items() if word not in now]
    added = [name for word, name in now.items() if word not in before]
    instead = {role: name for name, role in new.used.items()}
    renamed = [(name, instead[last.used[name]]) for name in lost if last.used.get(name) in instead]
    if renamed:
        told = _list(f"{now_named!r} for {name!r} ({role_words(last.used[name])})" for name, now_named in renamed)
        yield Finding(
            FindingKind.RENAMED_COLUMNS,
            f"The export has other columns than before; HotelML reads {told}.",
            "Check on the Data page that new bookings are read as they should be; if not, say in a column map what is what.",
            details=tuple(now_named for _, now_named in renamed),
            was=_list(name for name, _ in renamed),
            now=_list(now_named for _, now_named in renamed),
        )
        lost = [name for name in lost if name not in dict(renamed)]
        added = [name for name in added if name not in dict(renamed).values()]
    if lost:
        used = [f"{name!r} ({role_words(last.used[name])})" for name in lost if name in last.used]
        kept = "what was known of it is kept, new bookings come without"
        told = f" HotelML used {_list(used)}; {kept}." if used else ""
        yield Finding(
            FindingKind.LOST_COLUMNS,
            f"The export has no {_columns_word(lost)} {_list(map(repr, lost))} any more.{told}",
            "Check in the PMS whether the report was changed, and put the columns back.",
            bool(used),
            tuple(lost),
            was=_list(lost),
            now="not in the export",
        )
    if added:
        sentence = f"The export has the new {_columns_word(added)} {_list(map(repr, added))}."
        yield Finding(FindingKind.NEW_COLUMNS, sentence, details=tuple(added), now=_list(added))


def _emptied(new: ExportSummary, last: ExportSummary) -> Iterator[Finding]:
    gone = [
        role
        for role, share in new.filled.items()
        if share <= 0.02 and last.filled.get(role, 0.0) >= 0.5 and new.rows >= ENOUGH_TO_COMPARE
    ]
    if gone:
        named = _list(role_words(role) for role in gone)
        yield Finding(
            FindingKind.EMPTIED_COLUMNS,
            f"The column for {named} is there, but blank; in the last export it was filled.",
            "Check in the PMS whether the report still brings it.",
            True,
            tuple(gone),
            was=_list(f"{role_words(role)} {last.filled[role]:.0%} filled" for role in gone),
            now=_list(f"{role_words(role)} {new.filled[role]:.0%} filled" for role in gone),
        )


def _codes(new: ExportSummary, known: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    for role, (kind, what, wants_person, remedy) in _CODE_FINDINGS.items():
        before = {word.casefold() for word in known.get(role, ())}
        fresh = [word for word in new.codes.get(role, ()) if word.casefold() not in before]
        if before and fresh:
            noun = what if len(fresh) == 1 else f"{what.removesuffix('y')}ies" if what.endswith("y") else f"{what}s"
            told = f"New {noun} in the export: {_list(fresh)}."
            yield Finding(kind, told, remedy, wants_person, tuple(fresh), was=f"{len(before):,} known", now=_list(fresh))
    before = {word.casefold() for word in known.get("status", ())}
    fresh = [word for word in new.codes.get("status", ()) if word.casefold() not in before and word not in new.unknown_statuses]
    if before and fresh:
        told = f"Statuses seen for the first time: {_list(fresh)}."
        yield Finding(FindingKind.NEW_STATUSES, told, details=tuple(fresh), was=f"{len(before):,} known", now=_list(fresh))


def _unknown_statuses(new: ExportSummary) -> Iterator[Finding]:
    if new.unknown_statuses:
        yield Finding(
            FindingKind.NEW_STATUSES,
            f"HotelML does not know the status {_list(map(repr, new.unknown_statuses))}; such bookings were taken as reserved.",
            "Say in a column map what it means: hotelml import --propose FILE shows how.",
            True,
            new.unknown_statuses,
            now=f"{_list(new.unknown_statuses)} taken as reserved",
        )


def _rows(new: ExportSummary, earlier: Sequence[ExportSummary]) -> Iterator[Finding]:
    # A list of all bookings says nothing beside the changes of a day; changes that are few may be a list that was cut off.
    sizes = [one.rows for one in earlier if new.of_changes or not one.of_changes]
    if not sizes:
        return
    habit = len(sizes) >= STEADY and max(sizes) <= 2 * max(1, min(sizes))
    usual = median(sizes) if len(sizes) >= STEADY else sizes[0]
    if usual >= ENOUGH_TO_COMPARE and new.rows <= FEWER * usual:
        # Rounded down, here and below: of two rows in a thousand not all are missing, and 5.6 times is not 6 times.
        fewer = int(100 * (usual - new.rows) / usual)
        sentence = f"The export has {_rows_words(new.rows)}, {fewer}% fewer than the {usual:,.0f} of the last ones."
        hint = "" if habit else " If it holds changes only, all is well."
        remedy = "Check in the PMS whether the report was cut off or filtered, and export it again."
        was, now = _rows_words(usual), _rows_words(new.rows)
        if habit or not new.of_changes:
            yield Finding(FindingKind.FEWER_ROWS, sentence + hint, remedy, habit, was=was, now=now)
    elif new.rows >= ENOUGH_TO_COMPARE and new.rows >= MORE * max(1, usual):
        times = int(new.rows / max(1, usual))
        sentence = f"The export has {_rows_words(new.rows)}, at least {times:,} times the {usual:,.0f} of the last ones."
        yield Finding(FindingKind.MORE_ROWS, sentence, was=_rows_words(usual), now=_rows_words(new.rows))


def _rows_words(rows: float) -> str:
    return f"{rows:,.0f} {'row' if rows == 1 else 'rows'}"


def _business_date(new: ExportSummary, last: ExportSummary) -> Iterator[Finding]:
    was, now = last.business_date.isoformat(), new.business_date.isoformat()
    if new.business_date < last.business_date:
        earlier, later = said_day(new.business_date), said_day(last.business_date)
        sentence = f"The business date {earlier} lies before that of the last export, {later}."
        remedy = "If this is an older export, all is well: newer states of bookings were kept."
        yield Finding(FindingKind.DATE_WENT_BACK, sentence, remedy, was=was, now=now)
    elif new.business_date == last.business_date:
        overnight = new.received_at - last.received_at >= OVERNIGHT
        derived = " It was taken from the latest event in the file." if new.business_date_from == LATEST_EVENT else ""
        sentence = f"The business date did not advance: it is {said_day(new.business_date)}, as in the last export.{derived}"
        remedy = "Check whether the night audit ran before the export was made."
        yield Finding(FindingKind.DATE_STANDS_STILL, sentence, remedy, overnight, was=was, now=now)


def _money(new: ExportSummary, earlier: Sequence[ExportSummary]) -> Iterator[Finding]:
    checks = (
        (FindingKind.RATES_OUT_OF_RANGE, "rate per night", new.mean_rate, [one.mean_rate for one in earlier]),
        (FindingKind.REVENUE_OUT_OF_RANGE, "price of a stay", new.mean_total, [one.mean_total for one in earlier]),
    )
    for kind, what, value, before in checks:
        said = [one for one in before if one is not None and one > 0]
        if value is None or not said or new.rows < ENOUGH_TO_COMPARE:
            continue
        usual = median(said)
        if not RATE_RANGE[0] <= value / usual <= RATE_RANGE[1]:
            sentence = f"The average {what} is {value:,.2f}; in the last exports it was {usual:,.2f}."
            remedy = "Check in the PMS whether the export has another currency, other decimals or another price column."
            yield Finding(kind, sentence, remedy, True, was=f"{usual:,.2f}", now=f"{value:,.2f}")


def without_cancelled(known: int, lost: int) -> list[Finding]:
    """Return what to say where of all bookings ever known (nearly) none was cancelled or did not come."""
    if known < ENOUGH_TO_LOSE_SOME or lost >= FEWEST_LOST_SHARE * known:
        return []
    number, were = f"only {lost:,}" if lost else "none", "were" if lost > 1 else "was"
    return [
        Finding(
            FindingKind.NO_CANCELLED,
            f"Of {known:,} bookings known {number} {were} cancelled or did not come. Where the report leaves such "
            "bookings out, HotelML cannot learn who will not come, and its forecasts are too high.",
            "Let the report include cancelled bookings and no-shows, also of past years, and drop it once more.",
            True,
            now=f"{lost:,} of {known:,}",
        )
    ]


def gone_bookings(found: Missing) -> list[Finding]:
    """Return what to say of bookings to come that the last export held and this one, which holds most of the others, does not."""
    known, gone = found.gone + found.seen, found.cancelled or found.gone
    # An export of changes holds few of them, or few of all there are.
    if not gone or (not found.cancelled and (gone > GONE_SHARE * known or not found.holds_most)):
        return []
    what, are, count_still = ("booking", "is", "It still counts") if gone == 1 else ("bookings", "are", "They still count")
    if found.cancelled:
        wants_person = found.gone > MANY_CANCELLED * known
        sentence = (
            f"{gone:,} {what} to come {are} no longer in the export, which holds {found.seen:,} others and never a cancelled "
            "one: taken as cancelled."
        )
        remedy = "A booking stands again as soon as an export brings it. If the report can list cancelled bookings, let it do so."
    else:
        wants_person = gone >= FEWEST_GONE
        sentence = (
            f"{gone:,} {what} to come, in the last export, {are} not in this one, which holds {found.seen:,} others. "
            f"{count_still} as booked."
        )
        remedy = "If they were cancelled, let the report include cancelled bookings."
    was, now = f"{gone + found.seen:,} bookings to come", f"{found.seen:,} of them"
    return [Finding(FindingKind.GONE_BOOKINGS, sentence, remedy, wants_person, was=was, now=now)]


def without_bookings(seen: int, known: int, held: date | None) -> list[Finding]:
    """Return what to say of an export without bookings whose layout's last one held ``seen`` of the ``known`` ones to come."""
    if seen < FEWEST_GONE or seen <= GONE_SHARE * known:
        # The last one held changes alone, so this one may be of a quiet day.
        return []
    stays = f", and the business date stays at {held}" if held else ""
    return [
        Finding(
            FindingKind.FEWER_ROWS,
            f"The export holds no booking; the last one held {seen:,} of the {known:,} bookings to come. "
            f"All of them still count as they are{stays}.",
            "Check in the PMS whether the report was cut off or filtered, and export it again.",
            True,
            was=_rows_words(seen),
            now=_rows_words(0),
        )
    ]


def _rejected(new: ExportSummary) -> Iterator[Finding]:
    read = new.rows + new.rejected
    if new.rejected >= 5 and new.rejected > REJECTED_SHARE * read:
        sentence = f"{new.rejected:,} of {read:,} rows could not be used."
        remedy = "See the rejected rows and their reasons on the Data page."
        now = f"{new.rejected:,} of {read:,} rows"
        yield Finding(FindingKind.MANY_REJECTED, sentence, remedy, True, now=now)


def _columns_word(names: Sequence[str]) -> str:
    return "column" if len(names) == 1 else "columns"


def _list(names: object) -> str:
    words = list(names)  # type: ignore[call-overload]
    more = f" and {len(words) - NAMES_TOLD} more" if len(words) > NAMES_TOLD else ""
    return ", ".join(words[:NAMES_TOLD]) + more

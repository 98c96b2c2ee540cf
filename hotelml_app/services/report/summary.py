"""The sheet that says it all in a few sentences: what the pages open with, what needs a decision, where the numbers come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.modules import manifest
from hotelml_app.services.arrivals import arrivals_page
from hotelml_app.services.asking.words import moment, plain_day
from hotelml_app.services.exports.freshness import stale_words
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.report.arrivals import ARRIVALS
from hotelml_app.services.report.looking_back import LookingBack
from hotelml_app.services.report.nights import NIGHTS
from hotelml_app.services.report.rates import RATES
from hotelml_app.services.report.reviews import REVIEWS
from hotelml_app.services.report.views import Column, Kind, Sheet, Table, Value
from hotelml_app.services.rooms import rooms_page
from hotelml_app.services.today import today_page
from hotelml_app.services.today.views import TodayView

SUMMARY = "Summary"
IN_SHORT, TO_DECIDE, ORIGIN = "In short", "Wants a decision", "Where the numbers come from"
MAKERS = ("forecast", "noshow", "pricing", "allocation", "sentiment")
MAKERS_BACK = MAKERS[:2]
KIND_WORDS = {"own": "Learned from this hotel", "bundled": "Brought along by HotelML", "statistical": "Plain rule"}
WHERE = {NIGHTS: "Forecast"}
"""What the page is called where the sheet has another name."""


def summary_sheet(ground: Ground, sheets: Sequence[Sheet], made_at: datetime) -> Sheet:
    """Return the sheet that stands before ``sheets``."""
    back = isinstance(ground, LookingBack)
    # The Today page knows of what needs a decision only once the rooms were given.
    rooms = "" if back else or_why(lambda: rooms_page.build(ground).sentence)
    today = None if back else today_page.build(ground)
    said = tuple(_sentences(ground, sheets, today, rooms))
    tables = [Table(IN_SHORT, (Column("Page"), Column("It says", Kind.LONG)), said)]
    if today is not None:
        tables.append(_to_decide(today))
    tables.append(_makers(ground, MAKERS_BACK if back else MAKERS))
    title = f"{ground.row.name}, {plain_day(ground.as_of)}"
    return Sheet(SUMMARY, title, tuple(tables), origin=tuple(_freshness(ground, made_at)))


def _sentences(ground: Ground, sheets: Sequence[Sheet], today: TodayView | None, rooms: str) -> Iterable[tuple[Value, ...]]:
    said = {one.title: one.sentence for one in sheets}
    if today is None:
        return [(WHERE.get(title, title), said[title]) for title in (NIGHTS, ARRIVALS)]
    return [
        ("Today", today.sentence),
        ("Forecast", said[NIGHTS]),
        (RATES, said[RATES]),
        (ARRIVALS, or_why(lambda: arrivals_page.build(ground).sentence)),
        ("Rooms", rooms),
        (REVIEWS, said[REVIEWS]),
    ]


def or_why(say: Callable[[], str]) -> str:
    """Return what a page says, or why it cannot."""
    try:
        return say()
    except Cancelled:
        raise
    except HotelMLError as error:
        return str(error)


def _to_decide(today: TodayView) -> Table:
    warned = [(one.title, f"{one.message} {one.remedy}".strip()) for one in today.warnings]
    rows = (*warned, *((one.title, one.detail) for one in today.decisions))
    return Table(TO_DECIDE, (Column("What"), Column("Why", Kind.LONG)), rows, nothing="Nothing needs a decision.")


def _makers(ground: Ground, modules: Sequence[str]) -> Table:
    rows = []
    for module in modules:
        try:
            made = ground.made_by(module)
        except Cancelled:
            raise
        except HotelMLError as error:
            rows.append((manifest(module).title, "No answer", str(error)))
            continue
        version = f" ({made.version})" if made.version else ""
        lately = "" if made.track_record in made.sentence else f" Lately: {made.track_record}."
        rows.append((manifest(module).title, f"{KIND_WORDS.get(made.kind, made.kind)}{version}", f"{made.sentence}{lately}"))
    columns = Column("Numbers"), Column("Made by"), Column("How, and how good that was lately", Kind.LONG)
    return Table(ORIGIN, columns, tuple(rows))


def origin_of(ground: Ground) -> str:
    """Return where all numbers of a report come from, in one line."""
    begin = f"As known at the end of {plain_day(ground.as_of)}"
    if isinstance(ground, LookingBack):
        return f"{begin}; this looks back. Events and the number of rooms are those told today."
    fresh = ground.freshness
    read = f", read {moment(fresh.imported_at)}" if fresh.imported_at else ""
    return f"{begin}, from {fresh.export_name or 'an export without a name'}{read}."


def _freshness(ground: Ground, made_at: datetime) -> Iterable[str]:
    yield origin_of(ground)
    if not isinstance(ground, LookingBack) and stale_words(ground.freshness):
        yield stale_words(ground.freshness)
    yield f"Report made by HotelML on {plain_day(made_at.astimezone().date())}, {made_at.astimezone():%H:%M}."

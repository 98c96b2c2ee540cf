"""The morning sheet: the Today page on one sheet of paper, which outlives a PC that fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.widgets.bars import BAND_WORDS
from hotelml_app.gui.widgets.provenance import freshness_words, maker_words
from hotelml_app.gui.widgets.tables.arrival_cells import usual_words
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.today.views import NightView, TodayView

BOX = "&#9744;"
NIGHT_HEADS = (
    "Night",
    "Rooms",
    "Full",
    "8 of 10",
    "Books",
    "1<br>day",
    "7<br>days",
    "Last<br>year",
    "Arrive",
    "Leave",
    "Lost",
    "Rate",
)
NIGHTS_HINT = (
    "Rooms: expected to be sold; 8 of 10 such nights end within the next figures. 1 and 7 days: rooms booked since, less those"
    " cancelled. Lost: rooms expected not to come. Rate: average expected."
)
RISKY_HEADS = ("", "Booking", "Room type", "Nights", "Risk", "Why")


def sheet_html(place: Place, view: TodayView) -> str:
    """Return the sheet as a page of text and tables, with boxes to tick."""
    source = " · ".join(
        (freshness_words(place, view.freshness), maker_words("Forecast", view.forecast_by), maker_words("Risk", view.noshow_by))
    )
    nights = _table(_heads(place), (_night_cells(place, one) for one in view.nights), right_from=1)
    parts = [
        f"<h2>{escape(view.property_name)}, {escape(_day_of(place, view))}</h2>",
        f"<p><b>{escape(place.spoken(view.sentence))}</b><br>{escape(place.spoken(source))}</p>",
        nights,
        f"<p>{NIGHTS_HINT}</p>",
        *_out_of_order(place, view.nights),
        *(f"<p><b>{escape(place.day(one.night))}</b>: {escape(one.event)}</p>" for one in view.nights if one.event),
        f"<h3>{'Wants a decision' if _to_decide(view) else 'Nothing needs a decision'}</h3>",
        *(f"<p>{BOX} <b>{escape(place.spoken(title))}</b> {escape(place.spoken(text))}</p>" for title, text in _to_decide(view)),
    ]
    if view.may_not_come:
        parts.append(f"<h3>May not come, {escape(place.day(view.may_not_come[0].arrival))}</h3>")
        usual = usual_words(place, view.may_not_come, view.nights[0].night if view.nights else date.max)
        parts.append(f"<p>Chance to lose a booking, {escape(usual)}.</p>" if usual else "")
        parts.append(_table(RISKY_HEADS, (_risky_cells(place, one) for one in view.may_not_come)))
    if view.overnight:
        lines = "<br>".join(escape(place.spoken(line)) for line in view.overnight)
        parts.append(f"<h3>Since yesterday</h3><p>{lines}</p>")
    if view.freshness.export_name:
        read = f", read {place.moment(view.freshness.imported_at)}" if view.freshness.imported_at else ""
        parts.append(f"<p>From {escape(view.freshness.export_name)}{escape(read)}. HotelML</p>")
    return "".join(parts)


def _out_of_order(place: Place, nights: Iterable[NightView]) -> list[str]:
    """Return a line on the rooms that are missing, none where all can be sold."""
    closed = [f"{place.day(one.night)} {place.number(one.out_of_order)}" for one in nights if one.out_of_order]
    return [f"<p><b>Rooms out of order</b>: {escape(', '.join(closed))}</p>"] if closed else []


def _day_of(place: Place, view: TodayView) -> str:
    return place.day(view.nights[0].night, year=True) if view.nights else ""


def _heads(place: Place) -> tuple[str, ...]:
    unit = f"<br>{escape(place.currency)}" if place.currency else ""
    return tuple(f"{head}{unit}" if head == "Rate" else head for head in NIGHT_HEADS)


def _night_cells(place: Place, one: NightView) -> tuple[str, ...]:
    return (
        place.day(one.night),
        place.number(one.expected),
        place.share(one.occupancy_in_rooms),
        f"{place.number(one.rooms_low)}{DASH}{place.number(one.rooms_high)}",
        place.number(one.on_books),
        place.change(one.pickup_since_yesterday),
        place.change(one.pickup_since_last_week),
        place.number(one.last_year),
        place.number(one.arrivals),
        place.number(one.departures),
        place.number(one.expected_lost, 1),
        place.number(one.adr),
    )


def _risky_cells(place: Place, one: ArrivalView) -> tuple[str, ...]:
    risk = f"{BAND_WORDS.get(one.band, one.band)} {place.share(one.p_lost) if one.p_lost is not None else ''}".rstrip()
    return (
        "\N{BALLOT BOX}",
        one.reservation_id,
        one.room_type,
        place.number(one.nights),
        risk,
        ", ".join(one.reasons),
    )


def _to_decide(view: TodayView) -> list[tuple[str, str]]:
    warned = [(one.title, f"{one.message} {one.remedy}".strip()) for one in view.warnings]
    return [*warned, *((one.title, one.detail) for one in view.decisions)]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right_from: int = 0) -> str:
    """Return a table; with ``right_from`` numbers stand at the right from that column on, else the last column is a text."""

    def side(at: int) -> str:
        return "right" if right_from and at >= right_from else "left"

    def cell(at: int, text: str) -> str:
        kind = " class='text'" if not right_from and at == len(heads) - 1 else ""
        return f"<td align='{side(at)}'{kind}>{escape(text)}</td>"

    head = "".join(f"<th align='{side(at)}'>{text}</th>" for at, text in enumerate(heads))
    body = "".join(f"<tr>{''.join(cell(at, text) for at, text in enumerate(cells))}</tr>" for cells in rows)
    # Qt rounds each column up: at the whole width the lines of many would not fit, whatever the letters.
    return f"<table cellspacing='0' cellpadding='2' border='1' width='99%'><tr>{head}</tr>{body}</table>"

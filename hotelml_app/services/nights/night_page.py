"""One night of the forecast: its booking curve beside similar nights, what changed, how good such forecasts were."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.property.booking_curves import on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.services.asking.words import count, day, without_out_of_order
from hotelml_app.services.nights import forecast_page
from hotelml_app.services.nights import on_books as nights
from hotelml_app.services.nights.night_changes import changes
from hotelml_app.services.nights.night_track import track
from hotelml_app.services.nights.night_views import CurvePoint, NightDetailView
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.views import ForecastPoint
from hotelml_app.store.exported import imports

LONGEST_CURVE_DAYS = 90
LATEST_WEEKS = 8
SAME_SEASON_WEEKS = 10
YEARS_BACK = (1, 2)
WEEKS_AROUND = 2
LEAST_SIMILAR = 3
WEEKS_IN_YEAR = 52


def build(ground: Ground, night: date, room_type: str = "", segment: str = "") -> NightDetailView:
    """Return the night. Raises UsageError for one that the forecast does not cover, or a part of the house that is not there."""
    ahead = (night - ground.as_of).days
    if not 1 <= ahead <= forecast_page.MAX_NIGHTS:
        raise UsageError(f"{day(night)} is not ahead of the export.", remedy="Choose a night that the Forecast page shows.")
    horizon = max(ahead, forecast_page.USUAL_HORIZON)
    room_type = ground.present_type(room_type)
    page = forecast_page.build(ground, "rooms_sold", room_type, horizon, segment)
    point = next((one for one in page.nights if one.night == night), None)
    if point is None:
        raise UsageError(f"There is no forecast for {day(night)}.", remedy="Choose a night that the Forecast page shows.")
    by = forecast_page.SEGMENT if segment else forecast_page.ROOM_TYPE
    history = nights.of_part(ground.data.history, by, segment or room_type)
    similar = _similar(ground, night)
    with ground.parts.store.read() as connection:
        before = imports.business_date_before(connection, ground.row.id, ground.as_of)
    told = track(ground, ahead)
    since = before or ground.as_of - timedelta(days=1)
    return NightDetailView(
        property_name=ground.row.name,
        part=segment or room_type,
        sentence=_sentence(point, segment or room_type, ahead),
        freshness=page.freshness,
        made_by=page.made_by,
        point=point,
        days_ahead=ahead,
        curve=_curve(history, night, similar),
        similar=similar,
        changes=changes(history, night, since, ground.currency),
        since=since,
        track=f"{told} That is for the whole house." if told and (room_type or segment) else told,
    )


def _sentence(point: ForecastPoint, part: str, ahead: int) -> str:
    where = f", {part}" if part else ""
    books = count(point.on_books or 0.0, "room")
    span = f"{point.p10:,.0f} to {point.p90:,.0f}"
    said = f"{day(point.night)}{where}: {books} on the books, {point.p50:,.0f} expected ({span})"
    if point.out_of_order and point.rooms is not None:
        said = f"{said} of {count(point.rooms, 'room')}{without_out_of_order(point.out_of_order)}"
    return f"{said}, {ahead} days after the export." if ahead > 1 else f"{said}."


def _similar(ground: Ground, night: date) -> tuple[date, ...]:
    """Return past nights of the same weekday: the latest weeks, and the same weeks of earlier years; none with an event."""
    lately = ground.as_of - timedelta(days=(ground.as_of.weekday() - night.weekday()) % 7)
    latest = [lately - timedelta(weeks=week) for week in range(LATEST_WEEKS)]
    # Weeks of another season say little of a night that is far ahead.
    wanted = [one for one in latest if (night - one).days <= 7 * SAME_SEASON_WEEKS]
    for year in YEARS_BACK:
        around = night - timedelta(weeks=year * WEEKS_IN_YEAR)
        wanted += [around + timedelta(weeks=week) for week in range(-WEEKS_AROUND, WEEKS_AROUND + 1)]
    first = day_of(nights.first_whole_night(ground.data.history))
    known = sorted({one for one in wanted if first <= one <= ground.as_of}, reverse=True)
    if len(known) < LEAST_SIMILAR:
        known = [one for one in latest if one >= first]
    if not known:
        return ()
    events = ground.events(known[-1], (known[0] - known[-1]).days + 1)
    return tuple(one for one in known if one not in events)


def _curve(history: History, night: date, similar: tuple[date, ...]) -> tuple[CurvePoint, ...]:
    own = on_books_matrix(history, day_number(night), 1, LONGEST_CURVE_DAYS)[0]
    rows = [on_books_matrix(history, day_number(one), 1, LONGEST_CURVE_DAYS)[0] for one in similar]
    usual = np.full((3, LONGEST_CURVE_DAYS + 1), np.nan)
    if len(rows) >= LEAST_SIMILAR:
        usual = np.quantile(np.array(rows), (0.25, 0.5, 0.75), axis=0)
    return tuple(
        CurvePoint(lead, *(forecast_page.known(value) for value in (own[lead], *usual[:, lead])))
        for lead in range(LONGEST_CURVE_DAYS, -1, -1)
    )

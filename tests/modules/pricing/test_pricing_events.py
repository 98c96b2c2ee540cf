"""Events that staff enter, move and delete count as they stand today, with what such nights were learned to differ by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from priced_houses import learned_on, priced_house
from synthetic_property import OPENING, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import CalendarEvent, PropertyFacts
from hotelml_app.modules.pricing.history.year import EVENTS, HOLIDAY_EVES, known_year
from hotelml_app.modules.pricing.learned import Learned

DAY = OPENING + timedelta(days=430)
LAST_FAIR = CalendarEvent("Fair", DAY - timedelta(days=60), DAY - timedelta(days=57))
NEXT_FAIR = CalendarEvent("Fair", DAY + timedelta(days=20), DAY + timedelta(days=23))
MOVED_FAIR = CalendarEvent("Fair", DAY + timedelta(days=30), DAY + timedelta(days=31))


def test_an_event_that_is_moved_or_deleted_is_no_event_where_it_was() -> None:
    data = property_until(priced_house("city", 4, 20, 431), DAY, events=(LAST_FAIR, NEXT_FAIR))
    model = LoadedModel.in_memory(learned_on(data, DAY))
    nights = np.arange(day_number(DAY) + 1, day_number(DAY) + 41)

    def usual(*events: CalendarEvent) -> np.ndarray:
        return Learned.of(model, (LAST_FAIR, *events)).card.usual(nights)[:, 0]

    as_learned, deleted, moved = usual(NEXT_FAIR), usual(), usual(MOVED_FAIR)
    assert np.flatnonzero(as_learned != deleted).tolist() == [19, 20, 21, 22]
    assert np.flatnonzero(moved != deleted).tolist() == [29, 30]


def test_an_event_on_the_eve_of_a_holiday_is_not_counted_twice() -> None:
    facts = PropertyFacts(1, "Hotel", country="PT", events=(CalendarEvent("Fair", date(2015, 7, 1), date(2015, 7, 3)),))
    first, today = day_number(date(2015, 1, 1)), day_number(date(2016, 6, 1))
    eve = day_number(date(2016, 6, 9))
    pattern = known_year(facts, first, today)
    assert eve in pattern.groups[HOLIDAY_EVES]
    now = pattern.with_events((CalendarEvent("Fair", date(2016, 6, 9), date(2016, 6, 9)),))
    assert now.groups[EVENTS] == (eve,)
    assert eve not in now.groups[HOLIDAY_EVES]
    assert now.names == pattern.names


def test_a_house_that_knew_no_events_has_nothing_to_say_of_them() -> None:
    facts = PropertyFacts(1, "Hotel", country="PT")
    pattern = known_year(facts, day_number(date(2015, 1, 1)), day_number(date(2016, 6, 1)))
    assert pattern.with_events((NEXT_FAIR,)) is pattern
    with_fair = known_year(replace(facts, events=(LAST_FAIR,)), day_number(OPENING), day_number(DAY))
    assert with_fair.with_events(()).groups[EVENTS] == ()

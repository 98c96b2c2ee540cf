"""Decisions about rates: the newest that was not gone back from stands, and nothing is ever rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hotel_rows import new_property

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.decided import rate_decisions
from hotelml_app.store.decided.rate_decisions import DecisionKind, RateDecisionRow

NIGHT = date(2026, 3, 7)
OWN = RateDecisionRow(
    NIGHT,
    "DBL",
    DecisionKind.OWN,
    date(2026, 2, 27),
    rate=120.0,
    current_rate=100.0,
    suggested_on=date(2026, 2, 27),
    suggested_rate=131.5,
    suggested_rooms=14.2,
    suggested_revenue=1700.0,
    rate_rooms=15.0,
    rate_revenue=1690.5,
    made_by="own:2026-02-20.1",
    room_cost=21.5,
)


def test_the_newest_decision_stands_until_it_is_gone_back_from(store: Store, clock: FixedClock) -> None:
    freed = RateDecisionRow(NIGHT, "DBL", DecisionKind.FREED, date(2026, 3, 1))
    other = replace(OWN, room_type="SGL", kind=DecisionKind.ACCEPTED, suggested_on=None, suggested_rate=None)
    with store.write() as connection:
        hotel = new_property(connection)
        rate_decisions.append(connection, hotel, [OWN, other], clock.now())
        rate_decisions.append(connection, hotel, [freed], clock.now())
    with store.read() as connection:
        told = {one.room_type: one for one in rate_decisions.standing(connection, hotel)}
        assert [one.kind for one in rate_decisions.of_night(connection, hotel, NIGHT, "DBL")] == ["own", "freed"]
        assert not rate_decisions.standing(connection, hotel, date(2026, 3, 8))
    assert told["DBL"].kind is DecisionKind.FREED
    assert replace(told["SGL"], id=0) == other
    with store.write() as connection:
        rate_decisions.undo(connection, [told["DBL"].id])
    with store.read() as connection:
        (stands,) = [one for one in rate_decisions.standing(connection, hotel, NIGHT) if one.room_type == "DBL"]
        assert connection.execute("SELECT count(*) FROM rate_decisions").fetchone()[0] == 3
    assert replace(stands, id=0) == OWN

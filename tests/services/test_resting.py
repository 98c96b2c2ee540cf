"""Memory is given back when nobody asks, and read again when somebody does."""

from __future__ import annotations

from datetime import timedelta

from small_hotel import NAME

from hotelml_app.core.clock import FixedClock
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.process.resting import REST_AFTER_S, Resting


def test_histories_are_let_go_of_after_a_while_and_pages_work_as_before(appliance: Appliance) -> None:
    clock = appliance.parts.clock
    assert isinstance(clock, FixedClock)
    resting = Resting(appliance.parts)
    assert not resting.look(), "nothing was loaded yet"
    before, write = appliance.today(NAME), appliance.parts.store.write
    with write() as connection:
        connection.execute("UPDATE properties SET name = name")
    clock.advance(timedelta(seconds=REST_AFTER_S - 1))
    assert not resting.look()
    clock.advance(timedelta(seconds=2))
    assert resting.look()
    assert appliance.parts.memory.idle_s(clock.monotonic()) is None
    assert appliance.today(NAME).nights == before.nights
    with write() as connection:
        connection.execute("UPDATE properties SET name = name")

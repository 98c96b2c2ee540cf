"""Warnings become notices that stay until somebody takes them away."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus, Warned
from hotelml_app.notify.notices import Notices
from hotelml_app.store import Store

WARNING = Warned("disk", "The disk is nearly full", "2 % left.", "Free some space.")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2016, 5, 1, 6, 0, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "hotelml.db", clock) as opened:
        yield opened


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def notices(store: Store, clock: FixedClock, bus: EventBus) -> Notices:
    return Notices(store, clock, bus)


def test_the_same_warning_again_is_one_notice(notices: Notices, bus: EventBus, clock: FixedClock) -> None:
    bus.publish(WARNING)
    clock.advance(timedelta(hours=1))
    bus.publish(WARNING)
    (notice,) = notices.standing()
    assert (notice.title, notice.times) == ("The disk is nearly full", 2)
    assert notice.last_at == clock.now()


def test_a_dismissed_notice_is_gone_until_it_comes_again(notices: Notices, bus: EventBus) -> None:
    bus.publish(WARNING)
    assert notices.dismiss("disk")
    assert not notices.dismiss("disk")
    assert notices.standing() == []
    bus.publish(WARNING)
    assert len(notices.standing()) == 1


def test_after_closing_nothing_more_is_kept(notices: Notices, bus: EventBus) -> None:
    notices.close()
    bus.publish(WARNING)
    assert notices.standing() == []


def test_a_notice_that_cannot_be_kept_is_at_least_logged(
    notices: Notices, bus: EventBus, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.close()
    with caplog.at_level(logging.WARNING):
        bus.publish(WARNING)
    assert "The disk is nearly full: 2 % left." in caplog.text
    assert "cannot be kept" in caplog.text

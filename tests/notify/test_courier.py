"""What waits in the outbox arrives at least once, together, in order, and however long the server is away."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from post_office import MINUTE, ON, Post

from hotelml_app.core.events import Event, EventBus, Settled, Warned
from hotelml_app.notify import courier as courier_file
from hotelml_app.notify.courier import GIVEN_UP_AFTER, Courier
from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.notify.notices import GATHER, Notices
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.told.outbox import ChannelStand, Message


def test_a_fault_of_the_program_is_told_as_any_other_and_given_up_in_the_end(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post.courier, "_deliver", Mock(side_effect=AssertionError("geheim")))
    post.notice()
    post.live_through(timedelta(hours=1))
    assert post.stand.last_error.startswith("HotelML made a mistake (AssertionError).")
    assert post.stand.failing_since is not None
    post.live_through(GIVEN_UP_AFTER + timedelta(hours=3), timedelta(minutes=30))
    assert post.stand.waiting == 0
    assert post.stand.given_up_at is not None


def test_a_message_of_before_the_weekend_is_not_given_up_at_the_first_try_after_it(post: Post) -> None:
    post.notice()
    post.away = "no network"
    post.live_through(timedelta(minutes=10))
    post.clock.advance(timedelta(days=3))
    assert post.courier.look_now() == 0
    post.away = ""
    post.live_through(timedelta(hours=2))
    assert post.titles == [["A backup was not made"]]


def test_several_notices_within_a_few_minutes_go_out_together(post: Post) -> None:
    post.notice("One")
    post.clock.advance(2 * MINUTE)
    post.notice("Two")
    assert post.courier.look_now() == 0
    post.live_through(5 * MINUTE)
    post.notice("Three")
    post.live_through(5 * MINUTE)
    assert post.titles == [["One", "Two"], ["Three"]]
    assert post.got[0].message_id != post.got[1].message_id
    assert post.stand == ChannelStand(0, last_sent_at=post.stand.last_sent_at)


def test_it_is_tried_again_with_growing_pauses_and_keeps_its_id(post: Post) -> None:
    post.away = "Nobody answers."
    post.notice()
    post.live_through(timedelta(hours=6))
    pauses = [round((later - earlier) / MINUTE) for earlier, later in zip(post.tried, post.tried[1:], strict=False)]
    assert pauses == [1, 5, 30, 120, 120]
    assert (post.stand.waiting, post.stand.last_error) == (1, "Nobody answers.")
    assert post.stand.failing_since == post.tried[0]
    with post.store.read() as connection:
        (known,) = connection.execute("SELECT message_id FROM outbox").fetchone()
    post.away = ""
    post.live_through(timedelta(hours=2))
    assert [one.message_id for one in post.got] == [known]
    assert post.stand.failing_since is None


def test_while_it_fails_later_notices_gather_behind_it_and_come_as_one(post: Post) -> None:
    post.away = "Nobody answers."
    post.notice("First")
    post.live_through(5 * MINUTE)
    for number in range(4):
        post.notice(f"Later {number}")
        post.live_through(timedelta(hours=1))
    assert post.stand.waiting == 5
    post.away = ""
    post.live_through(timedelta(hours=2))
    assert post.titles == [["First"], [f"Later {number}" for number in range(4)]]


def test_after_two_days_it_is_given_up_with_a_warning_that_goes_once_it_works_again(post: Post, events: list[Event]) -> None:
    post.away = "Nobody answers."
    post.notice("Lost")
    post.live_through(GIVEN_UP_AFTER + timedelta(hours=3), 5 * MINUTE)
    (warned,) = [one for one in events if isinstance(one, Warned)]
    assert warned.key == "notify:email"
    assert warned.message == "Nobody answers."
    assert GIVEN_UP_AFTER <= post.tried[-1] - post.tried[0] <= GIVEN_UP_AFTER + timedelta(hours=2)
    assert (post.stand.waiting, post.stand.given_up_at is None) == (0, False)
    post.away = ""
    post.notice("Next")
    post.live_through(5 * MINUTE)
    assert post.titles == [["Next"]]
    assert isinstance(events[-1], Settled)


def test_a_pc_that_was_off_for_a_week_still_sends_what_was_never_tried(post: Post) -> None:
    post.notice()
    post.clock.advance(timedelta(days=7))
    post.courier.look_now()
    assert len(post.got) == 1


def test_a_clock_that_is_set_back_a_month_holds_nothing_up(post: Post) -> None:
    post.away = "Nobody answers."
    post.notice()
    post.live_through(5 * MINUTE)
    post.away = ""
    post.clock.jump(post.clock.now() - timedelta(days=30))
    post.live_through(5 * MINUTE)
    assert len(post.got) == 1


def test_what_was_tried_first_while_the_clock_was_ahead_is_given_up_in_the_end(post: Post) -> None:
    right = post.clock.now()
    post.clock.jump(right + timedelta(days=400))
    post.away = "No such mailbox."
    post.notice()
    post.live_through(5 * MINUTE)
    post.clock.jump(right)
    post.live_through(GIVEN_UP_AFTER + timedelta(hours=3), 30 * MINUTE)
    assert (post.stand.waiting, post.stand.given_up_at is None) == (0, False)


def test_a_restart_forgets_nothing_and_sends_nothing_twice(post: Post, bus: EventBus, tmp_path: Path) -> None:
    post.notice("One")
    post.store.close()
    with Store.open(tmp_path / "hotelml.db", post.clock) as again:
        second = Post(again, post.clock, bus)
        second.live_through(5 * MINUTE)
        assert second.titles == [["One"]]
    with Store.open(tmp_path / "hotelml.db", post.clock) as third:
        last = Post(third, post.clock, bus)
        last.live_through(timedelta(days=1), timedelta(hours=1))
        assert last.got == []


def test_a_try_that_the_process_died_in_is_made_again_a_minute_later_under_the_same_id(post: Post) -> None:
    class Dies(BaseException):
        """The process ends here."""

    died: list[str] = []

    def die(message: Message) -> str:
        died.append(message.message_id)
        raise Dies

    post.notice()
    post.clock.advance(GATHER)
    with pytest.raises(Dies):
        Courier(post.store, post.clock, EventBus(), lambda: ON, die).look_now()
    assert post.courier.look_now() == 0, "not at once: it may be what it died of"
    post.notice("Meanwhile")
    post.live_through(MINUTE)
    assert [one.message_id for one in post.got] == died
    assert post.got[0].tries == 2
    post.live_through(5 * MINUTE)
    assert post.titles[1] == ["Meanwhile"]


def test_a_channel_that_is_switched_off_sends_nothing_of_what_waited(post: Post) -> None:
    post.notice()
    post.rules = NotificationSettings()
    post.live_through(5 * MINUTE)
    post.rules = ON
    post.live_through(5 * MINUTE)
    assert post.got == []
    assert post.stand.waiting == 0


def test_whom_the_server_refused_is_told(post: Post, events: list[Event]) -> None:
    post.remark = "gm@hotel.example was refused by the server."
    post.notice()
    post.live_through(5 * MINUTE)
    assert [one.message for one in events if isinstance(one, Warned)] == [post.remark]


def test_what_was_sent_long_ago_is_let_go_of_but_not_when_it_was(post: Post) -> None:
    for _ in range(3):
        post.notice()
        post.live_through(5 * MINUTE)
        post.clock.advance(timedelta(days=40))
    with post.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM outbox_notices").fetchone() == (1,)


def test_its_thread_delivers_survives_what_goes_wrong_and_ends_while_a_server_hangs(
    post: Post, monkeypatch: pytest.MonkeyPatch, bus: EventBus
) -> None:
    monkeypatch.setattr(courier_file, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(courier_file, "ENDS_WITHIN_S", 0.05)
    hangs, let_go, calls = threading.Event(), threading.Event(), []

    def take(message: Message) -> str:
        calls.append(message)
        if len(calls) == 1:
            raise RuntimeError("nobody foresaw this")
        hangs.set()
        let_go.wait(60)
        raise NotDeliveredError("It hung.")

    post.notice()
    post.clock.advance(GATHER)
    courier = Courier(post.store, post.clock, bus, lambda: ON, take)
    courier.start()
    while not calls:
        hangs.wait(0.01)
    post.clock.advance(2 * MINUTE)
    assert hangs.wait(60)
    courier.stop()
    let_go.set()


def test_a_published_warning_goes_all_the_way(post: Post, bus: EventBus) -> None:
    listening = Notices(post.store, post.clock, bus, lambda: ON)
    bus.publish(Warned("disk", "The disk is nearly full", "2 % left.", "Free some space."))
    post.live_through(5 * MINUTE)
    (message,) = post.got
    told, at = message.notices[0]
    assert (told.title, told.remedy, at) == ("The disk is nearly full", "Free some space.", datetime(2016, 5, 1, 6, tzinfo=UTC))
    listening.close()


@pytest.mark.parametrize("how", ["given up", "off meanwhile"])
def test_what_nobody_heard_is_told_when_it_comes_again(post: Post, bus: EventBus, how: str) -> None:
    Notices(post.store, post.clock, bus, lambda: post.rules)
    bus.publish(Warned("disk", "The disk is nearly full", "2 % left."))
    if how == "given up":
        post.away = "Nobody answers."
        post.live_through(GIVEN_UP_AFTER + timedelta(hours=3), 5 * MINUTE)
        post.away = ""
    else:
        post.rules = NotificationSettings()
        post.live_through(5 * MINUTE)
        post.rules = ON
    for _ in range(2):
        bus.publish(Warned("disk", "The disk is nearly full", "1 % left."))
        post.live_through(5 * MINUTE)
    assert [[one.message for one, _ in message.notices] for message in post.got] == [["1 % left."]]

"""A recipient whom the mail server puts off gets the message later, and holds up nobody else."""

from __future__ import annotations

from datetime import timedelta

from post_office import Post

from hotelml_app.notify.courier import GIVEN_UP_AFTER
from hotelml_app.notify.notices import GATHER


def test_one_full_mailbox_holds_nobody_up_and_gets_its_message_later(post: Post) -> None:
    post.full = "gm@hotel.example"
    post.notice("first")
    post.live_through(GATHER)
    assert post.stand.last_error == "The mailbox is full."
    post.full = ""
    post.notice("second")
    post.live_through(timedelta(minutes=20))
    assert [(one.left_to, one.notices[0][0].title) for one in post.got] == [
        ((), "first"),
        (("gm@hotel.example",), "first"),
        ((), "second"),
    ]
    assert post.stand.waiting == 0


def test_a_mailbox_that_stays_full_is_given_up_while_the_others_are_told(post: Post) -> None:
    post.full = "gm@hotel.example"
    post.notice("first")
    post.live_through(GATHER)
    post.notice("second")
    post.live_through(timedelta(minutes=10))
    assert [one.notices[0][0].title for one in post.got if not one.left_to] == ["first", "second"]
    post.live_through(GIVEN_UP_AFTER + timedelta(hours=5), timedelta(minutes=30))
    assert {one.left_to for one in post.got} == {(), ("gm@hotel.example",)}
    assert post.stand.waiting == 0
    assert post.stand.given_up_at is not None

"""Long work that the clock asks for: it holds up neither the clockwork nor the end of the program."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from hotelml_app.core.jobs import CancelToken
from hotelml_app.schedule.errands import Errands


@pytest.fixture
def errands() -> Iterator[Errands]:
    made = Errands()
    made.start()
    yield made
    made.stop()


def until_stopped(cancel: CancelToken) -> None:
    while True:
        cancel.check()
        time.sleep(0.01)


def test_a_backup_that_takes_long_holds_no_report_up(errands: Errands) -> None:
    written = threading.Event()
    assert errands.begin("backup", until_stopped)
    assert errands.begin("report", lambda cancel: written.set())
    assert written.wait(60)


def test_one_that_is_still_under_way_is_not_begun_again(errands: Errands) -> None:
    over, begun = threading.Event(), []

    def errand(cancel: CancelToken) -> None:
        begun.append(1)
        over.wait(60)

    assert errands.begin("backup", errand)
    assert not errands.begin("backup", errand)
    over.set()
    assert errands.wait_idle(10)
    assert errands.begin("backup", errand)
    assert errands.wait_idle(10)
    assert len(begun) == 2


def test_the_end_interrupts_it_and_nothing_begins_after_that(errands: Errands) -> None:
    late: list[int] = []
    errands.begin("backup", until_stopped)
    errands.stop()
    assert "backup" not in {thread.name for thread in threading.enumerate()}
    errands.begin("report", lambda cancel: late.append(1))
    assert late == []


def test_a_share_that_does_not_answer_is_left_behind() -> None:
    answers, errands = threading.Event(), Errands(ends_within_s=0.05)
    errands.start()

    def write_there(cancel: CancelToken) -> None:
        answers.wait(60)

    errands.begin("backup", write_there)
    errands.stop()
    assert "backup" in {thread.name for thread in threading.enumerate()}
    answers.set()


def test_one_that_fails_can_be_begun_again(errands: Errands) -> None:
    def fail(cancel: CancelToken) -> None:
        raise RuntimeError("nobody foresaw this")

    errands.begin("backup", fail)
    assert errands.wait_idle(10)
    assert errands.begin("backup", lambda cancel: None)

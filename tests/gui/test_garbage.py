"""The search for garbage runs on the window's own thread, whoever made it."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui import garbage
from hotelml_app.gui.garbage import GarbageSearch
from hotelml_app.gui.tasks import TaskRunner
from hotelml_app.services.process import process_memory
from hotelml_app.services.process.process_memory import MANY_MODULES

Searches = list[tuple[int, int]]


@pytest.fixture
def search(qt: QApplication) -> Iterator[GarbageSearch]:
    enough = gc.get_threshold()
    made = GarbageSearch(qt)
    made.start()
    yield made
    made.stop()
    made.deleteLater()
    process_memory.ask_elsewhere(None)
    gc.set_threshold(*enough)
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def searches(search: GarbageSearch) -> Iterator[Searches]:
    """The threads and generations of every search from now on."""
    seen: Searches = []

    def note(phase: str, told: Mapping[str, int]) -> None:
        if phase == "start":
            seen.append((threading.get_ident(), told["generation"]))

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def make_cycles(number: int) -> None:
    for _ in range(number):
        one: list[object] = []
        one.append(one)


def on_a_thread_of_the_appliance(work: object, *given: object) -> None:
    thread = threading.Thread(target=work, args=given)  # type: ignore[arg-type]
    thread.start()
    thread.join()


def test_what_other_threads_make_is_searched_by_the_windows_own(search: GarbageSearch, searches: Searches) -> None:
    on_a_thread_of_the_appliance(make_cycles, 5_000)
    assert searches == [], "Python does not search by itself"
    wait_for(lambda: bool(searches))
    assert {thread for thread, _ in searches} == {threading.get_ident()}
    assert gc.get_count()[0] < 5_000


def test_older_objects_are_searched_after_so_many_searches_of_young_ones(
    search: GarbageSearch, searches: Searches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "ALL_EVERY_S", 0.0)
    gc.set_threshold(100, 2, 2)
    for _ in range(20):
        make_cycles(200)
        search.look()
    generations = [generation for _, generation in searches]
    assert set(generations) == {0, 1, 2}
    assert generations.count(0) > generations.count(1) > generations.count(2)


def test_everything_is_searched_seldom(search: GarbageSearch, searches: Searches) -> None:
    gc.set_threshold(100, 2, 2)
    for _ in range(20):
        make_cycles(200)
        search.look()
    assert {generation for _, generation in searches} == {0, 1}


def test_what_was_just_imported_is_set_aside_before_everything_is_searched(
    search: GarbageSearch, searches: Searches, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, code = gc.get_freeze_count(), [[number] for number in range(50_000)]
    monkeypatch.setattr(process_memory, "_modules_aside", len(sys.modules) - MANY_MODULES)
    search.look()
    assert {generation for _, generation in searches} == {1}
    assert gc.get_freeze_count() - before >= len(code)
    search.look()
    assert len(searches) == 1, "only once"


def test_memory_is_given_back_by_the_windows_own_thread_too(search: GarbageSearch, searches: Searches) -> None:
    on_a_thread_of_the_appliance(process_memory.give_back_memory)
    assert searches == []
    wait_for(lambda: bool(searches))
    assert searches == [(threading.get_ident(), 2)]


def test_once_the_window_closes_nobody_searches(search: GarbageSearch, searches: Searches) -> None:
    search.stop()
    on_a_thread_of_the_appliance(make_cycles, 5_000)
    on_a_thread_of_the_appliance(process_memory.give_back_memory)
    assert searches == []
    assert not gc.isenabled()


class Noted:
    """Stands for a dialog: notes which thread takes it apart."""

    def __init__(self, threads: list[int]) -> None:
        self._threads = threads

    def __del__(self) -> None:
        self._threads.append(threading.get_ident())


def ask_about(runner: TaskRunner, key: str, dialog: Noted, refused: bool) -> None:
    def question() -> int:
        if refused:
            raise HotelMLError(f"{type(dialog)} is refused.") from ValueError("for a reason")
        return 1

    runner.ask(key, question, lambda _: dialog, lambda _: dialog)


def test_who_asked_is_let_go_of_by_the_windows_own_thread(qt: QApplication) -> None:
    runner = TaskRunner(qt)
    threads: list[int] = []
    for number in range(300):
        ask_about(runner, f"question {number % 7}", Noted(threads), refused=number % 5 == 0)
        if number % 3 == 0:
            wait_for(lambda: runner.quiet)
    wait_for(lambda: runner.quiet)
    assert len(threads) == 300
    assert set(threads) == {threading.get_ident()}
    runner.close()

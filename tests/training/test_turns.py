"""Whose training has the next turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from asking import PATIENCE_S, config

from hotelml_app.training import trainer as trainer_module
from hotelml_app.training.trainer import Trainer
from hotelml_app.training.turns import Place, Turns


def never() -> bool:
    return False


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_what_waits_has_its_turn_in_the_order_it_was_asked_for_but_for_what_a_user_waits_for() -> None:
    turns, had = Turns(1), []
    assert turns.take((True, 0), never)

    def wait(place: Place) -> None:
        assert turns.take(place, never)
        had.append(place)
        turns.give_back()

    places = [(True, 5), (True, 2), (False, 9), (True, 7), (False, 8), (True, 3)]
    threads = [threading.Thread(target=wait, args=(place,)) for place in places]
    for thread in threads:
        thread.start()
    until(lambda: turns.waiting == len(places))
    turns.give_back()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert had == sorted(places)


def test_who_gives_up_while_waiting_holds_up_nobody() -> None:
    turns, gone = Turns(1), threading.Event()
    assert turns.take((True, 0), never)
    answers: dict[int, bool] = {}
    first = threading.Thread(target=lambda: answers.__setitem__(1, turns.take((True, 1), gone.is_set)))
    second = threading.Thread(target=lambda: answers.__setitem__(2, turns.take((True, 2), never)))
    for thread in (first, second):
        thread.start()
    until(lambda: turns.waiting == 2)
    gone.set()
    first.join(PATIENCE_S)
    turns.give_back()
    second.join(PATIENCE_S)
    assert answers == {1: False, 2: True}


def test_the_trainer_lets_go_first_what_a_user_asked_for(
    new_trainer: Callable[..., Trainer], hotel: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Place] = []

    class Noted(Turns):
        def take(self, place: Place, given_up: Callable[[], bool]) -> bool:
            places.append(place)
            return super().take(place, given_up)

    monkeypatch.setattr(trainer_module, "Turns", Noted)
    trainer = new_trainer()
    days = {"schedule": None, "user": date(2016, 4, 1)}
    jobs = [trainer.submit("tiny", hotel, asked_by=by, as_of=day, config=config()) for by, day in days.items()]
    for job in jobs:
        assert trainer.wait(job, PATIENCE_S) is not None
    assert places == [(True, jobs[0]), (False, jobs[1])]

"""Work off the Qt thread: questions whose latest answer wins, and long work that can be cancelled."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from hotelml_app.core.errors import HotelMLError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

THREADS = {"window-read": 2, "window-work": 2, "window-outside": 2}
"""Questions and changes have threads of their own, so that a long import holds up no page; so has what asks other computers."""

TURN_S = 0.004
"""How long steps on the Qt thread go on before the next click gets its turn."""

TURN_PAUSE_MS = 1
"""Without a pause the next steps would go before clicks and timers that wait already."""

Answer = Callable[[Any], object]
Failure = Callable[[HotelMLError], None]


class UnexpectedError(HotelMLError):
    """A fault of the program, not of the hotel's data."""

    title = "HotelML made a mistake"


@dataclass(frozen=True)
class _Asked:
    """What is to be done, and who waits for it. Only the Qt thread keeps it: the last one to let go of a dialog, or of what
    belongs to one, takes it apart, and no other thread may."""

    key: str
    generation: int
    function: Callable[[], object]
    on_answer: Answer | None
    on_failure: Failure | None


@dataclass(frozen=True)
class _Delivery:
    number: int
    value: object
    error: HotelMLError | None


class TaskRunner(QObject):
    """Run functions in a few background threads and hand their answers back on the Qt thread.

    ``ask`` is for reading: asking again under the same key makes the older answer worthless, and it is dropped.
    ``work`` is for changing: it always runs and always reports. After ``close`` nothing is begun and nothing is delivered.
    """

    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generations: dict[str, int] = {}
        self._waiting: dict[str, tuple[int, Future[None]]] = {}
        self._asked: dict[int, _Asked] = {}
        self._numbers = itertools.count()
        self._open = 0
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._closed = threading.Event()

    @property
    def quiet(self) -> bool:
        """True while no answer is still to come."""
        return self._open == 0

    def ask(
        self, key: str, question: Callable[[], object], on_answer: Answer, on_failure: Failure, *, outside: bool = False
    ) -> None:
        """Run ``question`` in the background; only the answer to the latest question of a key is delivered.

        One that goes ``outside`` this PC may wait a minute for its answer; neither pages nor the end of the window wait with it.
        """
        if self._closed.is_set():
            return
        number, older = self._waiting.pop(key, (0, None))
        if older is not None and older.cancel():
            del self._asked[number]
            self._count(-1)
        pool = "window-outside" if outside else "window-read"
        self._waiting[key] = self._start(pool, key, question, on_answer, on_failure)

    def work(
        self,
        task: Callable[[], object],
        *,
        on_done: Answer | None = None,
        on_failure: Failure | None = None,
    ) -> None:
        """Run ``task`` in the background and report its end."""
        if not self._closed.is_set():
            self._start("window-work", "", task, on_done, on_failure)

    def in_turns(self, steps: Iterator[object], on_done: Callable[[], object] | None = None) -> None:
        """Take steps on the Qt thread, a few at each turn of its loop, so that clicks are answered between them."""
        self._count(+1)
        self._turn(steps, on_done)

    def close(self) -> None:
        """Drop what has not begun, wait for what has unless it went outside, and deliver nothing more."""
        self._closed.set()
        for name, pool in self._pools.items():
            pool.shutdown(wait=name != "window-outside", cancel_futures=True)

    def _pool(self, name: str) -> ThreadPoolExecutor:
        """Return a pool, made with its first task: the window is on the screen before."""
        if name not in self._pools:
            from concurrent.futures import ThreadPoolExecutor

            from PySide6.QtCore import Qt

            if not self._pools:
                self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
            self._pools[name] = ThreadPoolExecutor(THREADS[name], thread_name_prefix=name)
        return self._pools[name]

    def _start(
        self,
        pool: str,
        key: str,
        function: Callable[[], object],
        on_answer: Answer | None,
        on_failure: Failure | None,
    ) -> tuple[int, Future[None]]:
        generation, number = self._generations.get(key, 0) + 1, next(self._numbers)
        self._generations[key] = generation
        self._asked[number] = _Asked(key, generation, function, on_answer, on_failure)
        self._count(+1)

        def run() -> None:
            value, error = _outcome(self._asked[number].function)
            if not self._closed.is_set():
                self._delivered.emit(_Delivery(number, value, error))

        return number, self._pool(pool).submit(run)

    def _turn(self, steps: Iterator[object], on_done: Callable[[], object] | None) -> None:
        if self._closed.is_set():
            return
        until = time.perf_counter() + TURN_S
        try:
            for _ in steps:
                if time.perf_counter() > until:
                    QTimer.singleShot(TURN_PAUSE_MS, self, lambda: self._turn(steps, on_done))
                    return
        except BaseException:
            self._count(-1)
            raise
        self._count(-1)
        if on_done is not None:
            on_done()

    def _deliver(self, delivery: _Delivery) -> None:
        self._count(-1)
        asked = self._asked.pop(delivery.number)
        if self._closed.is_set() or (asked.key and asked.generation != self._generations[asked.key]):
            return
        gone = _is_gone(asked.on_answer)
        if gone and asked.key:
            return
        error = delivery.error or (None if gone else _shown(asked.on_answer, delivery.value))
        if error is not None and asked.on_failure is not None and not _is_gone(asked.on_failure):
            asked.on_failure(error)

    def _count(self, step: int) -> None:
        self._open += step


def _is_gone(answer: Answer | Failure | None) -> bool:
    """Return whether who asked was closed meanwhile: a dialog does not wait for its answer."""
    asker = getattr(answer, "__self__", None)
    return isinstance(asker, QObject) and not isValid(asker)


def _shown(answer: Answer | None, value: object) -> HotelMLError | None:
    """Hand the answer over; a page that cannot show it says so instead of loading for ever."""
    return _outcome(lambda: answer(value))[1] if answer is not None else None


def _outcome(function: Callable[[], object]) -> tuple[object, HotelMLError | None]:
    try:
        return function(), None
    except HotelMLError as error:
        return None, _without_frames(error)
    except Exception as error:
        import logging

        logging.getLogger(__name__).exception("a task of the window failed")
        remedy = "Try again. If it happens once more, send the files in the folder logs (in HotelML's data folder) to support."
        return None, UnexpectedError(f"A part of the program did not answer ({type(error).__name__}).", remedy=remedy)


def _without_frames(error: HotelMLError) -> HotelMLError:
    """Return an error that forgot the calls it went through: they hold on to whoever asked."""
    told: BaseException | None = error
    while told is not None:
        told.__traceback__ = None
        told = told.__cause__ or told.__context__
    return error

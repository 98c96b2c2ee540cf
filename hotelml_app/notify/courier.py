"""The courier: one thread that takes what waits in the outbox to where it should go, again and again until it arrives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus, Settled, Warned
from hotelml_app.core.severity import Severity
from hotelml_app.notify.channels import TITLES, channels
from hotelml_app.notify.errors import NotDeliveredError, PutOffError
from hotelml_app.notify.told import CHANNEL_KEY
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.told import outbox
from hotelml_app.store.told.outbox import Message

log = logging.getLogger(__name__)

LOOK_EVERY_S = 15.0
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long to wait after each try that failed; the last one again and again."""

GIVEN_UP_AFTER = timedelta(days=2)
FEWEST_TRIES = 6
"""A PC that was off meanwhile has not tried for two days; its network may come up a moment after HotelML."""

ENDS_WITHIN_S = 1.5
"""How long the end of the program waits for a try; one that hangs is left behind, and made again at the next start."""

_FURTHEST = PAUSES[-1] + timedelta(minutes=5)

Deliver = Callable[[Message], str]
"""Takes a message to its channel; returns what else to tell, or "". Raises NotDeliveredError."""


class Courier:
    """Delivers each message at least once, the oldest of a channel first.

    A try is written down before it begins, so that a process that dies in it neither forgets the message nor hurries.
    """

    def __init__(
        self, store: Store, clock: Clock, bus: EventBus, rules: Callable[[], NotificationSettings], deliver: Deliver
    ) -> None:
        self._store, self._clock, self._bus, self._rules, self._deliver = store, clock, bus, rules, deliver
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look for what is due from now on, in a thread of its own."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, name="courier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(ENDS_WITHIN_S)
            if self._thread.is_alive():
                log.warning("a message is still on its way; it is sent again after the next start")
            self._thread = None

    def look_now(self) -> int:
        """Try what is due at this moment and return how many messages arrived."""
        arrived = 0
        for name, one in channels(self._rules()):
            if not one.enabled:
                self._drop(name)
                continue
            while not self._stop.is_set() and self._carry(name):
                arrived += 1
        return arrived

    def _drop(self, channel: str) -> None:
        """Tell nothing of what was meant for a channel that is off."""
        with self._store.read() as connection:
            waiting = outbox.stand(connection, channel).waiting
        if waiting:
            with self._store.write() as connection:
                outbox.drop_waiting(connection, channel, self._clock.now())

    def _carry(self, channel: str) -> bool:
        """Try a channel's oldest message where it is due and return whether it arrived."""
        message = self._claim(channel)
        if message is None:
            return False
        try:
            remark = self._deliver(message)
        except NotDeliveredError as error:
            self._failed(message, error)
            return False
        except Exception as error:
            log.exception("%s: a message could not be sent", TITLES[channel])
            remedy = "Send the files in the folder logs (in HotelML's data folder) to support."
            self._failed(message, NotDeliveredError(f"HotelML made a mistake ({type(error).__name__}).", remedy=remedy))
            return False
        with self._store.write() as connection:
            outbox.end(connection, message, outbox.SENT, self._clock.now())
        log.info("%s told of %d notices", TITLES[channel], len(message.notices))
        self._tell(channel, remark)
        return True

    def _claim(self, channel: str) -> Message | None:
        now = self._clock.now()
        with self._store.read() as connection:
            if not outbox.stand(connection, channel).waiting:
                return None
        with self._store.write() as connection:
            message = outbox.claim(connection, channel, now, _FURTHEST)
            if message is not None:
                outbox.put_off(connection, message, now + pause_after(message.tries))
        return message

    def _failed(self, message: Message, error: NotDeliveredError) -> None:
        now = self._clock.now()
        log.warning("%s, try %d: %s", TITLES[message.channel], message.tries, error)
        gives_up = now - message.first_try_at >= GIVEN_UP_AFTER and message.tries >= FEWEST_TRIES
        with self._store.write() as connection:
            if gives_up:
                outbox.end(connection, message, outbox.GIVEN_UP, now, str(error))
            else:
                left_to = error.left_to if isinstance(error, PutOffError) else ()
                outbox.put_off(connection, message, now + pause_after(message.tries), str(error), left_to)
        if gives_up:
            title = f"{TITLES[message.channel]}: a message was given up after two days"
            self._bus.publish(Warned(key_of(message.channel), title, error.message, error.remedy, Severity.FAILURE))

    def _tell(self, channel: str, remark: str) -> None:
        if remark:
            remedy = "Check the addresses under Settings, Notifications."
            title = f"{TITLES[channel]}: not everybody was told"
            self._bus.publish(Warned(key_of(channel), title, remark, remedy))
        else:
            self._bus.publish(Settled(key_of(channel)))

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                self.look_now()
            except HotelMLError as error:
                log.warning("the outbox cannot be looked at now: %s", error)
            except Exception:
                log.exception("the outbox cannot be looked at now")


def key_of(channel: str) -> str:
    """Return the key of warnings about a channel."""
    return f"{CHANNEL_KEY}{channel}"


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries that failed."""
    return PAUSES[min(tries, len(PAUSES)) - 1]

"""Notices: every warning is kept until somebody clears it, and what a channel should tell goes into the outbox with it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Event, EventBus, JobChanged, Settled, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.notify.channels import channels
from hotelml_app.notify.told import CHANNEL_KEY, told_of, training_key
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.told import outbox, warnings

log = logging.getLogger(__name__)

GATHER = timedelta(minutes=3)
"""What comes within this time of the first notice goes out together with it."""


class Notices:
    """Keeps what is published. The same key again is the same notice, seen once more; a channel is told of it once.

    What was said of something is settled once it went its way. Until ``rules`` say that a channel is on, nothing waits for it.
    """

    def __init__(self, store: Store, clock: Clock, bus: EventBus, rules: Callable[[], NotificationSettings]) -> None:
        self._store, self._clock, self._rules = store, clock, rules
        self._unsubscribe: Callable[[], None] | None = bus.subscribe(self._hear)

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _hear(self, event: Event) -> None:
        try:
            self._keep(event)
        except HotelMLError as error:
            # A full disk is warned about, too: then the log has to do.
            log.warning("the notice cannot be kept: %s", error)

    def _keep(self, event: Event) -> None:
        noticed = told_of(event)
        if isinstance(event, Warned):
            log.warning("%s: %s %s", event.title, event.message, event.remedy)
        wanted = [
            name for name, one in channels(self._rules()) if noticed and one.enabled and noticed.severity.reaches(one.least)
        ]
        over = _ended(event) if self._stands(event) else ""
        if not (wanted or over or isinstance(event, Warned)):
            return
        now = self._clock.now()
        with self._store.write() as connection:
            if over:
                warnings.clear(connection, over, now, for_good=_for_good(event))
            if isinstance(event, Warned):
                warnings.put(connection, event.key, event.title, event.message, event.remedy, now)
            for name in wanted:
                # A channel is not told through itself that it does not work.
                if noticed is not None and noticed.key != f"{CHANNEL_KEY}{name}":
                    outbox.queue(connection, name, noticed, now, now + GATHER, str(uuid.uuid4()))

    def _stands(self, event: Event) -> bool:
        """Return whether an event ends something that was warned or told of; most end nothing, and cost no writing."""
        key = _ended(event)
        if not key:
            return False
        with self._store.read() as connection:
            return warnings.stands(connection, key) or (_for_good(event) and outbox.was_told(connection, key))


def _for_good(event: Event) -> bool:
    return not isinstance(event, Settled) or event.for_good


def _ended(event: Event) -> str:
    """Return the key of what an event ends, or ""."""
    if isinstance(event, Settled):
        return event.key
    if isinstance(event, JobChanged) and event.stage == JobStage.DONE and event.module:
        return training_key(event)
    return ""

"""A place that messages are taken to."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.core.severity import Severity
from hotelml_app.notify.courier import Courier
from hotelml_app.notify.errors import NotDeliveredError, PutOffError
from hotelml_app.notify.notices import GATHER
from hotelml_app.settings.channels import EmailSettings
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.told import outbox
from hotelml_app.store.told.outbox import ChannelStand, Message, Noticed

ON = NotificationSettings(
    email=EmailSettings(enabled=True, host="mail.test", sender="pms@hotel.example", to=("fom@hotel.example",))
)
MINUTE = timedelta(minutes=1)


class Post:
    """A place that takes messages, or does not."""

    def __init__(self, store: Store, clock: FixedClock, bus: EventBus) -> None:
        self.store, self.clock, self.rules = store, clock, ON
        self.got: list[Message] = []
        self.away = ""
        self.remark = ""
        self.full = ""
        self.tried: list[datetime] = []
        self.courier = Courier(store, clock, bus, lambda: self.rules, self.take)

    def take(self, message: Message) -> str:
        self.tried.append(self.clock.now())
        if self.away:
            raise NotDeliveredError(self.away)
        if self.full:
            self.got.append(message)
            raise PutOffError("The mailbox is full.", left_to=(self.full,))
        self.got.append(message)
        return self.remark

    def notice(self, title: str = "A backup was not made", key: str = "") -> None:
        now = self.clock.now()
        with self.store.write() as connection:
            noticed = Noticed(key, Severity.FAILURE, title, "The disk is full.")
            outbox.queue(connection, "email", noticed, now, now + GATHER, str(uuid.uuid4()))

    def live_through(self, span: timedelta, step: timedelta = MINUTE) -> None:
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.clock.advance(step)
            self.courier.look_now()

    @property
    def stand(self) -> ChannelStand:
        with self.store.read() as connection:
            return outbox.stand(connection, "email")

    @property
    def titles(self) -> list[list[str]]:
        return [[one.title for one, _ in message.notices] for message in self.got]

"""How the channels are doing that tell people outside this PC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hotelml_app.notify.channels import EMAIL, TITLES, channels
from hotelml_app.services.words import count, moment
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store, outbox

if TYPE_CHECKING:
    from hotelml_app.services.parts import Parts


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One channel: whether it is on, where it leads, and what waits; ``failing_since`` None is a channel that works."""

    name: str
    title: str
    enabled: bool
    waiting: int = 0
    failing_since: datetime | None = None
    next_try_at: datetime | None = None
    last_error: str = ""
    last_sent_at: datetime | None = None
    given_up_at: datetime | None = None

    @property
    def trouble(self) -> bool:
        """True where people are not told of what they should be."""
        return self.enabled and (self.failing_since is not None or self._gave_up)

    @property
    def _gave_up(self) -> bool:
        return self.given_up_at is not None and (self.last_sent_at is None or self.given_up_at > self.last_sent_at)

    @property
    def sentence(self) -> str:
        """How it is doing."""
        if not self.enabled:
            return "Off: nothing is sent."
        waits = f" {count(self.waiting, 'notice waits', 'notices wait')}." if self.waiting else ""
        if self.failing_since is not None:
            again = f" It is tried again at {moment(self.next_try_at)}." if self.next_try_at else ""
            return f"Failing since {moment(self.failing_since)}: {self.last_error}{waits}{again}"
        if self._gave_up and self.given_up_at is not None:
            return f"A message was given up at {moment(self.given_up_at)} after two days of tries.{waits}"
        sent = f"Last sent {moment(self.last_sent_at)}." if self.last_sent_at else "On; nothing had to be sent so far."
        return f"{sent}{waits}"


def channel_views(store: Store, rules: NotificationSettings) -> tuple[ChannelView, ...]:
    """Return how every channel is doing."""
    with store.read() as connection:
        stands = [(name, one.enabled, outbox.stand(connection, name)) for name, one in channels(rules)]
    return tuple(
        ChannelView(
            name,
            TITLES[name],
            enabled,
            stand.waiting,
            stand.failing_since,
            stand.next_try_at if stand.waiting else None,
            stand.last_error,
            stand.last_sent_at,
            stand.given_up_at,
        )
        for name, enabled, stand in stands
    )


def channel_lines(views: tuple[ChannelView, ...]) -> Iterator[str]:
    """Yield a line for each channel that is on, or has something to say."""
    for one in views:
        if one.enabled:
            yield f"{one.title}: {one.sentence}"


def drop_what_waits(parts: Parts) -> None:
    """Tell nothing of what waited when a backup was made: it was told since."""
    with parts.store.write() as connection:
        for name, _ in channels(parts.settings.notifications):
            outbox.drop_waiting(connection, name, parts.clock.now())


def where_it_leads(rules: NotificationSettings, name: str, url: str) -> str:
    """Return where a channel leads, with nothing that lets one in."""
    from hotelml_app.settings.secrets import shown_url

    if name == EMAIL:
        return f"{', '.join(rules.email.to)} by {rules.email.host}" if rules.email.host else ""
    return shown_url(url)

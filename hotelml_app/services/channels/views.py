"""What is shown of the channels that tell people outside this PC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.services.asking.words import count, moment
from hotelml_app.settings.model import NotificationSettings


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
            again = f" It is tried again at {moment(self.next_try_at, self.failing_since)}." if self.next_try_at else ""
            return f"Failing since {moment(self.failing_since)}: {self.last_error}{waits}{again}"
        if self._gave_up and self.given_up_at is not None:
            return f"A message was given up at {moment(self.given_up_at)} after two days of tries.{waits}"
        sent = f"Last sent {moment(self.last_sent_at)}." if self.last_sent_at else "On; nothing had to be sent so far."
        return f"{sent}{waits}"


@dataclass(frozen=True, slots=True)
class ChannelsView:
    """The channels as the Settings page shows them; ``kept`` names the secrets there are, ``leads_to`` is by channel."""

    rules: NotificationSettings
    stands: tuple[ChannelView, ...]
    leads_to: Mapping[str, str]
    kept: frozenset[str]

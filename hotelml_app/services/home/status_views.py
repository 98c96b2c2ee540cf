"""What is told of the appliance as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.core.jobs import JobView
    from hotelml_app.services.backups.views import NextStartView
    from hotelml_app.services.channels.views import ChannelView
    from hotelml_app.services.exports.data_views import Freshness
    from hotelml_app.services.properties.views import PropertyView
    from hotelml_app.services.sign_in.views import SignInView
    from hotelml_app.services.updates.views import UpdateView


@dataclass(frozen=True, slots=True)
class WarningView:
    """Something that wants a person."""

    key: str
    title: str
    message: str
    remedy: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class StatusView:
    """``hotelml status``: the appliance at a glance. ``channel_calls`` are those of channels that the user set up."""

    home: str
    running: bool
    database_bytes: int
    properties: tuple[PropertyView, ...]
    freshness: tuple[Freshness, ...]
    jobs: tuple[JobView, ...]
    modules: tuple[tuple[str, str, str], ...]
    waiting_files: int
    warnings: tuple[WarningView, ...]
    network_calls: int = 0
    channel_calls: int = 0
    channels: tuple[ChannelView, ...] = ()
    next_start: NextStartView | None = None
    sign_in: SignInView | None = None
    update: UpdateView | None = None

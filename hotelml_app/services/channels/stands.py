"""How the channels are doing that tell people outside this PC, as the outbox knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hotelml_app.notify.channels import EMAIL, TITLES, channels
from hotelml_app.services.channels.views import ChannelView
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.told import outbox

if TYPE_CHECKING:
    from hotelml_app.services.parts import Parts


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
            outbox.drop_waiting(connection, name, parts.clock.now(), heard=True)


def where_it_leads(rules: NotificationSettings, name: str, url: str) -> str:
    """Return where a channel leads, with nothing that lets one in."""
    from hotelml_app.settings.secrets import shown_url

    if name == EMAIL:
        return f"{', '.join(rules.email.to)} by {rules.email.host}" if rules.email.host else ""
    return shown_url(url)

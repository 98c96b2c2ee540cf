"""Setting up the channels that tell people outside this PC, and trying them."""

from __future__ import annotations

from collections.abc import Mapping

from hotelml_app.core.errors import UsageError
from hotelml_app.core.events import Settled
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.notify.channels import EMAIL, TITLES, WEBHOOK, channels
from hotelml_app.notify.courier import key_of
from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.channels.delivery import try_channel
from hotelml_app.services.channels.stands import channel_views, where_it_leads
from hotelml_app.services.channels.views import ChannelsView
from hotelml_app.services.parts import Parts
from hotelml_app.settings.channels import EmailSettings, WebhookSettings
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import Settings
from hotelml_app.settings.secrets import EMAIL_PASSWORD, NAMES, WEBHOOK_KEY, WEBHOOK_URL, keep_secrets, read_secrets
from hotelml_app.store.told import outbox


def build(parts: Parts) -> ChannelsView:
    """Return how the channels are set up and how they are doing."""
    rules = parts.settings.notifications
    try:
        secrets = read_secrets(parts.layout)
    except SettingsError:
        # Entered again, they are kept again; until then each try says what is wrong.
        secrets = {}
    leads = {name: where_it_leads(rules, name, secrets.get(WEBHOOK_URL, "")) for name, _ in channels(rules)}
    return ChannelsView(rules, channel_views(parts.store, rules), leads, frozenset(secrets))


def keep(parts: Parts, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> ChannelsView:
    """Keep how a channel is set up, with the secrets that changed, and try at once what waits. Raises SettingsError."""
    name = EMAIL if isinstance(channel, EmailSettings) else WEBHOOK
    if channel.enabled and name == WEBHOOK and not {**read_secrets(parts.layout), **secrets}.get(WEBHOOK_URL):
        raise SettingsError("The web address is missing.", remedy="Enter it, or switch the webhook off.")

    def with_channel(settings: Settings) -> Settings:
        return settings.model_copy(update={"notifications": settings.notifications.model_copy(update={name: channel})})

    if secrets:
        keep_secrets(parts.layout, secrets)
    parts.change_settings(with_channel)
    with parts.store.write() as connection:
        outbox.try_now(connection, name, parts.clock.now())
        if not channel.enabled:
            outbox.drop_waiting(connection, name, parts.clock.now())
    if not channel.enabled:
        parts.bus.publish(Settled(key_of(name)))
    return build(parts)


def try_out(
    parts: Parts, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str], cancel: CancelToken | None = None
) -> str:
    """Send a test as a channel would be set up and return in a sentence what happened. Raises NotDeliveredError, Cancelled."""
    email = channel if isinstance(channel, EmailSettings) else parts.settings.notifications.email
    name = EMAIL if isinstance(channel, EmailSettings) else WEBHOOK
    url = {**read_secrets(parts.layout), **secrets}.get(WEBHOOK_URL, "")
    remark = try_channel(parts, name, email, dict(secrets), cancel)
    where = where_it_leads(parts.settings.notifications.model_copy(update={"email": email}), name, url)
    return f"The test went to {where}. {remark or 'Check whether it arrived.'}"


def answer_test(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Send a test by one channel, or by all that are on; ``sent`` only where there was one and none failed."""
    named = arguments.text("channel")
    rules = dict(channels(parts.settings.notifications))
    if named and named not in rules:
        raise UsageError(f"There is no channel {named!r}.", remedy=f"There are: {', '.join(rules)}.")
    wanted = [named] if named else [name for name, one in rules.items() if one.enabled]
    tests = [_test(parts, name, rules[name], cancel) for name in wanted]
    return {"tests": tests, "sent": bool(tests) and all(one["sent"] for one in tests)}


def _test(parts: Parts, name: str, channel: object, cancel: CancelToken) -> dict[str, object]:
    assert isinstance(channel, (EmailSettings, WebhookSettings))
    if not channel.enabled:
        told = f"{TITLES[name]} is not set up. Do that under Settings, Notifications."
        return {"channel": name, "title": TITLES[name], "sent": False, "sentence": told}
    try:
        sentence, sent = try_out(parts, channel, {}, cancel), True
    except (NotDeliveredError, SettingsError) as error:
        sentence, sent = str(error), False
    return {"channel": name, "title": TITLES[name], "sent": sent, "sentence": sentence}


SECRET_OF = {EMAIL: EMAIL_PASSWORD, WEBHOOK: WEBHOOK_URL, "webhook-key": WEBHOOK_KEY}
"""What a person may keep by command: the password, the web address, and the key that goes along with it."""


def keep_secret(layout: HomeLayout, channel: str, secret: str) -> dict[str, object]:
    """Keep a channel's secret without the settings file ever seeing it; "" forgets it. Raises UsageError, SettingsError."""
    if channel not in SECRET_OF:
        raise UsageError(f"There is no secret of {channel!r}.", remedy=f"There are: {', '.join(SECRET_OF)}.")
    assert SECRET_OF[channel] in NAMES
    layout.prepare()
    keep_secrets(layout, {SECRET_OF[channel]: secret})
    return {"channel": channel, "kept": bool(secret)}

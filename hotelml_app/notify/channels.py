"""The channels there are."""

from __future__ import annotations

from hotelml_app.settings.channels import ChannelSettings
from hotelml_app.settings.model import NotificationSettings

EMAIL, WEBHOOK = "email", "webhook"
TITLES = {EMAIL: "E-mail", WEBHOOK: "Webhook"}


def channels(rules: NotificationSettings) -> tuple[tuple[str, ChannelSettings], ...]:
    """Return every channel by name with its settings, whether or not it is on."""
    return (EMAIL, rules.email), (WEBHOOK, rules.webhook)

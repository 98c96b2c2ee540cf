"""Taking messages to their channels, with the secrets that takes; each use of the network is counted as the user's own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken
from hotelml_app.notify.channels import EMAIL, WEBHOOK
from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.notify.letter import Letter, letter_of, trial_letter
from hotelml_app.notify.waiting import left_behind
from hotelml_app.settings.channels import EmailSettings
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.secrets import EMAIL_PASSWORD, WEBHOOK_KEY, WEBHOOK_URL, read_secrets
from hotelml_app.store.hotels import properties
from hotelml_app.store.told.outbox import Message

if TYPE_CHECKING:
    from hotelml_app.services.parts import Parts


def deliver(parts: Parts, message: Message) -> str:
    """Take a message of the outbox to its channel and return what else to tell, or "". Raises NotDeliveredError."""
    letter = letter_of(message, _house(parts), _country(parts))
    return _send(parts, message.channel, letter, parts.settings.notifications.email, {}, message.left_to)


def try_channel(
    parts: Parts, channel: str, email: EmailSettings, secrets: dict[str, str], cancel: CancelToken | None = None
) -> str:
    """Send a test and return what to tell of it, or "". ``secrets`` come before those that are kept.

    Raises NotDeliveredError, and Cancelled as soon as it is asked to stop.
    """
    letter = trial_letter(str(uuid.uuid4()), _house(parts), parts.clock.now(), _country(parts))
    return left_behind(lambda: _send(parts, channel, letter, email, secrets), cancel or CancelToken())


def _send(
    parts: Parts, channel: str, letter: Letter, email: EmailSettings, secrets: dict[str, str], left_to: tuple[str, ...] = ()
) -> str:
    try:
        known = {**read_secrets(parts.layout), **secrets}
    except SettingsError as error:
        raise NotDeliveredError(error.message, remedy=error.remedy) from error
    with parts.network.by_user():
        if channel == EMAIL:
            from hotelml_app.notify.mail import send_mail

            return send_mail(email, known.get(EMAIL_PASSWORD, ""), letter, left_to=left_to)
        assert channel == WEBHOOK, channel
        from hotelml_app.notify.web_post import post

        post(known.get(WEBHOOK_URL, ""), known.get(WEBHOOK_KEY, ""), letter)
        return ""


def _house(parts: Parts) -> str:
    named = parts.settings.properties
    return named[0].name if len(named) == 1 else ""


def _country(parts: Parts) -> str:
    """Return the country that all hotels of the home stand in, or ""."""
    with parts.store.read() as connection:
        countries = {row.country for row in properties.all(connection)}
    return countries.pop() if len(countries) == 1 else ""

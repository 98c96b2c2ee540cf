"""The channels that tell people outside this PC. What is secret about them is not here but in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from hotelml_app.core.severity import Severity
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.table import Table

_ADDRESS = re.compile(r"[!-~]+@[A-Za-z0-9.-]+", re.ASCII)
_NOT_IN_ADDRESS = set('<>()[],;:"\\')
_HOST = re.compile(r"[A-Za-z0-9:][A-Za-z0-9._:-]*", re.ASCII)

MOST_ADDRESSES = 20


def _address(text: str) -> str:
    plain = text.strip()
    if plain and (not _ADDRESS.fullmatch(plain) or plain.count("@") != 1 or _NOT_IN_ADDRESS & set(plain)):
        raise ValueError("an e-mail address looks like office@hotel.example")
    return plain


def _host(text: str) -> str:
    plain = text.strip()
    if plain and not _HOST.fullmatch(plain):
        raise ValueError("a mail server is written as a name like mail.hotel.example, with no https:// and no port")
    return plain


Address = Annotated[str, AfterValidator(_address)]


class ChannelSettings(Table):
    """What all channels share: whether they are on, and the least that is told."""

    enabled: bool = False
    least: Severity = Severity.WARNING


class EmailSettings(ChannelSettings):
    """Mail by SMTP. ``security`` tls encrypts from the start (port 465), starttls after the greeting (port 587).

    ``user`` "" means that the server asks for none.
    """

    host: Annotated[str, AfterValidator(_host)] = ""
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Annotated[str, Field(max_length=254)] = ""
    sender: Address = ""
    to: Annotated[tuple[Address, ...], Field(max_length=MOST_ADDRESSES)] = ()

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        missing = [name for name in ("host", "sender", "to") if not getattr(self, name)]
        if self.enabled and (missing or not all(self.to)):
            names = {"host": "server", "sender": "sender", "to": "recipient"}
            raise ValueError(f"the {names[missing[0] if missing else 'to']} is missing")
        return self


class WebhookSettings(ChannelSettings):
    """A POST to a web address, which is kept with the secrets: whoever knows it may post there."""


def email_settings(values: Mapping[str, object]) -> EmailSettings:
    """Return what somebody filled in. Raises SettingsError with a sentence for people."""
    try:
        return EmailSettings.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        told = re.sub(r"^Value error, ", "", first["msg"])
        raise SettingsError(f"{told[:1].upper()}{told[1:]}.", remedy="Nothing was saved.") from error

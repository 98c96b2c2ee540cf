"""Notices as a POST of a small JSON object to one web address: past any proxy, with no redirect followed."""

from __future__ import annotations

import http.client
import json
import re
import ssl
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.notify.failures import in_plain_words, said
from hotelml_app.notify.letter import Letter
from hotelml_app.notify.time_limit import IN_ALL_S, SILENCE_S, time_limit
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.secrets import check_url

_MOST_READ_BYTES = 2_000
_SECRET_LETTERS = 8
"""A part of the web address so long may be what lets one in; shorter ones are words like "hooks"."""

_WHY = {
    400: ("did not understand the message", "Check what the service expects."),
    401: ("wants another key", "Enter its key again."),
    403: ("refused it", "Check address and key; the service may have withdrawn them."),
    404: ("knows no such webhook", "Copy the address from the service again."),
    410: ("has ended this webhook", "Make a new one there and enter its address."),
    413: ("found it too large", ""),
    429: ("asks for more patience", "It is tried again later."),
}


def post(url: str, key: str, letter: Letter, in_all_s: float = IN_ALL_S) -> None:
    """Post a letter; ``key`` "" sends none. Raises NotDeliveredError."""
    if not url:
        remedy = "Enter it under Settings, Notifications, or with: hotelml notify secret --channel webhook"
        raise NotDeliveredError("The web address is not kept on this PC.", remedy=remedy)
    try:
        parts = urlsplit(check_url(url))
    except SettingsError as error:
        raise NotDeliveredError(error.message, remedy=error.remedy) from error
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = (
        http.client.HTTPSConnection(host, port, timeout=SILENCE_S, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(host, port, timeout=SILENCE_S)
    )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with in_plain_words(host, port), time_limit(lambda: connection.sock, in_all_s) as limit:
            try:
                connection.request("POST", target, json.dumps(content(letter)).encode(), _headers(letter, key))
                # It has the message: one that works on it before it answers would get it again if nobody waited.
                if connection.sock is not None:
                    connection.sock.settimeout(in_all_s)
                with connection.getresponse() as answer:
                    if not 200 <= answer.status < 300:
                        _refused(host, answer, _secrets(target, key))
            except (http.client.HTTPException, OSError) as error:
                if limit.over:
                    raise NotDeliveredError(f"{host} did not come to an end within {in_all_s:.0f} seconds.") from error
                if isinstance(error, http.client.HTTPException) and not isinstance(error, OSError):
                    raise NotDeliveredError(f"{host}, port {port} does not answer like a web server.") from error
                raise
    finally:
        connection.close()


def content(letter: Letter) -> dict[str, object]:
    """Return the object that is posted; ``text`` is what chat services show."""
    return {
        "id": letter.id,
        "app": "HotelML",
        "property": letter.house,
        "text": f"{letter.subject}\n{letter.text}",
        "left_out": len(letter.notices) - len(letter.shown()),
        "notices": [
            {
                "severity": str(one.severity),
                "title": one.title,
                "message": one.message,
                "remedy": one.remedy,
                "at": at.isoformat(timespec="seconds"),
            }
            for one, at in letter.shown()
        ],
    }


def _headers(letter: Letter, key: str) -> dict[str, str]:
    try:
        ours = version("hotelml")
    except PackageNotFoundError:
        ours = "0"
    told = {"Content-Type": "application/json", "User-Agent": f"HotelML/{ours}", "X-HotelML-Id": letter.id}
    return {**told, "Authorization": f"Bearer {key}"} if key else told


def _secrets(target: str, key: str) -> list[str]:
    """Return what no answer may repeat to whoever reads the error, the longest first."""
    parts = [one for one in re.split(r"[/?&=]", target) if len(one) >= _SECRET_LETTERS]
    whole = [target, target.partition("?")[0], *parts]
    found = {one for text in whole for one in (text, unquote(text), text.replace("/", "\\/")) if len(one) > 1} | {key}
    return sorted(found - {""}, key=len, reverse=True)


def _refused(host: str, answer: http.client.HTTPResponse, secrets: list[str]) -> NoReturn:
    if 300 <= answer.status < 400:
        remedy = "Enter the address it leads to, if you trust it."
        raise NotDeliveredError(f"{host} leads elsewhere (answer {answer.status}), where HotelML does not follow.", remedy=remedy)
    what, remedy = _WHY.get(answer.status, ("did not take the message", "It is tried again later."))
    text = answer.read(_MOST_READ_BYTES).decode("utf-8", "replace")
    for secret in secrets:
        # Many servers repeat the path they do not know, and with it what lets one in.
        text = text.replace(secret, "…")
    told = said(text)
    raise NotDeliveredError(f"{host} {what} (answer {answer.status}){f': {told}' if told else '.'}", remedy=remedy)

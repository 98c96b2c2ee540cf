"""What must not stand in the settings file: a file of its own that only this user may read.

On Windows the mode of a file is ignored: there the user's own profile folder keeps others out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from hotelml_app.core import held_files
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.home import HomeLayout

EMAIL_PASSWORD = "email.password"
WEBHOOK_URL = "webhook.url"
WEBHOOK_KEY = "webhook.key"
NAMES = (EMAIL_PASSWORD, WEBHOOK_URL, WEBHOOK_KEY)


def read_secrets(layout: HomeLayout) -> dict[str, str]:
    """Return the secrets by name; none where there is no file. Raises SettingsError where it cannot be read."""
    path = layout.secrets_file
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path}, which keeps passwords, cannot be read.",
            remedy="Move it away and enter the passwords again in the settings.",
        ) from error
    return {name: str(value) for name, value in told.items() if name in NAMES} if isinstance(told, dict) else {}


def keep_secrets(layout: HomeLayout, changes: Mapping[str, str]) -> None:
    """Keep these secrets beside the others; "" forgets one. The file is replaced all or nothing. Raises SettingsError."""
    if changes.get(WEBHOOK_URL):
        check_url(changes[WEBHOOK_URL])
    _check_key(changes.get(WEBHOOK_KEY, ""))
    kept = {name: value for name, value in {**read_secrets(layout), **changes}.items() if value}
    path = layout.secrets_file
    partial = path.with_name(f"{path.name}.partial")
    try:
        held_files.remove(partial)
        with open(partial, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(json.dumps(kept))
            file.flush()
            os.fsync(file.fileno())
        held_files.replace(partial, path)
    except OSError as error:
        held_files.removed(partial)
        raise SettingsError(
            f"{path} cannot be written ({error.strerror or error}).",
            remedy="Check that there is room on the disk and that this user may write in the folder.",
        ) from error


def check_url(url: str) -> str:
    """Return a web address that may be posted to. Raises SettingsError for anything but http and https, and for odd ones."""
    remedy = "Copy the whole address from the service that gave it: it begins with https://"
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError("A webhook is a web address that begins with https:// or http://.", remedy=remedy)
    if parts.username is not None or parts.fragment or not url.isascii() or any(letter <= " " for letter in url):
        raise SettingsError(
            "This web address holds a user, a #, a blank or a foreign letter, which no webhook needs.", remedy=remedy
        )
    return url


def _check_key(key: str) -> None:
    """Raise SettingsError for a key that no web server would get as it stands here."""
    if not key.isascii() or not key.isprintable():
        raise SettingsError(
            "This key holds a foreign letter, which no webhook's key does.", remedy="Copy it again from the service that gave it."
        )


def shown_url(url: str) -> str:
    """Return as much of a web address as anybody may see: where it leads, not what lets one in."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if url else ""

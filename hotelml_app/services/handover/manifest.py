"""What a hand-over file says of itself: its parts with their checksums, and who wrote them."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from hotelml_app.services.handover.errors import LaterHandoverError, NotAHandoverError, SealError

FORMAT, WITH_UPDATE = 1, 2
"""A file that brings a program update is of a later format: who knows of none would take it for damaged."""

SUFFIX = ".hotelml"
MANIFEST, SEAL = "manifest.json", "seal.json"
DATABASE, SETTINGS, MODELS = "hotelml.db", "settings.toml", "models"

MODEL_FILE = re.compile(r"models(/(?!\.)[A-Za-z0-9._-]{1,120}(?<!\.)){4}")
"""Where a file of a model version may lie: ``models/<property>/<module>/<version>/<file>``."""

UPDATE_FILE = re.compile(r"update/(?!\.)[A-Za-z0-9._-]{1,120}(?<!\.)")
"""Where a program update and its signature lie."""

MODEL_FOLDER = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,120}(?<!\.)(/(?!\.)[A-Za-z0-9._-]{1,120}(?<!\.)){2}")

_SALT_BYTES = 16
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}
"""Fixed, so that no file can make its reader work for hours."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name in the file, its size and its SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``properties`` are names with their business dates ("" is none); ``models`` counts the versions brought along."""

    version: str
    schema: int
    made_at: datetime
    properties: tuple[tuple[str, str], ...]
    models: int
    parts: tuple[Part, ...]

    @property
    def size_bytes(self) -> int:
        """All parts together, unpacked."""
        return sum(part.bytes for part in self.parts)

    def to_bytes(self) -> bytes:
        """Return the manifest as it stands in the file, and as it is sealed."""
        form = WITH_UPDATE if any(UPDATE_FILE.fullmatch(part.name) for part in self.parts) else FORMAT
        told = {"app": "hotelml", "format": form, **asdict(self), "made_at": self.made_at.isoformat(timespec="seconds")}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_manifest(content: bytes, name: str) -> Manifest:
    """Return the manifest of the file ``name``. Raises NotAHandoverError, LaterHandoverError."""
    try:
        told = json.loads(content)
        if told["app"] != "hotelml":
            raise ValueError("of another program")
        _refuse_later(told, name)
        return _parsed(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAHandoverError(
            f"{name} is not a hand-over file of HotelML, or is damaged; nothing was changed.", remedy=COPY_AGAIN
        ) from error


COPY_AGAIN = "Copy it again from the PC that wrote it, or write it there anew."


def _refuse_later(told: Mapping[str, Any], name: str) -> None:
    from hotelml_app.store.sqlite.schema import newest_version

    if int(told["format"]) > WITH_UPDATE or int(told["schema"]) > newest_version():
        brings = any(UPDATE_FILE.fullmatch(str(one["name"])) for one in told["parts"])
        along = f" It brings an update along: take that with Read an update in the settings, or hotelml update {name}"
        raise LaterHandoverError(
            f"{name} was written by a later HotelML ({told['version']}); nothing was changed.",
            remedy=f"Install that HotelML here first.{along if brings else ''}",
        )


def _parsed(told: Mapping[str, Any]) -> Manifest:
    parts = tuple(Part(str(one["name"]), int(one["bytes"]), str(one["sha256"])) for one in told["parts"])
    names = [part.name for part in parts]
    folded = {name.casefold() for name in names}
    usable = all(name in (DATABASE, SETTINGS) or MODEL_FILE.fullmatch(name) or UPDATE_FILE.fullmatch(name) for name in names)
    if not usable or len(folded) != len(names) or not {DATABASE, SETTINGS} <= set(names) or any(part.bytes < 0 for part in parts):
        raise ValueError("parts that no hand-over file has")
    properties = tuple((str(name)[:120], str(date.fromisoformat(day)) if day else "") for name, day in told["properties"])
    made_at = datetime.fromisoformat(told["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("a moment without its time zone")
    return Manifest(str(told["version"])[:40], int(told["schema"]), made_at, properties, int(told["models"]), parts)


def seal(manifest: bytes, passphrase: str, salt: bytes) -> bytes:
    """Return the seal of a manifest, to stand beside it: an HMAC-SHA256 under a key that scrypt makes of the passphrase."""
    return json.dumps({"salt": salt.hex(), "hmac": _hmac(manifest, passphrase, salt)}).encode()


def check_seal(manifest: bytes, sealed: bytes | None, passphrase: str, name: str) -> None:
    """Raise SealError unless the seal fits the passphrase, or there is neither."""
    if sealed is None:
        if passphrase:
            raise SealError(
                f"{name} is not sealed, so no passphrase tells who wrote it; nothing was changed.",
                remedy="Leave the passphrase empty only if you know where the file comes from.",
            )
        return
    if not passphrase:
        raise SealError(f"{name} is sealed: it needs the passphrase it was written with.", remedy="Ask whoever wrote it.")
    try:
        told = json.loads(sealed)
        fits = hmac.compare_digest(str(told["hmac"]), _hmac(manifest, passphrase, bytes.fromhex(told["salt"])))
    except (ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise SealError(
            f"The passphrase does not fit {name}, or somebody changed the file after it was sealed; nothing was changed.",
            remedy="Type it again; where it is right, do not use this file.",
        )


def _hmac(manifest: bytes, passphrase: str, salt: bytes) -> str:
    if len(salt) != _SALT_BYTES:
        raise ValueError("a salt of another length")
    key = hashlib.scrypt(passphrase.encode(), salt=salt, **_SCRYPT)  # type: ignore[arg-type]
    return hmac.new(key, manifest, hashlib.sha256).hexdigest()


def new_salt() -> bytes:
    """Return a salt for a seal."""
    import secrets

    return secrets.token_bytes(_SALT_BYTES)

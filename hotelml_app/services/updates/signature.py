"""The signature that lies beside a package: what the package is, in words that were signed by Ed25519.

``NAME.signature`` is JSON: the statement as one text, the public key and the signature over that very text. Nothing of the
statement is looked at before its signature fits a key that this HotelML trusts.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from hotelml_app.core.set_up import set_up_again
from hotelml_app.services.updates.errors import AlteredUpdateError, UnsignedUpdateError, UpdateError
from hotelml_app.services.updates.packages import meant_by

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SUFFIX = ".signature"
MOST_BYTES = 20_000
FORMAT = 1
COPY_BOTH = f"Copy the package and its {SUFFIX} again from HotelML's publisher."

_MEANT = b"HotelML program update\n"
"""Stands before what is signed, so that nothing signed for another purpose passes for an update."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Statement:
    """What was signed of a package: its file name, version, platform, size and SHA-256."""

    name: str
    version: str
    platform: str
    bytes: int
    sha256: str


def signed(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return the contents of the signature file."""
    text = json.dumps(asdict(statement))
    told = {
        "app": "hotelml",
        "format": FORMAT,
        "statement": text,
        "key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(_MEANT + text.encode()).hex(),
    }
    return json.dumps(told, indent=1).encode()


def verified(content: bytes, keys: AbstractSet[bytes], name: str) -> Statement:
    """Return what somebody this HotelML trusts said of the package ``name``.

    Raises UnsignedUpdateError where it is nobody or ``keys`` is empty, AlteredUpdateError where it is not what was signed.
    """
    if not keys:
        raise UnsignedUpdateError(
            f"This HotelML was built without its publisher's key, so it cannot check who made {name}; it is not used.",
            remedy="Install it by hand, only if you know where it comes from.",
        )
    try:
        told = json.loads(content)
        if told["app"] != "hotelml" or told["format"] != FORMAT:
            raise ValueError("of another program, or of a later one")
        text, key, signature = str(told["statement"]), bytes.fromhex(told["key"]), bytes.fromhex(told["signature"])
        signed_text = _MEANT + text.encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _altered(f"The signature of {name} cannot be read") from error
    if key not in keys:
        raise UnsignedUpdateError(
            f"{name} is signed by somebody this HotelML does not trust; it is not used.",
            remedy="Get the update from the publisher of your HotelML.",
        )
    _refuse_forged(key, signature, signed_text, name)
    return _parsed(text, name)


def _refuse_forged(key: bytes, signature: bytes, text: bytes, name: str) -> None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise UpdateError(f"What checks signatures is missing ({error}); {name} is not used.", remedy=set_up_again()) from error
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError) as error:
        raise _altered(f"The signature of {name} does not fit") from error


def _parsed(text: str, name: str) -> Statement:
    """Return a statement whose signature fits. Raises AlteredUpdateError where it says what no HotelML of today understands."""
    try:
        told = json.loads(text)
        said = Statement(str(told["name"]), str(told["version"]), str(told["platform"]), int(told["bytes"]), str(told["sha256"]))
        if meant_by(said.name) != (said.version, said.platform) or said.bytes < 0 or not _SHA256.fullmatch(said.sha256):
            raise ValueError("what no package is")
    except (ValueError, KeyError, TypeError) as error:
        raise _altered(f"The signature of {name} is about nothing that can be installed") from error
    return said


def _altered(what: str) -> AlteredUpdateError:
    return AlteredUpdateError(f"{what}: it was altered or damaged, and is not used.", remedy=COPY_BOTH)

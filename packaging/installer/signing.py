#!/usr/bin/env python3
"""Sign packages, so that HotelML takes them as updates without a network.

    python3 packaging/bootstrap.py sign --new-key KEY               once: make a pair of keys
    python3 packaging/bootstrap.py sign --key KEY [PACKAGE...]      sign packages, else all in dist/
    python3 packaging/bootstrap.py package --sign-with KEY          pack, and sign what was packed

KEY is the file of the private key; it must lie outside of this folder, best on a stick in a safe. Its public half is added to
resources/update-keys.txt, which is packed with HotelML: a program takes updates only from keys that it was packed with, so
make the key before the first package that hotels get. The passphrase of the key is asked for; where nobody can be asked, it
is taken from HOTELML_KEY_PASSPHRASE. Beside each package, PACKAGE.signature is written; hotels need both files.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from release import ROOT

sys.path.insert(0, str(ROOT))

from hotelml_app.services.updates.keys import keys_in
from hotelml_app.services.updates.packages import ENDINGS, meant_by
from hotelml_app.services.updates.signature import SUFFIX, Statement, signed, verified

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEYS = ROOT / "resources" / "update-keys.txt"
PASSPHRASE = "HOTELML_KEY_PASSPHRASE"


class SigningError(Exception):
    """No key was made, or nothing was signed."""


def say(text: str) -> None:
    """Print one step, at once."""
    print(f"[hotelml] {text}", flush=True)


def make_key(file: Path, keys: Path = KEYS) -> bytes:
    """Make a pair of keys: the private one in ``file``, the public one added to the list ``keys`` and returned."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if file.resolve().is_relative_to(ROOT):
        raise SigningError(f"the private key must not lie in {ROOT}, or it would get into the repository: choose another place")
    if file.exists():
        raise SigningError(f"{file} is there already; nothing was written over")
    passphrase = _passphrase(f"Passphrase for {file} (empty for none): ", twice=True)
    kind = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, kind)
    # On Windows the mode is ignored: there the folder's own rights keep others out.
    with open(file, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as target:
        target.write(content)
    public = key.public_key().public_bytes_raw()
    former = keys.read_text(encoding="utf-8").rstrip("\n") if keys.exists() else ""
    keys.write_text(f"{former}\n{public.hex()}\n".lstrip("\n"), encoding="utf-8", newline="\n")
    return public


def private_key(file: Path, keys: Path = KEYS) -> Ed25519PrivateKey:
    """Return the private key in ``file``. Raises SigningError, also where programs packed with ``keys`` would not trust it."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not file.is_file():
        raise SigningError(f"there is no key {file}; make one with: python3 packaging/bootstrap.py sign --new-key {file}")
    content = file.read_bytes()
    passphrase = _passphrase(f"Passphrase for {file}: ") if b"ENCRYPTED" in content else None
    try:
        key = serialization.load_pem_private_key(content, passphrase or None)
    except (ValueError, TypeError) as error:
        raise SigningError(f"{file} cannot be opened: it is no private key, or the passphrase is another one") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningError(f"{file} is no Ed25519 key")
    if key.public_key().public_bytes_raw() not in keys_in(keys.read_text(encoding="utf-8")):
        raise SigningError(f"the public half of {file} is not in {keys}: no HotelML packed from here would take what it signs")
    return key


def _passphrase(question: str, *, twice: bool = False) -> bytes:
    if PASSPHRASE in os.environ or not sys.stdin.isatty():
        return os.environ.get(PASSPHRASE, "").encode()
    typed = getpass.getpass(question)
    if twice and typed != getpass.getpass("Once more: "):
        raise SigningError("the two passphrases differ")
    return typed.encode()


def sign(package: Path, key: Ed25519PrivateKey) -> Path:
    """Write the signature of a package beside it, try it as the program would, and return it."""
    meant = meant_by(package.name)
    if meant is None:
        raise SigningError(
            f"{package.name} is not called as bootstrap.py package calls one, whose version is numbers alone, as 0.2.0"
        )
    with package.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    statement = Statement(package.name, *meant, package.stat().st_size, digest)
    content = signed(statement, key)
    verified(content, {key.public_key().public_bytes_raw()}, package.name)
    signature = package.with_name(f"{package.name}{SUFFIX}")
    partial = signature.with_name(f"{signature.name}.partial")
    partial.write_bytes(content)
    partial.replace(signature)
    return signature


def main(arguments: list[str]) -> int:
    """Make a key, or sign; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py sign", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--new-key", type=Path, metavar="KEY", help="make a pair of keys; the private one goes into this file")
    which.add_argument("--key", type=Path, metavar="KEY", help="the private key to sign with")
    parser.add_argument("--keys", type=Path, default=KEYS, help="the list of public keys (resources/update-keys.txt)")
    parser.add_argument("package", type=Path, nargs="*", help="the packages; otherwise all in dist/")
    wanted = parser.parse_args(arguments)
    try:
        if wanted.new_key:
            public = make_key(wanted.new_key, wanted.keys)
            say(f"the private key is {wanted.new_key}: keep it and a copy of it safe, and never in a repository")
            say(f"its public half {public.hex()} is in {wanted.keys}: commit that, then pack HotelML anew")
            return 0
        packages = wanted.package or [one for one in sorted((ROOT / "dist").glob("hotelml*")) if one.name.endswith(ENDINGS)]
        if not packages:
            raise SigningError("there is no package in dist/; make one with: python3 packaging/bootstrap.py package")
        key = private_key(wanted.key, wanted.keys)
        for package in packages:
            say(f"signed: {sign(package, key)}")
    except (SigningError, OSError) as error:
        print(f"[hotelml] nothing was signed: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

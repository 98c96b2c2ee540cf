"""Signed packages of HotelML that hold nothing to install, and whom a HotelML under test trusts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hotelml_app.services.updates import keys, packages
from hotelml_app.services.updates.packages import Pc, meant_by
from hotelml_app.services.updates.signature import SUFFIX, Statement, signed
from hotelml_app.settings.home import HomeLayout

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ANOTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LINUX = Pc("linux-x86_64", "0.1.0", has_dpkg=True)
WINDOWS = Pc("win-amd64", "0.1.0", has_dpkg=False)
DEB = "hotelml_0.2.0_amd64.deb"
CONTENT = bytes(range(256)) * 40


def trust(monkeypatch: pytest.MonkeyPatch, folder: Path, *trusted: Ed25519PrivateKey, pc: Pc = LINUX) -> None:
    """Have the program trust these keys, and take this PC for ``pc``."""
    place = folder / keys.FILE
    place.write_text("".join(f"{one.public_key().public_bytes_raw().hex()}  # tests\n" for one in trusted), encoding="utf-8")
    monkeypatch.setattr(keys, "_places", lambda: iter((place,)))
    monkeypatch.setattr(packages.sysconfig, "get_platform", lambda: pc.platform)
    monkeypatch.setattr(packages, "this_version", lambda: pc.version)
    monkeypatch.setattr(packages, "sys", SimpleNamespace(platform="linux" if pc.has_dpkg else "win32"))
    which = packages.shutil.which
    dpkg = "/usr/bin/dpkg" if pc.has_dpkg else None
    monkeypatch.setattr(packages.shutil, "which", lambda name, **how: dpkg if name == "dpkg" else which(name, **how))


def statement_of(name: str, content: bytes = CONTENT, **said: object) -> Statement:
    version, platform = meant_by(name) or ("", "")
    plain = Statement(name, version, platform, len(content), hashlib.sha256(content).hexdigest())
    return replace(plain, **said)  # type: ignore[arg-type]


def package(folder: Path, name: str = DEB, key: Ed25519PrivateKey = KEY, content: bytes = CONTENT, **said: object) -> Path:
    """Write a package with its signature beside it; ``said`` is what the signed statement says otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    (folder / f"{name}{SUFFIX}").write_bytes(signed(statement_of(name, content, **said), key))
    return folder / name


def lies(layout: HomeLayout) -> list[str]:
    """Return what lies in the folder of updates."""
    return sorted(one.relative_to(layout.updates).as_posix() for one in layout.updates.rglob("*"))

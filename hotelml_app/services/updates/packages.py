"""What packages of HotelML are called, and for which kind of PC each is."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

_VERSION = r"(?P<version>\d{1,6}(?:\.\d{1,6}){1,3})"
_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"hotelml_{_VERSION}_(?P<debian>amd64|arm64)\.deb",
        rf"hotelml-{_VERSION}-linux-(?P<linux>x86_64|aarch64)\.tar\.gz",
        rf"hotelml-{_VERSION}-windows-setup\.exe",
        rf"hotelml-{_VERSION}-windows\.zip",
    )
)
ENDINGS = (".deb", ".tar.gz", ".exe", ".zip")
_OF_DEBIAN = {"amd64": "x86_64", "arm64": "aarch64"}
_WORDS = {
    "linux-x86_64": "Linux (64-bit Intel or AMD)",
    "linux-aarch64": "Linux (64-bit Arm)",
    "win-amd64": "Windows (64-bit Intel or AMD)",
}


@dataclass(frozen=True, slots=True)
class Pc:
    """What matters of a PC: the platform of the HotelML that runs, as Python names it, its version, and whether dpkg is there."""

    platform: str
    version: str
    has_dpkg: bool


def this_pc() -> Pc:
    """Return what this PC is."""
    platform = sysconfig.get_platform()
    return Pc(platform, this_version(), sys.platform == "linux" and shutil.which("dpkg") is not None)


def this_version() -> str:
    """Return the version of the HotelML that runs, "" where it does not know."""
    try:
        return version("hotelml")
    except PackageNotFoundError:
        return ""


def meant_by(name: str) -> tuple[str, str] | None:
    """Return the version and the platform that a package's file name says, None where no package is called that."""
    found = next((match for pattern in _NAMES if (match := pattern.fullmatch(name))), None)
    if found is None:
        return None
    told = found.groupdict()
    if "debian" in told:
        return told["version"], f"linux-{_OF_DEBIAN[told['debian']]}"
    return told["version"], f"linux-{told['linux']}" if "linux" in told else "win-amd64"


def platform_words(platform: str) -> str:
    """Return a platform in words."""
    return _WORDS.get(platform, platform)


def order(version_told: str) -> tuple[int, ...]:
    """Return what versions are compared by: 0.2 and 0.2.0 are one, and what stands behind the numbers does not count."""
    numbers = re.match(r"\d+(?:\.\d+)*", version_told)
    found = [int(one) for one in numbers.group().split(".")] if numbers else []
    while found and not found[-1]:
        found.pop()
    return tuple(found)

"""What a package is called and where its parts lie."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINUX = Path(__file__).with_name("linux")
SUMMARY = "Offline forecasts and advice for hotels"


def release() -> str:
    """Return the version of HotelML, as pyproject.toml has it."""
    return version("hotelml")


def program_name() -> str:
    """Return the name of the program inside the packed folder."""
    return "hotelml.exe" if sys.platform == "win32" else "hotelml"

"""What a packaged HotelML holds beside what PyInstaller finds by itself, and what it does without."""

from __future__ import annotations

from importlib.metadata import requires

BROUGHT = ("uvicorn", "apscheduler", "holidays", "skl2onnx")
"""Packages that name their own parts and files in words only."""

DROPPED = ("tkinter", "matplotlib", "IPython", "pandas", "pytest", "hypothesis", "torch", "tensorflow")
"""What some package would take along if it happened to be there."""

LEFT_OUT = ("libqgtk3", "libgtk-3", "libgdk-3")
"""Files whose names begin so stay out: GTK from one Linux inside the desktop of another may bring the window down."""


def packages() -> list[str]:
    """Return HotelML and every package it needs itself, with training, on this system."""
    from packaging.requirements import Requirement

    declared = [Requirement(text) for text in requires("hotelml") or ()]
    needed = [one.name for one in declared if one.marker is None or one.marker.evaluate({"extra": "train"})]
    return ["hotelml", *needed]


def metadata() -> list[tuple[str, str]]:
    """Return for PyInstaller the metadata of all packages: the versions that the health page tells, and the licences."""
    from PyInstaller.utils.hooks import copy_metadata

    return sorted({entry for name in packages() for entry in copy_metadata(name, recursive=True)})


def kept(file: tuple[str, str, str]) -> bool:
    """Return whether PyInstaller's (place, source, kind) is to be packed."""
    return not file[0].rpartition("/")[2].startswith(LEFT_OUT)

"""The C++ runtime of Windows: the newest that is there serves all packages, before one of them brings in an older one.

ONNX Runtime and JAX bring none along and fail where the PC has none, or an old one; Qt and scikit-learn each bring their own.
The first that is loaded serves everything that comes after it, and what was built with a newer one ends with "initialization
routine failed" (onnxruntime issue 26127). It consists of several files, and scikit-learn brings but one: each is looked for.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

log = logging.getLogger(__name__)

RUNTIME = ("msvcp140.dll", "msvcp140_1.dll")
"""What ONNX Runtime and JAX ask for beside what Python has itself; the second rests on the first."""

BROUGHT_BY = {"shiboken6": ".", "sklearn": ".libs"}
"""Packages that bring files of it along, and where below their folders they lie."""

_FIXED_FILE_INFO = struct.pack("<I", 0xFEEF04BD)
"""How the numbers of a version begin in a file of Windows."""


def load_newest() -> list[Path]:
    """Load the newest of each file of the runtime into this process and return them, those that there are. On Windows alone."""
    import ctypes

    loaded = []
    for name in RUNTIME:
        try:
            chosen = newest(_places(name))
            if chosen is not None:
                ctypes.WinDLL(str(chosen))  # type: ignore[attr-defined]
                loaded.append(chosen)
        except OSError as error:
            log.warning("%s cannot be loaded, and each package takes what it finds: %s", name, error)
    return loaded


def newest(files: Iterable[Path]) -> Path | None:
    """Return the file of the highest version; of equal ones the first."""
    return max(((version_of(file), -place, file) for place, file in enumerate(files)), default=((), 0, None))[2]


def version_of(file: Path) -> tuple[int, int, int, int]:
    """Return the version that a program or library of Windows carries; zeros where it carries none."""
    content = file.read_bytes()
    start = content.find(_FIXED_FILE_INFO)
    numbers = content[start + 8 : start + 16]
    if start < 0 or len(numbers) < 8:
        return 0, 0, 0, 0
    minor, major, build, patch = struct.unpack("<HHHH", numbers[:4] + numbers[6:8] + numbers[4:6])
    return major, minor, build, patch


def _places(name: str) -> Iterator[Path]:
    """Yield the files of this name: the system's, then those of packages, which are not imported for it."""
    folders = [Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"]
    for package, below in BROUGHT_BY.items():
        found = importlib.util.find_spec(package)
        if found is not None and found.origin:
            folders.append(Path(found.origin).parent / below)
    yield from (folder / name for folder in folders if (folder / name).is_file())

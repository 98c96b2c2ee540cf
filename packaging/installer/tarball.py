"""The packed folder as one .tar.gz, for a Linux that knows no .deb."""

from __future__ import annotations

import platform
import tarfile
from collections.abc import Callable
from pathlib import Path

from release import LINUX, ROOT, release


def write(folder: Path, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Write the archive of the packed ``folder`` into ``out``; everything in it lies below one folder."""
    name = f"hotelml-{release()}-linux-{platform.machine()}"
    archive = out / f"{name}.tar.gz"
    say(f"writing {archive}")
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        tar.add(folder, name, filter=_of_root)
        for part in (
            LINUX / "hotelml.service",
            ROOT / "resources" / "hotelml.desktop",
            ROOT / "resources" / "icons" / "hotelml.svg",
        ):
            tar.add(part, f"{name}/share/{part.name}", filter=_of_root)
    return [archive]


def _of_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Forget who built it."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member

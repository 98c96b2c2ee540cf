"""A .deb: the packed folder below /opt, the command, the menu entry, and a service that IT may switch on."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from release import LINUX, ROOT, SUMMARY, release

sys.path.insert(0, str(ROOT / "packaging"))

from system_libraries import LIBRARIES

RESOURCES = ROOT / "resources"
PLACE = Path("opt/hotelml")
SCRIPTS = ("postinst", "prerm", "postrm")
DESCRIPTION = """\
Description: {summary}
 HotelML reads the exports of a hotel's PMS, learns from the hotel's own bookings and tells how full each night will be,
 who may not come, which rate to charge, which room to give and what guests say. It works with no network at all.
"""
COPYRIGHT = """\
HotelML: Apache-2.0, see /opt/hotelml/_internal/LICENSE or /usr/share/common-licenses/Apache-2.0.
The licences of the packages inside lie beside them, in /opt/hotelml/_internal/*.dist-info.
"""


def write(folder: Path, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Write the .deb of the packed ``folder`` into ``out``; nothing where this system has no dpkg-deb."""
    if shutil.which("dpkg-deb") is None:
        say("no .deb: this system has no dpkg-deb")
        return []
    tree = folder.parent / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(folder, tree, architecture())
    package = out / f"hotelml_{release()}_{architecture()}.deb"
    say(f"writing {package}; this takes a few minutes")
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", str(tree), str(package)], check=True, stdout=subprocess.DEVNULL)
    return [package]


def architecture() -> str:
    """Return what Debian calls this machine's kind."""
    asked = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return asked.stdout.strip()


def lay_out(folder: Path, tree: Path, kind: str) -> None:
    """Lay out below ``tree`` what the package holds. The program's files are linked, not copied: they are a gigabyte."""
    shutil.copytree(folder, tree / PLACE, symlinks=True, copy_function=_link)
    for source, place in (
        (RESOURCES / "hotelml.desktop", "usr/share/applications/hotelml.desktop"),
        (RESOURCES / "icons" / "hotelml.svg", "usr/share/icons/hicolor/scalable/apps/hotelml.svg"),
        (RESOURCES / "icons" / "hotelml.png", "usr/share/icons/hicolor/256x256/apps/hotelml.png"),
        (LINUX / "hotelml.service", "usr/lib/systemd/system/hotelml.service"),
        (ROOT / "README.md", "usr/share/doc/hotelml/README.md"),
    ):
        (tree / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, tree / place)
    (tree / "usr/share/doc/hotelml/copyright").write_text(COPYRIGHT, encoding="utf-8")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/hotelml").symlink_to(f"/{PLACE}/hotelml")
    _describe(tree, kind)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def _describe(tree: Path, kind: str) -> None:
    """Write what dpkg reads: the control file, the checksums and the scripts."""
    about = tree / "DEBIAN"
    about.mkdir()
    (about / "control").write_text(control(tree, kind), encoding="utf-8")
    lines = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in _files(tree)]
    (about / "md5sums").write_text("".join(lines), encoding="utf-8")
    for name in SCRIPTS:
        shutil.copyfile(LINUX / name, about / name)
        (about / name).chmod(0o755)


def _files(tree: Path) -> Iterator[Path]:
    return (path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts)


def control(tree: Path, kind: str) -> str:
    """Return the control file. What only the window needs is recommended: a server without a screen does without."""
    size = sum(path.stat().st_size for path in _files(tree)) // 1024
    inside = tree / PLACE / "_internal"
    outside = sorted({library.apt for library in LIBRARIES if not (inside / library.soname).exists()})
    fields = {
        "Package": "hotelml",
        "Version": release(),
        "Architecture": kind,
        "Maintainer": "The HotelML authors <hotelml@localhost>",
        "Section": "misc",
        "Priority": "optional",
        "Installed-Size": str(size),
        "Depends": f"libc6 (>= {platform.libc_ver()[1]})",
        "Recommends": ", ".join(outside),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value) + DESCRIPTION.format(summary=SUMMARY)

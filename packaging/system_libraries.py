"""The shared libraries Qt needs on Linux: look for each, install what is missing where that is allowed."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Library:
    """A shared library and the package that holds it, by package system."""

    soname: str
    apt: str
    dnf: str
    zypper: str


LIBRARIES = (
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "libglib-2_0-0"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "Mesa-libGL1"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "Mesa-libEGL1"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon0"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "libdbus-1-3"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libX11-xcb1"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11-0"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "libxcb-cursor0"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "libxcb-icccm4"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "libxcb-image0"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "libxcb-keysyms1"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "libxcb-render-util0"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb-shape0"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb-xkb1"),
)

INSTALLERS = {
    "apt": ("apt-get", ["apt-get", "install", "-y", "--no-install-recommends"]),
    "dnf": ("dnf", ["dnf", "install", "-y"]),
    "zypper": ("zypper", ["zypper", "--non-interactive", "install"]),
}


def missing(libraries: tuple[Library, ...] = LIBRARIES) -> list[Library]:
    """Return the libraries that the loader cannot find."""
    absent = []
    for library in libraries:
        try:
            ctypes.CDLL(library.soname)
        except OSError:
            absent.append(library)
    return absent


def package_system() -> str | None:
    """Return the name of this machine's package system, or None where it is none of ours."""
    return next((name for name, (tool, _) in INSTALLERS.items() if shutil.which(tool)), None)


def install_command(absent: list[Library], system: str) -> list[str]:
    """Return the command that installs the packages holding ``absent``."""
    packages = sorted({getattr(library, system) for library in absent})
    return [*INSTALLERS[system][1], *packages]


def install_or_explain(say: Callable[[str], None]) -> None:
    """Install missing libraries as root, or say which command would; never fails the set-up by itself."""
    if not sys.platform.startswith("linux"):
        return
    absent = missing()
    if not absent:
        say("system libraries for the window: all there")
        return
    say("missing system libraries: " + ", ".join(library.soname for library in absent))
    system = package_system()
    if system is None:
        say("install the packages that hold them with your system's package tool")
        return
    command = install_command(absent, system)
    if os.geteuid() != 0:
        say("run this once as root, then start again if the window does not open:  sudo " + " ".join(command))
        return
    if system == "apt":
        _run(["apt-get", "update", "-qq"], say)
    _run(command, say)
    still = missing()
    if still:
        say("still missing: " + ", ".join(library.soname for library in still) + "; the window may not open")


def _run(command: list[str], say: Callable[[str], None]) -> None:
    say("running " + " ".join(command))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if result.returncode:
        say(f"that ended with code {result.returncode}: {result.stderr.strip()[-400:]}")

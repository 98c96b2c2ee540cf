"""A set-up program for Windows by NSIS, or a .zip of the same folder where that is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from release import ROOT, release

SCRIPT = Path(__file__).with_name("windows") / "hotelml.nsi"


def write(folder: Path, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Write the set-up program of the packed ``folder`` into ``out``."""
    name = f"hotelml-{release()}-windows"
    compiler = _compiler()
    if compiler is None:
        say("NSIS 3 is not installed (winget install NSIS.NSIS): a .zip is written instead")
        return [Path(shutil.make_archive(str(out / name), "zip", folder.parent, folder.name))]
    setup = out / f"{name}-setup.exe"
    defined = {"VERSION": release(), "FOLDER": folder, "PROJECT": ROOT, "OUT": setup.resolve()}
    say(f"writing {setup.name}; this takes a few minutes")
    subprocess.run([str(compiler), "-V2", *(f"-D{key}={value}" for key, value in defined.items()), str(SCRIPT)], check=True)
    return [setup]


def _compiler() -> Path | None:
    """Return NSIS' compiler, on the PATH or where it installs itself."""
    found = shutil.which("makensis")
    places = [os.environ[name] for name in ("ProgramFiles(x86)", "ProgramFiles") if name in os.environ]
    usual = [Path(place) / "NSIS" / "makensis.exe" for place in places]
    return Path(found) if found else next((path for path in usual if path.is_file()), None)

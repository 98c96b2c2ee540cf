"""A set-up program for Windows by Inno Setup, or a .zip of the same folder where that is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from release import ROOT, release

SCRIPT = Path(__file__).with_name("windows") / "hotelml.iss"


def write(folder: Path, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Write the set-up program of the packed ``folder`` into ``out``."""
    name = f"hotelml-{release()}-windows"
    compiler = _compiler()
    if compiler is None:
        say("Inno Setup 6 is not installed (winget install JRSoftware.InnoSetup): a .zip is written instead")
        return [Path(shutil.make_archive(str(out / name), "zip", folder.parent, folder.name))]
    defined = {"Version": release(), "Folder": folder, "Project": ROOT, "Out": out, "Name": f"{name}-setup"}
    say(f"writing {name}-setup.exe; this takes a few minutes")
    subprocess.run([str(compiler), "/Qp", *(f"/D{key}={value}" for key, value in defined.items()), str(SCRIPT)], check=True)
    return [out / f"{name}-setup.exe"]


def _compiler() -> Path | None:
    """Return Inno Setup's compiler, on the PATH or where it installs itself."""
    found = shutil.which("ISCC.exe")
    places = [os.environ.get(name) for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")]
    usual = [Path(place) / sub / "Inno Setup 6" / "ISCC.exe" for place in places if place for sub in ("", "Programs")]
    return Path(found) if found else next((path for path in usual if path.is_file()), None)

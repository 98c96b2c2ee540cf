#!/usr/bin/env python3
"""Make what a hotel's PC installs without a network: one file with HotelML, its Python and every package.

    python3 packaging/bootstrap.py package [--out DIR] [--untried]

On Linux it writes a .deb and a .tar.gz with the same folder, on Windows a set-up program where Inno Setup is
installed. Before that the packed program is tried in an empty home, with no network where the system can take it away:
it invents a hotel, imports, trains all modules, predicts and draws every page. Run it on the oldest system it is to
serve; a package is for the kind of system it was made on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import debian
import tarball
import trial
import windows

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("hotelml.spec")
WORK = ROOT / "build"
"""PyInstaller's own files, and the folder it makes."""


def say(text: str) -> None:
    """Print one step, at once."""
    print(f"[hotelml] {text}", flush=True)


def freeze() -> Path:
    """Build the folder with the program in it; return it."""
    say("packing HotelML, its Python and its packages; this takes a few minutes")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    made = WORK / "packed"
    subprocess.run([*command, "--distpath", str(made), "--workpath", str(WORK / "pyinstaller"), str(SPEC)], cwd=ROOT, check=True)
    return made / "hotelml"


def packages(folder: Path, out: Path) -> list[Path]:
    """Write the packages of this system; return them."""
    out.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        return windows.write(folder, out, say)
    return [*debian.write(folder, out, say), *tarball.write(folder, out, say)]


def main(arguments: list[str]) -> int:
    """Build, try and pack; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="bootstrap.py package", description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder for the packages (dist)")
    parser.add_argument("--untried", action="store_true", help="do not try the packed program first")
    wanted = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        folder = freeze()
        if not wanted.untried:
            trial.run(folder, say)
        made = packages(folder, wanted.out)
    except (subprocess.SubprocessError, OSError, trial.TrialError) as error:
        print(f"[hotelml] no package was made: {error}", file=sys.stderr, flush=True)
        return 1
    for package in made:
        say(f"{package}: {package.stat().st_size / 1e6:,.0f} MB")
    say(f"done in {time.monotonic() - started:,.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Make what a hotel's PC installs without a network: one file with HotelML, its Python and every package.

    python3 packaging/bootstrap.py package [--out DIR] [--untried] [--sign-with KEY] [--keys FILE]

On Linux it writes a .deb and a .tar.gz with the same folder, on Windows a set-up program where NSIS is
installed. Before that the packed program is tried in an empty home, with no network where the system can take it away:
it invents a hotel, imports, trains all modules, predicts and draws every page. Run it on the oldest system it is to
serve; a package is for the kind of system it was made on. With --sign-with each package gets its signature beside it, so
that it can be taken as an update; see "bootstrap.py sign".
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

import debian
import signing
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


def freeze(keys: Path) -> Path:
    """Build the folder with the program in it, which takes updates signed by one of ``keys``; return it."""
    WORK.mkdir(exist_ok=True)
    shutil.copyfile(keys, WORK / signing.KEYS.name)
    trusted = len(signing.keys_in(keys.read_text(encoding="utf-8")))
    say(f"keys in {keys} whose updates it will take: {trusted or 'none, so it will take no update'}")
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
    parser.add_argument("--sign-with", type=Path, metavar="KEY", help="the private key that signs the packages")
    parser.add_argument("--keys", type=Path, default=signing.KEYS, help="the public keys whose updates the program takes")
    wanted = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        # A key that cannot be used is told before half an hour of work, not after.
        key = signing.private_key(wanted.sign_with, wanted.keys) if wanted.sign_with else None
        folder = freeze(wanted.keys)
        if not wanted.untried:
            trial.run(folder, say)
        made = packages(folder, wanted.out)
        if key is not None:
            made += [signing.sign(package, key) for package in made]
    except (subprocess.SubprocessError, OSError, trial.TrialError, signing.SigningError) as error:
        print(f"[hotelml] no package was made: {error}", file=sys.stderr, flush=True)
        return 1
    for package in made:
        say(f"{package}: {package.stat().st_size / 1e6:,.1f} MB")
    say(f"done in {time.monotonic() - started:,.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

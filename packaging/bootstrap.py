#!/usr/bin/env python3
"""Set HotelML up on a bare machine and start it: needs Python 3.11 or newer and nothing else.

    python3 packaging/bootstrap.py run [ARGS]    set up, then "hotelml demo" (or "hotelml ARGS")
    python3 packaging/bootstrap.py test [ARGS]   set up, then every check: format, lint, types, floors, tests (ARGS go to pytest)
    python3 packaging/bootstrap.py benchmark [NAME...]    set up, then HotelML beside its peers, as a table (--json for machines)
    python3 packaging/bootstrap.py package       set up, then one file that a PC without a network installs
    python3 packaging/bootstrap.py sign ARGS     set up, then make the key that signs updates, or sign packages (see sign --help)
    python3 packaging/bootstrap.py setup         set up only

Everything it does is printed before it is done. It creates .venv beside this project, installs the packages named in
pyproject.toml at the versions in packaging/constraints.txt, and on Linux the system libraries that Qt needs, where it
may; otherwise it prints the one command to run as root. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from system_libraries import install_or_explain

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
OLDEST_PYTHON = (3, 11)
WINDOWS = "win-amd64"
"""JAX is made for no other Windows; one on Arm runs this Python as well."""

EXTRAS = {
    "run": "train",
    "setup": "train",
    "test": "train,dev",
    "benchmark": "train,dev",
    "package": "train,package",
    "sign": "train",
}
SCRIPTS = {
    "test": "packaging/check.py",
    "benchmark": "tests/benchmarks/run.py",
    "package": "packaging/installer/build.py",
    "sign": "packaging/installer/signing.py",
}


def say(text: str) -> None:
    """Print one step, at once."""
    print(f"[hotelml] {text}", flush=True)


def venv_python() -> Path:
    """Return the interpreter inside the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stop(text: str) -> None:
    """End with a message and exit code 1."""
    print(f"[hotelml] {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def require_python() -> None:
    """Hand over to a newer interpreter on the PATH where this one is too old."""
    if os.name == "nt" and sysconfig.get_platform() != WINDOWS:
        stop(f"this Python is for {sysconfig.get_platform()}; HotelML's packages want the 64-bit one for Intel and AMD (x64)")
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in ("python3.13", "python3.12", "python3.11", "python3.14"):
        found = shutil.which(name)
        # What version managers put on the PATH is there for each version they have, and starts only the one that is chosen.
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            say(f"this is Python {sys.version.split()[0]}; going on with {found}")
            if os.name == "nt":
                # There execv would end this process at once and lose the exit code, and quotes in what it was told.
                raise SystemExit(subprocess.run([found, *sys.argv], check=False).returncode)
            os.execv(found, [found, *sys.argv])
    source = "python.org, then type py in place of python" if os.name == "nt" else "python.org or your system's packages"
    stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Install it from {source}.")


def wanted_state(extras: str) -> str:
    """Return what an up-to-date environment is stamped with: the declared packages and the interpreter."""
    declared = (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()
    return f"{hashlib.sha256(declared).hexdigest()} {sysconfig.get_platform()} {sys.version_info[:3]} [{extras}]"


def takes_packages() -> bool:
    """Return whether .venv is whole: no second try mends one without pip, as its making was cut off, or of an older Python."""
    if not venv_python().exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    asked = subprocess.run([str(venv_python()), "-c", question], capture_output=True, check=False)
    return asked.returncode == 0


def create_environment() -> None:
    """Create .venv, with a plain word where the system's Python cannot."""
    say(f"creating a virtual environment in {VENV}")
    try:
        import venv

        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    except ImportError as error:
        stop(f"this Python lacks a part of itself ({error}), as the embeddable one does; install the full one from python.org")
    except ValueError as error:
        stop(f"could not create it ({error}). Move this folder to a place without that sign, and run the same command there.")
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(f"could not create it ({error}). {_how_to_get_venv(error)}")


def _how_to_get_venv(error: subprocess.CalledProcessError | OSError) -> str:
    if os.name == "nt":
        return "Close programs that use that folder, check that there is room, and run the same command again."
    if isinstance(error, OSError):
        return "Check that it may be written to and that there is room, and run the same command again."
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"On Debian or Ubuntu run as root: apt-get install -y python{version}-venv"


def install_packages(extras: str) -> None:
    """Install the project and its packages, once for each state of pyproject.toml and the constraints, and for each place."""
    stamp, wanted, here = VENV / "hotelml-installed.txt", wanted_state(extras), ascii(str(ROOT))
    told = stamp.read_text(encoding="utf-8", errors="replace") if venv_python().exists() and stamp.exists() else ""
    state, _, place = told.partition("\n")
    up_to_date = state in [wanted_state(one) for one in EXTRAS.values() if set(extras.split(",")) <= set(one.split(","))]
    if up_to_date and place in ("", here):
        say("packages are up to date")
        return
    if not takes_packages():
        create_environment()
    say(f"installing HotelML and its packages ({extras}); the first time takes a few minutes")
    command = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", "-q"]
    # Where pip is set to install for the user alone, it would refuse to install into an environment.
    result = subprocess.run(
        [*command, "-c", str(CONSTRAINTS), "-e", f"{ROOT}[{extras}]"], check=False, env={**os.environ, "PIP_USER": "0"}
    )
    if result.returncode and up_to_date:
        say("pip could not note that this folder was moved: HotelML runs when started here, but will not start at sign-in")
        return
    if result.returncode:
        stop("pip could not install the packages; its own message is above. Run the same command again when that is mended.")
    stamp.write_text(f"{wanted}\n{here}", encoding="utf-8")


def compile_code() -> None:
    """Compile the project's own code, which pip leaves alone, lest the window stands still while a page is first opened."""
    say("compiling HotelML's own code where it changed")
    command = [str(venv_python()), "-m", "compileall", "-q", "-j", "0", str(ROOT / "hotelml_app")]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        say("the code could not be compiled ahead (is the folder read-only?); pages open a little later the first time")


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Where the output goes to a file, Windows' code page may not know the letters of a folder's name.
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")
    if not arguments or arguments[0] not in EXTRAS:
        print(__doc__)
        return 0 if arguments in ([], ["-h"], ["--help"]) else 2
    task, rest = arguments[0], arguments[1:]
    require_python()
    install_or_explain(say)
    install_packages(EXTRAS[task])
    compile_code()
    if task == "setup":
        # There, python3 opens the Microsoft Store.
        say(f"ready: {'py' if os.name == 'nt' else 'python3'} packaging/bootstrap.py run")
        return 0
    if task == "run":
        command = [str(venv_python()), "-m", "hotelml_app", *(rest or ["demo"])]
    else:
        command = [str(venv_python()), str(ROOT / SCRIPTS[task]), *rest]
    say("running " + " ".join(command[1:]))
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("[hotelml] stopped; the same command goes on from here", file=sys.stderr, flush=True)
        raise SystemExit(130) from None

"""The set-up script must work with nothing but a plain Python."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
SCRIPTS = ("bootstrap.py", "system_libraries.py", "check.py")


@pytest.mark.parametrize("script", SCRIPTS)
def test_set_up_needs_the_standard_library_alone(script: str) -> None:
    tree = ast.parse((PACKAGING / script).read_text(encoding="utf-8"))
    imported = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    own = {Path(name).stem for name in SCRIPTS}
    assert imported <= set(sys.stdlib_module_names) | own


def test_an_unknown_task_is_answered_with_the_manual_and_exit_code_2() -> None:
    result = subprocess.run([sys.executable, PACKAGING / "bootstrap.py", "fly"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "bootstrap.py run" in result.stdout


def test_missing_libraries_are_named_with_the_command_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import system_libraries

    ghost = system_libraries.Library("libno-such-thing.so.9", "libno9", "libno", "libno9")
    assert system_libraries.missing((ghost,)) == [ghost]
    assert system_libraries.install_command([ghost], "apt") == ["apt-get", "install", "-y", "--no-install-recommends", "libno9"]
    assert system_libraries.install_command([ghost], "dnf")[-1] == "libno"


def test_constraints_pin_every_direct_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["train"], *project["optional-dependencies"]["dev"]]
    names = {d.split(">")[0].split("=")[0].split("[")[0].lower().replace("_", "-") for d in declared}
    pins = (PACKAGING / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {p.split("==")[0].lower().replace("_", "-") for p in pins if "==" in p}
    assert names <= pinned, f"not pinned: {sorted(names - pinned)}"


def test_the_code_is_compiled_ahead_and_what_cannot_be_is_no_obstacle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    code = tmp_path / "hotelml_app" / "one.py"
    code.parent.mkdir()
    code.write_text("ONE = 1\n", encoding="utf-8")
    bootstrap.compile_code()
    assert len(list(tmp_path.rglob("one.*.pyc"))) == 1
    code.write_text("ONE = \n", encoding="utf-8")
    os.utime(code, (0, 0))
    bootstrap.compile_code()
    assert "could not be compiled" in capsys.readouterr().out


def test_an_environment_whose_making_was_cut_off_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(bootstrap.VENV)
    done: list[str] = []
    ask = subprocess.run

    def run(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        if "install" not in command:
            return ask(command, **how)  # type: ignore[call-overload, no-any-return]
        done.append("installed")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    monkeypatch.setattr(bootstrap, "create_environment", lambda: done.append("made"))
    bootstrap.install_packages("train")
    assert done == ["made", "installed"]


def test_an_environment_of_a_python_that_is_too_old_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    assert bootstrap.takes_packages()
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    assert not bootstrap.takes_packages()


def test_a_pip_that_is_set_to_install_for_the_user_alone_installs_into_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    told: list[str] = []

    def run(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        told.append(dict(how.get("env") or os.environ).get("PIP_USER", ""))  # type: ignore[call-overload]
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "takes_packages", lambda: True)
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    bootstrap.install_packages("train")
    assert told == ["0"]


def test_a_stamp_that_was_damaged_says_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "takes_packages", lambda: True)
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0))
    stamp = tmp_path / "hotelml-installed.txt"
    stamp.write_bytes(b"\xff\x00")
    bootstrap.install_packages("train")
    assert bootstrap.wanted_state("train") in stamp.read_text(encoding="utf-8")


@pytest.mark.parametrize("network", [True, False])
def test_packages_are_told_that_their_folder_was_moved(
    network: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Started elsewhere, as at sign-in, Python would look for HotelML where it was; here it runs without a network as well."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    told: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        told.append(command[-1])
        return subprocess.CompletedProcess(command, 0 if network or len(told) == 1 else 1)

    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "takes_packages", lambda: True)
    monkeypatch.setattr(bootstrap, "wanted_state", lambda extras: f"as it is [{extras}]")
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    for folder in ("old place", "old place", "new place"):
        monkeypatch.setattr(bootstrap, "ROOT", tmp_path / folder)
        bootstrap.install_packages("train")
    assert told == [f"{tmp_path / 'old place'}[train]", f"{tmp_path / 'new place'}[train]"]
    assert ("will not start at sign-in" in capsys.readouterr().out) != network


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (ValueError("it contains the PATH separator :"), "Move this folder"),
        (OSError(28, "No space left on device"), "there is room"),
        (subprocess.CalledProcessError(1, "ensurepip"), "apt-get install -y python3."),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="there the words are others")
def test_what_keeps_an_environment_from_being_made_is_told_with_what_to_do_about_it(
    error: Exception, remedy: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(venv.EnvBuilder, "create", fail)
    with pytest.raises(SystemExit):
        bootstrap.create_environment()
    told = capsys.readouterr().err
    assert str(error) in told
    assert remedy in told
    assert ("apt-get" in remedy) == ("apt-get" in told)


@pytest.mark.skipif(os.name == "nt", reason="programs there are no scripts")
def test_a_python_that_is_too_old_hands_over_to_any_newer_one_that_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    went_on: list[str] = []
    for name, code in (("python3.14", 0), ("python3.13", 127)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(bootstrap.os, "execv", lambda program, arguments: went_on.append(program))
    with pytest.raises(SystemExit):
        bootstrap.require_python()  # a program that hands over does not come back
    assert went_on == [str(tmp_path / "python3.14")]


def test_a_python_without_all_of_its_library_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setitem(sys.modules, "venv", None)
    with pytest.raises(SystemExit):
        bootstrap.create_environment()
    assert "install the full one" in capsys.readouterr().err


def test_a_folder_with_letters_that_the_code_page_lacks_ends_no_set_up() -> None:
    words = "import sys; sys.path.insert(0, sys.argv.pop(1)); import bootstrap as it"
    setup = "it.install_or_explain = lambda say: say('C:/Users/Łukasz/朝')"
    setup += "; it.install_packages = lambda extras: None; it.compile_code = lambda: None"
    command = [sys.executable, "-c", f"{words}; {setup}; it.main(['setup'])", str(PACKAGING)]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    result = subprocess.run(command, capture_output=True, encoding="cp1252", env=environment, check=False)
    assert "\\u0141ukasz" in result.stdout
    assert "[hotelml] ready" in result.stdout


def test_on_windows_a_newer_python_is_waited_for_and_its_exit_code_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    newer = r"C:\Program Files\Python\python3.12.exe"
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: newer if name == "python3.12" else None)
    monkeypatch.setattr(bootstrap, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(bootstrap.sysconfig, "get_platform", lambda: "win-amd64")
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        if command == [newer, "-c", ""]:
            return SimpleNamespace(returncode=0)
        ran.append(command)
        return SimpleNamespace(returncode=3)

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["packaging/bootstrap.py", "run", "--home", r"D:\Front Office"])
    with pytest.raises(SystemExit) as ended:
        bootstrap.require_python()
    assert ended.value.code == 3
    assert ran == [[newer, "packaging/bootstrap.py", "run", "--home", r"D:\Front Office"]]


@pytest.mark.parametrize("kind", ["win32", "win-arm64"])
def test_a_python_that_the_packages_are_not_made_for_is_told_before_anything_is_done(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import bootstrap

    monkeypatch.setattr(bootstrap, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(bootstrap.sysconfig, "get_platform", lambda: kind)
    with pytest.raises(SystemExit):
        bootstrap.require_python()
    assert f"this Python is for {kind}" in capsys.readouterr().err


def test_no_system_gets_other_bytes_than_were_kept() -> None:
    """On Windows git turns line ends unless told otherwise, and a model's checksum would not be that of its files."""
    assert "* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    sealed = [*(ROOT / "models").glob("*/*.json")]
    assert sealed
    assert not [path for path in sealed if b"\r" in path.read_bytes()]

"""The set-up script must work with nothing but a plain Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

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

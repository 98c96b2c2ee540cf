"""What is tried on Windows' Python is this project with all it needs, though nothing of it can be started here."""

from __future__ import annotations

import importlib
import os
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def through_wine(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "wine"))
    return importlib.import_module("through_wine")


def test_every_package_of_the_program_and_its_tests_is_fetched_once(through_wine: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fetched = through_wine._requirements()
    for one in (*project["dependencies"], *project["optional-dependencies"]["train"]):
        assert one.partition(";")[0] in fetched or "python_version <" in one
    assert sum(one.startswith("PySide6") for one in fetched) == 1
    assert not [one for one in fetched if one.startswith(("mypy", "ruff")) or ";" in one]


def test_the_mathematics_of_its_own_takes_the_place_of_a_name_as_long(through_wine: ModuleType) -> None:
    """Programs are pointed to it by writing over the name, and nothing behind it may move."""
    assert len(through_wine.OWN_MATH) == len(through_wine.MATH)
    assert {"creal", "crealf", "creall", "cpowf", "cabs", "csqrtl"} <= through_wine._own_names()


@pytest.mark.skipif(sys.platform == "win32", reason="there Windows is at hand")
def test_without_root_it_says_why_it_needs_it(
    through_wine: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert through_wine.main(["prepare"]) == 1
    assert "root" in capsys.readouterr().err
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert through_wine.main(["anything"]) == 2
    assert "prepare" in capsys.readouterr().err

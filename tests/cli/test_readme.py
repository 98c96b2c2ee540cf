"""What the README promises of the command line exists, and what exists is in the README."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from hotelml_app.__main__ import main

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
PROMISED = sorted(set(re.findall(r"`hotelml ([a-z]+)", README)))
BELOW = (
    *("models list", "monitor report", "monitor replay", "notify test", "properties merge", "handover read", "handover write"),
)


@cache
def help_of(command: str) -> str:
    """What a command says of itself; each is asked once."""
    said = StringIO()
    with redirect_stdout(said):
        assert main([*command.split(), "--help"]) == 0
    return said.getvalue()


def test_the_readme_names_commands() -> None:
    assert {"import", "train", "predict", "serve", "demo", "status"} <= set(PROMISED)


@pytest.mark.parametrize("command", PROMISED)
def test_a_promised_command_is_there_and_explains_itself(command: str) -> None:
    said = help_of(command)
    assert "--json" in said
    assert "--home" in said


def test_no_command_is_kept_from_the_reader() -> None:
    listed = help_of("").partition("Commands:")[2]
    names = {line.split()[0] for line in listed.splitlines() if re.match(r"  [a-z]", line)}
    assert names
    assert names <= set(PROMISED)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z-]+)", README))))
def test_a_promised_option_belongs_to_some_command(option: str) -> None:
    assert any(option in help_of(command) for command in (*PROMISED, *BELOW))

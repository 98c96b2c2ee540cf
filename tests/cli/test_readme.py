"""What the README promises of the command line exists, and what exists is in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hotelml_app.__main__ import main

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
PROMISED = sorted(set(re.findall(r"`hotelml ([a-z]+)", README)))


def test_the_readme_names_commands() -> None:
    assert {"import", "train", "predict", "serve", "demo", "status"} <= set(PROMISED)


@pytest.mark.parametrize("command", PROMISED)
def test_a_promised_command_is_there_and_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "--json" in said
    assert "--home" in said


def test_no_command_is_kept_from_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out.partition("Commands:")[2]
    names = {line.split()[0] for line in listed.splitlines() if re.match(r"  [a-z]", line)}
    assert names
    assert names <= set(PROMISED)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z-]+)", README))))
def test_a_promised_option_belongs_to_some_command(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for command in PROMISED:
        main([command, "--help"])
        found.append(option in capsys.readouterr().out)
    main(["models", "list", "--help"])
    main(["monitor", "report", "--help"])
    main(["monitor", "replay", "--help"])
    main(["notify", "test", "--help"])
    main(["properties", "merge", "--help"])
    main(["handover", "read", "--help"])
    main(["handover", "write", "--help"])
    assert any(found) or option in capsys.readouterr().out

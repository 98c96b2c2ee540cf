"""A command that must fail, and what it may not have changed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hotelml_app.__main__ import main

Captured = pytest.CaptureFixture[str]


def failure(capsys: Captured, arguments: list[str], code: int) -> str:
    """Run a command that must fail and return its one sentence; with --json the same must come as one object."""
    assert main(arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1, told.err
    assert "Traceback" not in told.err
    assert main([*arguments, "--json"]) == code
    as_json = capsys.readouterr()
    assert as_json.err == ""
    answer = json.loads(as_json.out)
    assert answer["error"]
    assert answer["message"]
    assert " ".join(str(answer["message"]).split()) in told.err
    return told.err


def bookings_known(home: Path) -> int:
    with closing(sqlite3.connect(home / "hotelml.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM bookings").fetchone()[0])

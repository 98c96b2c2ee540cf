"""``hotelml signin``, and a window that starts out of sight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hotelml_app.__main__ import main
from hotelml_app.services.asking.home_owner import running
from hotelml_app.services.asking.loopback import Address, LoopbackRunner, write_address
from hotelml_app.services.errors import NothingToShowError
from hotelml_app.settings.home import HomeLayout


def test_the_switch_is_thrown_and_told_by_status_and_doctor(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, state in (([], "off"), (["on"], "on"), ([], "on"), (["off"], "off")):
        assert main(["signin", *words, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["state"] == state
        main(["status", "--json"])
        assert json.loads(capsys.readouterr().out)["sign_in"] == told
        main(["doctor", "--json"])
        checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
        assert (checks["Start at sign-in"]["found"], checks["Start at sign-in"]["state"]) == (told["sentence"], "ok")


@pytest.mark.skipif(sys.platform == "win32", reason="an entry as Linux has it")
def test_people_read_one_line_of_it(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["signin", "on"])
    told = capsys.readouterr().out
    assert told == "HotelML starts when you sign in to this PC, with its window out of sight.\n"
    main(["status"])
    assert told in capsys.readouterr().out
    entry = tmp_path / "config/autostart/hotelml.desktop"
    entry.write_text(f"[Desktop Entry]\nExec={tmp_path}/gone gui\n", encoding="utf-8")
    main(["status"])
    assert f"{tmp_path}/gone is no longer there, so nothing starts. Switch it on again" in capsys.readouterr().out
    main(["doctor", "--json"])
    states = {check["name"]: check["state"] for check in json.loads(capsys.readouterr().out)["checks"]}
    assert states["Start at sign-in"] == "warning"


def test_any_other_word_is_refused(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signin", "maybe"]) == 2
    assert "on or off" in capsys.readouterr().err
    assert not (tmp_path / "config").exists()


def test_a_hidden_start_beside_a_running_one_leaves_its_window_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    class Running:
        def ask(self, name: str, _: object) -> dict[str, object]:
            asked.append(name)
            return {"sentence": "Brought to the front."}

    monkeypatch.setattr("hotelml_app.services.asking.home_owner.running", lambda _: Running())
    (home / "run").mkdir()
    (home / "run/api.json").write_text("{}", encoding="utf-8")
    assert main(["gui", "--hidden"]) == 0
    assert (capsys.readouterr().out, asked) == ("HotelML runs on this home already.\n", [])
    assert main(["gui"]) == 0
    assert (capsys.readouterr().out, asked) == ("Brought to the front.\n", ["window.show"])


def test_who_started_by_an_icon_reads_in_a_window_why_the_running_one_shows_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Serving:
        def ask(self, name: str, _: object) -> dict[str, object]:
            raise NothingToShowError("HotelML already runs on this home, but without a window.")

    opened: list[Path] = []
    monkeypatch.setattr("hotelml_app.services.asking.home_owner.running", lambda _: Serving())
    monkeypatch.setattr("hotelml_app.bootstrap.open_window", lambda layout, _: opened.append(layout.home) or 1)
    (home / "run").mkdir()
    (home / "run/api.json").write_text("{}", encoding="utf-8")
    assert main(["gui"]) == 1
    assert "without a window" in capsys.readouterr().err
    assert opened == []
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main(["gui"]) == 1
    assert opened == [home]


def test_on_windows_nobody_is_looked_for_whose_process_is_gone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = HomeLayout(home)
    layout.run.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    asked: list[object] = []
    monkeypatch.setattr(LoopbackRunner, "answers", lambda self: asked.append(self) or True)
    write_address(layout.api_file, Address(1, "key", gone.pid))
    monkeypatch.setattr(sys, "platform", "win32")
    assert running(layout) is None
    assert asked == []
    write_address(layout.api_file, Address(1, "key", os.getpid()))
    assert running(layout) is not None

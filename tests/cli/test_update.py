"""``hotelml update``, as IT brings a newer HotelML to a PC without a network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from signed_updates import CONTENT, DEB, KEY, WINDOWS, package, trust
from small_hotel import open_at_morning

from hotelml_app.__main__ import main
from hotelml_app.services.updates import installing, packages
from hotelml_app.services.updates.signature import SUFFIX

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def trusting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(monkeypatch, tmp_path, KEY)


def told(capsys: Captured) -> dict[str, object]:
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    answer = json.loads(out)
    assert isinstance(answer, dict)
    return answer


def test_an_update_is_taken_told_started_and_gone_once_it_runs(
    hotel_home: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["update"]) == 0
    assert capsys.readouterr().out == "No update waits to be installed.\n"
    assert main(["update", str(package(tmp_path / "usb")), "--json"]) == 0
    taken = told(capsys)
    update = taken["update"]
    assert isinstance(update, dict)
    assert Path(update["file"]).read_bytes() == CONTENT
    assert update["command"] == f"sudo dpkg -i '{update['file']}'"
    assert main(["update", "--json"]) == 0
    assert told(capsys) == taken
    assert main(["status"]) == 0
    said = capsys.readouterr().out
    assert f"HotelML 0.2.0 waits to be installed. {update['next_step']}\n" in said
    assert said.count(update["command"]) == 1
    assert main(["status", "--json"]) == 0
    assert told(capsys)["update"] == update
    main(["doctor"])
    assert f"Update: {update['next_step']}\n" in capsys.readouterr().out
    assert main(["update", "--start", "--json"]) == 0
    started = told(capsys)
    assert Path(str(started["backup"])).stat().st_size > 100_000
    assert str(started["sentence"]).endswith(f"Quit HotelML, then run: {update['command']}")
    monkeypatch.setattr(packages, "this_version", lambda: "0.2.0")
    assert main(["status", "--json"]) == 0
    assert told(capsys)["update"] is None
    assert not list((hotel_home / "updates").iterdir())


def test_where_hotelml_runs_it_takes_the_update_itself(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    with open_at_morning(hotel_home) as appliance:
        appliance.start()
        assert main(["update", str(package(tmp_path / "usb"))]) == 0
        assert appliance.waiting_update() is not None
        assert main(["update", "--discard"]) == 0
        assert appliance.waiting_update() is None
        assert capsys.readouterr().out.endswith("No update waits to be installed.\n")


def test_on_windows_the_set_up_is_started_by_the_command_itself(
    hotel_home: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(monkeypatch, tmp_path, KEY, pc=WINDOWS)
    started: list[str] = []
    monkeypatch.setattr(installing, "launch", lambda view: started.append(Path(view.file).name))
    assert main(["update", str(package(tmp_path / "usb", "hotelml-0.2.0-windows-setup.exe"))]) == 0
    assert "hotelml update --start" in capsys.readouterr().out
    assert main(["update", "--start"]) == 0
    assert "Its set-up was started; quit HotelML for it." in capsys.readouterr().out
    assert started == ["hotelml-0.2.0-windows-setup.exe"]


def test_what_is_not_used_gets_one_sentence_and_exit_code_1(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = package(tmp_path / "usb")
    file.write_bytes(CONTENT[::-1])
    assert main(["update", str(file)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"{DEB} is not what was signed")
    assert said.count("\n") == 1
    file.with_name(f"{DEB}{SUFFIX}").unlink()
    assert main(["update", str(file), "--json"]) == 1
    assert told(capsys)["error"] == "UnsignedUpdateError"
    assert main(["update", "--start"]) == 1
    assert "Take one first: hotelml update FILE" in capsys.readouterr().err
    assert main(["update", str(file), "--start"]) == 2
    assert not list((hotel_home / "updates").iterdir())


def test_a_hand_over_file_brings_it_along(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file, there = str(tmp_path / "city.hotelml"), str(tmp_path / "there")
    assert main(["handover", "write", file, "--update", str(package(tmp_path / "usb")), "--json"]) == 0
    assert told(capsys)["update"] == "0.2.0"
    assert main(["handover", "read", file, "--look", "--json", "--home", there]) == 0
    looked = told(capsys)["update"]
    assert isinstance(looked, dict)
    assert (looked["version"], looked["usable"]) == ("0.2.0", True)
    assert main(["handover", "read", file, "--home", there]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("HotelML 0.2.0: Have the database copied first")
    assert main(["update", "--json", "--home", there]) == 0
    assert last.endswith(str(told(capsys)["update"]["command"]))  # type: ignore[index]
    assert main(["update", file]) == 0, "the update alone"
    assert "HotelML 0.2.0 waits to be installed" in capsys.readouterr().out

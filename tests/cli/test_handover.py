"""``hotelml handover``, as IT moves a hotel from one PC to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from handed_over import learn, names_of
from piping import pipe
from refusals import failure
from small_hotel import NAME, open_at_morning

from hotelml_app.__main__ import main
from hotelml_app.services.handover.archive import opened


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    answer = json.loads(out)
    assert isinstance(answer, dict)
    return answer


def test_a_hotel_is_written_looked_at_and_read(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 1.0)
    file, there = tmp_path / "city.hotelml", tmp_path / "there"
    assert main(["handover", "write", str(file), "--json"]) == 0
    written = told(capsys)
    assert (written["file"], written["models"], written["sealed"]) == (str(file), 1, False)
    assert main(["handover", "read", str(file), "--look", "--home", str(there)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{NAME} up to 27 Feb 2026 with 1 model, written ")
    assert "not sealed: nothing tells who wrote it" in said
    assert main(["handover", "read", str(file), "--look", "--json", "--home", str(there)]) == 0
    looked = told(capsys)
    assert not there.exists()
    assert main(["handover", "read", str(file), "--home", str(there), "--json"]) == 0
    read = told(capsys)
    assert {name: read.get(name) for name in looked} == {**looked, "sentence": read["sentence"]}, "both say the same of it"
    assert (read["at_once"], read["set_aside"], read["models"]) == (True, None, 1)
    assert main(["handover", "read", str(file), "--home", str(there)]) == 0
    assert "What was there is kept in" in capsys.readouterr().out
    (aside,) = (there / "handover").iterdir()
    assert main(["restore", str(aside), "--home", str(there)]) == 0
    assert "is here again, with its models" in capsys.readouterr().out
    with open_at_morning(there) as moved:
        assert names_of(moved) == [NAME]


def test_a_passphrase_is_read_from_stdin_and_never_from_the_command_line(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, there = str(tmp_path / "city.hotelml"), str(tmp_path / "there")
    pipe(monkeypatch, "\n")
    assert main(["handover", "write", file, "--sealed"]) == 2
    pipe(monkeypatch, b"caf\xe9\n")
    assert main(["handover", "write", file, "--sealed"]) == 2
    assert "not written in UTF-8" in capsys.readouterr().err
    pipe(monkeypatch, "blue door\n")
    assert main(["handover", "write", file, "--sealed"]) == 0
    assert main(["handover", "read", file, "--home", there]) == 1
    assert "is sealed: it needs the passphrase" in capsys.readouterr().err
    pipe(monkeypatch, "red door\n")
    assert main(["handover", "read", file, "--sealed", "--home", there]) == 1
    pipe(monkeypatch, "blue door\n")
    assert main(["handover", "read", file, "--sealed", "--home", there]) == 0


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_piped_passphrase_with_umlauts_is_the_one_that_is_typed_elsewhere(
    hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: bytes
) -> None:
    file = tmp_path / "city.hotelml"
    pipe(monkeypatch, mark + "Schlüssel für Zimmer 7\r\n".encode())
    assert main(["handover", "write", str(file), "--sealed"]) == 0
    with opened(file, "Schlüssel für Zimmer 7") as read:
        assert read.sealed


def _status_and_doctor_say(capsys: pytest.CaptureFixture[str], begin: str, *, handover: bool) -> None:
    assert main(["status", "--json"]) == 0
    waits = told(capsys)["next_start"]
    assert waits["handover"] is handover
    assert waits["sentence"].startswith(begin)
    main(["doctor", "--json"])
    (check,) = [one for one in told(capsys)["checks"] if one["name"] == "Next start"]
    assert (check["state"], check["found"]) == ("warning", waits["sentence"])
    assert main(["status"]) == 0
    assert f"{waits['sentence']} {check['remedy']}" in capsys.readouterr().out
    main(["doctor"])
    said = capsys.readouterr().out
    assert begin in said
    assert f"Next start: {check['remedy']}" in said


def test_where_hotelml_runs_the_file_waits_for_its_next_start(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "city.hotelml")
    with open_at_morning(hotel_home) as appliance:
        appliance.start()
        assert main(["handover", "write", file, "--json"]) == 0
        told(capsys)
        assert main(["handover", "read", file, "--json"]) == 0
        answer = told(capsys)
        assert answer["at_once"] is False
        assert "when HotelML starts next" in str(answer["sentence"])
        assert appliance.backups().waiting_handover
        _status_and_doctor_say(capsys, "The hand-over file of", handover=True)
        appliance.put_back_next(Path(appliance.back_up().backups[0].path))
        _status_and_doctor_say(capsys, "The backup of", handover=False)
        appliance.keep_present()
        assert main(["status", "--json"]) == 0
        assert told(capsys)["next_start"] is None
        main(["doctor", "--json"])
        assert "Next start" not in [one["name"] for one in told(capsys)["checks"]]
        appliance.take_over_next(Path(file), "")
    with open_at_morning(hotel_home) as again:
        assert again.status().warnings[0].title == "A hand-over file was read"


def test_what_is_no_hand_over_file_gets_one_sentence(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.hotelml").write_bytes(b"rubbish")
    assert main(["handover", "read", str(tmp_path / "a.hotelml")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("a.hotelml is damaged or was cut off; nothing was changed.")
    assert said.count("\n") == 1
    assert main(["handover", "read", str(tmp_path / "a.hotelml"), "--look", "--json"]) == 1
    assert told(capsys)["error"] == "NotAHandoverError"


def test_without_a_stdin_there_is_no_passphrase(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    file = tmp_path / "hotel.hotelml"
    assert "The passphrase is empty." in failure(capsys, ["handover", "write", str(file), "--sealed"], 2)
    assert not file.exists()

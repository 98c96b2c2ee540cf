"""Rooms and what staff want of them, by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import rows_of

from hotelml_app.__main__ import main


def test_rooms_are_given_with_reasons_and_the_changes_in_plain_words(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rooms.csv"
    assert main(["predict", "allocation", "--out", str(out)]) == 0
    told = capsys.readouterr().err
    assert "No room changes." in told
    assert "There is no better plan." in told
    rows = rows_of(out)
    assert list(rows[0])[:2] == ["property", "as_of"]
    assert {row["status"] for row in rows} == {"optimal"}
    assert {float(row["gap"]) for row in rows} == {0.0}
    assert all(row["reason"] for row in rows)


def test_what_staff_want_of_the_rooms_comes_from_a_file_and_is_remembered(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, again = (tmp_path / f"{name}.csv" for name in ("before", "after", "again"))
    assert main(["predict", "allocation", "--out", str(before)]) == 0
    given = [row for row in rows_of(before) if row["move"] == "as booked"]
    first = given[0]
    other = next(
        row for row in given if row["room_type"] == first["room_type"] and row["suggested_room"] != first["suggested_room"]
    )
    wanted = tmp_path / "rooms.toml"
    wanted.write_text(f'[locks]\n"{first["reservation_id"]}" = "{other["suggested_room"]}"\n', encoding="utf-8")
    assert main(["predict", "allocation", "--options", str(wanted), "--out", str(after)]) == 0
    assert main(["predict", "allocation", "--out", str(again)]) == 0
    for path in (after, again):
        locked = next(row for row in rows_of(path) if row["reservation_id"] == first["reservation_id"])
        assert (locked["suggested_room"], locked["reason"]) == (other["suggested_room"], "Locked by staff.")
    capsys.readouterr()
    wanted.write_text('[locks]\nR1 = "no such room"\n', encoding="utf-8")
    assert main(["predict", "allocation", "--options", str(wanted)]) == 2
    assert "There is no room no such room" in capsys.readouterr().err
    assert main(["predict", "allocation", "--options", str(tmp_path / "nowhere.toml")]) != 0
    wanted.write_text("", encoding="utf-8")
    assert main(["predict", "allocation", "--options", str(wanted), "--out", str(again)]) == 0
    assert "Locked by staff." not in {row["reason"] for row in rows_of(again)}


def test_rooms_are_listed_as_lines_and_a_file_of_such_lines_is_kept(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rooms", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    number, kind, *_ = lines[1].split("\t")
    file = tmp_path / "rooms.tsv"
    file.write_text("\n".join([*lines, f"X1\t{kind}\tquiet\t{number}"]), encoding="utf-8")
    assert main(["rooms", "set", str(file)]) == 0
    assert "1 room new, 1 door changed" in capsys.readouterr().out
    assert main(["rooms", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert f"X1\t{kind}\tquiet\t{number}" in told["lines"].splitlines()
    file.write_text(f"X2 {kind}\nX3 nothing\n120-110 {kind}\n", encoding="utf-8")
    assert main(["rooms", "set", str(file)]) == 2
    said = capsys.readouterr().err
    assert "Line 2: “nothing” is no room type" in said
    assert "Line 3:" in said
    main(["rooms", "list"])
    assert "X2" not in capsys.readouterr().out
    file.write_text(f"X2 {kind}\n", encoding="utf-8")
    assert main(["rooms", "set", str(file)]) == 0
    assert "1 room new, 1 room removed" in capsys.readouterr().out


def test_a_room_type_keeps_its_history_under_another_name_and_back(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def kinds() -> list[str]:
        assert main(["properties", "--json"]) == 0
        return sorted(kind[0] for kind in json.loads(capsys.readouterr().out)["properties"][0]["room_types"])

    before = kinds()
    former, present = before[:2]
    assert main(["rooms", "rename", former, present]) == 0
    assert f"{former} counts as {present} from now on" in capsys.readouterr().out
    assert kinds() == [kind for kind in before if kind != former]
    assert main(["rooms", "rename", former, former]) == 0
    assert "by itself again" in capsys.readouterr().out
    assert kinds() == before
    assert main(["rooms", "rename", "NONE", present]) == 2
    assert "No export has a room type called 'NONE'" in capsys.readouterr().err

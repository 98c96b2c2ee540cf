"""No command writes over HotelML's own data or over files of others, and a disk without room is told in one sentence."""

from __future__ import annotations

import contextlib
import errno
import sys
from pathlib import Path

import pytest
from refusals import bookings_known, failure
from small_hotel import NAME, write_export

from hotelml_app.__main__ import main
from hotelml_app.ml.property.property_data import PropertyFacts, RoomTypeFacts
from hotelml_app.services.asking.options_file import refuse_unknown_types
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import save
from hotelml_app.settings.model import PropertySettings, Settings

Captured = pytest.CaptureFixture[str]

FULL_DEVICE = Path("/dev/full")
"""A file for which there is never any room."""


@pytest.mark.parametrize("name", ["hotelml.db", "hotelml.db-wal", "settings.toml", "models/out.csv", "backups/yesterday.db"])
@pytest.mark.parametrize("command", [["bookings"], ["predict", "forecast", "--horizon", "1"]])
def test_an_answer_is_not_written_over_the_homes_own_files(
    command: list[str], name: str, hotel_home: Path, capsys: Captured
) -> None:
    before = bookings_known(hotel_home)
    assert "HotelML's own data" in failure(capsys, [*command, "--out", str(hotel_home / name)], 1)
    assert bookings_known(hotel_home) == before


def test_models_are_not_exported_over_the_models_themselves(hotel_home: Path, capsys: Captured) -> None:
    assert "HotelML's own data" in failure(capsys, ["export", "--output", str(hotel_home / "models")], 1)


@pytest.mark.parametrize("shelf", ["", "processed", "failed"])
@pytest.mark.parametrize(
    "command",
    [
        ["bookings", "--out", "{}/f.csv"],
        ["predict", "forecast", "--horizon", "1", "--out", "{}/f.csv"],
        ["rates", "ledger", "--out", "{}/f.csv"],
        ["report", "--out", "{}/f.xlsx"],
        ["report", "--out", "{}/f.pdf"],
        ["backup", "{}/f.db"],
        ["handover", "write", "{}/f"],
        ["export", "--output", "{}"],
        ["screenshots", "--out", "{}"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_nothing_is_written_where_it_would_be_taken_for_an_export(
    command: list[str], shelf: str, hotel_home: Path, tmp_path: Path, capsys: Captured
) -> None:
    drop = tmp_path / "PMS exports"
    (drop / shelf).mkdir(parents=True)
    settings = Settings(properties=(PropertySettings(name=NAME, drop_folder=str(drop)),))
    save(hotel_home, settings)
    said = failure(capsys, [part.format(drop / shelf) for part in command], 1)
    assert f"is not written: in the drop folder {drop} it would be taken for an export" in said
    assert "Name another folder." in said
    assert not [path for path in drop.rglob("*") if path.is_file()]


def test_beside_what_is_watched_there_is_room(hotel_home: Path, capsys: Captured) -> None:
    (hotel_home / "drop" / "of ours").mkdir()
    assert main(["bookings", "--out", str(hotel_home / "drop" / "of ours" / "f.csv")]) == 0
    capsys.readouterr()
    assert "drop folder" in failure(capsys, ["bookings", "--out", str(hotel_home / "drop" / "f.csv")], 1)


def test_a_backup_replaces_a_backup_and_nothing_else(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear guest", encoding="utf-8")
    assert "not a backup" in failure(capsys, ["backup", str(letter)], 1)
    assert letter.read_text(encoding="utf-8") == "Dear guest"
    assert "own data" in failure(capsys, ["backup", str(hotel_home / "hotelml.db")], 1)
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    assert main(["backup", str(tmp_path / "copy.db")]) == 0


def test_a_file_that_is_no_backup_is_refused_without_sending_people_to_start_anew(
    hotel_home: Path, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "holiday.db").write_bytes(b"not a backup")
    said = failure(capsys, ["restore", str(tmp_path / "holiday.db")], 1)
    assert "nothing was changed" in said
    assert "backup --list" in said


@pytest.mark.parametrize("module", ["forecast", "noshow"])
@pytest.mark.parametrize("command", ["predict", "evaluate"])
def test_a_day_before_any_data_is_answered_with_the_first_day(
    command: str, module: str, hotel_home: Path, capsys: Captured
) -> None:
    named = [module] if command == "predict" else ["--module", module]
    said = failure(capsys, [command, *named, "--as-of", "1999-12-31"], 2)
    assert f"Nothing was known about {NAME} at the end of 1999-12-31: the first booking was made on" in said


def test_a_typo_in_the_options_is_told_and_not_remembered(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "rooms.toml"
    file.write_text("[room]\n101 = 'DBL'\n", encoding="utf-8")
    assert "Did you mean rooms?" in failure(capsys, ["predict", "allocation", "--options", str(file)], 1)
    assert "Leave --options out" in failure(capsys, ["predict", "guests", "--options", str(file)], 1)


@pytest.mark.skipif(sys.platform == "win32" or not FULL_DEVICE.exists(), reason="no device here is always full")
def test_a_full_disk_can_still_be_looked_at(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    (hotel_home / "run" / "owner.json").symlink_to(FULL_DEVICE)
    assert main(["properties"]) == 0
    assert NAME in capsys.readouterr().out
    assert main(["predict", "pricing", "--horizon", "1"]) == 0
    assert "nothing can be written" in capsys.readouterr().err
    assert "no room left" in failure(capsys, ["import", str(write_export(tmp_path))], 1)


def test_a_server_that_finds_no_room_says_whose_disk_is_full(
    hotel_home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(path: Path, address: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("hotelml_app.api.server.write_address", no_room)
    assert main(["serve"]) == 1
    assert f"no room left on a disk (No space left on device): either of the home, {hotel_home}," in capsys.readouterr().err


def test_a_command_without_its_second_word_is_told_in_one_line(capsys: Captured) -> None:
    assert "Missing command" in failure(capsys, ["monitor"], 2)


def test_the_doctor_misses_the_default_drop_folder(hotel_home: Path, capsys: Captured) -> None:
    (hotel_home / "drop").rename(hotel_home / "put away")
    main(["doctor"])
    assert f"{hotel_home / 'drop'} is not there" in capsys.readouterr().out


@pytest.mark.skipif(not FULL_DEVICE.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_answer_that_finds_no_room_is_told_on_the_terminal(
    form: list[str], hotel_home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = FULL_DEVICE.open("w", buffering=1, encoding="utf-8")
    monkeypatch.setattr("sys.stdout", full)
    assert main(["properties", *form]) == 1
    assert "No space left on device" in capsys.readouterr().err
    with contextlib.suppress(OSError):
        full.close()


@pytest.mark.parametrize("stream", ["sys.stdout", "sys.stderr"])
def test_a_command_with_nobody_to_tell_is_done_all_the_same(
    stream: str, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, None)
    assert main(["properties"]) == 0


def test_an_export_that_names_its_property_is_not_stored_under_another(
    hotel_home: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["import", str(write_export(tmp_path)), "--property", "Quite Another House"]) == 0
    assert f"names its property, {NAME}: nothing was stored under Quite Another House" in capsys.readouterr().out


def test_a_limit_for_a_room_type_that_the_hotel_does_not_have_is_told(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "rates.toml"
    file.write_text("floor = { QQ = 140 }", encoding="utf-8")
    said = failure(capsys, ["predict", "pricing", "--options", str(file)], 1)
    assert f"floor names the room type 'QQ', which {NAME} does not have." in said


@pytest.mark.parametrize(
    "told",
    [
        {"ceiling": {"DLB": 140}},
        {"locked": {"2016-12-31": {"DLB": 190}}},
        {"current": {"2016-12-31": {"DLB": 190}}},
        {"overbooking": {"DLB": 2}},
    ],
    ids=["ceiling", "locked", "current", "overbooking"],
)
def test_a_misspelt_room_type_is_told_for_nothing_would_ever_keep_its_limit(told: dict[str, object]) -> None:
    facts = PropertyFacts(1, "Casa", room_types=(RoomTypeFacts("DBL"), RoomTypeFacts("SUI")))
    with pytest.raises(SettingsError, match=f"{next(iter(told))} names the room type 'DLB'") as caught:
        refuse_unknown_types(Path("rates.toml"), told, facts)
    assert caught.value.remedy == "Did you mean DBL? There are: DBL, SUI."


@pytest.mark.parametrize("told", [{"floor": 70}, {"locked": {"2016-12-31": 190}}, {"floor": {"DBL": 70}}])
def test_limits_for_the_house_or_for_types_it_has_are_taken(told: dict[str, object]) -> None:
    refuse_unknown_types(Path("rates.toml"), told, PropertyFacts(1, "Casa", room_types=(RoomTypeFacts("DBL"),)))


def test_overbooking_of_a_type_that_the_same_file_lists_is_taken() -> None:
    refuse_unknown_types(Path("r.toml"), {"rooms": {"101": "LOFT"}, "overbooking": {"LOFT": 1}}, PropertyFacts(1, "Casa"))


def test_a_number_that_is_no_room_of_the_house_has_no_type_to_be_named() -> None:
    facts = PropertyFacts(1, "Casa", room_types=(RoomTypeFacts("DBL"),))
    with pytest.raises(SettingsError) as caught:
        refuse_unknown_types(Path("rates.toml"), {"rooms": {"9000": ""}, "overbooking": {"": 2}}, facts)
    assert caught.value.remedy == "There are: DBL."

"""Hand-over files that were cut off, damaged, made up or sealed: each gets one sentence, and changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from handed_over import Change, forged, learn, slope_of, tree
from small_hotel import open_at_morning

from hotelml_app.services.handover import reading
from hotelml_app.services.handover.errors import (
    HandoverError,
    LaterHandoverError,
    NoRoomError,
    NotAHandoverError,
    SealError,
)
from hotelml_app.services.handover.reading import read_now
from hotelml_app.settings.files import load
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.secrets import EMAIL_PASSWORD, WEBHOOK_URL, keep_secrets


def slip(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["../../evil.toml"] = b"x"


def hide(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["models/a/b/../card.json"] = b"{}"


def absolute(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["/etc/passwd"] = b"x"


def windows(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["models\\..\\..\\evil"] = b"x"


def no_database(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    del parts["hotelml.db"]


def other_database(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["hotelml.db"] = b"SQLite format 3\0 and nothing more"


def model_changed(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    card = next(name for name in parts if name.endswith("card.json"))
    parts[card] = parts[card].replace(b'"tiny"', b'"evil"')


def model_missing(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    for name in [one for one in parts if one.startswith("models/")]:
        del parts[name]


def settings_odd(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["settings.toml"] = b"[backup]\nkeep = 'many'\n"


def another_program(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    manifest["app"] = "fidelio"


def bomb(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    parts["models/a/b/c/zeros.onnx"] = b"\0" * 11_000_000


def folders_that_lead_away(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    path = Path(str(manifest["scratch"])) / "forged.db"
    path.write_bytes(parts["hotelml.db"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE model_versions SET folder = '../../../' || version")
    parts["hotelml.db"] = path.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        *(slip, hide, absolute, windows, no_database, other_database, model_changed, model_missing, settings_odd),
        *(another_program, bomb, folders_that_lead_away),
    ],
)
def test_a_file_that_somebody_made_up_gets_one_sentence_and_changes_nothing(
    change: Change, stick: Path, hotel_home: Path, tmp_path: Path
) -> None:
    def changed(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
        manifest["scratch"] = str(tmp_path)
        change(parts, manifest)

    bad = forged(stick, tmp_path / "bad.hotelml", changed)
    before = tree(hotel_home)
    with pytest.raises(NotAHandoverError) as told:
        read_now(HomeLayout(hotel_home), bad, "")
    assert "nothing was changed" in told.value.message
    assert tree(hotel_home) == before
    assert not (tmp_path / "evil.toml").exists()


def test_a_file_that_somebody_made_up_sets_no_channel_folder_or_port_up_on_this_pc(
    stick: Path, other: HomeLayout, tmp_path: Path
) -> None:
    made_up = """version = 1
[[properties]]
name = "Casa"
drop_folder = "/theirs"
[backup]
keep = 7
copy_to = "/theirs"
[api]
port = 8123
[notifications.email]
enabled = true
host = "mail.theirs.example"
sender = "a@theirs.example"
to = ["b@theirs.example"]
[notifications.webhook]
enabled = true
"""

    def change(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
        parts["settings.toml"] = made_up.encode()

    bad = forged(stick, tmp_path / "made up.hotelml", change)
    other.prepare()
    keep_secrets(other, {EMAIL_PASSWORD: "geheim", WEBHOOK_URL: "https://hooks.example/x"})
    read_now(other, bad, "")
    settings = load(other.home)
    assert settings.backup.keep == 7
    assert not settings.notifications.email.enabled
    assert not settings.notifications.webhook.enabled
    assert (settings.properties[0].drop_folder, settings.backup.copy_to, settings.api.port) == ("", "", 0)


def test_a_file_that_would_fill_the_disk_is_refused_before_it_is_unpacked(stick: Path, other: HomeLayout, tmp_path: Path) -> None:
    with pytest.raises(NotAHandoverError, match="does not hold what it says"):
        read_now(other, forged(stick, tmp_path / "bomb.hotelml", bomb), "")


def test_a_file_cut_off_anywhere_or_damaged_anywhere_changes_nothing(stick: Path, hotel_home: Path, tmp_path: Path) -> None:
    whole, before = stick.read_bytes(), tree(hotel_home)
    bad = tmp_path / "bad.hotelml"
    for share in (0.0, 0.1, 0.5, 0.9, 0.999):
        bad.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(NotAHandoverError):
            read_now(HomeLayout(hotel_home), bad, "")
    for share in (0.001, 0.2, 0.5, 0.8, 0.97):
        at = int(len(whole) * share)
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with pytest.raises(HandoverError):
            read_now(HomeLayout(hotel_home), bad, "")
    assert tree(hotel_home) == before
    assert not list(HomeLayout(hotel_home).handover.glob("*"))


def test_a_name_in_it_that_is_no_text_is_damage_as_any_other(stick: Path, other: HomeLayout, tmp_path: Path) -> None:
    with zipfile.ZipFile(stick) as archive:
        names_at = archive.start_dir
    content = bytearray(stick.read_bytes())
    content[names_at + 9] |= 0x08  # says that the name is UTF-8
    content[names_at + 46] = 0xFF
    bad = tmp_path / "bad.hotelml"
    bad.write_bytes(content)
    with pytest.raises(NotAHandoverError, match="damaged"):
        reading.look(bad)


@pytest.mark.parametrize("content", [b"", b"Reservation;Arrival\r\n1;2\r\n", b"PK\x03\x04 nothing", b"SQLite format 3\0"])
def test_another_kind_of_file_is_told_to_be_none(content: bytes, other: HomeLayout, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_bytes(content)
    with pytest.raises(NotAHandoverError):
        read_now(other, tmp_path / "export.csv", "")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("beach.jpg", b"x")
    with pytest.raises(NotAHandoverError, match="is a zip of other files, not a hand-over file of HotelML"):
        read_now(other, tmp_path / "photos.zip", "")


def test_a_file_that_is_not_there_and_a_folder(other: HomeLayout, tmp_path: Path) -> None:
    with pytest.raises(NotAHandoverError, match="There is no file"):
        read_now(other, tmp_path / "gone.hotelml", "")
    with pytest.raises(NotAHandoverError, match="is a folder"):
        read_now(other, tmp_path, "")


@pytest.mark.parametrize("name", ["schema", "format"])
def test_a_file_of_a_later_hotelml_is_refused(name: str, stick: Path, other: HomeLayout, tmp_path: Path) -> None:
    def later(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
        manifest.update({name: 9999, "version": "7.0"})

    with pytest.raises(LaterHandoverError, match=r"later HotelML \(7\.0\)"):
        read_now(other, forged(stick, tmp_path / "later.hotelml", later), "")


def test_a_file_of_an_earlier_hotelml_is_brought_up_to_date(stick: Path, other: HomeLayout, tmp_path: Path) -> None:
    def earlier(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
        path = tmp_path / "earlier.db"
        path.write_bytes(parts["hotelml.db"])
        with closing(sqlite3.connect(path)) as connection, connection:
            for table in ("import_undo", "review_sightings", "outbox_told", "outbox_notices", "outbox"):
                connection.execute(f"DROP TABLE {table}")
            connection.execute("ALTER TABLE rate_decisions DROP COLUMN room_cost")
            connection.execute("PRAGMA user_version = 2")
        parts["hotelml.db"], manifest["schema"] = path.read_bytes(), 2

    read_now(other, forged(stick, tmp_path / "earlier.hotelml", earlier), "")
    with open_at_morning(other.home) as appliance:
        assert slope_of(appliance) == 2.0
        assert [one.waiting for one in appliance.channels().stands] == [0, 0]


def test_without_room_nothing_is_begun(stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = tree(hotel_home)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=100_000))
    with pytest.raises(NoRoomError, match=r"and 100\.0 kB are free; nothing was changed"):
        read_now(HomeLayout(hotel_home), stick, "")
    assert tree(hotel_home) == before
    with open_at_morning(hotel_home) as appliance, pytest.raises(NoRoomError, match="no room for"):
        appliance.hand_over(tmp_path / "full.hotelml", "")
    assert not list(tmp_path.glob("full*"))


def test_a_disk_that_fills_while_it_is_unpacked_changes_nothing(
    stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    before = tree(hotel_home)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoomError, match="nothing was changed"):
        read_now(HomeLayout(hotel_home), stick, "")
    monkeypatch.undo()
    assert tree(hotel_home) == before


def test_a_sealed_file_needs_its_passphrase_and_shows_every_change(hotel_home: Path, other: HomeLayout, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 3.0)
        written = appliance.hand_over(tmp_path / "sealed.hotelml", "blue door")
    assert written.sealed
    assert "needs the passphrase" in written.sentence
    sealed = written.file
    assert reading.look(sealed).sealed, "what it is can be seen without"
    for passphrase, words in (("", "is sealed"), ("red door", "does not fit")):
        with pytest.raises(SealError, match=words):
            read_now(other, sealed, passphrase)

    def keep(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
        parts["settings.toml"] += b"\n# changed\n"

    with pytest.raises(SealError, match="changed the file"):
        read_now(other, forged(sealed, tmp_path / "forged.hotelml", keep), "blue door")

    def strip(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
        del parts["seal.json"]

    with pytest.raises(SealError, match="is not sealed"):
        read_now(other, forged(sealed, tmp_path / "stripped.hotelml", strip), "blue door")
    assert not other.database.exists()
    read_now(other, sealed, "blue door")
    with open_at_morning(other.home) as appliance:
        assert slope_of(appliance) == 3.0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "hotel.hotelml")
    with pytest.raises(NotAHandoverError, match="a device or a pipe"):
        reading.look(tmp_path / "hotel.hotelml")

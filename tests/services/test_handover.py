"""A hotel moves to another PC in one file: whole, checked, and with a way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from handed_over import MODULE, Change, forged, learn, names_of, slope_of, tree
from small_hotel import NAME, open_at_morning

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.events import Warned
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.backing_up import restore
from hotelml_app.services.check_health import check_health
from hotelml_app.services.errors import FileNotWrittenError, ReadingOnlyError
from hotelml_app.services.handover import exchange, reading
from hotelml_app.services.handover.errors import (
    HandoverError,
    LaterHandoverError,
    NoRoomError,
    NotAHandoverError,
    SealError,
)
from hotelml_app.services.handover.reading import prepare, read_now
from hotelml_app.settings.channels import EmailSettings
from hotelml_app.settings.files import load
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import ApiSettings, BackupSettings, NotificationSettings, PropertySettings, Settings
from hotelml_app.settings.secrets import EMAIL_PASSWORD, keep_secrets
from hotelml_app.store.errors import HomeBusyError
from hotelml_app.store.models import VersionState

MAIL = EmailSettings(enabled=True, host="mail.test", sender="pms@hotel.example", to=("fom@hotel.example",))


@pytest.fixture(scope="module")
def stick(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand-over file of the small hotel with two models of three; never to be changed."""
    folder = tmp_path_factory.mktemp("usb")
    home = folder / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as appliance:
        own = PropertySettings(name=NAME, drop_folder=str(folder / "exports"), country="PT", polling=True)
        rules = Settings(properties=(own,), backup=BackupSettings(keep=7, copy_to=str(folder)), api=ApiSettings(port=8123))
        appliance.save_settings(rules)
        appliance.keep_channel(MAIL, {EMAIL_PASSWORD: "geheim"})
        learn(appliance, 1.0, 2.0)
        learn(appliance, 9.0, live=False)
        appliance.events.publish(Warned("disk:low", "The disk is almost full", "2 % left."))
        appliance.events.publish(Warned("doctor:1", "An export has new columns", "Look."))
        written = appliance.hand_over(folder / "city", "")
    assert written.models == 2
    return written.file


@pytest.fixture
def other(tmp_path: Path) -> HomeLayout:
    """The home of another PC, still empty."""
    return HomeLayout(tmp_path / "other PC")


def test_the_hotel_is_there_with_its_models_and_settings(stick: Path, other: HomeLayout) -> None:
    told = read_now(other, stick, "")
    assert told["set_aside"] is None, "there was nothing"
    assert NAME in str(told["sentence"])
    with open_at_morning(other.home) as appliance:
        assert names_of(appliance) == [NAME]
        assert len(appliance.forecast(NAME).nights) == 90
        assert slope_of(appliance) == 2.0
        assert appliance.rollback(NAME, MODULE) == appliance.parts.registry.champion(1, MODULE).version
        assert slope_of(appliance) == 1.0
        known = appliance.parts.registry.versions(1, MODULE)
        assert {row.state for row in known} == {VersionState.CHAMPION, VersionState.RETIRED}, "the candidate stayed there"
        assert [one.problem for one in appliance.parts.registry.verify_all()] == ["", ""]
    checks = check_health(other)["checks"]
    assert not [one for one in checks if one["state"] == "problem"], checks


def test_paths_ports_secrets_and_channels_of_the_other_pc_stay_there(stick: Path, other: HomeLayout) -> None:
    with zipfile.ZipFile(stick) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"geheim" not in everything
    assert str(stick.parent).encode() not in everything
    read_now(other, stick, "")
    settings = load(other.home)
    (own,) = settings.properties
    assert (own.name, own.country, own.drop_folder, own.polling) == (NAME, "PT", "", False)
    assert (settings.backup.keep, settings.backup.copy_to, settings.api.port) == (7, "", 0)
    assert (settings.notifications.email.enabled, settings.notifications.email.host) == (False, "mail.test")
    assert not other.secrets_file.exists()
    with open_at_morning(other.home) as appliance:
        assert [one.title for one in appliance.status().warnings] == ["An export has new columns"]
        assert [one.waiting for one in appliance.channels().stands] == [0, 0]


def test_what_this_pc_was_set_up_with_stays(stick: Path, other: HomeLayout, tmp_path: Path) -> None:
    with open_at_morning(other.home) as appliance:
        own = PropertySettings(name="My hotel", drop_folder=str(tmp_path / "here"), polling=True)
        kept = Settings(properties=(own,), backup=BackupSettings(copy_to=str(tmp_path / "usb")), api=ApiSettings(port=8200))
        appliance.save_settings(kept.model_copy(update={"notifications": NotificationSettings(email=MAIL)}))
    keep_secrets(other, {EMAIL_PASSWORD: "own"})
    read_now(other, stick, "")
    settings = load(other.home)
    (own,) = settings.properties
    assert (own.name, own.drop_folder, own.polling) == (NAME, str(tmp_path / "here"), True)
    assert (settings.backup.keep, settings.backup.copy_to, settings.api.port) == (7, str(tmp_path / "usb"), 8200)
    assert settings.notifications.email == MAIL
    assert other.secrets_file.exists()


def test_while_hotelml_runs_nothing_changes_before_its_next_start_and_it_can_be_given_up(stick: Path, hotel_home: Path) -> None:
    layout = HomeLayout(hotel_home)
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
        appliance.back_up()
        view = appliance.take_over_next(stick, "")
        assert view.waiting is not None
        assert view.waiting_handover
        assert slope_of(appliance) == 5.0
        assert appliance.keep_present().waiting is None
        assert not list(layout.handover.iterdir())
        appliance.take_over_next(stick, "")
        view = appliance.put_back_next(Path(view.backups[0].path))
        assert not view.waiting_handover, "what was chosen last counts"
        assert appliance.take_over_next(stick, "").waiting_handover
        with pytest.raises(HomeBusyError):
            read_now(layout, stick, "")
    with open_at_morning(hotel_home) as again:
        assert slope_of(again) == 2.0
        (warning, _) = again.status().warnings
        assert warning.title == "A hand-over file was read"
        assert again.backups().waiting is None


def test_what_it_took_the_place_of_can_be_put_back_whole(stick: Path, hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0, 6.0)
        appliance.save_settings(Settings(backup=BackupSettings(keep=33)))
        appliance.take_over_next(stick, "")
    with open_at_morning(hotel_home) as new:
        assert (slope_of(new), new.settings().backup.keep) == (2.0, 7)
        (aside,) = [one for one in new.backups().backups if one.set_aside]
        assert aside.size_bytes > 1_000_000
        view = new.put_back_next(Path(aside.path))
        assert view.waiting is not None
        assert not view.waiting_handover
        assert new.keep_present().waiting is None
        new.put_back_next(Path(aside.path))
    with open_at_morning(hotel_home) as back:
        assert (slope_of(back), back.settings().backup.keep) == (6.0, 33)
        assert back.rollback(NAME, MODULE)
        assert slope_of(back) == 5.0
        assert back.status().warnings[0].title == "A backup was put back"
        (former,) = [one for one in back.backups().backups if one.set_aside]
    told = restore(HomeLayout(hotel_home), Path(former.path))
    assert told["set_aside"] is not None
    with open_at_morning(hotel_home) as again:
        assert slope_of(again) == 2.0


def test_only_the_owner_of_the_home_reads_a_file_and_anybody_may_write_one(hotel_home: Path, stick: Path, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        learn(owner, 1.0)
        with open_at_morning(hotel_home, writer=False) as reader:
            assert reader.hand_over(tmp_path / "a.hotelml", "").models == 1
            with pytest.raises(ReadingOnlyError):
                reader.take_over_next(stick, "")
    assert reading.look(tmp_path / "a.hotelml").models == 1


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


@pytest.mark.parametrize("content", [b"", b"Reservation;Arrival\r\n1;2\r\n", b"PK\x03\x04 nothing", b"SQLite format 3\0"])
def test_another_kind_of_file_is_told_to_be_none(content: bytes, other: HomeLayout, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_bytes(content)
    with pytest.raises(NotAHandoverError):
        read_now(other, tmp_path / "export.csv", "")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("beach.jpg", b"x")
    with pytest.raises(NotAHandoverError, match="is no hand-over file of HotelML"):
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


def test_where_a_file_may_be_written(hotel_home: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.hotelml").write_text("Dear guest", encoding="utf-8")
    with open_at_morning(hotel_home) as appliance:
        for bad in (tmp_path / "letter.hotelml", appliance.parts.layout.models / "a.hotelml", tmp_path / "gone" / "a.hotelml"):
            with pytest.raises(FileNotWrittenError):
                appliance.hand_over(bad, "")
        assert (tmp_path / "letter.hotelml").read_text(encoding="utf-8") == "Dear guest"
        first = appliance.hand_over(tmp_path / "usb", "").file
        assert first == tmp_path / "usb.hotelml"
        learn(appliance, 1.0)
        assert appliance.hand_over(first, "").models == 1, "one of HotelML's own may be replaced"
        assert not list(appliance.parts.layout.staging.glob("handover-*"))


def test_progress_grows_and_cancelling_leaves_nothing_behind(hotel_home: Path, stick: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    cancel = CancelToken()

    def stop_half_way(done: float, words: str) -> None:
        seen.append(done)
        assert words
        if done > 0.4:
            cancel.cancel()

    with open_at_morning(hotel_home) as appliance:
        with pytest.raises(Cancelled):
            appliance.hand_over(tmp_path / "a.hotelml", "", stop_half_way, cancel)
        assert not list(tmp_path.glob("a.hotelml*"))
        before = tree(hotel_home)
        cancel = CancelToken()
        with pytest.raises(Cancelled):
            appliance.take_over_next(stick, "", stop_half_way, cancel)
        assert appliance.backups().waiting is None
        assert tree(hotel_home) == before
        seen.clear()
        appliance.hand_over(tmp_path / "a.hotelml", "", lambda done, words: seen.append(done))
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)


def test_a_damaged_model_is_not_handed_over_but_the_last_good_one_is(hotel_home: Path, other: HomeLayout, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 1.0, 2.0, 4.0)
        registry = appliance.parts.registry
        for version, name in ((registry.champion(1, MODULE), "line.onnx"), (registry.versions(1, MODULE)[1], "parameters.json")):
            (registry.folder(version) / name).write_bytes(b"rubbish")
        written = appliance.hand_over(tmp_path / "a.hotelml", "")
        assert slope_of(appliance) == 1.0
    read_now(other, written.file, "")
    with open_at_morning(other.home) as there:
        assert slope_of(there) == 1.0


class Dies(BaseException):
    """The process ends here; nothing after it runs."""


@pytest.mark.parametrize("steps", range(12))
def test_cut_off_at_any_step_the_home_is_the_old_one_or_the_new_one(
    steps: int, stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
        appliance.take_over_next(stick, "")
    left = [steps]
    moves = {name: getattr(Path, name) for name in ("rename", "replace", "rmdir")}

    def or_die(name: str) -> object:
        def move(self: Path, *target: Path) -> object:
            if self.name.endswith(".partial"):
                return moves[name](self, *target)
            if not left[0]:
                raise Dies
            left[0] -= 1
            return moves[name](self, *target)

        return move

    for name in moves:
        monkeypatch.setattr(Path, name, or_die(name))
    try:
        open_at_morning(hotel_home).close()
        ended = True
    except Dies:
        ended = False
    monkeypatch.undo()
    if not ended and exchange.cut_off(HomeLayout(hotel_home)):
        with pytest.raises(HandoverError, match="Start HotelML once"):
            open_at_morning(hotel_home, writer=False)
        assert "cut off" in str(check_health(HomeLayout(hotel_home)))
    with open_at_morning(hotel_home) as again:
        assert (slope_of(again), again.settings().backup.keep) == (2.0, 7)
        (aside,) = [one for one in again.backups().backups if one.set_aside]
        again.put_back_next(Path(aside.path))
    with open_at_morning(hotel_home) as back:
        assert (slope_of(back), back.settings().backup.keep) == (5.0, 10)


@pytest.mark.parametrize("held", ["hotelml.db", "models", "settings.toml"])
@pytest.mark.parametrize("entering", [False, True])
def test_where_something_cannot_be_moved_everything_is_as_it_was(
    held: str, entering: bool, stick: Path, hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    with open_at_morning(hotel_home) as appliance:
        learn(appliance, 5.0)
        appliance.save_settings(Settings(backup=BackupSettings(keep=33)))
    before = tree(hotel_home)
    prepare(layout, stick, "")
    rename = Path.rename
    refused: list[Path] = []

    def hold(self: Path, target: Path) -> Path:
        if self == (layout.handover / "entering" if entering else layout.home) / held and not refused:
            refused.append(self)
            raise PermissionError(13, "The process cannot access the file", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", hold)
    with pytest.raises(HandoverError, match="everything is as it was"):
        open_at_morning(hotel_home)
    monkeypatch.undo()
    assert refused
    assert tree(hotel_home) == before
    with open_at_morning(hotel_home) as again:
        assert (slope_of(again), again.settings().backup.keep) == (5.0, 33)


def test_what_a_reading_that_was_killed_left_behind_goes_at_the_next_start(hotel_home: Path) -> None:
    layout = HomeLayout(hotel_home)
    left = (layout.handover / "unpacking-1234", layout.staging / "handover-999999999")
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "hotelml.db").write_bytes(b"half")
    open_at_morning(hotel_home).close()
    assert not any(folder.exists() for folder in left)


def test_an_aside_that_is_gone_is_told(appliance: Appliance) -> None:
    with pytest.raises(HotelMLError, match="is not there any more"):
        appliance.put_back_next(appliance.parts.layout.handover / "aside-1")


def test_settings_that_cannot_be_read_here_do_not_keep_the_hotel_out(stick: Path, other: HomeLayout) -> None:
    other.home.mkdir(parents=True)
    other.settings_file.write_text("[backup\n", encoding="utf-8")
    read_now(other, stick, "")
    assert load(other.home).backup.keep == 7

"""A hotel moves to another PC in one file: whole, checked, and with a way back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from handed_over import MAIL, MODULE, learn, names_of, slope_of, tree
from small_hotel import NAME, open_at_morning

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.ml.onnx.artifacts import verify_artifact
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.backups.on_request import restore
from hotelml_app.services.doctor.check_health import check_health
from hotelml_app.services.errors import FileNotWrittenError, ReadingOnlyError
from hotelml_app.services.handover import reading
from hotelml_app.services.handover.reading import read_now
from hotelml_app.settings.files import load
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import ApiSettings, BackupSettings, NotificationSettings, PropertySettings, Settings
from hotelml_app.settings.secrets import EMAIL_PASSWORD, keep_secrets
from hotelml_app.store.errors import HomeBusyError
from hotelml_app.store.learned.models import VersionState


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
        for row in known:
            verify_artifact(appliance.parts.registry.folder(row))
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


def test_a_new_pc_needs_no_set_up_before_it(stick: Path, other: HomeLayout) -> None:
    with open_at_morning(other.home) as appliance:
        assert appliance.needs_first_run()
        appliance.take_over_next(stick, "")
        assert appliance.needs_first_run(), "until the next start nothing is there"
    with open_at_morning(other.home) as again:
        assert not again.needs_first_run()
        assert names_of(again) == [NAME]


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


def test_an_aside_that_is_gone_is_told(appliance: Appliance) -> None:
    with pytest.raises(HotelMLError, match="is not there any more"):
        appliance.put_back_next(appliance.parts.layout.handover / "aside-1")


def test_settings_that_cannot_be_read_here_do_not_keep_the_hotel_out(stick: Path, other: HomeLayout) -> None:
    other.home.mkdir(parents=True)
    other.settings_file.write_text("[backup\n", encoding="utf-8")
    read_now(other, stick, "")
    assert load(other.home).backup.keep == 7

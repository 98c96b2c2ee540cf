"""One home, opened: it starts, works, and ends without leaving anything behind."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.api.server import LoopbackServer
from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.errors import UsageError
from hotelml_app.core.events import Event, ImportFinished, Settled, Warned
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import ReadingOnlyError, UnknownPropertyError
from hotelml_app.services.exports import reactions
from hotelml_app.services.parts import stand_of
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import PropertySettings
from hotelml_app.store import Store
from hotelml_app.store.errors import HomeBusyError
from hotelml_app.training.trainer import Trainer


def wait_for(done: threading.Event, seconds: float = 20.0) -> None:
    assert done.wait(seconds), "it did not happen in time"


def test_an_empty_home_asks_for_the_first_run_and_nothing_else(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        assert appliance.needs_first_run()
        folder = tmp_path / "exports of the PMS"
        appliance.complete_first_run("  Hotel Sonne ", folder)
        assert not appliance.needs_first_run()
        assert folder.is_dir()
        assert [view.name for view in appliance.properties()] == ["Hotel Sonne"]
        assert appliance.data("Hotel Sonne").drop_folder == str(folder)
    with open_at_morning(home) as again:
        assert again.settings().properties[0].name == "Hotel Sonne"


@pytest.mark.parametrize("name", ["", "   "])
def test_a_property_needs_a_name(name: str, home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance, pytest.raises(UsageError, match="no name"):
        appliance.complete_first_run(name, tmp_path)


def test_a_folder_that_cannot_be_used_is_told_at_once(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with open_at_morning(home) as appliance:
        with pytest.raises(UsageError, match="cannot be used"):
            appliance.complete_first_run("Hotel Sonne", tmp_path / "file" / "drop")
        assert appliance.needs_first_run()


def test_there_is_one_writer_and_others_look(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        with pytest.raises(HomeBusyError):
            open_at_morning(hotel_home)
        with open_at_morning(hotel_home, writer=False) as reader:
            assert reader.properties() == owner.properties()
            assert not reader.writes
            for change in (reader.start, lambda: reader.train("forecast", NAME)):
                with pytest.raises(ReadingOnlyError):
                    change()
    with open_at_morning(hotel_home):
        pass


def test_a_dropped_export_is_read_put_away_and_told(home: Path, tmp_path: Path) -> None:
    imported = threading.Event()
    drop = tmp_path / "drop"

    def hear(event: Event) -> None:
        if isinstance(event, ImportFinished):
            imported.set()

    with open_appliance(HomeLayout(home), writer=True) as appliance:
        quick = appliance.settings().intake.model_copy(update={"stable_after_s": 0.2})
        idle = appliance.settings().training.model_copy(update={"enabled": False})
        appliance.save_settings(appliance.settings().model_copy(update={"intake": quick, "training": idle}))
        appliance.events.subscribe(hear)
        appliance.start()
        assert appliance.started
        appliance.complete_first_run(NAME, drop)
        write_export(tmp_path).rename(drop / "export.csv")
        wait_for(imported)
        assert appliance.parts.upkeep is not None
        assert appliance.parts.upkeep.wait_idle(30)
        page = appliance.data(NAME)
        assert page.imports[0].file_name == "export.csv"
        assert page.bookings > 1000
        deadline = time.monotonic() + 60
        while not (drop / "processed" / "export.csv").exists():
            assert time.monotonic() < deadline, "it was not put away"
            time.sleep(0.02)
        status = appliance.status()
        assert status.running
        assert status.network_calls == 0
    assert not appliance.started


def test_a_failed_file_can_be_tried_again(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        failed = tmp_path / "drop" / "failed"
        failed.mkdir()
        (failed / "export.csv").write_text("nonsense", encoding="utf-8")
        appliance.retry_failed("export.csv")
        assert (tmp_path / "drop" / "export.csv").exists()
        assert [file.name for file in appliance.data(NAME).waiting] == ["export.csv"]
        for stranger in ("gone.csv", "../export.csv"):
            with pytest.raises(Exception, match="does not lie in the folder failed"):
                appliance.retry_failed(stranger)


def test_imports_show_progress_and_one_failure_does_not_hide_the_rest(appliance: Appliance, tmp_path: Path) -> None:
    delta = write_export(tmp_path, AS_OF + timedelta(days=1), changed_since=AS_OF)
    seen: list[float] = []
    views = appliance.import_files([tmp_path / "gone.csv", delta], progress=lambda done, step: seen.append(done))
    assert [view.status for view in views] == ["failed", "done"]
    assert "gone.csv" in views[0].message
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_module_that_cannot_be_judged_does_not_spoil_the_import(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def match(store: Store, manifest: ModuleManifest, *_: object) -> int:
        if manifest.name == "forecast":
            raise ValueError("a shape that does not fit")
        judged.append(manifest.name)
        return 0

    monkeypatch.setattr(reactions, "match_outcomes", match)
    reactions.judge_past_predictions(appliance.parts)
    assert {*judged, "forecast"} == set(discover())


def test_warnings_are_kept_until_somebody_dismisses_them(appliance: Appliance) -> None:
    appliance.events.publish(Warned("disk", "The disk is nearly full", "3 % are free.", "Free some space."))
    appliance.events.publish(Warned("disk", "The disk is nearly full", "2 % are free.", "Free some space."))
    assert [warning.message for warning in appliance.status().warnings] == ["2 % are free."]
    appliance.dismiss_warning("disk")
    assert appliance.status().warnings == ()


def test_a_warning_goes_by_itself_when_its_cause_is_over(appliance: Appliance) -> None:
    appliance.events.publish(Warned("folder:/share", "The drop folder cannot be reached", "It does not answer.", "Connect it."))
    appliance.events.publish(Settled("folder:/other"))
    assert "folder:/share" in {one.key for one in appliance.status().warnings}
    appliance.events.publish(Settled("folder:/share"))
    assert "folder:/share" not in {one.key for one in appliance.status().warnings}


def test_what_staff_say_of_their_rooms_counts(appliance: Appliance) -> None:
    view = appliance.properties()[0]
    assert view.rooms is None
    assert view.rooms_seen
    code = view.room_types[0][0]
    changed = type(view)(
        view.name, "PT", "EUR", 40, view.rooms_seen, view.business_date, ((code, 12, None), *view.room_types[1:])
    )
    appliance.update_property(changed)
    after = appliance.properties()[0]
    assert (after.country, after.currency, after.rooms) == ("PT", "EUR", 40)
    assert after.room_types[0][:2] == (code, 12)
    assert after.rooms_seen == view.rooms_seen


def test_what_staff_say_of_their_house_is_predicted_with_at_once_and_what_they_leave_as_it_is_is_not(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    upkeep = Mock()
    monkeypatch.setattr(appliance.parts, "upkeep", upkeep)
    view = appliance.properties()[0]
    appliance.update_property(view)
    upkeep.predict_soon.assert_not_called()
    appliance.update_property(replace(view, rooms=40))
    upkeep.predict_soon.assert_called_once_with(1, {"forecast", "pricing", "allocation"})
    upkeep.reset_mock()
    moved = PropertySettings(name=view.name, country="PT")
    appliance.save_settings(appliance.settings().model_copy(update={"properties": (moved,)}))
    upkeep.predict_soon.assert_called_once_with(1, {"forecast", "pricing", "allocation"})
    upkeep.reset_mock()
    appliance.update_property(replace(appliance.properties()[0], missing_cancelled=False))
    upkeep.predict_soon.assert_called_once_with(1, set(discover()))


def test_rooms_can_be_forgotten_again(appliance: Appliance) -> None:
    view = appliance.properties()[0]
    appliance.update_property(type(view)(view.name, "", "", 40, None, None, ()))
    appliance.update_property(type(view)(view.name, "", "", None, None, None, ()))
    assert appliance.properties()[0].rooms is None


def test_staff_say_whether_missing_bookings_were_cancelled(appliance: Appliance) -> None:
    view, store = appliance.properties()[0], appliance.parts.store
    assert view.missing_cancelled
    before = stand_of(store, the_one(store, NAME))
    appliance.update_property(replace(view, missing_cancelled=False))
    assert not appliance.properties()[0].missing_cancelled
    assert stand_of(store, the_one(store, NAME)) != before, "what was counted before is counted again: there are other bookings"
    appliance.update_property(view)
    assert appliance.properties()[0].missing_cancelled


def test_an_unknown_property_is_answered_with_the_nearest(appliance: Appliance) -> None:
    for ask in (appliance.today, appliance.models, lambda name: appliance.train("forecast", name)):
        with pytest.raises(UnknownPropertyError, match=f"Did you mean {NAME}"):
            ask("Hotel Tset")


def test_closing_twice_and_closing_from_elsewhere_is_no_trouble(hotel_home: Path) -> None:
    appliance = open_at_morning(hotel_home)
    appliance.start()
    closing = [threading.Thread(target=appliance.close) for _ in range(3)]
    for thread in closing:
        thread.start()
    for thread in closing:
        thread.join(60)
    with open_at_morning(hotel_home):
        pass


def test_a_part_that_cannot_start_is_told_and_the_others_work_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LoopbackServer, "start", Mock(side_effect=OSError(28, "No space left on device")))
    with open_at_morning(home) as appliance:
        with pytest.raises(OSError, match="No space left"):
            appliance.start()
        assert appliance.started
        assert appliance.data("").watching == "The folder is watched."
        (warning,) = appliance.status().warnings
        assert "No space left" in warning.message
    monkeypatch.undo()
    with open_at_morning(home) as appliance:
        appliance.start()
        assert appliance.status().warnings == ()


def test_many_threads_may_ask_at_once(appliance: Appliance) -> None:
    problems: list[Exception] = []

    def ask() -> None:
        try:
            for _ in range(3):
                appliance.data(NAME)
                appliance.status()
                appliance.properties()
        except Exception as error:  # noqa: BLE001
            problems.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert time.monotonic() - began < 20


def test_logs_hold_no_row_and_end_with_the_appliance(hotel_home: Path) -> None:
    log = hotel_home / "logs" / "hotelml.log"
    with open_at_morning(hotel_home) as appliance:
        appliance.start()
    size = log.stat().st_size
    time.sleep(0.05)
    assert log.stat().st_size == size


def test_a_training_somebody_starts_runs_though_learning_by_itself_is_off(
    hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ModuleTrainingConfig] = []
    monkeypatch.setattr(Trainer, "submit", lambda *_, config, **__: asked.append(config) or 1)
    with open_at_morning(hotel_home) as appliance:
        rules = appliance.settings()
        off = rules.training.model_copy(update={"enabled": False})
        appliance.save_settings(rules.model_copy(update={"training": off}))
        appliance.train("forecast", NAME)
        card = next(one for one in appliance.models(NAME).modules if one.name == "forecast")
    assert [one.enabled for one in asked] == [True]
    assert card.waits_for == "Learns only when you start it: learning by itself is switched off in the settings."

"""Two who change settings at one moment both have their way; what they say of a hotel counts as soon as it is known."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from dropped import wait_until
from small_hotel import NAME, open_at_morning, write_export

from hotelml_app.core.events import ImportFinished, Warned
from hotelml_app.modules import discover
from hotelml_app.services import parts as parts_module
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.home import settings_page
from hotelml_app.services.home.warning_list import standing_warnings
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import load, save
from hotelml_app.settings.model import PropertySettings, Settings

Change = Callable[[Settings], Settings]


def with_backups(keep: int) -> Change:
    return lambda settings: settings.model_copy(update={"backup": settings.backup.model_copy(update={"keep": keep})})


def with_theme(theme: str) -> Change:
    return lambda settings: settings.model_copy(update={"appearance": settings.appearance.model_copy(update={"theme": theme})})


def test_changes_of_the_same_moment_are_both_kept(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(home: Path, settings: Settings, before: Settings) -> Path:
        time.sleep(0.1)
        return save(home, settings, before)

    monkeypatch.setattr(parts_module, "save", slowly)
    changes = [with_backups(23), with_theme("dark")]
    threads = [threading.Thread(target=settings_page.change, args=(appliance.parts, change)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kept in (appliance.parts.settings, load(appliance.parts.layout.home, discover())):
        assert (kept.backup.keep, kept.appearance.theme) == (23, "dark")


def test_what_cannot_be_written_does_not_count(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(home: Path, settings: Settings, before: Settings) -> Path:
        raise SettingsError("The disk is full.")

    before = appliance.parts.settings
    monkeypatch.setattr(parts_module, "save", full)
    with pytest.raises(SettingsError, match="full"):
        settings_page.change(appliance.parts, with_theme("dark"))
    assert appliance.parts.settings == before
    monkeypatch.setattr(parts_module, "save", save)
    settings_page.change(appliance.parts, with_theme("dark"))
    assert appliance.parts.settings.appearance.theme == "dark"


def test_of_several_properties_that_are_set_up_the_only_one_known_is_not_taken_for_another(
    appliance: Appliance, tmp_path: Path
) -> None:
    (known,) = appliance.properties()
    # Both share the folder of the home; no export has named the one that is known.
    own = tuple(PropertySettings(name=name) for name in (known.name, "The Annexe"))
    appliance.save_settings(appliance.parts.settings.model_copy(update={"properties": own}))
    row = "2026-02-01,2026-05-01,2026-05-02,Reserved,2026-02-01,STD,BAR"
    header = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
    (tmp_path / "named.csv").write_text(f"property,{header}\nThe Annexe,N1,{row}\n", encoding="utf-8")
    (tmp_path / "unnamed.csv").write_text(f"{header}\nN2,{row}\n", encoding="utf-8")
    unnamed, named = appliance.import_files([tmp_path / "unnamed.csv", tmp_path / "named.csv"], "")
    assert unnamed.status == "failed"
    assert "The Annexe" in unnamed.message
    assert named.status == "done"
    assert [one.name for one in appliance.properties()] == [known.name, "The Annexe"]


def house(appliance: Appliance) -> tuple[str, str]:
    (view,) = appliance.properties()
    return view.country, view.currency


def of_house(country: str, currency: str) -> Settings:
    return Settings(properties=(PropertySettings(name=NAME, country=country, currency=currency),))


def test_what_is_told_of_a_hotel_before_its_first_export_counts_from_that_on(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.save_settings(of_house("JP", "JPY"))
        appliance.import_files([write_export(tmp_path / "exports")])
        assert house(appliance) == ("JP", "EUR"), "the export names its currency"
        settings_page.change(appliance.parts, with_theme("dark"))
        assert house(appliance) == ("JP", "EUR"), "another theme says nothing of the currency"
        appliance.save_settings(of_house("JP", "CHF"))
        assert house(appliance) == ("JP", "CHF"), "what was said last holds"


def test_what_is_written_into_the_settings_by_hand_counts_at_the_next_start_where_nothing_was_said(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        (view,) = appliance.properties()
        appliance.update_property(replace(view, country="", currency=""))
    save(hotel_home, of_house("JP", "JPY"))
    with open_at_morning(hotel_home) as appliance:
        assert house(appliance) == ("JP", "JPY")
        appliance.update_property(replace(view, country="PT", currency="EUR"))
    with open_at_morning(hotel_home) as appliance:
        assert house(appliance) == ("PT", "EUR"), "what was said last holds"


def test_what_staff_say_while_an_import_ends_is_not_undone_by_the_settings(
    hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at_morning(hotel_home) as appliance:
        (view,) = appliance.properties()
        appliance.update_property(replace(view, country="", currency=""))
        appliance.parts.change_settings(lambda _: of_house("JP", "JPY"))
        write = appliance.parts.store.write

        def later() -> object:
            monkeypatch.undo()
            appliance.update_property(replace(view, country="PT", currency="EUR"))
            return write()

        monkeypatch.setattr(appliance.parts.store, "write", later)
        appliance.events.publish(ImportFinished(1, "bookings.csv", "done", (NAME,), 1, 0))
        assert house(appliance) == ("PT", "EUR")


def test_a_folder_that_another_was_chosen_for_is_not_called_away_any_more(appliance: Appliance, tmp_path: Path) -> None:
    def with_folder(folder: Path) -> Change:
        own = (PropertySettings(name=NAME, drop_folder=str(folder), polling=True),)
        return lambda settings: settings.model_copy(update={"properties": own})

    def warned() -> list[str]:
        return [one.key for one in standing_warnings(appliance.parts.store)]

    away, there = tmp_path / "away", tmp_path / "there"
    there.mkdir()
    settings_page.change(appliance.parts, with_folder(away))
    appliance.parts.folders.start()
    try:
        wait_until(lambda: f"folder:{away}" in warned())
        for key in (f"file:{away / 'a.csv'}", f"watches:{away}"):
            appliance.events.publish(Warned(key, "Waits", "Somebody must answer."))
        settings_page.change(appliance.parts, with_folder(there))
        assert [key for key in warned() if str(away) in key] == []
    finally:
        appliance.parts.folders.stop()


def test_what_is_written_by_hand_while_it_runs_outlasts_a_change_in_the_window(appliance: Appliance) -> None:
    settings_page.change(appliance.parts, with_theme("light"))
    file = appliance.parts.layout.settings_file
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("stable_after_s = 5.0", "stable_after_s = 60.0"), encoding="utf-8")
    settings_page.change(appliance.parts, with_theme("dark"))
    kept = load(appliance.parts.layout.home, discover())
    assert (kept.intake.stable_after_s, kept.appearance.theme) == (60.0, "dark")
    assert appliance.parts.settings.intake.stable_after_s == 5.0, "it counts from the next start on"

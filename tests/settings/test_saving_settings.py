"""Settings are saved whole, beside what a person wrote into the file meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotelml_app.settings import PropertySettings, Settings, SettingsError, load, save, training_config
from hotelml_app.settings.files import written
from hotelml_app.settings.model import (
    AppearanceSettings,
    BackupSettings,
    CollectorSettings,
    ModuleTraining,
    TrainingSettings,
)


def write(home: Path, text: str) -> Path:
    path = home / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_saving_keeps_the_former_file(tmp_path: Path) -> None:
    former = write(tmp_path, '# my own words\n[appearance]\ntheme = "dark"\n').read_text(encoding="utf-8")
    save(tmp_path, Settings())
    assert (tmp_path / "settings.toml.bak").read_text(encoding="utf-8") == former
    assert load(tmp_path) == Settings()


@pytest.mark.parametrize("text", ["[training]\ngrowth_shar = 1\n", "version = 99\n", "[[[\n"])
def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError):
        save(tmp_path, Settings())
    assert path.read_text(encoding="utf-8") == text
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]


def test_what_a_person_wrote_into_the_file_meanwhile_stays(tmp_path: Path) -> None:
    """HotelML runs all day; a schedule written by hand must not be gone once somebody chooses dark colours in the window."""
    before = Settings(properties=(PropertySettings(name="City Hotel"),), backup=BackupSettings(keep=5))
    write(tmp_path, written(before).replace("keep = 5", "keep = 7") + '\n[training.modules.forecast]\nschedule = "0 2 * * *"\n')
    save(tmp_path, before.model_copy(update={"appearance": AppearanceSettings(theme="dark")}), before)
    kept = load(tmp_path)
    assert (kept.backup.keep, kept.appearance.theme, kept.properties) == (7, "dark", before.properties)
    assert training_config(kept, "forecast").schedule == "0 2 * * *"


def test_what_was_changed_in_the_file_and_in_the_window_at_once_is_asked_about(tmp_path: Path) -> None:
    before = Settings(backup=BackupSettings(keep=5))
    text = written(before).replace("keep = 5", "keep = 7")
    path = write(tmp_path, text)
    with pytest.raises(SettingsError, match=r"The setting backup\.keep was also changed in the settings file"):
        save(tmp_path, before.model_copy(update={"backup": BackupSettings(keep=9)}), before)
    assert path.read_text(encoding="utf-8") == text
    same = before.model_copy(update={"backup": BackupSettings(keep=7)})
    save(tmp_path, same, before)
    assert load(tmp_path) == same


def test_a_file_that_was_removed_meanwhile_is_written_anew(tmp_path: Path) -> None:
    before = Settings(backup=BackupSettings(keep=5))
    save(tmp_path, before.model_copy(update={"appearance": AppearanceSettings(theme="dark")}), before)
    assert (load(tmp_path).backup.keep, load(tmp_path).appearance.theme) == (5, "dark")


def test_a_module_that_the_window_leaves_out_goes_though_the_file_still_names_it(tmp_path: Path) -> None:
    trained = TrainingSettings(modules={"forecast": ModuleTraining(), "noshow": ModuleTraining()})
    before = Settings(training=trained)
    save(tmp_path, before)
    save(tmp_path, Settings(training=TrainingSettings(modules={"noshow": ModuleTraining()})), before)
    assert list(load(tmp_path).training.modules) == ["noshow"]


def test_settings_that_are_not_valid_are_not_saved(tmp_path: Path) -> None:
    wrong = Settings().model_copy(update={"collector": CollectorSettings().model_copy(update={"buffer_size": -1})})
    with pytest.raises(SettingsError, match=r"collector\.buffer_size.*Nothing was saved"):
        save(tmp_path, wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(SettingsError, match="former settings still hold"):
        save(tmp_path / "home", Settings())

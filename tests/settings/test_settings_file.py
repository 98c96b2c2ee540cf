"""Settings as a person writes them: what holds, what is told of a mistake, and where."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.settings import PropertySettings, Settings, SettingsError, load, save, training_config
from hotelml_app.settings.files import read_text, written
from hotelml_app.settings.model import (
    AppearanceSettings,
    BackupSettings,
    ModuleTraining,
    ReportSettings,
    TrainingSettings,
)
from hotelml_app.settings.upgrades import upgrade

NO_FOLDERS = [] if sys.platform == "win32" else ["~nobody-of-that-name/exports", "a\0b"]


"""What this system knows at once to be no folder; Windows says so only when it shall make it."""


def write(home: Path, text: str) -> Path:
    path = home / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(home: Path, text: str) -> str:
    """Return what loading says, having checked that the file stayed as it was."""
    path = write(home, text)
    with pytest.raises(SettingsError) as caught:
        load(home, known_modules=("forecast", "noshow"))
    assert path.read_text(encoding="utf-8") == text
    return str(caught.value)


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)


folders = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60).map(
    lambda text: f"exports{text.replace('..', '')}"
)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings == Settings()
    assert (settings.intake.stable_after_s, settings.intake.rescan_every_s) == (5, 300)
    assert (settings.training.growth_share, settings.training.growth_min) == (0.02, 200)
    assert (settings.collector.buffer_size, settings.collector.flush_after_s) == (10_000, 30)
    assert list(tmp_path.iterdir()) == []


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    settings = Settings(
        properties=(
            PropertySettings(name="City Hotel", drop_folder="D:\\PMS\\exports", country="pt", currency="eur"),
            PropertySettings(name="Hôtel du Parc", polling=True),
        ),
        training=TrainingSettings(modules={"forecast": ModuleTraining(hyperparameters={"layers": [64, 32], "rate": 0.1})}),
        appearance=AppearanceSettings(theme="dark"),
    )
    save(tmp_path / "new home", settings)
    assert load(tmp_path / "new home") == settings
    assert load(tmp_path / "new home").properties[0].country == "PT"
    assert [path.name for path in (tmp_path / "new home").iterdir()] == ["settings.toml"]


@given(st.lists(names, max_size=4, unique_by=lambda name: name.strip().casefold()), folders, st.floats(0.001, 3600))
def test_any_names_and_folders_come_back_as_they_were(hotels: list[str], folder: str, seconds: float) -> None:
    settings = Settings(properties=tuple(PropertySettings(name=name, drop_folder=folder) for name in hotels))
    settings = settings.model_copy(update={"intake": settings.intake.model_copy(update={"stable_after_s": seconds})})
    with tempfile.TemporaryDirectory() as home:
        save(Path(home), settings)
        assert load(Path(home)) == settings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[training]\n\ngrowth_shar = 0.1\n", r"training\.growth_shar \(line 3\)\. Did you mean growth_share\?"),
        ("[colector]\nbuffer_size = 5\n", r"colector \(line 1\)\. Did you mean collector\?"),
        ("buffer_size = 5\n", r"buffer_size \(line 1\)\. It belongs into \[collector\]"),
        ('[[properties]]\nname = "A"\n\n[[properties]]\nnam = "B"\n', r"properties\[2\]\.nam \(line 5\)\. Did you mean name"),
        ('[[properties]]\ncountry = "PT"\n', r"properties\[1\]\.name is missing \(line 1\)"),
        ('[[properties]]\nname = "A"\ncountry = "Portugal"\n', r"properties\[1\]\.country \(line 3\).*two letters"),
        ('[[properties]]\nname = "A"\ncountry = "XX"\n', r"properties\[1\]\.country \(line 3\).*no country XX"),
        ('[[properties]]\nname = "A"\ncountry = "PRT"\n', r"country \(line 3\).*Did you mean PT\?"),
        ('[[properties]]\nname = "A"\ncountry = "germny"\n', r"country \(line 3\).*Did you mean DE\?"),
        ('[[properties]]\nname = "A"\ncurrency = "Euro"\n', r"currency \(line 3\).*three letters"),
        ('[[properties]]\nname = "A"\n[[properties]]\nname = "a"\n', r"two properties are called"),
        ('[[properties]]\nname = "  "\n', r"name \(line 2\).*needs a name"),
        ("[collector]\nbuffer_size = 0\n", r"collector\.buffer_size \(line 2\) .*greater than or equal to 1"),
        ('[appearance]\ntheme = "blue"\n', r"appearance\.theme \(line 2\).*'system', 'light' or 'dark'"),
        ('[api]\nport = "many"\n', r"api\.port \(line 2\).*integer"),
        ("api = 3\n", r"api \(line 1\) cannot be used: it should be a table"),
        ("[intake]\nstable_after_s = nan\n", r"stable_after_s \(line 2\).*finite"),
        ("[training.modules.forecast]\nvalidationSplit = 0.9\n", r"\(line 2\).*0\.5"),
        ("[training.modules.forcast]\n", r"no module forcast \(line 1\)\. Did you mean forecast\?"),
        ("[training.modules.zzz]\n", r"no module zzz.*There are: forecast, noshow"),
        ('[training.modules.noshow]\nschedule = "often"\n', r"schedule \(line 2\).*five fields"),
        ("[training]\nmodules = { noshow = { min_points = 3 } }\n", r"\(line 2\)\. Did you mean min_data_points"),
        ("[training\n", r"not valid TOML.*line 1"),
        ('[[properties]]\ndrop_folder = "D:\\PMS"\n', r"line 2.*single quotes"),
        ("# 'D:\\PMS'\n[training]\n[training]\n", r"line 3.*stands once"),
        ("# 'D:\\PMS'\n[training]\nmax_children = \n", r"line 3.*Correct that line\.$"),
        ("version = 99\n", r"later HotelML \(version 99"),
        ('version = "new"\n', r"not a version"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_the_nearest_right_word(tmp_path: Path, text: str, expected: str) -> None:
    assert re.search(expected, complaint(tmp_path, text))


@pytest.mark.parametrize("folder", [".", "drop/..", "models", "backups/exports", "run", *NO_FOLDERS])
def test_a_drop_folder_among_hotelmls_own_files_is_refused_read_and_saved(tmp_path: Path, folder: str) -> None:
    settings = Settings(properties=(PropertySettings(name="A", drop_folder=folder),))
    with pytest.raises(SettingsError, match=r"own data|cannot be a folder"):
        save(tmp_path, settings)
    assert list(tmp_path.iterdir()) == []
    assert re.search("own data|cannot be a folder", complaint(tmp_path, written(settings)))


def test_the_folder_where_anothers_files_end_is_no_drop_folder(tmp_path: Path) -> None:
    pms = tmp_path / "pms"
    first, inside = (PropertySettings(name=name, drop_folder=str(folder)) for name, folder in (("A", pms), ("B", pms / "failed")))
    with pytest.raises(SettingsError, match="the drop folder of B, is where the files that A dropped end"):
        save(tmp_path / "home", Settings(properties=(inside, first)))
    beside = PropertySettings(name="B", drop_folder=str(pms / "b"))
    save(tmp_path / "home", Settings(properties=(first, beside)))


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("HOME", "own data folder"),
        ("HOME/backups", "own data folder"),
        ("HOME/drop", "own data folder"),
        ("PMS", "taken for an export"),
        ("PMS/processed", "taken for an export"),
        ("usb/copies", "whole path"),
        *((folder, "cannot be a folder") for folder in NO_FOLDERS),
    ],
)
def test_a_second_copy_or_a_report_among_hotelmls_own_files_or_exports_is_refused_read_and_saved(
    tmp_path: Path, folder: str, why: str
) -> None:
    home, pms = tmp_path / "home", tmp_path / "pms"
    named = folder.replace("HOME", str(home)).replace("PMS", str(pms))
    hotel = PropertySettings(name="A", drop_folder=str(pms))
    plain = Settings(properties=(hotel,))
    changes = {"backup": BackupSettings(copy_to=named)}, {"report": ReportSettings(folder=named)}
    home.mkdir(exist_ok=True)
    for change in changes:
        settings = plain.model_copy(update=change)
        (home / "settings.toml").unlink(missing_ok=True)
        with pytest.raises(SettingsError, match=why):
            save(home, settings)
        with pytest.raises(SettingsError, match=why):
            load(write(home, written(settings)).parent)
    elsewhere = str(tmp_path / "usb")
    fine = {"backup": BackupSettings(copy_to=elsewhere), "report": ReportSettings(folder=elsewhere)}
    save(tmp_path / "other", plain.model_copy(update=fine))


def test_two_names_of_one_drop_folder_are_refused_and_one_name_twice_is_not(tmp_path: Path) -> None:
    (tmp_path / "pms").mkdir()
    try:
        (tmp_path / "also").symlink_to(tmp_path / "pms", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links here")
    if not (tmp_path / "also").samefile(tmp_path / "pms"):
        pytest.skip("links lead nowhere here")
    home = tmp_path / "home"
    first = PropertySettings(name="A", drop_folder=str(tmp_path / "pms"))
    with pytest.raises(SettingsError, match=r"drop folder of B, is the same folder as .*pms, which is that of A"):
        save(home, Settings(properties=(first, PropertySettings(name="B", drop_folder=str(tmp_path / "also")))))
    together = Settings(properties=(first, PropertySettings(name="B", drop_folder=first.drop_folder)))
    save(home, together)
    assert load(home) == together


@pytest.mark.parametrize(("told", "kept"), [("pt", "PT"), ("UK", "GB"), ("IC", "ES"), ("", "")])
def test_a_country_is_kept_by_its_iso_letters(told: str, kept: str) -> None:
    assert PropertySettings(name="A", country=told).country == kept


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names here")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    for never_ending in (tmp_path / "settings.toml", Path(os.devnull)):
        with pytest.raises(SettingsError, match="pipe or a device"):
            read_text(never_ending)


def test_many_mistakes_are_told_at_once_but_not_all(tmp_path: Path) -> None:
    told = complaint(tmp_path, "\n".join(f"wrong{number} = 1" for number in range(9)))
    assert told.count("There is no setting") == 5
    assert "There are 4 more." in told


def test_an_editors_byte_order_mark_is_no_mistake_but_another_encoding_is(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b'\xef\xbb\xbf[appearance]\ntheme = "dark"\n')
    assert load(tmp_path).appearance.theme == "dark"
    (tmp_path / "settings.toml").write_bytes("# Größe\n".encode("latin-1"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load(tmp_path)


def test_a_file_of_an_earlier_version_is_brought_up_step_by_step() -> None:
    steps = {
        1: lambda tables: {"folder": tables["directory"]},
        2: lambda tables: {**tables, "folder": [tables["folder"]]},
    }
    assert upgrade({"directory": "drop"}, steps, newest=3) == {"folder": ["drop"], "version": 3}
    assert upgrade({"folder": "drop", "version": 2}, steps, newest=3) == {"folder": ["drop"], "version": 3}
    with pytest.raises(SettingsError, match="later HotelML"):
        upgrade({"version": 4}, steps, newest=3)


def test_training_of_a_module_is_set_under_its_name_or_by_default(tmp_path: Path) -> None:
    write(tmp_path, "[training.modules.noshow]\nminDataPoints = 500\nvalidationSplit = 0.3\nschedule = '0  4 * * mon-fri'\n")
    settings = load(tmp_path)
    assert training_config(settings, "forecast") == ModuleTrainingConfig()
    noshow = training_config(settings, "noshow")
    assert (noshow.min_data_points, noshow.validation_split, noshow.schedule) == (500, 0.3, "0 4 * * mon-fri")
    off = settings.model_copy(update={"training": settings.training.model_copy(update={"enabled": False})})
    assert not training_config(off, "noshow").enabled


def test_a_hotel_is_found_by_its_name_whatever_the_case() -> None:
    settings = Settings(properties=(PropertySettings(name=" Hôtel du Parc "),))
    found = settings.property("HÔTEL DU PARC")
    assert found is not None
    assert found.name == "Hôtel du Parc"
    assert settings.property("Grand") is None


def test_the_written_file_explains_itself() -> None:
    text = written(Settings(properties=(PropertySettings(name="Grand"),)))
    assert text.startswith("# HotelML settings")
    assert "[[properties]]" in text

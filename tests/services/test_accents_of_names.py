"""A name is one however its accents are written: some systems make two signs of a letter with one."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

from small_hotel import open_at_morning, write_export

from hotelml_app.services.doctor.check_health import check_health
from hotelml_app.services.handover.portable import merged
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import PropertySettings, Settings

NAME = "Hôtel du Lac"
APART = unicodedata.normalize("NFD", NAME)


def test_commands_and_the_doctor_know_a_property_however_its_accents_are_written(home: Path, tmp_path: Path) -> None:
    with write_export(tmp_path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:40]
    with (tmp_path / "lac.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows({**row, "property": NAME} for row in rows)
    with open_at_morning(home) as appliance:
        for named in (NAME, APART):
            (view,) = appliance.import_files([tmp_path / "lac.csv"], named)
            assert (view.elsewhere, "nothing was stored" in str(view.notes)) == ("", False)
        appliance.save_settings(Settings(properties=(PropertySettings(name=APART),)))
    checks = check_health(HomeLayout(home))["checks"]
    assert not [one for one in checks if one["name"].startswith("Settings of")]  # type: ignore[attr-defined]


def test_a_hotel_that_is_set_up_twice_is_set_up_once(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        for name in (NAME, APART):
            appliance.complete_first_run(name, tmp_path / "drop")
        assert len(appliance.settings().properties) == 1


def test_the_folder_of_this_pc_stays_with_its_hotel(tmp_path: Path) -> None:
    brought = Settings(properties=(PropertySettings(name=NAME), PropertySettings(name="Annex")))
    here = Settings(properties=(PropertySettings(name=APART, drop_folder=str(tmp_path / "lac")), PropertySettings(name="Annex")))
    assert merged(brought, here, tmp_path / "home").properties[0].drop_folder == str(tmp_path / "lac")

"""A file that HotelML refused is taken in from the Data page once somebody says that it knows better."""

from __future__ import annotations

import csv
from pathlib import Path

from new_pms import of_another_house, to_come
from small_hotel import NAME, open_at_morning

from hotelml_app.intake.drop.clerk import Fate
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.exports.data_views import ImportView
from hotelml_app.settings.model import PropertySettings


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    told = {"property": NAME, "status": "Reserved", "status_date": "2025-03-01", "room_type": "DBL"}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["property", "status", "status_date", "room_type", *rows[0]])
        writer.writeheader()
        writer.writerows({**told, **row} for row in rows)
    return path


def newest(appliance: Appliance) -> ImportView:
    return appliance.data(NAME).imports[0]


def test_a_refused_file_is_taken_in_where_staff_know_better(home: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, drop)
        folders = appliance.parts.folders
        folders.take_in(written(drop / "a.csv", to_come()), NAME)
        folders.take_in(written(drop / "b.csv", of_another_house()), NAME)
        refused = newest(appliance)
        assert (refused.file_name, refused.status, refused.objection) == ("b.csv", "failed", "hotel")
        assert "choose the file on the Data page and say so" in refused.message
        appliance.retry_failed("b.csv", refused.id)
        folders.take_in(drop / "b.csv", NAME)
        assert (newest(appliance).status, newest(appliance).objection) == ("done", "")
        assert appliance.data(NAME).bookings == 120
        assert [one.objection for one in appliance.data(NAME).imports] == ["", "", ""]


def test_of_files_called_alike_in_two_folders_the_one_that_failed_is_put_back(home: Path, tmp_path: Path) -> None:
    own = tuple(PropertySettings(name=name, drop_folder=str(tmp_path / at)) for name, at in ((NAME, "one"), ("Annexe", "two")))
    with open_at_morning(home) as appliance:
        appliance.save_settings(appliance.settings().model_copy(update={"properties": own}))
        for one in own:
            path = Path(one.drop_folder) / "bookings.csv"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"nonsense of {one.name}", encoding="utf-8")
            assert appliance.parts.folders.take_in(path, one.name).fate is Fate.FAILED
        appliance.retry_failed("bookings.csv", number=newest(appliance).id)
        assert [(tmp_path / at / "bookings.csv").exists() for at in ("one", "two")] == [False, True]


def test_what_staff_said_of_a_file_counts_where_it_is_read_again(home: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, drop)
        folders = appliance.parts.folders
        folders.take_in(written(drop / "a.csv", to_come()), NAME)
        folders.take_in(written(drop / "wrong.csv", [{**row, "adr": "1"} for row in to_come(3)]), NAME)
        wrong = newest(appliance).id
        folders.take_in(written(drop / "b.csv", of_another_house()), NAME)
        appliance.retry_failed("b.csv", newest(appliance).id)
        folders.take_in(drop / "b.csv", NAME)
        assert appliance.take_back(wrong).again == ("b.csv",)
        read_again = newest(appliance)
        assert (read_again.file_name, read_again.status) == ("b.csv", "done")
        assert {one.objection for one in appliance.data(NAME).imports} == {""}
        appliance.take_back(read_again.id)
        (drop / "processed" / "b.csv").rename(drop / "b.csv")
        folders.take_in(drop / "b.csv", NAME)
        assert (newest(appliance).status, newest(appliance).objection) == ("failed", "hotel")

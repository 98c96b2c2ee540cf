"""Which hotel the bookings of an export belong to, by what it says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dropped import without

from hotelml_app.intake.errors import NoPropertyError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels import properties


def take_in(store: Store, path: Path, **options: object) -> ImportReport:
    return import_file(path, store=store, clock=store.clock, **options)


def stays(name: str, day: str, *, later: int = 0) -> list[dict[str, str]]:
    rooms = [{"property": name, "reservation_id": str(n), "business_date": day} for n in range(24)]
    return [{**one, "arrival": f"2025-07-{n + 1:02}", "departure": f"2025-07-{n + 2 + later:02}"} for n, one in enumerate(rooms)]


def test_several_properties_in_one_file_are_kept_apart(store: Store, write_export, tmp_path: Path) -> None:
    rows = [{"reservation_id": "1"}, {"reservation_id": "1", "property": "Hill Hotel", "business_date": "2025-05-31"}]
    report = take_in(store, write_export(tmp_path / "a.csv", rows))
    assert {share.name: share.business_date for share in report.properties} == {
        "Harbour House": date(2025, 6, 1),
        "Hill Hotel": date(2025, 5, 31),
    }


def test_an_export_that_names_no_property_belongs_to_the_one_that_was_set_up(store: Store, write_export, tmp_path: Path) -> None:
    path = write_export(tmp_path / "a.csv", [{}], header=without("property"))
    assert take_in(store, path, settings_property="Hill Hotel").properties[0].name == "Hill Hotel"


def test_a_column_in_which_no_property_is_named_says_nothing(store: Store, write_export, tmp_path: Path) -> None:
    path = write_export(tmp_path / "a.csv", [{"property": ""}, {"property": " "}])
    report = import_file(path, store=store, settings_property="Harbour House", clock=store.clock)
    assert ([share.name for share in report.properties], report.accepted) == (["Harbour House"], 2)


def test_a_hotel_that_exports_call_otherwise_now_keeps_its_history(store: Store, write_export, tmp_path: Path) -> None:
    take_in(store, write_export(tmp_path / "1.csv", stays("Harbour House", "2025-06-01")))
    # Another house that counts from 0 as well.
    take_in(store, write_export(tmp_path / "2.csv", stays("Hill Hotel", "2025-06-01", later=1)))
    report = take_in(store, write_export(tmp_path / "3.csv", stays("Harbour House & Spa", "2025-06-02")[6:]))
    take_in(store, write_export(tmp_path / "4.csv", [{"property": "HARBOUR HOUSE & SPA", "reservation_id": "new"}]))
    with store.read() as connection:
        assert {row.name: bookings.count(connection, row.id) for row in properties.all(connection)} == {
            "Harbour House": 25,
            "Hill Hotel": 24,
        }
    assert any("18 of 18 of its bookings are known as those of Harbour House" in note for note in report.notes)


def test_an_export_that_names_no_property_is_asked_about_where_there_are_several(
    store: Store, write_export, tmp_path: Path
) -> None:
    with store.write() as connection:
        for name in ("Hill Hotel", "Valley Inn"):
            properties.ensure(connection, name, store.clock.now())
    with pytest.raises(NoPropertyError, match="Hill Hotel, Valley Inn") as told:
        take_in(store, write_export(tmp_path / "a.csv", [{}], header=without("property")))
    assert "hotelml import --property NAME FILE" in told.value.remedy, "there may be no folder of its own"
    with store.read() as connection:
        assert not imports.recent(connection)


def test_the_code_an_export_uses_for_the_only_hotel_is_remembered(store: Store, write_export, tmp_path: Path) -> None:
    for number in (1, 2):
        path = write_export(tmp_path / f"{number}.csv", [{"property": "H0001"}])
        report = take_in(store, path, settings_property="Grand Hotel")
        assert [share.name for share in report.properties] == ["Grand Hotel"]
    other = take_in(store, write_export(tmp_path / "3.csv", [{"property": "H0002"}]), settings_property="Grand Hotel")
    assert [share.name for share in other.properties] == ["H0002"]

"""How many examples there are is counted once per import, and known to whoever would train."""

from __future__ import annotations

from pathlib import Path

from small_hotel import NAME

from hotelml_app.core.jobs import JobStage
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.modules import manifest
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.exports.data_counts import points_known, points_of

MODULE = "noshow"


def test_what_was_counted_after_an_import_is_known_until_the_next(appliance: Appliance, tmp_path: Path) -> None:
    parts = appliance.parts
    row = the_one(parts.store, NAME)
    assert points_known(parts, manifest(MODULE), row.id) is None, "nobody counts for this alone"
    counted = points_of(parts, manifest(MODULE), parts.property_data(row))
    assert counted > 0
    assert points_known(parts, manifest(MODULE), row.id) == counted
    (tmp_path / "more.csv").write_text(
        "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code\n"
        "N1,2026-02-01,2026-05-01,2026-05-02,Reserved,2026-02-01,STD,BAR\n",
        encoding="utf-8",
    )
    appliance.import_files([tmp_path / "more.csv"], NAME)
    assert points_known(parts, manifest(MODULE), row.id) is None


def test_where_too_little_was_counted_no_training_process_is_started(appliance: Appliance) -> None:
    parts = appliance.parts
    row = the_one(parts.store, NAME)
    counted = points_of(parts, manifest(MODULE), parts.property_data(row))
    assert parts.trainer is not None
    asked = ModuleTrainingConfig(min_data_points=counted + 1)
    report = parts.trainer.wait(parts.trainer.submit(MODULE, row.id, asked_by="schedule", config=asked), 60)
    assert report is not None
    assert report.stage is JobStage.SKIPPED
    assert (
        report.reason == f"Too little data: {counted:,} of the {counted + 1:,} examples needed ({manifest(MODULE).data_point})."
    )
    assert not list(parts.layout.logs.glob("training-*.log"))

"""How good a module was lately is told of what its versions answered one after the other, not of the newest one's first days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from models_on_disk import staged
from small_hotel import AS_OF, NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

HOTEL, ROOMS, FARTHEST = 1, 100.0, 14


def learn(appliance: Appliance, until: date) -> str:
    registry = appliance.parts.registry
    version = registry.add(HOTEL, "forecast", staged(appliance.parts.layout.staging / f"made-{until}", until=until))
    registry.promote(HOTEL, "forecast", version, "better")
    return version


def answered(appliance: Appliance, version: str, asked: date) -> None:
    """Keep what a version foretold of the nights after a day, an error of a room per day ahead, with what came of it."""
    values = {"metric": "rooms_sold", "room_type": "", "p50": ROOMS}
    nights = [asked + timedelta(days=lead) for lead in range(1, FARTHEST + 1)]
    rows = [PredictionRow(asked, night, f"{night}", f"own:{version}", values) for night in nights]
    with appliance.parts.store.write() as connection:
        predictions.replace_run(connection, HOTEL, "forecast", asked, rows, appliance.parts.clock.now())
        given = predictions.of_run(connection, HOTEL, "forecast", asked)
        came = [
            OutcomeRow(row.id, ROOMS, float((row.target_date - asked).days), AS_OF, 20.0)
            for row in given
            if row.target_date <= AS_OF
        ]
        predictions.put_outcomes(connection, came)


@pytest.mark.parametrize("days_each", [1, 4])
def test_a_version_of_yesterday_goes_on_with_the_track_record_of_those_before_it(appliance: Appliance, days_each: int) -> None:
    for back in range(44, 0, -1):
        asked = AS_OF - timedelta(days=back)
        if back % days_each == 0:
            version = learn(appliance, asked)
        answered(appliance, version, asked)
    view = next(one for one in appliance.models(NAME).modules if one.name == "forecast").live
    assert view.version == version
    assert view.track_record == "last 28 nights off by 7.5 % against 20.0 % for pickup"
    assert view.sentence.endswith(f"; {view.track_record}.")

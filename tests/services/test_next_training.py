"""The Models page says when a module learns again by itself, as the triggers and the clock will have it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_hotel import NAME

from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.schedule.triggers import Growth, grown_enough
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.words import moment
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs, models

MODULE = "forecast"
NIGHTLY = "30 3 * * *"


@pytest.fixture
def points(appliance: Appliance) -> int:
    """How much there is to learn from, where a tenth more asks for training and the clock does not."""
    follow(appliance, schedule="")
    return said(appliance)[1]


def follow(appliance: Appliance, schedule: str) -> None:
    rules = appliance.settings()
    changed = {
        **rules.model_dump(),
        "training": {"growth_share": 0.1, "growth_min": 1, "modules": {MODULE: {"schedule": schedule}}},
    }
    appliance.save_settings(type(rules).model_validate(changed))


def said(appliance: Appliance) -> tuple[str, int]:
    card = next(one for one in appliance.models(NAME).modules if one.name == MODULE)
    return card.waits_for, card.data_points


def trained(appliance: Appliance, points: int | None, stage: JobStage = JobStage.DONE) -> None:
    with appliance.parts.store.write() as connection:
        hotel, now = properties.by_name(connection, NAME).id, appliance.parts.clock.now()
        job = jobs.add(connection, TRAIN, now, module=MODULE, property_id=hotel)
        jobs.start(connection, job, now)
        jobs.finish(connection, job, stage, now, report={"points": points})


def test_it_says_there_is_enough_where_the_trigger_says_so_and_not_one_example_sooner(appliance: Appliance, points: int) -> None:
    rule, told = Growth(0.1, 1, 1000), []
    for then in range(round(points / 1.1) - 12, round(points / 1.1) + 12):
        trained(appliance, then)
        asks = bool(grown_enough(points, then, rule))
        told.append(asks)
        assert said(appliance)[0].startswith("There is enough new" if asks else "Learns again by itself after "), then
    assert {True, False} == {*told}


def test_one_that_is_missing_is_one(appliance: Appliance, points: int) -> None:
    rule = Growth(0.1, 1, 1000)
    then = next(one for one in range(points // 2, points) if not grown_enough(points, one, rule))
    trained(appliance, then)
    assert said(appliance)[0] == "Learns again by itself after 1 more finished booking."
    trained(appliance, then + 10)
    assert said(appliance)[0].endswith("more finished bookings.")


def test_it_names_the_hour_at_which_the_clock_asks_however_little_is_new(appliance: Appliance, points: int) -> None:
    follow(appliance, NIGHTLY)
    at_night = next(
        hour
        for ahead in range(1, 26)
        if (hour := (appliance.parts.clock.now() + timedelta(hours=ahead)).replace(minute=30)).astimezone().hour == 3
    )
    trained(appliance, None, JobStage.ABANDONED)
    assert said(appliance)[0] == "Ready to learn: start the training, or wait for the next export."
    trained(appliance, points, JobStage.FAILED)
    assert said(appliance)[0].startswith("Tries again by itself after ")
    assert said(appliance)[0].endswith(f"more finished bookings, or {moment(at_night, at_night)}.")
    trained(appliance, points)
    assert said(appliance)[0].endswith(
        f"more finished bookings, or {moment(at_night, at_night)} if an export came since it learned."
    )


def test_a_page_with_versions_that_are_held_back_does_not_say_that_nothing_is_learned(appliance: Appliance) -> None:
    assert appliance.models(NAME).sentence.startswith("Nothing is learned from your data yet. ")
    with appliance.parts.store.write() as connection:
        hotel, now = properties.by_name(connection, NAME).id, appliance.parts.clock.now()
        held_back = {"folder": "none", "card": {}, "state": models.VersionState.REJECTED, "now": now}
        models.add_version(connection, hotel, MODULE, "2026-02-27.1", **held_back)  # type: ignore[arg-type]
    assert appliance.models(NAME).sentence.startswith(
        "No version that learned from your data is live. Brought along by HotelML: "
    )

"""A live model whose own answers of the last weeks were bad does not keep a new one out by what its card once promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import pytest
import tiny_hotel
from asking import train
from models_on_disk import staged
from tiny_module import MANIFEST, MANIFESTS

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus
from hotelml_app.ml.property.reading import property_data
from hotelml_app.monitor.monitor import Monitor
from hotelml_app.registry.answers import predict, store_predictions
from hotelml_app.registry.lineage import STATISTICAL_RULE
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.services.learning.lost_accuracy import lost_accuracy
from hotelml_app.settings import HomeLayout, Settings
from hotelml_app.store import Store
from hotelml_app.training.trainer import Trainer

FIRST = date(2016, 3, 1)
NIGHTS = 18
AS_GOOD, FAR_TOO_MANY = 1.0, 3.0
"""Rooms foretold for each room on the books the day before."""


@pytest.fixture
def live_through(store: Store, layout: HomeLayout, registry: ModelRegistry, clock: SystemClock) -> Callable[[float], int]:
    """Return what makes a model live that promised 5 % and lets it answer for some nights, each of which is judged."""

    def live(slope: float) -> int:
        hotel = tiny_hotel.export(store, FIRST)
        version = registry.add(hotel, "tiny", staged(layout.staging / "made", slope, until=FIRST, wape=5.0))
        registry.promote(hotel, "tiny", version, "It went live.")
        for number in range(NIGHTS):
            tiny_hotel.export(store, FIRST + timedelta(days=number))
            data = property_data(store, hotel)
            store_predictions(store, predict(store, registry, hotel, "tiny", manifest=MANIFEST, horizon=1), clock.now())
            Monitor(store).match(MANIFEST, hotel, data)
        return hotel

    return live


@pytest.fixture
def judging_trainer(store: Store, registry: ModelRegistry, layout: HomeLayout, clock: SystemClock) -> Iterator[Trainer]:
    lost = partial(lost_accuracy, store)
    made = Trainer(store, registry, layout, Settings(), clock, EventBus(), manifests=MANIFESTS.__getitem__, lost=lost)
    yield made
    made.close()


def test_what_lost_its_lead_gives_way_to_what_leads_less_than_it_had_promised(
    live_through: Callable[[float], int], judging_trainer: Trainer, store: Store
) -> None:
    hotel = live_through(FAR_TOO_MANY)
    loss = lost_accuracy(store, MANIFEST, hotel)
    assert loss is not None
    assert loss.factor > 3
    today = FIRST + timedelta(days=NIGHTS - 1)
    # There is too little to learn from without the newest nights, so that the two cannot be compared on them.
    report = train(judging_trainer, hotel, wape=6.0, short_before=today.isoformat())
    assert (report.verdict, report.version) == ("champion", f"{today}.1")
    assert "led by 44.4 %, but not since: over the last 17 nights the measure was " in report.reason


def test_what_errs_more_than_the_plain_rule_answers_no_longer_where_nothing_better_can_be_learned(
    live_through: Callable[[float], int], judging_trainer: Trainer, registry: ModelRegistry
) -> None:
    hotel = live_through(FAR_TOO_MANY)
    report = train(judging_trainer, hotel, worse=True)
    assert (report.verdict, report.gave_way) == ("rejected", f"{FIRST}.1")
    assert registry.champion(hotel, "tiny") is None
    live = registry.deployments(hotel, "tiny")[0]
    assert live.version == STATISTICAL_RULE
    assert live.reason.startswith(f"{FIRST}.1 errs more than the plain rule by now: over the last 17 nights the measure was ")
    assert report.reason.endswith("not better, so it does not go live. Nor is 2016-03-01.1 live any more.")


def test_staff_who_want_a_model_that_errs_keep_it(
    live_through: Callable[[float], int], judging_trainer: Trainer, registry: ModelRegistry
) -> None:
    hotel = live_through(FAR_TOO_MANY)
    registry.promote(hotel, "tiny", f"{FIRST}.1")
    assert train(judging_trainer, hotel, worse=True).verdict == "rejected"
    assert registry.champion(hotel, "tiny") is not None


def test_what_is_as_good_as_promised_stays_live(
    live_through: Callable[[float], int], judging_trainer: Trainer, store: Store
) -> None:
    hotel = live_through(AS_GOOD)
    assert lost_accuracy(store, MANIFEST, hotel) is None
    report = train(judging_trainer, hotel, wape=6.0)
    assert (report.verdict, "stayed live" in report.reason) == ("challenger", True)
    assert "but not since" not in report.reason


def test_what_lost_its_lead_gives_way_to_what_does_better_on_the_same_nights(
    live_through: Callable[[float], int], judging_trainer: Trainer
) -> None:
    report = train(judging_trainer, live_through(FAR_TOO_MANY), wape=8.9)
    assert (report.verdict, "newest 17 days" in report.reason) == ("champion", True)

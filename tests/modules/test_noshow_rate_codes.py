"""Rates that are not paid back are kept far more often: the risk follows the rate code; models from before it still answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from noshow_hotel import TODAY, booking, data_of, random_house

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.noshow import books
from hotelml_app.modules.noshow.features import feature_names, snapshot
from hotelml_app.modules.noshow.learning import prepare
from hotelml_app.modules.noshow.predicting import predict
from hotelml_app.modules.noshow.training import train

QUICK = ModuleTrainingConfig(hyperparameters={"forest_trees": 10, "boosting_rounds": 20, "network_epochs": 1})
LOST = {"FLEX": 0.3, "NONREF": 0.04}


def house_with_rates(bookings: int = 6000, days: int = 420) -> Iterator[tuple[object, ...]]:
    """Return bookings of one agent and one segment that differ in nothing but their rate."""
    random = np.random.default_rng(5)
    for number in range(bookings):
        arrival = TODAY + timedelta(days=int(random.integers(-days, 40)))
        lead = int(random.integers(2, 60))
        booked, rate = arrival - timedelta(days=lead), ("FLEX", "NONREF")[int(random.random() < 0.4)]
        gone = arrival - timedelta(days=int(random.integers(0, min(lead, 25))))
        lost = random.random() < LOST[rate] and gone <= TODAY
        words = {"agent": "9", "segment": "Online", "rate_code": rate}
        if booked > TODAY:
            continue
        if lost:
            yield booking(number, booked, arrival, BookingStatus.CANCELLED, gone, **words)
        elif arrival > TODAY:
            yield booking(number, booked, arrival, BookingStatus.RESERVED, booked, **words)
        else:
            yield booking(number, booked, arrival, BookingStatus.CHECKED_OUT, arrival + timedelta(days=2), **words)


def learned(data: PropertyData) -> LoadedModel:
    return LoadedModel.in_memory(train(TrainingContext(data, data.as_of, QUICK)))


def asked(data: PropertyData, model: LoadedModel) -> list[Prediction]:
    return predict(PredictionRequest(data, TODAY, 28, model))


@pytest.fixture(scope="module")
def answers() -> dict[str, list[Prediction]]:
    """What is said of the bookings at each rate that arrive in one to four weeks."""
    data = data_of(list(house_with_rates()))
    rates = data.history.categories["rate_code"].words()
    rate_of = dict(zip(data.history.reservation_ids[data.history.booking].tolist(), rates.tolist(), strict=True))
    found: dict[str, list[Prediction]] = {"FLEX": [], "NONREF": []}
    for one in asked(data, learned(data)):
        if (one.target_date - TODAY).days > 7:
            found[str(rate_of[one.key])].append(one)
    return found


def test_a_booking_that_is_not_paid_back_is_far_less_at_risk(answers: dict[str, list[Prediction]]) -> None:
    flexible, kept = (np.mean([float(str(one.values["p_lost"])) for one in answers[rate]]) for rate in ("FLEX", "NONREF"))
    assert kept < 0.7 * flexible


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ("NONREF", "rate NONREF bookings are lost less often than others"),
        ("FLEX", "rate FLEX bookings are lost more often than others"),
    ],
)
def test_the_rate_is_named_among_the_reasons(answers: dict[str, list[Prediction]], rate: str, words: str) -> None:
    other = {"NONREF": "FLEX", "FLEX": "NONREF"}[rate]
    assert any(words in str(one.values["reasons"]) for one in answers[rate])
    assert not any(words in str(one.values["reasons"]) for one in answers[other])


def test_exports_without_rate_codes_say_nothing_by_them() -> None:
    told = books.lay_out(data_of(random_house()).history)
    for days_ago in (300, 100, 0):
        shot = snapshot(told, day_number(TODAY) - days_ago, 28)
        assert len(shot.spells)
        assert not shot.features[:, feature_names(told).index("late losses of rate code")].any()


def test_a_model_that_never_heard_of_rate_codes_answers_as_it_did_before(monkeypatch: pytest.MonkeyPatch) -> None:
    data, now = data_of(random_house()), books._kinds
    with monkeypatch.context() as before:
        before.setattr(books, "_kinds", lambda *told: {name: kind for name, kind in now(*told).items() if name != "rate code"})
        model = learned(data)
        then = [one.values["p_lost"] for one in asked(data, model)]
    assert [one.values["p_lost"] for one in asked(data, model)] == then
    assert prepare(TrainingContext(data, data.as_of, QUICK, bundled=model)).bundled is model

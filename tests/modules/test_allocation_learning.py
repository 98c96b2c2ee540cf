"""Who is given another type than booked: learned without peeking, exported faithfully, judged when the guest has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from synthetic_property import DAY, hotel, property_until, small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.errors import UsageError
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, StoredPrediction, TrainingContext
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.allocation import evaluating
from hotelml_app.modules.allocation.errors import TooFewTypesGivenError
from hotelml_app.modules.allocation.evaluating import OURS, evaluate
from hotelml_app.modules.allocation.house.inventory import ladder
from hotelml_app.modules.allocation.predicting import predict
from hotelml_app.modules.allocation.room_types.outcomes import outcomes
from hotelml_app.modules.allocation.room_types.past import FEATURES, Past
from hotelml_app.modules.allocation.room_types.training import train


def context(data: PropertyData, **settings: object) -> TrainingContext:
    return TrainingContext(data, data.as_of, ModuleTrainingConfig(hyperparameters=settings))


@cache
def trained() -> TrainedModel:
    """Return the model of the small hotel."""
    return train(context(property_until(hotel(), DAY), rounds=40))


def test_the_model_beats_the_share_by_booked_type_and_always_as_booked_in_time() -> None:
    by_name = {measure.name: measure for measure in trained().measures}
    for name in ("type_brier", "type_brier beside always as booked"):
        assert by_name[name].baseline_value is not None
        assert by_name[name].value < by_name[name].baseline_value
    names = {one.name for one in trained().evaluation.candidates}
    assert {"blend", "the share by booked type", "always as booked"} <= names


def test_its_graphs_answer_as_the_trained_model_does() -> None:
    check_parity(trained())


def test_what_is_known_only_later_changes_no_feature() -> None:
    later = property_until(hotel(), hotel().last_day).history
    then = later.as_of(DAY)
    known = Past(then, ladder(then), then.today)
    spells = known.expected(then.today, 14)
    everything = Past(later, ladder(then), then.today)
    key = later.booking.astype(np.int64) * 10**6 + later.known_from
    same = np.searchsorted(key, then.booking[spells].astype(np.int64) * 10**6 + then.known_from[spells])
    assert len(spells) > 20
    np.testing.assert_allclose(known.features(spells, then.today), everything.features(same, then.today), atol=1e-6)


def test_predictions_say_how_likely_the_booked_type_is_and_what_made_them() -> None:
    data = property_until(hotel(), DAY)
    found = predict(PredictionRequest(data, DAY, 14, LoadedModel.in_memory(trained())))
    assert {one.made_by for one in found} == {MadeBy.OWN}
    chances = [float(str(one.values["p_as_booked"])) for one in found]
    assert all(0 < chance < 1 for chance in chances)
    assert len(set(chances)) > len(found) / 3
    by_share = predict(PredictionRequest(data, DAY, 14))
    assert {one.made_by for one in by_share} == {MadeBy.STATISTICAL}


def test_outcomes_compare_with_the_share_once_the_guest_has_come() -> None:
    data = property_until(hotel(), DAY)
    found = predict(PredictionRequest(data, DAY, 14, LoadedModel.in_memory(trained())))
    stored = [StoredPrediction(n, DAY, one.target_date, one.key, str(one.made_by), one.values) for n, one in enumerate(found)]
    assert outcomes(data, stored) == []
    came = outcomes(property_until(hotel(), DAY + timedelta(days=20)), stored)
    assert len(came) > len(found) / 2
    assert {one.actual for one in came} == {0.0, 1.0}
    for one in came:
        said = float(str(stored[one.prediction_id].values["p_as_booked"]))
        assert one.error == pytest.approx((said - one.actual) ** 2)
        assert one.baseline_error is not None


def test_whole_days_are_lived_through_again_beside_first_fit_and_best_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "DAYS", 7)
    board = evaluate(context(property_until(hotel(), DAY), rounds=20))
    points = {one.name: {m.name: m.value for m in one.measures} for one in board.candidates}
    plain = ("first fit", "best fit", "first fit, rooms told kept", "best fit, rooms told kept")
    for name in plain:
        assert points[OURS]["points a day"] <= points[name]["points a day"]
        assert points[OURS]["refused arrivals"] <= points[name]["refused arrivals"]
    for name in ("first fit", "best fit"):
        changed = "rooms changed after they were told"
        assert points[OURS][changed] < points[name][changed]
    assert "solved to the best plan" in " ".join(board.notes)


def test_too_little_is_said_in_words() -> None:
    stay = {"arrival": DAY - timedelta(days=9), "departure": DAY - timedelta(days=7), "room_type": "DBL"}
    rows = [{**stay, "reservation_id": "A", "assigned_room_type": "DBL", "status": BookingStatus.CHECKED_OUT}]
    history = small_history(rows, DAY)
    data = PropertyData(PropertyFacts(1, "Casa"), DAY, lambda: history)
    with pytest.raises(TooFewTypesGivenError) as told:
        train(context(data))
    assert "0 guests" in told.value.message
    assert told.value.remedy


@pytest.mark.parametrize("settings", [{"trees": 3}, {"rounds": 0}, {"C": "much"}])
def test_a_setting_that_makes_no_sense_is_bad_usage(settings: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        train(context(property_until(hotel(), DAY), **settings))


def test_a_model_that_looks_at_other_features_is_refused() -> None:
    other = replace(trained(), parameters={**trained().parameters, "features": list(FEATURES[1:])})
    with pytest.raises(DamagedModelError):
        predict(PredictionRequest(property_until(hotel(), DAY), DAY, 14, LoadedModel.in_memory(other)))

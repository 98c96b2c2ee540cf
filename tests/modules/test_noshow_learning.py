"""The no-show module learns, exports itself, and answers through ONNX as it did in training."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import pytest
from noshow_hotel import TODAY, data_of, random_house

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.metrics import auc
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.noshow.backtest import evaluate
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.candidates import FITS
from hotelml_app.modules.noshow.errors import HyperparameterError, TooLittleHistoryError
from hotelml_app.modules.noshow.learning import fit, fit_on_everything, prepare
from hotelml_app.modules.noshow.predicting import predict
from hotelml_app.modules.noshow.scoring import REPLAY_EVERY_DAYS, current_calibration, replayed, trained_calibration
from hotelml_app.modules.noshow.settings import settings_from
from hotelml_app.modules.noshow.snapshots import ends
from hotelml_app.modules.noshow.training import train

QUICK = ModuleTrainingConfig(hyperparameters={"forest_trees": 10, "boosting_rounds": 20, "network_epochs": 1})


@pytest.fixture(scope="module")
def data() -> PropertyData:
    return data_of(random_house(bookings=6000))


@pytest.fixture(scope="module")
def learned_until(data: PropertyData) -> PropertyData:
    return data.at(TODAY - timedelta(days=30))


@pytest.fixture(scope="module")
def trained(learned_until: PropertyData) -> TrainedModel:
    return train(TrainingContext(learned_until, learned_until.as_of, QUICK))


@pytest.fixture(scope="module")
def model(trained: TrainedModel) -> LoadedModel:
    return LoadedModel.in_memory(trained)


def test_the_exported_model_answers_as_the_trained_one(trained: TrainedModel) -> None:
    assert check_parity(trained).largest_difference < 1e-4


def test_what_prediction_needs_besides_the_graphs_is_plain_json(trained: TrainedModel) -> None:
    assert json.loads(json.dumps(trained.parameters, allow_nan=False)) == dict(trained.parameters)


def test_the_leaderboard_names_candidates_and_baselines_on_the_same_weeks(trained: TrainedModel) -> None:
    names = {one.name for one in trained.evaluation.candidates}
    assert {"logistic", "forest", "boosting", "network", "blend", "base rate by days to arrival"} <= names
    assert sum(one.chosen for one in trained.evaluation.candidates) == 1
    assert sum(one.is_baseline for one in trained.evaluation.candidates) == 2
    assert all(origin <= trained.data_until for origin in trained.evaluation.origins)


def test_the_measure_it_is_judged_by_comes_first_and_beats_the_base_rate(trained: TrainedModel) -> None:
    first = trained.measures[0]
    assert first.name == "brier"
    assert first.baseline_value is not None
    assert first.value < first.baseline_value


def test_on_days_it_never_saw_the_model_tells_bad_agents_bookings_apart(
    data: PropertyData, learned_until: PropertyData, model: LoadedModel
) -> None:
    given = predict(PredictionRequest(data, learned_until.as_of, 28, model))
    end, history = ends(data.history), data.history
    number = {str(name): at for at, name in enumerate(history.reservation_ids)}
    told = [one for one in given if one.made_by is MadeBy.OWN]
    lost = np.array([end.lost[number[str(one.values["reservation_id"])]] for one in told])
    assert auc(np.array([one.values["p_lost"] for one in told], dtype=float), lost) > 0.6


def test_the_day_before_arrival_and_far_ahead_the_base_rate_answers(data: PropertyData, model: LoadedModel) -> None:
    given = predict(PredictionRequest(data, TODAY, 35, model))
    makers = {(one.target_date - TODAY).days: one.made_by for one in given}
    assert makers[1] is MadeBy.STATISTICAL
    assert makers[2] is MadeBy.OWN
    assert makers[28] is MadeBy.OWN
    assert all(maker is MadeBy.STATISTICAL for ahead, maker in makers.items() if ahead > 28)


def test_the_latest_weeks_move_the_calibration(data: PropertyData, model: LoadedModel) -> None:
    books = lay_out(data.history)
    seen = replayed(books, day_number(TODAY))
    moved, said = current_calibration(model, seen)
    assert not np.allclose(moved.intercept, trained_calibration(model).intercept)
    assert len(said) == len(seen)
    assert said.mean() == pytest.approx(seen.lost.mean(), abs=0.05)


def test_a_model_answers_in_the_first_week_too_when_nothing_that_came_of_bookings_is_known_yet(
    data: PropertyData, model: LoadedModel
) -> None:
    first = day_of(int(data.history.known_from.min()))
    day = first + timedelta(days=REPLAY_EVERY_DAYS - 1)
    assert not len(replayed(lay_out(data.history.as_of(day)), day_number(day)))
    expected = len(data.history.on_the_books(day, 180))
    assert expected
    assert len(predict(PredictionRequest(data, day, 180, model))) == expected


def test_a_model_of_other_features_is_refused_as_damaged(data: PropertyData, trained: TrainedModel) -> None:
    other = LoadedModel.in_memory(trained)
    other.parameters = {**trained.parameters, "features": ["shoe size"]}
    with pytest.raises(DamagedModelError, match="other features"):
        predict(PredictionRequest(data, TODAY, 7, other))


@pytest.mark.parametrize("name", ["network", "boosting"])
def test_the_same_data_and_seed_give_the_same_model(learned_until: PropertyData, name: str) -> None:
    ground = prepare(TrainingContext(learned_until, learned_until.as_of, QUICK))
    rows = ground.seen.day > day_number(TODAY) - 90
    asked = ground.seen.features[:50]
    np.testing.assert_allclose(fit(ground, name, rows).probability(asked), fit(ground, name, rows).probability(asked), rtol=1e-5)


def test_the_trees_in_use_learn_between_the_weekly_snapshots_too_and_never_of_what_is_still_open(
    learned_until: PropertyData, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = prepare(TrainingContext(learned_until, learned_until.as_of, QUICK))
    more = ground.between()
    assert not set(more.day) & set(ground.seen.day)
    assert more.arrival.max() <= day_number(learned_until.as_of)
    rows: dict[str, int] = {}
    for name in ("boosting", "logistic"):
        monkeypatch.setitem(FITS, name, lambda x, *_, name=name: rows.setdefault(name, len(x)))
        fit_on_everything(ground, name)
    assert rows == {"boosting": len(ground.seen) + len(more), "logistic": len(ground.seen)}


def test_evaluation_reaches_further_back_than_the_training_does(data: PropertyData, trained: TrainedModel) -> None:
    board = evaluate(TrainingContext(data, TODAY, QUICK))
    assert board.origins[0] < trained.evaluation.origins[0]
    assert len(board.origins) > len(trained.evaluation.origins)


def test_training_stops_when_asked(learned_until: PropertyData) -> None:
    def stop(fraction: float, step: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        train(TrainingContext(learned_until, learned_until.as_of, QUICK, progress=stop))


def test_a_short_history_is_refused_in_words() -> None:
    young = data_of(random_house(bookings=600, days=90))
    with pytest.raises(TooLittleHistoryError) as told:
        train(TrainingContext(young, TODAY, QUICK))
    assert "base rate answers" in told.value.remedy


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"forest_tree": 5}, "Did you mean forest_trees"),
        ({"forest_depth": 0}, "above 0"),
        ({"network_epochs": 2.5}, "whole number"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(given: dict[str, object], says: str) -> None:
    with pytest.raises(HyperparameterError) as told:
        settings_from(given)
    assert says in told.value.remedy

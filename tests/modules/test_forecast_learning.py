"""A forecast that learned: on real nights it had not seen it beats the plain rules, and it survives being saved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from real_hotels import RESORT, history
from synthetic_property import OPENING, hotel, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
from hotelml_app.ml.metrics import coverage, wape
from hotelml_app.ml.onnx.artifacts import read_artifact, write_artifact
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.booking_curves import on_books_matrix
from hotelml_app.ml.property.property_data import CalendarEvent, PropertyData, PropertyFacts
from hotelml_app.modules.forecast.errors import HyperparameterError, ShortHistoryError
from hotelml_app.modules.forecast.predicting import predict
from hotelml_app.modules.forecast.training import train

TRAINED_ON = date(2016, 10, 31)
FAIR = CalendarEvent("Fair", TRAINED_ON + timedelta(days=3), TRAINED_ON + timedelta(days=5))
QUICK = {"rounds": 80, "folds": 4, "network_epochs": 6}


def resort(day: date, **facts: object) -> PropertyData:
    told = PropertyFacts(1, RESORT, country="PT", business_date=day, **facts)  # type: ignore[arg-type]
    return PropertyData(told, day, lambda: history(RESORT))


def context(data: PropertyData, **hyperparameters: object) -> TrainingContext:
    return TrainingContext(data, data.as_of, ModuleTrainingConfig(hyperparameters=hyperparameters or QUICK))


@pytest.fixture(scope="module")
def learned() -> TrainedModel:
    return train(context(resort(TRAINED_ON, events=(FAIR,))))


@pytest.fixture(scope="module")
def model(learned: TrainedModel) -> LoadedModel:
    return LoadedModel.in_memory(learned)


def house(data: PropertyData, day: date, model: LoadedModel | None, horizon: int = 28) -> np.ndarray:
    answers = predict(PredictionRequest(data, day, horizon, model))
    return np.array([[one.values[q] for q in ("p10", "p50", "p90")] for one in answers if one.key == "rooms_sold"], dtype=float)


def test_the_exported_graphs_answer_as_the_trained_model(learned: TrainedModel) -> None:
    report = check_parity(learned)
    assert set(report.parts) == {"boosting", "network"}
    assert report.rows >= 1000
    assert report.largest_difference < 1e-4


def test_weeks_it_had_not_seen_are_foretold_better_than_by_pickup_and_last_year(model: LoadedModel) -> None:
    known = history(RESORT)
    first = day_number(date(2015, 7, 1))
    books = on_books_matrix(known, first, known.today - first + 1, 28)
    sold, ahead = books[:, 0], np.arange(1, 29)
    actual, told, pickup, last_year = [], [], [], []
    for week in range(0, 13, 2):
        day = TRAINED_ON + timedelta(days=1 + 7 * week)
        now = day_number(day) - first
        told.append(house(resort(day), day, model))
        actual.append(sold[now + ahead])
        last_year.append(sold[now + ahead - 364])
        lately = books[now - 55 : now + 1]
        pickup.append(books[now + ahead, ahead] + (lately[:, :1] - lately).mean(axis=0)[ahead])
    y, said = np.concatenate(actual), np.concatenate(told)
    assert wape(y, said[:, 1]) < 0.85 * wape(y, np.concatenate(pickup))
    assert wape(y, said[:, 1]) < 0.5 * wape(y, np.concatenate(last_year))
    assert 0.68 <= coverage(y, said[:, 0], said[:, 2]) <= 0.92


def test_a_saved_model_gives_the_same_answers(learned: TrainedModel, model: LoadedModel, tmp_path: Path) -> None:
    write_artifact(tmp_path / "model", learned, {"version": "2016-10-31.1"})
    again = read_artifact(tmp_path / "model")
    day = TRAINED_ON + timedelta(days=20)
    np.testing.assert_array_equal(house(resort(day), day, again), house(resort(day), day, model))
    json.dumps(dict(learned.parameters))


def test_its_answers_carry_its_name_and_rates_that_of_the_rule(model: LoadedModel) -> None:
    answers = predict(PredictionRequest(resort(TRAINED_ON), TRAINED_ON, 7, model))
    makers = {str(one.values["metric"]): one.made_by for one in answers}
    assert makers["rooms_sold"] is makers["revenue"] is makers["arrivals"] is MadeBy.OWN
    assert makers["adr"] is MadeBy.STATISTICAL
    assert all(one.why for one in answers if one.made_by is MadeBy.STATISTICAL)


def test_nothing_known_later_changes_what_it_says(model: LoadedModel) -> None:
    day = TRAINED_ON + timedelta(days=30)
    np.testing.assert_array_equal(house(resort(date(2017, 2, 28)), day, model), house(resort(day), day, model))


def test_the_leaderboard_holds_candidates_and_baselines_on_the_same_nights(learned: TrainedModel) -> None:
    board = learned.evaluation
    names = {one.name: one for one in board.candidates}
    assert {"pickup", "last year", "last week"} == {one.name for one in board.candidates if one.is_baseline}
    assert sum(one.chosen for one in board.candidates) == 1
    assert len(names) == 9
    assert max(board.origins) < TRAINED_ON
    first = {m.bucket: m for m in learned.measures if m.name == "WAPE"}
    for bucket in ("1-14 days ahead", "15-28 days ahead"):
        assert first[bucket].value < first[bucket].baseline_value
        pickup = next(m for m in names["pickup"].measures if m.bucket == bucket and m.name == "WAPE")
        assert pickup.value == first[bucket].baseline_value


def test_a_blend_that_was_chosen_beside_a_better_way_says_why(learned: TrainedModel) -> None:
    chosen = next(one.name for one in learned.evaluation.candidates if one.chosen)
    said = any(note.startswith("The blend stays chosen unless") for note in learned.notes)
    assert said == (chosen == "blend")


def test_holidays_are_kept_with_the_model_and_events_asked_for_each_time(learned: TrainedModel, model: LoadedModel) -> None:
    special = learned.parameters["special_days"]
    assert "2016-12-25" in special
    assert "2018-01-01" in special
    assert FAIR.first.isoformat() not in special
    with_fair, without = (house(resort(TRAINED_ON, events=events), TRAINED_ON, model) for events in ((FAIR,), ()))
    assert not np.array_equal(with_fair, without), "an event that staff take away again is an event no more"


def test_a_short_history_is_told_how_much_is_missing() -> None:
    day = OPENING + timedelta(days=60)
    with pytest.raises(ShortHistoryError, match="passed nights") as told:
        train(context(property_until(hotel(), day)))
    assert told.value.remedy


@pytest.mark.parametrize("wrong", [{"roundz": 3}, {"rounds": "many"}, {"folds": 0}, {"seed": True}])
def test_a_setting_that_makes_no_sense_is_named(wrong: dict[str, object]) -> None:
    with pytest.raises(HyperparameterError, match=next(iter(wrong))):
        train(context(resort(TRAINED_ON), **wrong))


def test_a_training_stops_when_it_is_asked_to() -> None:
    def stop(fraction: float, step: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        train(replace(context(resort(TRAINED_ON)), progress=stop))

"""What booking curves of other hotels say is one voice in the blend of a hotel's own forecast, wherever it may be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from synthetic_property import OPENING, hotel, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.artifacts import read_artifact, write_artifact
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.forecast.candidates.blend import (
    CANDIDATES,
    FULL_NIGHTS,
    NO_NIGHTS,
    OWN,
    Record,
    blended,
    learned_weights,
    usual_weights,
)
from hotelml_app.modules.forecast.candidates.elsewhere import (
    FARTHEST_DAYS,
    PART,
    Elsewhere,
    brought_along,
    part_of,
    without_rates,
)
from hotelml_app.modules.forecast.candidates.features import NAMES, FeatureRows, FeatureSource
from hotelml_app.modules.forecast.judging import judge
from hotelml_app.modules.forecast.learning import Backtest
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.risk import RiskClasses
from hotelml_app.modules.forecast.predicting import predict
from hotelml_app.modules.forecast.training import train

BROUGHT = Path(__file__).parents[2] / "models" / "forecast"
QUICK = {"rounds": 30, "folds": 2, "network_epochs": 2}
DAY = OPENING + timedelta(days=150)
HORIZON = 60
NIGHTS = 300
"""Of the hotel's own, that it knows: less than a year."""


@pytest.fixture(scope="module")
def bundled() -> LoadedModel:
    model = read_artifact(BROUGHT)
    assert model.made_by is MadeBy.BUNDLED
    return model


@pytest.fixture(scope="module")
def house() -> PropertyData:
    return property_until(hotel(), DAY)


@pytest.fixture(scope="module")
def learned(house: PropertyData, bundled: LoadedModel) -> TrainedModel:
    return train(TrainingContext(house, DAY, ModuleTrainingConfig(hyperparameters=QUICK), bundled=bundled))


@pytest.fixture(scope="module")
def source(house: PropertyData) -> FeatureSource:
    return FeatureSource(Books.of(house.history, RiskClasses(1.0, {}, {}, ())))


def rows_of(source: FeatureSource, days_ago: int = 30) -> FeatureRows:
    return source.rows(np.full(HORIZON, source.books.today - days_ago), np.arange(1, HORIZON + 1))


def rooms(answers: list, quantile: str = "p50") -> np.ndarray:
    return np.array([one.values[quantile] for one in answers if one.key == "rooms_sold"])


def test_it_speaks_of_the_coming_weeks_alone(bundled: LoadedModel, source: FeatureSource) -> None:
    elsewhere = brought_along(bundled, NIGHTS)
    assert elsewhere is not None
    said = elsewhere.predict(rows_of(source), source.books.first)
    assert not np.isnan(said[:FARTHEST_DAYS]).any()
    assert np.isnan(said[FARTHEST_DAYS:]).all()


def test_it_is_not_asked_from_days_it_learned_from(bundled: LoadedModel, source: FeatureSource) -> None:
    """At a hotel whose bookings came along, it would seem to know what came."""
    elsewhere = brought_along(bundled, NIGHTS)
    assert elsewhere is not None
    rows = rows_of(source)
    asked_from = source.books.first + int(rows.now[0])
    assert np.isnan(replace(elsewhere, until=asked_from + 1).predict(rows, source.books.first)).all()
    assert not np.isnan(replace(elsewhere, until=asked_from).predict(rows, source.books.first)[0])


def test_it_brings_nobody_into_a_house_that_is_closed(bundled: LoadedModel, source: FeatureSource) -> None:
    elsewhere = brought_along(bundled, NIGHTS)
    assert elsewhere is not None
    rows = rows_of(source)
    asked = slice(0, FARTHEST_DAYS)
    opened, closed = (elsewhere.predict(one, source.books.first)[asked] for one in (rows, replace(rows, new=np.zeros(HORIZON))))
    assert (opened > rows.on_books[asked]).any()
    assert (closed <= rows.on_books[asked]).all()


def test_rates_in_another_currency_change_nothing(bundled: LoadedModel, source: FeatureSource) -> None:
    elsewhere = brought_along(bundled, NIGHTS)
    assert elsewhere is not None
    rows = rows_of(source)
    in_yen = rows.features.copy()
    in_yen[:, NAMES.index("rate")] *= 160
    assert (in_yen != without_rates(rows.features)).any()
    said, again = (elsewhere.predict(one, source.books.first) for one in (rows, replace(rows, features=in_yen)))
    assert not np.isnan(said).all()
    np.testing.assert_array_equal(said, again)


def test_a_blend_without_it_is_that_of_the_hotels_own() -> None:
    horizon = np.arange(1, 91)
    own = np.random.default_rng(5).uniform(40, 90, (90, len(OWN)))
    nothing = np.column_stack([own, np.full(90, np.nan)])
    without, alone = (
        blended(usual_weights(len(CANDIDATES), NIGHTS), horizon, nothing),
        blended(usual_weights(len(OWN), NIGHTS), horizon, own),
    )
    # Between two stretches of days weights pass over smoothly, those with a share for other hotels a little otherwise.
    np.testing.assert_allclose(without, alone, rtol=0.01)
    np.testing.assert_allclose(without[FARTHEST_DAYS:], alone[FARTHEST_DAYS:])


def test_weights_add_up_and_far_ahead_it_has_none() -> None:
    usual = usual_weights(len(CANDIDATES), NIGHTS)
    np.testing.assert_allclose(usual.sum(axis=1), 1.0)
    assert (usual[[0, -2, -1], -1] == 0).all()
    assert (usual[1:5, -1] > 0).all()


def test_a_hotel_that_has_seen_every_season_does_without(bundled: LoadedModel) -> None:
    own = usual_weights(len(OWN), NO_NIGHTS)
    np.testing.assert_array_equal(usual_weights(len(CANDIDATES), NO_NIGHTS), np.column_stack([own, np.zeros(len(own))]))
    shares = [usual_weights(len(CANDIDATES), nights)[4, -1] for nights in (0, FULL_NIGHTS, 400, 500, NO_NIGHTS, 5000)]
    assert shares == sorted(shares, reverse=True)
    assert shares[1] == shares[0] > shares[2] > shares[3] > shares[4] == 0
    assert brought_along(bundled, NO_NIGHTS - 1) is not None
    assert brought_along(bundled, NO_NIGHTS) is None


def test_it_gains_weight_where_it_was_right_and_loses_it_where_not() -> None:
    horizon, age = np.repeat(np.arange(1, 29), 40), np.tile(np.arange(40), 28)
    actual = np.random.default_rng(3).uniform(50, 90, len(horizon))
    usual = usual_weights(len(CANDIDATES), NIGHTS)[4, -1]

    def weight(own: float, elsewhere: float) -> float:
        predicted = np.column_stack([actual + own * sign for sign in (1, 1, 1, -1, 1)] + [actual + elsewhere])
        return float(learned_weights(Record(horizon, age, predicted, actual), usual_weights(len(CANDIDATES), NIGHTS))[4, -1])

    assert weight(own=9.0, elsewhere=0.0) > usual + 0.1
    assert weight(own=0.0, elsewhere=30.0) < 0.02


def test_where_it_was_never_asked_the_usual_weights_hold_and_the_last_day_is_learned_all_the_same() -> None:
    horizon, age = np.repeat(np.array([1, 10]), 40), np.tile(np.arange(40), 2)
    actual = np.full(80, 60.0)
    predicted = np.column_stack([np.full((80, 4), 69.0), actual, np.full(80, np.nan)])
    weights, usual = (
        learned_weights(Record(horizon, age, predicted, actual), usual_weights(len(CANDIDATES), NIGHTS)),
        usual_weights(len(CANDIDATES), NIGHTS),
    )
    np.testing.assert_array_equal(weights[3], usual[3])
    assert weights[0, 4] > usual[0, 4] + 0.3


def test_a_training_takes_it_in_judges_it_and_owes_it_to_whom_it_is_owed(learned: TrainedModel) -> None:
    assert set(check_parity(learned).parts) == {"boosting", "network", PART}
    scores = {one.name: one for one in learned.evaluation.candidates}
    assert "gradient boosting learned at other hotels" in scores
    assert not scores["gradient boosting learned at other hotels"].chosen
    assert any("CC BY 4.0" in note for note in learned.notes)


def test_what_was_not_asked_once_is_not_on_the_leaderboard(source: FeatureSource) -> None:
    """As at a hotel whose bookings came along: all days it is judged from were learned from."""
    rows = source.rows(np.repeat(np.arange(100, 120, 2), 28), np.tile(np.arange(1, 29), 10))
    sold, said = source.sold(rows), np.column_stack([rows.on_books] * len(OWN) + [np.full(len(rows), np.nan)])
    board = judge(source.books, Backtest(rows, said, sold, {"pickup": rows.on_books})).board
    assert len(board.candidates) == len(OWN) + 2
    assert not any("other hotels" in one.name for one in board.candidates)


def test_a_saved_model_asks_it_without_the_one_that_came_along(
    learned: TrainedModel, house: PropertyData, tmp_path: Path
) -> None:
    write_artifact(tmp_path / "own", learned, {"version": "1"})
    saved = read_artifact(tmp_path / "own")
    assert part_of(saved) is not None
    told, again = (rooms(predict(PredictionRequest(house, DAY, 28, one))) for one in (LoadedModel.in_memory(learned), saved))
    np.testing.assert_array_equal(told, again)


def test_a_model_that_never_heard_of_it_answers_by_the_hotels_own(learned: TrainedModel, house: PropertyData) -> None:
    known = {name: value for name, value in learned.parameters.items() if name != "elsewhere"}
    older = LoadedModel.in_memory(replace(learned, parts=learned.parts[:2], parameters=known))
    assert part_of(older) is None
    told, alone = (rooms(predict(PredictionRequest(house, DAY, 28, one))) for one in (LoadedModel.in_memory(learned), older))
    assert len(alone) == 28
    assert np.abs(told - alone).max() > 0.05


def test_one_that_looks_at_other_features_is_left_out(bundled: LoadedModel) -> None:
    def with_card(**changed: object) -> LoadedModel:
        card = {name: value for name, value in {**bundled.card, **changed}.items() if value is not None}
        return LoadedModel("x", MadeBy.BUNDLED, card, bundled.parameters, {PART: lambda: bundled.graph(PART)})

    assert isinstance(brought_along(with_card(), NIGHTS), Elsewhere)
    assert brought_along(with_card(features=["on_books"]), NIGHTS) is None
    assert brought_along(with_card(elsewhere=None), NIGHTS) is None
    assert brought_along(None, NIGHTS) is None


def test_the_one_that_came_along_does_not_ask_it_of_a_young_house(bundled: LoadedModel) -> None:
    assert part_of(bundled) is None
    assert day_number(date.fromisoformat(bundled.card[PART]["as_of"])) == day_number(date(2017, 2, 28))

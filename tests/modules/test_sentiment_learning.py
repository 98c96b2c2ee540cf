"""Sentiment learned from the guests' own scores: what it learns, what it beats, what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from synthetic_property import DAY, hotel, property_until

from hotelml_app.core.errors import UsageError
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, StoredPrediction, TrainingContext
from hotelml_app.ml.metrics import accuracy
from hotelml_app.ml.onnx.artifacts import read_artifact
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.modules.sentiment.backtest import LISTS, evaluate
from hotelml_app.modules.sentiment.errors import OneSidedReviewsError
from hotelml_app.modules.sentiment.labels import count_points, labelled_texts
from hotelml_app.modules.sentiment.outcomes import outcomes
from hotelml_app.modules.sentiment.predicting import predict
from hotelml_app.modules.sentiment.training import train
from hotelml_app.modules.sentiment.trends import in_words
from hotelml_app.services.asking.words import plain_day


@cache
def guests_house() -> PropertyData:
    """Return a hotel with some 800 reviews in six languages."""
    synthetic = hotel(seed=8, days=760, rooms=120, preset="resort")
    return property_until(synthetic, synthetic.last_day)


@cache
def trained() -> TrainedModel:
    return train(context(guests_house()))


def context(data: PropertyData, **settings: object) -> TrainingContext:
    return TrainingContext(data, data.as_of, ModuleTrainingConfig(hyperparameters=settings))


def house_of(*reviews: Review) -> PropertyData:
    def no_history() -> object:
        raise AssertionError("bookings are not needed here")

    return PropertyData(PropertyFacts(1, "Casa"), DAY, no_history, lambda: reviews)  # type: ignore[arg-type]


def test_reviews_of_the_asked_days_are_read_and_those_without_a_date() -> None:
    ages = {"new": 0, "old": 13, "older": 14}
    dated = [Review(key, DAY - timedelta(days=age), None, body="Good") for key, age in ages.items()]
    found = predict(PredictionRequest(house_of(*dated, Review("undated", None, None, body="Good")), DAY, 14))
    assert {one.key: one.target_date for one in found} == {"new": DAY, "old": DAY - timedelta(days=13), "undated": DAY}


def test_a_review_without_a_date_counts_as_one_of_the_newest_and_makes_none_of_the_others_older() -> None:
    month, year = DAY - timedelta(days=60), DAY - timedelta(days=60 + 200)
    rows = [
        *(Review(f"new{at}", month - timedelta(days=at), None, body="The breakfast was awful.") for at in range(60)),
        *(Review(f"old{at}", year - timedelta(days=at), None, body="The breakfast was excellent.") for at in range(60)),
        Review("undated", None, None, body="Good"),
    ]
    found = predict(PredictionRequest(house_of(*rows), DAY, 545))
    assert next(one.target_date for one in found if one.key == "undated") == month
    assert in_words(found)[0].startswith(f"In the 90 days up to {plain_day(month)} 1 of 61 reviews praise the stay")


def test_a_model_learns_from_the_guests_own_scores_and_beats_the_word_lists() -> None:
    model = trained()
    check_parity(model)
    measures = {one.name: one for one in model.measures}
    for name in ("accuracy", "macro-F1"):
        baseline = measures[name].baseline_value
        assert baseline is not None
        assert measures[name].value > baseline
    assert measures["accuracy"].baseline == LISTS
    assert model.data_points == len(labelled_texts(guests_house().reviews))


def test_a_model_reads_reviews_it_has_not_seen_better_than_the_word_lists() -> None:
    day = hotel(seed=8, days=760, rooms=120, preset="resort").last_day - timedelta(days=200)
    model = LoadedModel.in_memory(train(context(guests_house().at(day))))
    truth = {
        r.review_id: sum(p for s in r.sentences for _, p in s.speaks_of) for r in hotel(8, 760, 120, "resort").reviews if r.text
    }
    mine, plain = (
        {
            one.key: str(one.values["polarity"])
            for one in predict(PredictionRequest(guests_house(), guests_house().as_of, 200, used))
        }
        for used in (model, None)
    )
    clear = [key for key in mine if truth.get(key, 0)]
    wanted = ["positive" if truth[key] > 0 else "negative" for key in clear]
    assert len(clear) > 30
    assert accuracy(wanted, [mine[key] for key in clear]) >= accuracy(wanted, [plain[key] for key in clear])


def test_a_model_answers_in_its_own_name() -> None:
    found = predict(PredictionRequest(guests_house(), guests_house().as_of, 60, LoadedModel.in_memory(trained())))
    assert found
    assert {one.made_by for one in found} == {MadeBy.OWN}
    assert all(
        set(one.values) == {"review_key", "score", "polarity", "language", "aspects", "sentence", "sentences"} for one in found
    )


def test_a_language_hardly_seen_in_training_is_left_to_its_word_lists() -> None:
    model = LoadedModel.in_memory(trained())
    model.parameters["texts_by_language"] = {"en": 400}
    review = Review("k", DAY, None, body="Das Zimmer war schmutzig und laut, das Personal unfreundlich.")
    found = predict(PredictionRequest(house_of(review), DAY, 5, model))
    assert found[0].values["polarity"] == "negative"


def test_the_leaderboard_names_candidates_baseline_and_languages() -> None:
    board = evaluate(context(guests_house()))
    assert sum(one.chosen for one in board.candidates) == 1
    assert [one.name for one in board.candidates if one.is_baseline] == [LISTS]
    assert any(note.startswith("de: accuracy") for note in board.notes)
    assert list(board.origins) == sorted(board.origins)


def test_praise_without_complaints_teaches_nothing() -> None:
    reviews = [Review(str(n), DAY, 1.0, positive=f"Lovely stay number {n}") for n in range(150)]
    with pytest.raises(OneSidedReviewsError) as told:
        train(context(house_of(*reviews)))
    assert told.value.remedy


@pytest.mark.parametrize("settings", [{"C": -1}, {"depth": 3}, {"max_words": "many"}])
def test_a_training_setting_that_makes_no_sense_is_bad_usage(settings: Mapping[str, object]) -> None:
    with pytest.raises(UsageError):
        train(context(guests_house(), **settings))


def test_a_verdict_is_compared_with_the_guests_own_score() -> None:
    reviews = (Review("a", DAY, 0.9, body="Wonderful"), Review("b", DAY, None, body="Awful"))
    asked = [StoredPrediction(n, DAY, DAY, key, "own:1", {"review_key": key, "score": 0.7}) for n, key in enumerate("ab")]
    (found,) = outcomes(house_of(*reviews), asked)
    assert (found.prediction_id, found.actual) == (0, 0.9)
    assert found.error == pytest.approx(0.2)
    assert found.baseline_error is not None


def test_sentences_a_guest_judged_himself_are_what_there_is_to_learn_from() -> None:
    reviews = (
        Review("a", DAY, 0.9, body="One. Two."),
        Review("b", DAY, None, body="Three."),
        Review("c", DAY, None, positive="Four.", negative="Five! Six?"),
    )
    assert count_points(house_of(*reviews)) == 5


def test_reviews_known_later_teach_nothing_today() -> None:
    later = Review("later", date(2099, 1, 1), 1.0, positive="Lovely")
    assert count_points(house_of(later)) == 0
    assert not np.any([one.text == "Lovely" for one in labelled_texts(house_of(later).reviews)])


@pytest.mark.parametrize("text", ["Xyzzy qwrt", "12 34", "Xyzzy. Qwrt."])
def test_a_text_without_a_word_that_anybody_knows_is_no_complaint(text: str) -> None:
    """A learned model has a leaning of its own; it must not pass for what a guest has said."""
    brought = read_artifact(Path(__file__).parents[2] / "models" / "sentiment")
    data = house_of(Review("A", DAY, None, body=text, language="en"))
    for model in (None, brought, LoadedModel.in_memory(trained())):
        (found,) = predict(PredictionRequest(data, DAY, 7, model))
        assert (found.values["polarity"], found.values["score"]) == ("neutral", 0.5)

"""Guest segments: read from alike bookings, or learned, and judged on bookings made later."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from synthetic_property import hotel, property_until, small_history

from hotelml_app.core.bookings import FILLED_IN_AT_ARRIVAL, BookingStatus
from hotelml_app.core.errors import UsageError
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, StoredPrediction, TrainingContext
from hotelml_app.ml.errors import OutdatedModelError
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.history import Category, History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.guests.backtest import FOLD_DAYS, FOLDS, evaluate
from hotelml_app.modules.guests.candidates import export, fit, settings_in, training_rows
from hotelml_app.modules.guests.errors import OneSegmentError, TooFewNamedError
from hotelml_app.modules.guests.examples import Examples, count_points, examples, target_column
from hotelml_app.modules.guests.features import encoding_from, fit_encoding
from hotelml_app.modules.guests.lookups import Lookups
from hotelml_app.modules.guests.outcomes import outcomes
from hotelml_app.modules.guests.predicting import predict
from hotelml_app.modules.guests.scoring import LINEAR, SVM, class_scores, confidence_from, fit_confidence
from hotelml_app.modules.guests.training import train

TELLING = ("rate_code", "agent", "company", "channel", "customer_type")
SEGMENT_HIDDEN_IN = 5
"""Every fifth booking of the test hotel loses its segment."""


@cache
def house() -> PropertyData:
    """Return a hotel whose rate codes, agents and companies are often blank, so that segments must be guessed."""
    synthetic = hotel(days=480)
    day = synthetic.last_day - timedelta(days=20)
    history = property_until(synthetic, day).history
    draw = np.random.default_rng(5)
    blank = {name: draw.random(len(history.reservation_ids)) < 0.55 for name in TELLING}
    categories = {
        name: replace(column, codes=np.where(blank[name][history.booking], 0, column.codes).astype(np.int32))
        if name in TELLING
        else column
        for name, column in history.categories.items()
    }
    hidden = history.booking % SEGMENT_HIDDEN_IN == 0
    segment = categories["segment"]
    categories["segment"] = Category(np.where(hidden, 0, segment.codes).astype(np.int32), segment.labels)
    told = replace(history, categories=categories)
    return PropertyData(PropertyFacts(1, "Pensão Amparo"), day, lambda: told)


@cache
def trained() -> TrainedModel:
    return train(context())


def context(**settings: object) -> TrainingContext:
    return TrainingContext(house(), house().as_of, ModuleTrainingConfig(hyperparameters={"max_rows": 1500, **settings}))


def known() -> Examples:
    booked = examples(house().history, "segment")
    return booked.take(booked.known)


def ask(model: TrainedModel | None = None, data: PropertyData | None = None) -> list[Prediction]:
    asked = data or house()
    loaded = LoadedModel.in_memory(model) if model is not None else None
    return predict(PredictionRequest(asked, asked.as_of, 60, loaded))


def truth_of(history: History) -> dict[str, str]:
    """Return the segment every booking really had."""
    synthetic = property_until(hotel(days=480), house().as_of).history
    rows = synthetic.alive_at(house().as_of)
    names, words = synthetic.reservation_ids[synthetic.booking[rows]], synthetic.categories["segment"].words()[rows]
    return dict(zip(names.tolist(), words.tolist(), strict=True))


def test_bookings_without_a_segment_get_one_and_mostly_the_right_one() -> None:
    truth, found = truth_of(house().history), ask()
    said = {row.values["reservation_id"] for row in found}
    hidden = known()
    missing = [one for one in found if one.key not in set(hidden.reservation_id.tolist())]
    assert said
    assert missing
    right = np.mean([one.values["segment"] == truth[one.key] for one in missing])
    assert right > 0.7


def test_a_booking_does_not_vote_for_its_own_segment() -> None:
    rows = [{**booking(f"d{n}", "Direct"), "channel": "Web"} for n in range(10)] + [
        {**booking("odd", "Corporate"), "channel": "Web"}
    ]
    booked = examples(small_history(rows, TODAY), "segment")
    answers = dict(zip(booked.reservation_id.tolist(), Lookups(booked).answers(booked), strict=True))
    assert answers["odd"].segment == "Direct"
    assert answers["d0"].segment == "Direct"
    assert "10 of 10 bookings" in answers["odd"].reason


TODAY = date(2024, 5, 1)


def booking(name: str, segment: str = "", **more: object) -> dict[str, object]:
    first = TODAY + timedelta(days=5)
    told = {"reservation_id": name, "arrival": first, "departure": first + timedelta(days=2), "room_type": "DBL"}
    return {**told, "segment": segment, "adults": 2.0, **more}


def small_house(rows: list[dict[str, object]]) -> PropertyData:
    history = small_history(rows, TODAY)
    return PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: history)


def test_where_the_export_disagrees_it_is_said() -> None:
    rows = [booking(f"d{n}", "Direct", channel="Web") for n in range(10)] + [booking("odd", "Corporate", channel="Web")]
    found = {one.key: one.values for one in ask(data=small_house(rows))}
    assert str(found["odd"]["reason"]).startswith("The export says Corporate.")
    assert not str(found["d1"]["reason"]).startswith("The export says")


def test_a_hotel_that_names_no_segments_gets_a_plain_rule() -> None:
    rows = [booking("a", agent="9"), booking("b", company="C1"), booking("c"), booking("g", adults=8.0)]
    found = {one.key: one.values for one in ask(data=small_house(rows))}
    assert [found[name]["segment"] for name in "abcg"] == ["Travel agent", "Corporate", "Direct", "Group"]
    assert count_points(small_house(rows)) == 0


def test_customer_types_stand_in_where_there_are_no_segments() -> None:
    rows = [booking(f"x{n}", customer_type="Transient") for n in range(5)]
    data = small_house(rows)
    assert target_column(data.history) == "customer_type"
    assert {one.values["segment"] for one in ask(data=data)} == {"Transient"}
    assert "customer_type" not in examples(data.history, "customer_type").words


def test_nothing_that_staff_fill_in_at_check_in_is_looked_at() -> None:
    looked_at = {*known().words, *known().numbers}
    assert not looked_at & set(FILLED_IN_AT_ARRIVAL)


def test_both_candidates_are_exported_faithfully() -> None:
    rows = training_rows(known(), settings_in({"max_rows": 1200}), seed=1)
    for kind in (SVM, LINEAR):
        fitted = fit(kind, rows, settings_in({}))
        part = export(fitted, rows)
        check_parity(replace(trained(), parts=(part,)))


def test_two_segments_are_enough_and_one_is_not() -> None:
    everything = known()
    two = everything.take(np.isin(everything.segment, ("Direct", "Online TA")))
    rows = training_rows(two, settings_in({"max_rows": 400}), seed=1)
    for kind in (SVM, LINEAR):
        fitted = fit(kind, rows, settings_in({}))
        check_parity(replace(trained(), parts=(export(fitted, rows),)))
        said = np.array(fitted.classes)[fitted.scores(rows).argmax(axis=1)]
        assert np.mean(said == rows.segment) > 0.8
    with pytest.raises(OneSegmentError):
        training_rows(two.take(two.segment == "Direct"), settings_in({}), seed=1)


def test_a_trained_model_beats_the_majority_and_says_how_it_did() -> None:
    model = trained()
    check_parity(model)
    measures = {one.name: one for one in model.measures}
    assert measures["accuracy"].value > 70
    beside = measures["accuracy beside the majority"]
    assert beside.baseline_value is not None
    assert beside.value > beside.baseline_value + 15
    assert [one.name for one in model.evaluation.candidates if one.chosen] == [model.kind]
    assert any("precision" in note and "recall" in note for note in model.evaluation.notes)
    assert max(model.evaluation.origins) < house().as_of


def test_a_model_answers_with_its_own_name_confidence_and_reasons() -> None:
    found = ask(trained())
    assert {one.made_by for one in found} == {MadeBy.OWN}
    assert all(0 < float(str(one.values["confidence"])) <= 1 for one in found)
    assert any("Mostly because of" in str(one.values["reason"]) for one in found)
    assert found == ask(trained())


def test_what_a_model_is_sure_of_is_right_about_as_often() -> None:
    truth = truth_of(house().history)
    found = ask(trained())
    sure = np.mean([float(str(one.values["confidence"])) for one in found])
    right = np.mean([one.values["segment"] == truth[one.key] for one in found])
    assert abs(sure - right) < 0.15


def test_training_takes_seconds() -> None:
    start = time.process_time()
    train(context())
    assert time.process_time() - start < 15


def test_shuffled_cross_validation_is_marked_as_optimistic() -> None:
    assert any("Optimistic" in note for note in evaluate(context()).notes)


@pytest.mark.parametrize("settings", [{"C": 0}, {"gamma": "wide"}, {"depth": 3}, {"max_rows": True}])
def test_a_training_setting_that_makes_no_sense_is_bad_usage(settings: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        train(context(**settings))


def test_too_short_a_history_is_refused_in_words() -> None:
    early = small_house([booking(f"{name}{n}", name) for name in ("Direct", "Groups") for n in range(40)])
    with pytest.raises(TooFewNamedError) as told:
        train(TrainingContext(early, early.as_of, ModuleTrainingConfig()))
    assert told.value.remedy


def test_what_would_be_judged_on_a_few_bookings_is_not_learned_at_all() -> None:
    """The segment stood in the exports until half a year ago; since then a few bookings name one."""
    history, left = house().history, 20
    segment = history.categories["segment"]
    lately = np.flatnonzero(history.booked_on > history.today - FOLDS * FOLD_DAYS)
    hidden = np.isin(history.booking, lately[left:])
    without = replace(segment, codes=np.where(hidden, 0, segment.codes).astype(np.int32))
    told = replace(history, categories={**history.categories, "segment": without})
    data = PropertyData(house().facts, house().as_of, lambda: told)
    assert count_points(data) > 1000, "there is enough to learn from"
    with pytest.raises(TooFewNamedError, match=r"latest 168 days, 1?[0-9] name their segment; 100 are needed"):
        train(TrainingContext(data, data.as_of, ModuleTrainingConfig(hyperparameters={"max_rows": 1500})))


def test_features_survive_being_written_down() -> None:
    rows = known()
    encoding = fit_encoding(rows)
    again = encoding_from(encoding.as_dict())
    assert np.array_equal(encoding.encode(rows), again.encode(rows))
    assert encoding.encode(rows).shape == (len(rows), len(encoding.names))


def test_a_model_that_wants_a_column_nobody_tells_any_more_is_refused() -> None:
    rows = known()
    encoding = fit_encoding(rows)
    for old in (replace(encoding, words={"fax": ("yes",)}), replace(encoding, means={"pets": 0.0})):
        with pytest.raises(OutdatedModelError, match="other columns"):
            old.encode(rows)


def test_confidences_add_up_to_one() -> None:
    scores = class_scores(SVM, np.random.default_rng(1).normal(size=(50, 3)), 3)
    segment = np.array(["a", "b", "c"])[scores.argmax(axis=1)]
    confidence = confidence_from(fit_confidence(scores, segment, ("a", "b", "c")).as_list())
    assert confidence.probabilities(scores).sum(axis=1) == pytest.approx(np.ones(50))


def test_a_segment_is_right_or_wrong_once_the_guest_has_arrived() -> None:
    arrived = {**booking("a", "Direct"), "status": BookingStatus.CHECKED_OUT}
    later = small_history([arrived, booking("b", "Corporate"), booking("c")], TODAY)
    data = PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: later)
    day = TODAY - timedelta(days=1)
    asked = [
        StoredPrediction(n, day, day, key, "own:1", {"reservation_id": key, "segment": "Direct"}) for n, key in enumerate("abc")
    ]
    assert [(one.prediction_id, one.error) for one in outcomes(data, asked)] == [(0, 0.0), (1, 1.0)]

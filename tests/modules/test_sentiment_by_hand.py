"""Reviews written by hand, real ones, and what changes over time: how well guests are understood beyond the simulator."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from real_reviews import reviews
from reviews_by_hand import aspects_micro_f1, by_hand
from synthetic_property import DAY

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.core.written_days import MONTHS
from hotelml_app.ml.contract import Prediction, TrainingContext
from hotelml_app.ml.metrics import accuracy
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.modules.sentiment.backtest import evaluate
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.model_judge import judge_of
from hotelml_app.modules.sentiment.reading import Judge, by_word_lists, read
from hotelml_app.modules.sentiment.training import train
from hotelml_app.modules.sentiment.trends import in_words, months, trends
from hotelml_app.modules.sentiment.word_lists import LANGUAGES
from hotelml_app.registry.bundled import BundledModels, bundled_folder

LEARNED, OTHERS, ASKED = slice(0, 450), slice(2000, 2500), slice(-200, None)


def praised(texts: list[str], judge: Judge = by_word_lists) -> list[bool]:
    return [read(Review("k", None, None, body=text), judge).score > 0.5 for text in texts]


def brought() -> LoadedModel:
    model = BundledModels(bundled_folder()).model("sentiment")
    assert model is not None
    return model


def test_what_a_sentence_speaks_of_is_found_in_texts_nothing_was_tuned_on() -> None:
    sentences = [one for one in by_hand("held_out") if one.kind == "sentence"]
    assert aspects_micro_f1(sentences) >= 0.80
    for language in ("en", "de", "es", "pt"):
        assert aspects_micro_f1(one for one in sentences if one.language == language) >= 0.75, language


@pytest.mark.parametrize("language", ["en", "de", "es", "pt"])
def test_praise_and_complaints_by_hand_are_told_apart_by_the_word_lists(language: str) -> None:
    rows = [one for one in by_hand("held_out") if one.language == language]
    assert accuracy([one.praise for one in rows], praised([one.text for one in rows])) >= 0.85


def test_every_language_with_word_lists_is_understood_in_texts_nothing_was_tuned_on() -> None:
    rows = by_hand("many_languages")
    languages = {one.language for one in rows}
    assert languages | {"en", "de", "es", "pt"} == set(LANGUAGES)
    right = {}
    for language in languages:
        asked = [one for one in rows if one.language == language]
        right[language] = accuracy([one.praise for one in asked], praised([one.text for one in asked]))
        assert np.mean([language_of(one.text) == language for one in asked]) >= 0.9, language
    assert min(right.values()) >= 0.7, right
    assert np.mean(list(right.values())) >= 0.82, right
    assert aspects_micro_f1(one for one in rows if one.kind == "sentence") >= 0.8


def test_what_guests_write_without_blanks_between_words_is_learned_from_pairs_of_letters() -> None:
    sentences = [one for one in by_hand("development") if one.language == "ja"]
    chosen = np.random.default_rng(5)
    known = tuple(
        Review(
            str(number),
            DAY - timedelta(days=number % 300),
            0.9 if praise else 0.3,
            body="".join(chosen.permutation(texts)[:3]),
            language="ja",
        )
        for number in range(400)
        for praise in (number % 3 > 0,)
        for texts in ([one.text for one in sentences if one.praise is praise],)
    )
    model = train(TrainingContext(house(known), DAY, ModuleTrainingConfig()))
    check_parity(model)
    assert "清_潔" in model.features


def test_the_model_brought_along_understands_other_writers() -> None:
    rows = [one for one in by_hand("held_out") if one.language == "en"]
    assert accuracy([one.praise for one in rows], praised([one.text for one in rows], judge_of(brought()))) >= 0.85


def house(known: tuple[Review, ...]) -> PropertyData:
    def no_history() -> object:
        raise AssertionError("reviews are read without bookings")

    return PropertyData(PropertyFacts(1, "Casa"), DAY, no_history, lambda: known)  # type: ignore[arg-type]


def ordered() -> list[Review]:
    return sorted(reviews(), key=lambda one: (str(one.reviewed_on), one.key))


@cache
def on_top_of_the_one_brought_along() -> TrainedModel:
    data = house(tuple(ordered()[LEARNED]))
    rival = LoadedModel.in_memory(_of_others())
    rival.made_by = MadeBy.BUNDLED
    return train(TrainingContext(data, DAY, ModuleTrainingConfig(), bundled=rival))


@cache
def _of_others() -> TrainedModel:
    """Return a model of guests who wrote after those the hotel learns from, and before those it is asked about."""
    return train(TrainingContext(house(tuple(ordered()[OTHERS])), DAY, ModuleTrainingConfig()))


def test_an_own_model_stands_on_the_one_brought_along_and_carries_it() -> None:
    trained = on_top_of_the_one_brought_along()
    check_parity(trained)
    assert [part.name for part in trained.parts] == ["words", "brought"]
    (rival,) = (one for one in trained.evaluation.candidates if one.is_bundled)
    chosen = next(one for one in trained.evaluation.candidates if one.chosen)
    measure = chosen.measures[0]
    assert measure.baseline_value is not None
    assert measure.value > measure.baseline_value
    assert measure.value > rival.measures[0].value - 1, "a few hundred own reviews lose nothing of what was brought"
    assert all(trained.parameters[kind]["brought_weight"] > 0 for kind in ("reviews", "statements"))


def test_later_guests_are_read_better_than_by_word_lists() -> None:
    later = ordered()[ASKED]
    texts = [text for one in later for text in (one.positive, one.negative) if len(text.split()) > 2]
    truth = [side for one in later for side, text in ((True, one.positive), (False, one.negative)) if len(text.split()) > 2]
    mine = accuracy(truth, praised(texts, judge_of(LoadedModel.in_memory(on_top_of_the_one_brought_along()))))
    assert mine > accuracy(truth, praised(texts))
    assert mine > 0.85


def test_the_backtest_shows_the_one_brought_along_beside_the_others() -> None:
    rival = LoadedModel.in_memory(_of_others())
    board = evaluate(TrainingContext(house(tuple(ordered()[LEARNED])), DAY, ModuleTrainingConfig(), bundled=rival))
    assert "model brought along" in [one.name for one in board.candidates]
    assert any("optimistic" in note for note in board.notes)


UP_TO = f"{DAY.day} {MONTHS[DAY.month - 1]} {DAY.year}"


def said(days_ago: int, polarity: str, *aspects: str, score: float = 0.5) -> Prediction:
    values = {"polarity": polarity, "aspects": aspects, "score": score}
    return Prediction(f"{days_ago}", DAY - timedelta(days=days_ago), values, MadeBy.STATISTICAL)


def test_an_aspect_that_got_worse_is_named_and_one_that_did_not_is_not() -> None:
    before = [said(100 + n, "positive", "food: positive", "staff: positive") for n in range(40)]
    lately = [said(n, "negative", "food: negative", "staff: positive") for n in range(10)]
    words = in_words([*before, *lately])
    assert words[0] == f"In the 90 days up to {UP_TO} 0 of 10 reviews praise the stay (0%; before it was 100%)."
    assert "Food is spoken of worse than before: 0 of 10 mentions praise it, before 100%." in words
    assert not any(word.startswith("Staff") for word in words)
    assert words[-1] == "Guests complain most about food (10)."


def test_what_is_long_past_is_not_called_the_last_days() -> None:
    told = in_words([said(60 + n, "positive") for n in range(10)])
    newest = DAY - timedelta(days=60)
    assert told == [
        f"In the 90 days up to {newest.day} {MONTHS[newest.month - 1]} {newest.year} 10 of 10 reviews praise the stay."
    ]


def test_chance_is_no_trend() -> None:
    rows = [said(n, "positive" if n % 3 else "negative", "room: positive" if n % 4 else "room: negative") for n in range(180)]
    assert not any(one.noticeable for one in trends(rows))
    assert "as usual" in in_words(rows)[0]


def test_what_was_said_longer_ago_than_the_year_before_is_no_measure() -> None:
    lately, long_ago = [said(n, "positive") for n in range(10)], [said(500 + n, "negative", "food: negative") for n in range(40)]
    assert in_words([*long_ago, *lately]) == [f"In the 90 days up to {UP_TO} 10 of 10 reviews praise the stay."]


def test_months_are_told_apart_and_nothing_is_made_of_nothing() -> None:
    found = months([said(0, "positive", score=0.9), said(1, "positive", score=0.7), said(40, "negative", score=0.1)])
    assert [one.reviews for one in found] == [1, 2]
    assert np.allclose([one.score for one in found], [0.1, 0.8])
    assert (trends([]), in_words([])) == ([], ["There are no reviews of these days."])

"""Whole reviews and single sentences are learned and weighed apart: in a review even a pleased guest names what was amiss."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.candidates import Fitted, fit, prepared, settings_in
from hotelml_app.modules.sentiment.labels import LabelledText, labelled_texts
from hotelml_app.modules.sentiment.mixing import Judged
from hotelml_app.modules.sentiment.model_judge import REVIEW, STATEMENT, Mixture, Said, Weights, by_kind
from hotelml_app.modules.sentiment.sentences import is_statement

STAIRS, LOVELY = "The stairs", "Lovely garden"


def told(text: str, praise: bool, *, whole: bool = False) -> LabelledText:
    return LabelledText(text, praise, "en", date(2030, 1, 1), whole)


def fields(count: int = 40) -> list[LabelledText]:
    return [told(STAIRS, False), told(LOVELY, True)] * count


def pleased_on_the_whole(count: int = 60) -> list[LabelledText]:
    return [told(f"{STAIRS}. {LOVELY}", True, whole=True), told("Dirt. Noise", False, whole=True)] * count


def odds(fitted: Fitted, text: str) -> np.ndarray:
    return fitted.log_odds(prepared([told(text, True)]))[0]


def test_what_guests_complain_of_in_a_review_they_praise_stays_a_complaint_as_a_single_sentence() -> None:
    found = odds(fit([*fields(), *pleased_on_the_whole(30)], settings_in({})), STAIRS)
    assert found[STATEMENT] < 0
    assert found[REVIEW] > found[STATEMENT] + 1


def test_a_few_fields_beside_many_reviews_are_not_all_that_teaches_single_sentences() -> None:
    found = odds(fit([*fields(30), *pleased_on_the_whole(100)], settings_in({})), "Dirt")
    assert found[STATEMENT] == pytest.approx(found[REVIEW], abs=1e-3)
    assert found[STATEMENT] < -1, "only the reviews speak of it"


@pytest.mark.parametrize(
    ("text", "alone"), [("The stairs", True), ("The stairs.", True), ("Steep stairs. Lovely garden.", False), ("", True)]
)
def test_a_text_of_one_sentence_is_a_statement(text: str, alone: bool) -> None:
    assert is_statement(text) == alone


def said(own: list[float], listed: list[float], statements: list[bool]) -> Said:
    return Said(np.array(own), np.zeros(len(own)), np.array(listed), ["en"] * len(own), np.array(statements))


def test_each_kind_is_weighed_by_its_own_weights() -> None:
    counts = {"en": 1_000_000}
    one = Mixture(Weights(1.0, lean=0.5), Weights(0.0), counts).log_odds(said([1.0, 1.0], [4.0, 4.0], [False, True]))
    assert one[1] == pytest.approx(1.0, abs=1e-3)
    assert one[0] > one[1] + 0.5


def test_a_kind_takes_the_weights_that_were_best_for_it() -> None:
    """Here word lists are always right on reviews and always wrong on single sentences, learned words the other way round."""
    truth = np.resize([True, False], 400)
    sign, kinds = np.where(truth, 1.0, -1.0), np.arange(400) >= 200
    fold = said(list(np.where(kinds, 4.0, -1.2) * sign), list(np.where(kinds, -6.0, 6.0) * sign), list(kinds))
    best = Judged((), tuple(told("x", bool(one)) for one in truth), ((fold, {"en": 1_000_000}),)).best()
    assert best.reviews.list_weight > best.statements.list_weight


def test_models_from_before_answer_both_kinds_alike() -> None:
    before = {"list_weight": 0.5, "brought_weight": 1.0, "lean": 0.0, "texts_by_language": {"en": 9}}
    found = Mixture.of(before)
    assert found.reviews == found.statements == Weights(0.5, 1.0, 0.0)
    assert Mixture.of(found.as_dict()) == found
    assert by_kind(np.array([[2.0], [3.0]]), np.array([True, False])).tolist() == [2.0, 3.0]


@pytest.mark.parametrize("end", ["", ".", "..."])
def test_a_complaint_that_is_all_of_a_review_with_a_high_score_is_learned_as_a_complaint_alone(end: str) -> None:
    texts = labelled_texts([Review("k", None, 0.9, negative=f"The room was small{end}")])
    assert [(one.praise, one.whole) for one in texts] == [(False, False)]

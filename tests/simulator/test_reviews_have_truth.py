"""Every sentence of a review is there, in its language, with the aspect and polarity the truth says."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from hotelml_app.simulator import SyntheticHotel
from hotelml_app.simulator.phrases import GRAMMARS
from hotelml_app.simulator.plan import ASPECTS
from hotelml_app.simulator.reviews import LANGUAGE_OF, SCALES


def test_six_languages_can_praise_and_blame_every_aspect() -> None:
    assert sorted(GRAMMARS) == ["de", "en", "es", "fr", "it", "pt"]
    for grammar in GRAMMARS.values():
        assert set(grammar.good) == set(grammar.bad) == set(ASPECTS)
        for phrases in (*grammar.good.values(), *grammar.bad.values()):
            assert len(phrases) == len(set(phrases)) >= 5
            assert all(re.fullmatch(r"[^{}]*(\{very\})?[^{}]*\.", phrase) for phrase in phrases)


def test_no_phrase_means_two_things() -> None:
    for grammar in GRAMMARS.values():
        meaning: dict[str, tuple[str, int]] = {}
        for polarity, table in ((1, grammar.good), (-1, grammar.bad)):
            for aspect, phrases in table.items():
                for phrase in phrases:
                    assert meaning.setdefault(phrase, (aspect, polarity)) == (aspect, polarity), phrase


def test_the_text_of_a_review_is_made_of_its_sentences(big_city: SyntheticHotel) -> None:
    assert len(big_city.reviews) > 1000
    for review in big_city.reviews:
        parts = {"positive": review.positive, "negative": review.negative, "text": review.text}
        for part, text in parts.items():
            assert text == " ".join(sentence.text for sentence in review.sentences if sentence.part == part)
            assert "{" not in text
            assert "  " not in text
        assert all(pair[1] == 1 for s in review.sentences if s.part == "positive" for pair in s.speaks_of)
        assert all(pair[1] == -1 for s in review.sentences if s.part == "negative" for pair in s.speaks_of)
        assert set(review.aspects) <= set(ASPECTS)
        assert review.aspects


def test_scores_lie_on_their_scale_and_follow_what_was_said(big_city: SyntheticHotel) -> None:
    shares, scores = [], []
    for review in big_city.reviews:
        assert review.scale == SCALES[review.site]
        assert 1 <= review.score <= review.scale
        shares.append(np.mean(list(review.aspects.values())))
        scores.append(review.score / review.scale)
    assert np.corrcoef(shares, scores)[0, 1] > 0.85
    assert 0.5 < np.mean(scores) < 0.85


def test_guests_write_mostly_in_their_own_language(big_city: SyntheticHotel) -> None:
    row = {key: number for number, key in enumerate(big_city.bookings.reservation_id.tolist())}
    own = [
        review.language == LANGUAGE_OF.get(str(big_city.bookings.words["country"][row[review.reservation_id]]), "en")
        for review in big_city.reviews
    ]
    assert np.mean(own) > 0.8
    assert set(Counter(review.language for review in big_city.reviews)) == set(GRAMMARS)


def test_joined_sentences_speak_of_two_aspects_with_opposite_polarity(big_city: SyntheticHotel) -> None:
    joined = [s for review in big_city.reviews for s in review.sentences if len(s.speaks_of) == 2]
    assert len(joined) > 20
    for sentence in joined:
        assert {polarity for _, polarity in sentence.speaks_of} == {1, -1}
        assert any(f", {grammar.but} " in sentence.text for grammar in GRAMMARS.values())


def test_a_new_breakfast_chef_shows_in_what_guests_say_of_the_food(big_city: SyntheticHotel) -> None:
    shift = next(shift for shift in big_city.plan.quality_shifts if shift.aspect == "food")
    said: dict[bool, list[int]] = {False: [], True: []}
    for review in big_city.reviews:
        if "food" in review.aspects:
            said[big_city.number(review.reviewed_on) >= shift.from_day].append(review.aspects["food"])
    assert np.mean(said[True]) > np.mean(said[False]) + 0.25


def test_only_guests_who_stayed_write_and_only_after_they_left(city: SyntheticHotel) -> None:
    row = {key: number for number, key in enumerate(city.bookings.reservation_id.tolist())}
    for review in city.reviews:
        booking = row[review.reservation_id]
        assert city.bookings.stayed[booking]
        assert city.number(review.reviewed_on) > city.bookings.final_departure[booking]

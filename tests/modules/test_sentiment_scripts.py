"""Scripts that write vowels and tones around their letters: words stay whole, and what turns them is found."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.polarity import clauses, sentence_valence
from hotelml_app.modules.sentiment.reading import read
from hotelml_app.modules.sentiment.sentences import split_sentences, without_contacts
from hotelml_app.modules.sentiment.spelling import is_unspaced, words_of
from hotelml_app.modules.sentiment.word_lists import Lexicon, WordList, lexicon


def listing(negators: str = "", after: str = "", **signs: float) -> Lexicon:
    return replace(
        lexicon("en"),
        valence=WordList(signs.items()),
        negators=frozenset(negators.split()),
        negators_after=frozenset(after.split()),
        boosters=frozenset(),
        dampers=frozenset(),
    )


def test_vowel_signs_do_not_tear_a_word_apart() -> None:
    assert words_of("कमरा बहुत अच्छा था।") == ["कमरा", "बहुत", "अच्छा", "था"]
    assert words_of("مُمْتاز 1️⃣ naïve") == ["ممتاز", "1", "naïve"]


def test_thai_is_read_by_letters_with_the_vowels_and_tones_around_them() -> None:
    assert words_of("ไม่ดี") == ["ไม่", "ดี"]
    assert words_of("WiFiใหม่ 2คืน") == ["wifi", "ให", "ม่", "2", "คื", "น"]
    assert all(map(is_unspaced, words_of("ห้องน้ำ")))
    assert not is_unspaced("wifi")


@pytest.mark.parametrize(("typed", "meant"), [("เเย่", "แย่"), ("นํ้า", "น้ำ"), ("ทํา", "ทำ")])
def test_thai_that_looks_the_same_is_the_same(typed: str, meant: str) -> None:
    assert typed != meant
    assert words_of(typed) == words_of(meant)


def test_blanks_divide_clauses_only_where_words_need_none() -> None:
    assert len(clauses("ห้องดี อาหารไม่ดี", listing())) == 2
    assert len(clauses("room good wifi ดี", listing())) == 1


def test_sentences_end_at_a_danda() -> None:
    assert split_sentences("कमरा अच्छा था। खाना खराब था।") == ("कमरा अच्छा था।", "खाना खराब था।")


def test_a_negation_behind_turns_what_stands_just_before_it() -> None:
    words = listing(after="नहीं", साफ=2, काम_नहीं=-2)
    assert sentence_valence("कमरा साफ था", words) > 0
    assert sentence_valence("कमरा साफ नहीं था", words) < 0
    assert sentence_valence("कमरा साफ बिल्कुल नहीं था", words) < 0
    assert sentence_valence("साफ काम नहीं", words) == 0, "the negation belongs to what does not work"


def test_a_negator_within_a_neutral_phrase_turns_nothing() -> None:
    words = listing(negators="không", sạch=2, không_gian=0)
    assert sentence_valence("không sạch", words) < 0
    assert sentence_valence("không gian sạch", words) > 0
    assert sentence_valence("không gian không sạch", words) < 0


@pytest.mark.parametrize(
    ("praise", "complaint"),
    [
        ("ห้องใหม่สะอาด", "ห้องไม่สะอาด"),
        ("ใกล้หาด", "ไกลหาด"),
        ("มีเสียงคลื่น ชอบ", "แอร์เสีย"),
        ("อาหารอร่อย อยู่รอบๆ", "ต้องรอ"),
        ("ขนมปังหอม", "ห้องเหม็น"),
    ],
)
def test_thai_words_that_share_letters_are_told_apart(praise: str, complaint: str) -> None:
    assert sentence_valence(praise, lexicon("th")) > 0
    assert sentence_valence(complaint, lexicon("th")) < 0


@pytest.mark.parametrize(("praise", "complaint"), [("Phòng ổn", "Phòng ồn"), ("Chăn ấm cúng", "Chăn ẩm"), ("Đạt, tốt", "Đắt")])
def test_vietnamese_words_that_only_accents_tell_apart_are_told_apart(praise: str, complaint: str) -> None:
    assert sentence_valence(praise, lexicon("vi")) > 0
    assert sentence_valence(complaint, lexicon("vi")) < 0


@pytest.mark.parametrize(
    ("praise", "complaint"),
    [
        ("कमरा साफ था", "कमरा साफ नहीं था"),
        ("कोई समस्या नहीं", "बहुत समस्या"),
        ("बहुत ज़्यादा अच्छा", "बहुत ज्यादा महंगा"),
        ("kamra accha tha", "kamra accha nahi tha"),
    ],
)
def test_hindi_is_turned_by_what_follows_in_either_script(praise: str, complaint: str) -> None:
    assert sentence_valence(praise, lexicon("hi")) > 0
    assert sentence_valence(complaint, lexicon("hi")) < 0


@pytest.mark.parametrize(("said", "read_as"), [("sr", "hr"), ("bs-BA", "hr"), ("nb_NO", "no"), ("nn", "no"), ("ms", "id")])
def test_a_language_under_another_code_is_read_by_the_lists_there_are(said: str, read_as: str) -> None:
    assert language_of("Ok.", said) == read_as


@pytest.mark.parametrize("text", ["x" * 100_000, "1" * 100_000, "بغ" * 50_000], ids=["letters", "digits", "Arabic letters"])
def test_a_cell_full_of_letters_without_a_blank_is_read_at_once(text: str) -> None:
    """What a damaged export may hold for a review; every one of its beginnings was looked up, which took a minute."""
    began = time.process_time()
    assert read(Review("A", None, None, body=text)).polarity == "neutral"
    assert without_contacts(f"{text} write to jo@example.com").endswith("write to …")
    assert time.process_time() - began < 5

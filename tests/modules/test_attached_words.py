"""Words with small words written onto them, as in Arabic and Hebrew, are found in the word lists."""

from __future__ import annotations

import pytest

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.attached import Attached
from hotelml_app.modules.sentiment.polarity import sentence_valence
from hotelml_app.modules.sentiment.reading import read
from hotelml_app.modules.sentiment.spelling import words_of
from hotelml_app.modules.sentiment.word_lists import lexicon

ENTRIES = ("and", "not", "room*", "bed", "wand", "not_as_shown", "on_thebed")


def parts_of(word: str) -> list[str]:
    return Attached(("and", "the", "in", "not"), ENTRIES, ("bed_bug",)).apart([word])


def test_what_is_listed_itself_stays_a_word_and_the_rest_falls_away() -> None:
    assert parts_of("andtheroom") == ["and", "room"]
    assert parts_of("inthebed") == ["bed"]
    assert parts_of("notbed") == ["not", "bed"]


def test_words_that_are_listed_or_of_which_nothing_is_known_stay_whole() -> None:
    assert [parts_of(word) for word in ("roomthe", "wand", "thewindow", "andthe")] == [
        ["roomthe"], ["wand"], ["thewindow"], ["andthe"],
    ]  # fmt: skip


def test_phrases_are_taken_apart_as_texts_are() -> None:
    attached = Attached(("and", "the", "in"), ENTRIES)
    assert attached.entry("on_thebed") == "on_bed"
    assert attached.entry("theroom") == "theroom", "a word alone is a word that is to stay whole"
    assert attached.apart(["on", "andthebed"]) == ["on", "and", "bed"]


def test_two_words_that_are_one_are_joined_wherever_they_stand() -> None:
    attached = Attached(("the",), (*ENTRIES, "bed_bug"), ("bed_bug",))
    assert attached.apart(["thebed", "bug", "and", "bed", "bug"]) == ["bedbug", "and", "bedbug"]


@pytest.mark.parametrize(
    ("language", "bare", "attached"),
    [
        ("ar", "فندق نظيف", "بالفندق النظيف"),
        ("ar", "لا يعمل", "ولايعمل"),
        ("he", "חדר מלוכלך", "ושבחדר המלוכלך"),
        ("he", "לא נקי", "שלא נקי"),
    ],
)
def test_a_word_says_the_same_with_small_words_written_onto_it(language: str, bare: str, attached: str) -> None:
    words = lexicon(language)
    assert sentence_valence(attached, words) == sentence_valence(bare, words) != 0


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("ar", "بالغرفة", ["غرفه"]),
        ("ar", "والموظفين", ["و", "موظفين"]),
        ("he", "מהחדר", ["חדר"]),
        ("he", "והצוות", ["ו", "צוות"]),
    ],
)
def test_and_stays_a_word_and_the_article_does_not(language: str, word: str, parts: list[str]) -> None:
    assert lexicon(language).spelt([word]) == parts


@pytest.mark.parametrize(("language", "word"), [("ar", "كنت"), ("ar", "بحر"), ("he", "מלא"), ("he", "שחור"), ("he", "לחם")])
def test_a_word_that_only_looks_put_together_stays_whole(language: str, word: str) -> None:
    assert lexicon(language).spelt([word]) == [word]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("لا يوجد ازعاج والموقع ممتاز", "positive"),
        ("ما كان نظيف", "negative"),
        ("ما شاء الله المكان نظيف", "positive"),
        ("الفندق قديم ولكنه رائع", "positive"),
        ("الموقع جيد، لكن الخدمة سيئة", "negative"),
        ("אין ספק שהמקום מעולה", "positive"),
        ("הצ'ק אין היה איטי", "negative"),
        ("המיקום טוב אבל החדר מגעיל", "negative"),
    ],
)
def test_negations_and_turns_are_followed_where_small_words_are_attached(text: str, label: str) -> None:
    assert read(Review("k", None, None, body=text)).polarity == label


def test_quotes_and_points_do_not_divide_hebrew_words() -> None:
    assert words_of("ג'וקים, סופ\"ש, שָׁלוֹם") == ["גוקים", "סופש", "שלום"]
    assert words_of("l'hôtel") == ["l", "hôtel"]

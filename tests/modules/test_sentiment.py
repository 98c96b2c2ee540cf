"""What guests say: praise and complaints in many languages, what they are about, and learning from the guests' own scores."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_property import hotel

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.polarity import sentence_valence
from hotelml_app.modules.sentiment.reading import ReadReview, by_word_lists, read
from hotelml_app.modules.sentiment.sentences import split_sentences
from hotelml_app.modules.sentiment.spelling import words_of
from hotelml_app.modules.sentiment.word_lists import LANGUAGES, lexicon, lexicon_of, read_words


def said(body: str = "", **fields: str) -> ReadReview:
    return read(Review("k", None, None, body=body, **fields))


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("The staff were very friendly and the room was spotless.", "en", "positive"),
        ("Das Zimmer war leider schmutzig und das Personal unfreundlich.", "de", "negative"),
        ("La habitación era muy limpia y el personal encantador.", "es", "positive"),
        ("O quarto era pequeno e o pequeno-almoço foi péssimo.", "pt", "negative"),
        ("Le petit déjeuner était délicieux et la chambre très propre.", "fr", "positive"),
        ("La camera era sporca e il letto scomodo.", "it", "negative"),
        ("De kamer was netjes en het personeel erg behulpzaam.", "nl", "positive"),
        ("Het ontbijt was karig en de badkamer vies.", "nl", "negative"),
        ("Personalen var trevlig och rummet skinande rent.", "sv", "positive"),
        ("Frukosten var tråkig och sängen obekväm.", "sv", "negative"),
        ("Personalet var hjælpsomt og værelset skinnende rent.", "da", "positive"),
        ("Morgenmaden var kedelig og badeværelset beskidt.", "da", "negative"),
        ("Betjeningen var hyggelig og rommet skinnende rent.", "no", "positive"),
        ("Frokosten var kjedelig og badet skittent.", "no", "negative"),
        ("Henkilökunta oli ystävällistä ja huone putipuhdas.", "fi", "positive"),
        ("Aamiainen oli vaatimaton ja sänky epämukava.", "fi", "negative"),
        ("Przemiła obsługa, pyszne śniadania i czyste pokoje.", "pl", "positive"),
        ("Pokoj brudny, a obsluga niemila.", "pl", "negative"),
        ("Výborná snídaně a velmi ochotný personál.", "cs", "positive"),
        ("Pokoj byl spinavy a na recepci nikdo nebyl ochotny.", "cs", "negative"),
        ("Завтраки вкусные, персонал очень приветливый.", "ru", "positive"),
        ("В номере было грязно, а кондиционер не работал.", "ru", "negative"),
        ("Сніданки смачні, персонал дуже привітний.", "uk", "positive"),
        ("У номері було брудно, а кондиціонер не працював.", "uk", "negative"),
        ("Закуските са вкусни, персоналът е много любезен.", "bg", "positive"),
        ("В стаята беше мръсно, а климатикът не работеше.", "bg", "negative"),
        ("Doručak ukusan, osoblje vrlo ljubazno.", "hr", "positive"),
        ("У соби је било прљаво, а клима није радила.", "hr", "negative"),
        ("Raňajky chutné a personál veľmi ochotný.", "sk", "positive"),
        ("Izba bola špinavá a kúrenie nefungovalo.", "sk", "negative"),
        ("Zajtrk okusen, osebje zelo prijazno.", "sl", "positive"),
        ("Soba je bila umazana in klima ni delovala.", "sl", "negative"),
        ("Esmorzar boníssim i personal molt amable.", "ca", "positive"),
        ("L'habitació era bruta i la calefacció no funcionava.", "ca", "negative"),
        ("Kahvaltı nefisti, personel güler yüzlüydü.", "tr", "positive"),
        ("İLGİSİZ PERSONEL, KİRLİ ODALAR", "tr", "negative"),
        ("Micul dejun delicios, personalul foarte amabil.", "ro", "positive"),
        ("Camera murdara si personalul nepoliticos.", "ro", "negative"),
        ("Finom reggeli, kedves személyzet.", "hu", "positive"),
        ("A szoba koszos volt, az agy pedig kenyelmetlen.", "hu", "negative"),
        ("房间很干净，前台服务也很热情。", "zh", "positive"),
        ("房间又小又旧，隔音太差，不会再来了。", "zh", "negative"),
        ("お部屋が清潔で、スタッフの方も親切でした。", "ja", "positive"),
        ("壁が薄くて眠れませんでした。", "ja", "negative"),
        ("직원분들이 친절하고 방도 깨끗했어요.", "ko", "positive"),
        ("방음이 전혀 안 되고 냄새가 났어요.", "ko", "negative"),
        ("Πολύ ευγενικό προσωπικό και πλούσιο πρωινό.", "el", "positive"),
        ("ΒΡΩΜΙΚΟ ΔΩΜΑΤΙΟ ΚΑΙ ΑΓΕΝΕΙΣ ΥΠΑΛΛΗΛΟΙ", "el", "negative"),
    ],
)
def test_praise_and_complaints_are_told_apart_in_every_language(text: str, language: str, label: str) -> None:
    found = said(text)
    assert (found.language, found.polarity) == (language, label)
    assert (found.score > 0.5) == (label == "positive")


def test_what_follows_a_but_counts_more() -> None:
    assert said("The location was good but the room was bad.").score < 0.5
    assert said("The room was bad but the location was good.").score > 0.5


def test_very_says_more_and_a_little_says_less() -> None:
    words = lexicon("en")
    plain, strong, weak = (sentence_valence(f"The room was {how} dirty", words) for how in ("", "very", "slightly"))
    assert strong < plain < weak < 0


@pytest.mark.parametrize(
    ("language", "how", "what"),
    [
        ("de", "ein wenig", "schmutzig"),
        ("es", "un poco", "sucia"),
        ("it", "un po", "sporca"),
        ("pt", "um pouco", "sujo"),
    ],
)
def test_two_words_together_may_say_less(language: str, how: str, what: str) -> None:
    words = lexicon(language)
    assert sentence_valence(what, words) < sentence_valence(f"{how} {what}", words) < 0


def test_fields_for_praise_and_complaints_are_taken_at_their_word() -> None:
    assert said(positive="The window").polarity == "positive"
    assert said(negative="The window").polarity == "negative"
    assert said(positive="Great staff", negative="The window").score < said(positive="Great staff").score


@pytest.mark.parametrize(
    "nothing", ["No Negative", "Nothing", "nada", "Nichts.", "Rien", "", "   ", "N/A", "brak uwag", "Semmi", "ничего"]
)
def test_nothing_to_complain_about_is_no_complaint(nothing: str) -> None:
    assert said(positive="Excellent breakfast", negative=nothing).polarity == "positive"


def test_aspects_are_named_with_how_they_did() -> None:
    found = said("The staff were wonderful. The bed was hard and the street was noisy. Breakfast was delicious, wifi terrible.")
    assert found.aspects["staff"] == "positive"
    assert found.aspects["sleep"] == "negative"
    assert found.aspects["noise"] == "negative"
    assert found.aspects["food"] == "positive"
    assert found.aspects["facilities"] == "negative"


def test_the_key_sentence_speaks_for_the_verdict() -> None:
    found = said("We stayed two nights. The room was absolutely disgusting. The location was nice.")
    assert found.polarity == "negative"
    assert found.sentence == "The room was absolutely disgusting."


def test_a_review_without_a_judging_word_is_neutral() -> None:
    found = said("We stayed from Monday to Tuesday.")
    assert (found.polarity, found.score) == ("neutral", 0.5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Очень хороший отель", "ru"),
        ("Дуже гарний готель, персонал привітний", "uk"),
        ("Много добър хотел", "bg"),
        ("部屋はとてもきれいでした", "ja"),
        ("Το ξενοδοχείο ήταν καθαρό", "el"),
        ("Hindi malinis", ""),
        ("", ""),
        ("12345 !!", ""),
    ],
)
def test_other_languages_are_recognised_or_left_open(text: str, language: str) -> None:
    assert language_of(text) == language


def test_what_the_export_says_decides_where_the_text_does_not() -> None:
    assert language_of("ok 10/10", "pt-BR") == "pt"
    assert language_of("The room was clean and we liked it", "de") == "en"
    assert language_of("10/10", "et") == "et", "a code without word lists is a language all the same"
    assert language_of("Ого!", "uk") == "uk"
    assert language_of("Ого!", "de") == "ru", "the main language of the script"
    assert language_of("Очень хороший отель", "uk") == "ru"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("English", "en"),
        ("Deutsch", "de"),
        ("German", "de"),
        ("Portuguese (Brazil)", "pt"),
        ("português", "pt"),
        ("Spanish", "es"),
        ("espanol", "es"),
        ("Français", "fr"),
        ("Niederländisch", "nl"),
        ("Norwegian Bokmål", "no"),
        ("Serbian", "hr"),
        ("日本語", "ja"),
        ("ger", "de"),
        ("POR", "pt"),
        ("zh-Hant", "zh"),
        ("en_US", "en"),
        ("Estonian", ""),
        ("not told", ""),
        ("", ""),
    ],
)
def test_exports_may_give_the_name_of_a_language_instead_of_its_code(said: str, language: str) -> None:
    assert language_of("10/10", said) == language


def test_no_two_languages_have_a_name_in_common() -> None:
    names = [name for code in LANGUAGES for name in read_words(code)["names"].split()]
    assert len(names) == len(set(names))


def test_the_simulators_guests_are_understood_in_every_language() -> None:
    """The truth of each sentence is known there: its aspect and whether it praises."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for review in hotel(seed=8, days=480, rooms=90, preset="resort").reviews:
        for sentence in review.sentences:
            if len(sentence.speaks_of) == 1:
                value = by_word_lists([sentence.text], review.language)[0]
                right[review.language] += (value > 0) == (sentence.speaks_of[0][1] > 0)
                total[review.language] += 1
    assert {"de", "en", "es", "fr", "it", "pt"} <= set(total) <= set(LANGUAGES)
    for language in total:
        assert right[language] / total[language] > 0.8, language


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_reading(body: str, positive: str, negative: str) -> None:
    found = said(body, positive=positive, negative=negative)
    assert 0 <= found.score <= 1
    assert found.polarity in ("positive", "negative", "mixed", "neutral")


@given(st.text(max_size=200))
def test_splitting_into_sentences_loses_no_word(text: str) -> None:
    assert [word for sentence in split_sentences(text) for word in words_of(sentence)] == words_of(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_both_praises_and_complains(language: str) -> None:
    words = lexicon(language)
    listed = words.valence.listed()
    assert listed
    torn = [entry for entry, values in listed.items() if min(values) < 0 < max(values)]
    assert torn == []
    assert set(words.aspects.values()) == {
        "room", "cleanliness", "staff", "food", "location", "facilities", "value", "noise", "sleep",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("pl", "Łóżko niewygodne, śniadanie świetne", "Lozko niewygodne, sniadanie swietne"),
        ("ro", "Camera murdară, lenjeria pătată, mulțumiți", "Camera murdara, lenjeria pătata, mulţumiti"),
        ("tr", "Kahvaltı güzeldi, çalışanlar ilgiliydi", "KAHVALTI GUZELDI, calısanlar ilgiliydi"),
        ("hr", "Čisto i uređeno, kreveti odlični", "Чисто и уређено, кревети одлични"),
        ("hr", "Tuš začepljen, strašno", "TUS ZACEPLJEN, strasno"),
        ("el", "Το κρεβάτι ήταν αναπαυτικό", "ΤΟ ΚΡΕΒΑΤΙ ΗΤΑΝ ΑΝΑΠΑΥΤΙΚΟ"),
        ("ar", "الغُرْفَةُ نَظيفةٌ جِدًّا والإطلالة رائعة", "الغرفه نظيفه جدا والاطـلاله رائععععه"),
        ("he", "הַצֶּוֶת אָדִיב, צ'ק־אין מהיר", "הצוות אדיב, צ׳ק אין מהיררר"),
    ],
)
def test_words_are_found_without_the_accents_that_guests_leave_out(language: str, written: str, typed: str) -> None:
    words = lexicon(language)
    assert sentence_valence(typed, words) == sentence_valence(written, words) != 0


def test_the_turkish_capital_i_is_one_letter() -> None:
    assert words_of("İYİ") == ["iyi"]


def test_a_language_without_lists_is_read_by_the_english_ones() -> None:
    assert lexicon_of("xx") is lexicon_of("") is lexicon("en")

"""Negations turn a judgement, wherever a language puts them, and words that only look like one turn nothing."""

from __future__ import annotations

import pytest

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.polarity import sentence_valence
from hotelml_app.modules.sentiment.reading import ReadReview, read
from hotelml_app.modules.sentiment.word_lists import lexicon


def said(body: str = "", **fields: str) -> ReadReview:
    return read(Review("k", None, None, body=body, **fields))


@pytest.mark.parametrize(
    "text",
    [
        "The room was not clean.",
        "It wasn't comfortable at all.",
        "The bed was too soft.",
        "Nobody was friendly.",
        "Das Bett war nicht bequem.",
        "La habitación no estaba limpia.",
        "O quarto não estava limpo.",
        "La chambre n'était pas propre.",
        "Il letto non era comodo.",
        "De kamer was niet schoon.",
        "Rummet var inte rent.",
        "Værelset var ikke rent.",
        "Rommet var ikke komfortabelt.",
        "Huone ei ollut siisti.",
        "Pokój nie był czysty.",
        "Postel nebyla pohodlná.",
        "Персонал не был вежливым.",
        "Çarşaflar temiz değildi.",
        "Patul nu era comod.",
        "A szoba nem volt tiszta.",
        "Το κρεβάτι δεν ήταν αναπαυτικό.",
        "房间不干净。",
        "部屋はきれいではなかった。",
        "방이 깨끗하지 않았어요.",
    ],
)
def test_a_negation_turns_praise_into_a_complaint(text: str) -> None:
    assert said(text).polarity == "negative"


@pytest.mark.parametrize(
    "text",
    [
        "Not bad at all.",
        "No problems with the room.",
        "Keine Probleme, alles bestens.",
        "Rien à redire.",
        "Nie ma się do czego przyczepić.",
        "Není co vytknout.",
        "Придраться не к чему.",
        "Hiçbir sorun yaşamadık.",
        "Nu am avut nicio problemă.",
        "Semmi gond nem volt.",
        "Δεν έχουμε κανένα παράπονο.",
    ],
)
def test_a_negation_turns_a_complaint_into_praise(text: str) -> None:
    assert said(text).polarity == "positive"


def test_a_negation_does_not_reach_beyond_the_next_thing_said() -> None:
    words = lexicon("en")
    assert sentence_valence("No noise, great location", words) > 0
    assert sentence_valence("No complaints and excellent staff", words) > sentence_valence("No complaints", words)


@pytest.mark.parametrize(
    ("language", "praise", "complaint"),
    [
        ("en", "The room was not only clean but also quiet.", "The bed was not just hard but also dirty."),
        ("de", "Das Zimmer war nicht nur sauber, sondern auch ruhig.", "Das Bad war nicht nur schmutzig, sondern auch laut."),
        ("fr", "La chambre n'était pas seulement propre mais aussi calme.", "Le lit n'était pas seulement sale."),
        ("es", "No solo limpio sino también tranquilo.", "No solo sucio, también ruidoso."),
        ("it", "Non solo pulito ma anche tranquillo.", "Non solo sporco ma anche rumoroso."),
        ("pt", "Não só limpo como também tranquilo.", "Não só sujo como também barulhento."),
        ("nl", "Niet alleen schoon maar ook rustig.", "Niet alleen vies maar ook lawaaierig."),
        ("pl", "Nie tylko czysto, ale i cicho.", "Nie tylko brudno, ale i głośno."),
        ("ru", "Не только чисто, но и тихо.", "Не только грязно, но и шумно."),
        ("fi", "Ei vain siisti vaan myös rauhallinen.", "Ei vain likainen vaan myös meluisa."),
        ("id", "Tidak hanya bersih tetapi juga tenang.", "Tidak hanya kotor tetapi juga bising."),
    ],
)
def test_not_only_is_no_negation(language: str, praise: str, complaint: str) -> None:
    words = lexicon(language)
    assert sentence_valence(praise, words) > 2, "both judgements count in full"
    assert sentence_valence(complaint, words) < -1


@pytest.mark.parametrize(
    ("language", "praise", "complaint"),
    [
        ("en", "Without a doubt the best hotel.", "No doubt the worst hotel."),
        ("de", "Ohne Zweifel das beste Hotel.", "Ohne Frage das schlechteste Hotel."),
        ("es", "Sin duda volveremos.", "Sin duda el peor hotel."),
        ("pt", "Sem dúvida o melhor hotel.", "Sem dúvida o pior hotel."),
        ("fr", "Sans aucun doute le meilleur hôtel.", "Sans aucun doute le pire hôtel."),
        ("it", "Senza alcun dubbio il migliore hotel.", "Senza alcun dubbio il peggior hotel."),
        ("nl", "Zonder twijfel het beste hotel.", "Zonder twijfel het slechtste hotel."),
        ("pl", "Bez wątpienia najlepszy hotel.", "Bez wątpienia najgorszy hotel."),
        ("ru", "Без сомнения лучший отель.", "Без сомнения худший отель."),
        ("el", "Χωρίς αμφιβολία το καλύτερο ξενοδοχείο.", "Χωρίς αμφιβολία το χειρότερο ξενοδοχείο."),
        ("de", "Noch nie so gut geschlafen.", "Noch nie so schlecht geschlafen."),
        ("nl", "Nog nooit zo goed geslapen.", "Nog nooit zo slecht geslapen."),
    ],
)
def test_to_have_no_doubt_of_a_judgement_does_not_turn_it(language: str, praise: str, complaint: str) -> None:
    words = lexicon(language)
    assert sentence_valence(praise, words) > 0 > sentence_valence(complaint, words)


@pytest.mark.parametrize(
    ("language", "praise", "complaint"),
    [
        ("en", "It doesn't get better than this.", "The service did not get better."),
        ("de", "Es könnte nicht besser sein.", "Könnte besser sein."),
        ("es", "No podía ser mejor.", "El desayuno podría ser mejor."),
        ("pt", "Não podia ser melhor.", "O pequeno-almoço podia ser melhor."),
        ("fr", "On ne peut rêver mieux.", "Le petit-déjeuner pourrait être meilleur."),
        ("it", "Non poteva essere migliore.", "La colazione potrebbe essere migliore."),
        ("nl", "Het ontbrak ons aan niets.", "Het ontbijt kon beter."),
    ],
)
def test_what_could_be_better_is_a_complaint_and_what_could_not_is_praise(language: str, praise: str, complaint: str) -> None:
    words = lexicon(language)
    assert sentence_valence(praise, words) > 0 > sentence_valence(complaint, words)


@pytest.mark.parametrize(
    ("language", "complaint"),
    [
        ("en", "The rooms are nowhere near clean."),
        ("en", "The hotel is far from perfect."),
        ("de", "Das Personal war alles andere als freundlich."),
        ("it", "La camera era tutt'altro che pulita."),
        ("nl", "De kamer was verre van schoon."),
    ],
)
def test_to_be_far_from_a_praise_is_a_complaint(language: str, complaint: str) -> None:
    assert sentence_valence(complaint, lexicon(language)) < 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("Nessun problema.", "it"), ("Senza acqua calda.", "it"), ("No hubo ningún problema.", "es"), ("Falta limpieza.", "es")],
)
def test_a_text_of_few_words_is_told_by_the_negation_in_it(text: str, language: str) -> None:
    found = said(text)
    assert found.language == language
    assert found.polarity == ("positive" if "problema" in text else "negative")


@pytest.mark.parametrize(
    ("language", "praise"),
    [
        ("en", "no issues great stay"),
        ("en", "No complaints lovely room"),
        ("en", "Never had any problems great hotel"),
        ("de", "keine Probleme toller Aufenthalt"),
        ("de", "Nichts zu meckern tolles Hotel"),
        ("es", "sin problemas excelente estancia"),
        ("pt", "sem problemas ótima estadia"),
        ("fr", "aucun problème excellent séjour"),
        ("it", "nessun problema ottimo soggiorno"),
    ],
)
def test_what_said_that_nothing_was_amiss_does_not_turn_the_praise_behind_it(language: str, praise: str) -> None:
    assert sentence_valence(praise, lexicon(language)) > 0


def test_a_negation_that_turned_no_complaint_still_reaches_what_follows() -> None:
    words = lexicon("en")
    for complaint in ("not a nice clean room", "no hot water or clean towels", "Our stay wasn't long enough"):
        assert sentence_valence(complaint, words) < 0, complaint


@pytest.mark.parametrize(
    ("language", "complaint", "praise"),
    [
        ("en", "The staff could be friendlier.", "The staff could not be friendlier."),
        ("en", "The room could have been cleaner.", "The room couldn't be cleaner."),
        ("en", "Staff should be a bit more helpful.", "We could sleep well, it was quiet."),
        ("de", "Das Personal könnte freundlicher sein.", "Das Personal könnte nicht freundlicher sein."),
        ("de", "Das Zimmer hätte sauberer sein können.", "Wir konnten ruhig schlafen."),
        ("es", "El personal podría ser más amable.", "El personal no podría ser más amable."),
        ("es", "La cama podria haber sido mas comoda.", "Pudimos dormir bien, muy limpio."),
        ("pt", "O pessoal podia ser mais simpático.", "O pessoal não podia ser mais simpático."),
        ("fr", "Le personnel pourrait être plus aimable.", "Le personnel ne pourrait pas être plus aimable."),
        ("it", "Il personale potrebbe essere più gentile.", "Il personale non potrebbe essere più gentile."),
    ],
)
def test_what_is_wished_to_be_better_is_a_complaint_unless_it_cannot_be(language: str, complaint: str, praise: str) -> None:
    words = lexicon(language)
    assert sentence_valence(complaint, words) < 0 < sentence_valence(praise, words)

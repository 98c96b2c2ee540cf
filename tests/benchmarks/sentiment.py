"""What guests say: praise and complaints beside TF-IDF with logistic regression, VADER and AFINN, aspects, other languages.

Models learn from the earlier three quarters of the real reviews; texts asked about are later ones of that site, and others that
were written by hand for no other purpose. Where a peer says neither, it gets the kinder of both readings.

The site took all full stops out of what its guests wrote: a field is one sentence here, and read as one; a review of both fields
is two, and read as a review. The figures for fields hold for texts of one sentence, not for a field of several.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from peer_environment import ask_peer
from peers import Row
from real_reviews import reviews
from reviews_by_hand import ByHand, aspects_micro_f1, by_hand
from synthetic_property import reviews_of

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import accuracy, macro_f1
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.modules.sentiment.borrowed import generalised
from hotelml_app.modules.sentiment.labels import CLEARLY_BAD, CLEARLY_GOOD, labelled_texts
from hotelml_app.modules.sentiment.model_judge import judge_of
from hotelml_app.modules.sentiment.reading import Judge, by_word_lists, read
from hotelml_app.modules.sentiment.sentences import BODY, PARTS, said_in
from hotelml_app.modules.sentiment.training import train
from hotelml_app.simulator import preset, simulate

LEARNED_SHARE = 0.75
OWN_REVIEWS = 500
COUNTRIES = {"de": "DEU", "es": "ESP", "pt": "PRT"}
SLOWEST_MS = 20.0
LEAST_ASPECTS = 0.80

Flags = NDArray[np.bool_]


def measure() -> Iterator[Row]:
    """Yield ours beside each peer's, set by set."""
    known = sorted(reviews(), key=lambda one: (one.reviewed_on or date.min, one.key))
    cut = round(len(known) * LEARNED_SHARE)
    own = learned(known[:cut])
    brought = LoadedModel("brought", MadeBy.BUNDLED, own.card, generalised(own.parameters), {"words": lambda: own.graph("words")})
    texts = labelled_texts(known[:cut])
    learn, praise = [_line(one.text) for one in texts], np.array([one.praise for one in texts], dtype=float)
    later = [one for one in map(as_running_text, known[cut:]) if one.body and one.score is not None]
    clear = [one for one in later if not CLEARLY_BAD < (one.score or 0) < CLEARLY_GOOD]
    fields = [one for one in labelled_texts(known[cut:]) if not one.whole]
    hand = by_hand("held_out")
    english = [one for one in hand if one.language == "en"]
    sets = (
        ("later reviews", own, [one.body for one in clear], [(one.score or 0) >= CLEARLY_GOOD for one in clear]),
        ("later fields", own, [one.text for one in fields], [one.praise for one in fields]),
        ("others' words", brought, [one.text for one in english], [one.praise for one in english]),
    )
    for what, model, asked, truth in sets:
        yield from _beside_peers(what, model, asked, np.array(truth), learn, praise)
    yield _aspects(hand)
    yield from _other_languages()
    yield _speed(own, [one.body for one in clear[:300]])


def learned(known: Sequence[Review]) -> LoadedModel:
    """Return what a property learns from its own reviews, without a model brought along."""
    data = PropertyData(PropertyFacts(1, "Casa"), date(2030, 1, 1), no_history, lambda: tuple(known))
    return LoadedModel.in_memory(train(TrainingContext(data, data.as_of, ModuleTrainingConfig())))


def no_history() -> History:
    raise AssertionError("reviews are read without bookings")


def as_running_text(review: Review) -> Review:
    """Return a review in which nothing tells praise from complaints but its words, in a shuffled order."""
    parts = [text for part in PARTS if (text := said_in(review, part))]
    random.Random(review.key).shuffle(parts)
    return replace(review, title="", positive="", negative="", **{BODY: ". ".join(parts)})


def praised(texts: Sequence[str], judge: Judge) -> Flags:
    return np.array([read(Review("k", None, None, body=text), judge).score > 0.5 for text in texts])


def _beside_peers(
    what: str, model: LoadedModel, asked: Sequence[str], truth: Flags, learn: Sequence[str], praise: NDArray[np.float64]
) -> Iterator[Row]:
    ours = praised(asked, judge_of(model))
    given = np.array("\n".join(map(_line, asked)))
    theirs = {
        "TF-IDF and regression": ask_peer("tfidf", learn=np.array("\n".join(learn)), praise=praise, ask=given),
        "VADER": ask_peer("vader", ask=given),
        "AFINN": ask_peer("afinn", ask=given),
        "our word lists": np.where(praised(asked, by_word_lists), 1.0, -1.0),
    }
    for peer, score in theirs.items():
        for figure, of in (("accuracy", accuracy), ("macro-F1", macro_f1)):
            mine, best = of(truth, ours), max(of(truth, score > 0), of(truth, score >= 0))
            yield Row(f"{what} ({len(truth)}): {figure}", mine, best, "", peer, "above", mine > best)


def _aspects(hand: Sequence[ByHand]) -> Row:
    sentences = [one for one in hand if one.kind == "sentence"]
    found = aspects_micro_f1(sentences)
    what = f"aspects of {len(sentences)} sentences, 4 languages: micro-F1"
    return Row(what, found, LEAST_ASPECTS, "", "the goal", "at least .80", found >= LEAST_ASPECTS)


def _other_languages() -> Iterator[Row]:
    """Learn from the first 500 scored reviews of a simulated hotel whose guests write in one language; read the later ones."""
    for language, country in COUNTRIES.items():
        plan = replace(preset("resort"), countries={country: 1.0})
        guests = simulate(seed=77, days=900, rooms=150, plan=plan)
        told = [one for one in reviews_of(guests, guests.last_day) if one.language == language and one.score is not None]
        told.sort(key=lambda one: (one.reviewed_on or date.min, one.key))
        judge = judge_of(learned(told[:OWN_REVIEWS]))
        later = [one for one in map(as_running_text, told[OWN_REVIEWS:]) if one.body]
        asked = [one for one in later if not CLEARLY_BAD < (one.score or 0) < CLEARLY_GOOD]
        truth = np.array([(one.score or 0) >= CLEARLY_GOOD for one in asked])
        mine, lists = (praised([one.body for one in asked], one) for one in (judge, by_word_lists))
        for figure, of in (("accuracy", accuracy), ("macro-F1", macro_f1)):
            found, listed = of(truth, mine), of(truth, lists)
            what = f"{language}, {OWN_REVIEWS} own reviews ({len(truth)}): {figure}"
            yield Row(what, found, listed, "", "our word lists", "above", found > listed)


def _speed(model: LoadedModel, texts: Sequence[str]) -> Row:
    judge = judge_of(model)
    praised(texts[:5], judge)
    started = time.perf_counter()
    praised(texts, judge)
    taken = (time.perf_counter() - started) * 1000 / len(texts)
    return Row("one review read", taken, SLOWEST_MS, "ms", "the goal", "under 20 ms", taken < SLOWEST_MS)


def _line(text: str) -> str:
    return " ".join(text.split())

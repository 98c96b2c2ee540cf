"""A text as a trained model reads it: its words, those under a negation marked, and pairs of neighbours."""

from __future__ import annotations

from itertools import pairwise

from hotelml_app.modules.sentiment.polarity import NEGATION_REACH, clauses
from hotelml_app.modules.sentiment.sentences import split_sentences
from hotelml_app.modules.sentiment.spelling import is_unspaced
from hotelml_app.modules.sentiment.word_lists import Lexicon, lexicon_of

NEGATED = "not_"
"""Goes before a word that a negation reaches: "not clean" and "clean" are two words to the model."""

SHORTEST = 2
"""Letters a word must have; shorter ones tell nothing and ONNX does not see them."""


def model_text(text: str, language: str) -> str:
    """Return the words and pairs of words of a text, each once and divided by blanks, in lower case.

    They are made here because ONNX can neither lower all letters nor follow a negation. Each comes once, so that what counts
    is whether a guest says a thing, not how often.
    """
    lexicon = lexicon_of(language)
    found: dict[str, None] = {}
    for sentence in split_sentences(text):
        for clause in clauses(sentence, lexicon):
            words = _marked(clause.words, lexicon)
            found.update(dict.fromkeys(words))
            found.update(dict.fromkeys(f"{first}_{second}" for first, second in pairwise(words)))
    return " ".join(found)


def _marked(words: tuple[str, ...], lexicon: Lexicon) -> list[str]:
    """Return the words that say something, with those in the reach of a negation marked; numbers are left out."""
    marked, reach = [], 0
    for word in words:
        if word in lexicon.negators:
            reach = NEGATION_REACH
            marked.append(word)
        else:
            marked.append(NEGATED + word if reach else word)
            reach = max(reach - 1, 0)
    return [word for word in marked if (len(word) >= SHORTEST or is_unspaced(word)) and not word.removeprefix(NEGATED).isdigit()]

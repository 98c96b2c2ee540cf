"""The model that learns how guests write: weighted words and pairs of words; training packages only here."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sklearn_to_onnx import OPSET
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.sentiment.errors import OneSidedReviewsError, ReviewSettingError
from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_judge import INPUT, PART, REVIEW, SCORES, STATEMENT, Flags, Floats
from hotelml_app.modules.sentiment.model_words import model_text

DEFAULTS: Mapping[str, float] = {"C": 3.0, "max_words": 12_000, "max_texts": 20_000}
LEAST_OF_A_KIND = 20
"""Fewer texts of praise, or of complaint, teach nothing."""

WHOLE_WEIGHT, FIELD_WEIGHT = 4 / 3, 1 / 3
"""What whole reviews and single fields count in learning what a review means: only the former show how praise and complaints
go together; the latter teach it more words."""

LEAST_FIELDS = 0.5
"""Share of the texts that must be fields for single statements to be learned from them alone."""

_WORD_IN_PYTHON = r"\w{2,}"
_WORD_IN_ONNX = r"[\p{L}\p{N}_]{2,}"
"""The same words for ONNX Runtime, whose expressions know no other way to name the letters of all languages.

Pairs and negated words arrive as single words from ``model_words``. Counts stay plain: with ``sublinear_tf`` the converted
graph answers differently wherever a word comes twice.
"""


@dataclass(frozen=True)
class Fitted:
    """TF-IDF over words and pairs of words, and two logistic regressions on it, for reviews and for single statements.

    ``reader`` holds the weights of both, shape (2, features), and answers with their log-odds.
    """

    vectorizer: Any
    reader: Any

    def log_odds(self, prepared: Sequence[str]) -> Floats:
        """Return the log-odds of praise of texts as ``model_text`` prepares them, shape (texts, 2): REVIEW and STATEMENT."""
        found: Floats = self.reader.predict(self.vectorizer.transform(prepared))
        return found

    def words(self) -> tuple[str, ...]:
        """Return what was learned from, in the order of the features."""
        return tuple(str(word) for word in self.vectorizer.get_feature_names_out())


def settings_in(hyperparameters: Mapping[str, object]) -> dict[str, float]:
    """Return the training settings. Raises ReviewSettingError for an unknown name or a value that is no positive number."""
    settings = dict(DEFAULTS)
    for name, value in hyperparameters.items():
        if name not in settings:
            raise ReviewSettingError(f"sentiment has no setting {name!r}.", remedy=f"There are: {', '.join(settings)}.")
        if not isinstance(value, int | float) or isinstance(value, bool) or not value > 0:
            raise ReviewSettingError(f"{name} cannot be {value!r}.", remedy="Give a number above zero.")
        settings[name] = float(value)
    return settings


def fit(texts: Sequence[LabelledText], settings: Mapping[str, float]) -> Fitted:
    """Learn from texts of both kinds. Raises OneSidedReviewsError where one kind is missing."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LinearRegression

    praise = np.array([one.praise for one in texts])
    if _fewest(praise) < LEAST_OF_A_KIND:
        raise OneSidedReviewsError(
            f"There are {int(praise.sum())} texts of praise and {int((~praise).sum())} of complaint; both are needed.",
            remedy="Nothing needs to be done; the word lists keep answering until there are more.",
        )
    vectorizer = TfidfVectorizer(
        lowercase=False,
        token_pattern=_WORD_IN_PYTHON,
        min_df=2,
        max_features=int(settings["max_words"]),
    )
    features = vectorizer.fit_transform(prepared(texts))
    both = {kind: _regression(features, praise, each, settings["C"]) for kind, each in _weights(texts, praise).items()}
    reader = LinearRegression()
    reader.coef_ = np.vstack([both[kind].coef_ for kind in (REVIEW, STATEMENT)])
    reader.intercept_ = np.concatenate([both[kind].intercept_ for kind in (REVIEW, STATEMENT)])
    return Fitted(vectorizer, reader)


def _weights(texts: Sequence[LabelledText], praise: Flags) -> dict[int, Floats]:
    """Return how much each text counts, by what is learned from it.

    What a single statement means is learned from the fields for praise and complaints alone, where they are the most of what
    there is: in a whole review even the bitterest guest may name what was good, which blurs it.
    """
    fields = np.array([not one.whole for one in texts])
    weights = np.where(fields, FIELD_WEIGHT, WHOLE_WEIGHT)
    alone = fields.mean() >= LEAST_FIELDS and _fewest(praise[fields]) >= LEAST_OF_A_KIND
    return {REVIEW: weights, STATEMENT: fields.astype(np.float64) if alone else weights}


def _fewest(praise: Flags) -> int:
    return int(min(praise.sum(), (~praise).sum()))


def _regression(features: Any, praise: Flags, weights: Floats, c: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    rows = weights > 0
    return LogisticRegression(C=c, max_iter=300).fit(features[rows], praise[rows], weights[rows])


def prepared(texts: Iterable[LabelledText]) -> list[str]:
    """Return texts as the graph reads them, each by the rules of its own language."""
    return [model_text(one.text, one.language) for one in texts]


def export(fitted: Fitted, sample: Sequence[str]) -> OnnxPart:
    """Return the model as an ONNX graph from prepared texts to log-odds of praise, with real texts and its own answers."""
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import StringTensorType
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(fitted.vectorizer, fitted.reader)
    options = {id(fitted.vectorizer): {"tokenexp": _WORD_IN_ONNX}}
    with warnings.catch_warnings():
        # NumPy and scikit-learn warn of what the converter does inside; where warnings are errors it would fail for it.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        graph = to_onnx(pipeline, initial_types=[(INPUT, StringTensorType([None, 1]))], options=options, target_opset=OPSET)
    _name_the_answer(graph)
    texts: NDArray[Any] = np.array(sample, dtype=object)[:, None]
    return OnnxPart(PART, graph.SerializeToString(), {INPUT: texts}, {SCORES: fitted.log_odds(sample)})


def _name_the_answer(graph: Any) -> None:
    """Give the one output, which the converter names as it likes, the name it is asked by."""
    (given,) = graph.graph.output
    for node in graph.graph.node:
        node.output[:] = [SCORES if name == given.name else name for name in node.output]
    given.name = SCORES

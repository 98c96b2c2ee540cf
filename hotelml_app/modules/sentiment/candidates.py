"""The model that learns how guests write: weighted words and pairs of words; training packages only here."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.contract import OnnxPart
from hotelml_app.ml.sklearn_to_onnx import OPSET
from hotelml_app.modules.sentiment.errors import OneSidedReviewsError, ReviewSettingError
from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_judge import INPUT, PART, SCORES, Floats
from hotelml_app.modules.sentiment.model_words import model_text

DEFAULTS: Mapping[str, float] = {"C": 1.0, "max_words": 12_000, "max_texts": 20_000}
LEAST_OF_A_KIND = 20
"""Fewer texts of praise, or of complaint, teach nothing."""

_WORD_IN_PYTHON = r"\w{2,}"
_WORD_IN_ONNX = r"[\p{L}\p{N}_]{2,}"
"""The same words for ONNX Runtime, whose expressions know no other way to name the letters of all languages.

Pairs and negated words arrive as single words from ``model_words``. Counts stay plain: with ``sublinear_tf`` the converted
graph answers differently wherever a word comes twice.
"""

VECTOR, LABEL = "vector", "label"


@dataclass(frozen=True)
class Fitted:
    """TF-IDF over words and pairs of words, and a logistic regression on it."""

    vectorizer: Any
    classifier: Any

    def log_odds(self, prepared: Sequence[str]) -> Floats:
        """Return the log-odds of praise, one per text as ``model_text`` prepares it."""
        found: Floats = self.classifier.decision_function(self.vectorizer.transform(prepared))
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
    from sklearn.linear_model import LogisticRegression

    praise = np.array([one.praise for one in texts])
    if min(praise.sum(), (~praise).sum()) < LEAST_OF_A_KIND:
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
    weights = np.array([one.weight for one in texts])
    return Fitted(vectorizer, LogisticRegression(C=settings["C"], max_iter=300).fit(features, praise, weights))


def prepared(texts: Iterable[LabelledText]) -> list[str]:
    """Return texts as the graph reads them, each by the rules of its own language."""
    return [model_text(one.text, one.language) for one in texts]


def export(fitted: Fitted, sample: Sequence[str]) -> OnnxPart:
    """Return the model as an ONNX graph from prepared texts to log-odds of praise, with real texts and its own answers."""
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import StringTensorType
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(fitted.vectorizer, fitted.classifier)
    options = {
        id(fitted.vectorizer): {"tokenexp": _WORD_IN_ONNX},
        id(fitted.classifier): {"zipmap": False, "raw_scores": True},
    }
    with warnings.catch_warnings():
        # NumPy and scikit-learn warn of what the converter does inside; where warnings are errors it would fail for it.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        graph = to_onnx(pipeline, initial_types=[(INPUT, StringTensorType([None, 1]))], options=options, target_opset=OPSET)
    _praise_alone(graph)
    texts: NDArray[Any] = np.array(sample, dtype=object)[:, None]
    return OnnxPart(PART, graph.SerializeToString(), {INPUT: texts}, {SCORES: fitted.log_odds(sample)[:, None]})


def _praise_alone(graph: Any) -> None:
    """Leave one output, the log-odds of praise: the second of the two columns the converter writes."""
    from onnx import TensorProto, helper

    raw = graph.graph.output[1].name
    column = helper.make_tensor("praise_column", TensorProto.INT64, [1], [1])
    graph.graph.initializer.append(column)
    graph.graph.node.append(helper.make_node("Gather", [raw, "praise_column"], [SCORES], axis=1))
    del graph.graph.output[:]
    graph.graph.output.append(helper.make_tensor_value_info(SCORES, TensorProto.FLOAT, [None, 1]))

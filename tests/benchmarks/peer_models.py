"""Peers, run by their own interpreter:  peer_models.py PEER GIVEN.npz TOLD.npy"""

from __future__ import annotations

import sys

import numpy as np

SETTINGS = {
    "n_estimators": 400,
    "learning_rate": 0.03,
    "num_leaves": 31,
    "min_child_samples": 40,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.6,
    "n_jobs": 1,
    "random_state": 1,
    "verbose": -1,
}


def lightgbm_regression(given):
    """``x``, ``y`` to learn from, ``ask``: the answers for ``ask``."""
    from lightgbm import LGBMRegressor

    return LGBMRegressor(**SETTINGS).fit(given["x"], given["y"]).predict(given["ask"])


def lightgbm_classification(given):
    """``x``, ``y`` (0 or 1) to learn from, ``ask``: the probability of 1 for ``ask``."""
    from lightgbm import LGBMClassifier

    return LGBMClassifier(**{**SETTINGS, "n_estimators": 200}).fit(given["x"], given["y"]).predict_proba(given["ask"])[:, 1]


def statistical(given):
    """``series`` of days, ``origins`` (rows), ``ahead`` days: AutoETS and AutoARIMA, shape (2, origins, ahead)."""
    from statsforecast.models import AutoARIMA, AutoETS

    ahead = int(given["ahead"])
    answers = []
    for model in (AutoETS(season_length=7), AutoARIMA(season_length=7, approximation=True)):
        rows = [model.forecast(given["series"][: origin + 1].astype(float), h=ahead)["mean"] for origin in given["origins"]]
        answers.append(np.stack(rows))
    return np.stack(answers)


def vader(given):
    """``ask``, texts joined by line feeds: VADER's compound score of each."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    reader = SentimentIntensityAnalyzer()
    return np.array([reader.polarity_scores(text)["compound"] for text in str(given["ask"]).split("\n")])


def afinn(given):
    """``ask`` as above: AFINN's sum of valences of each text."""
    from afinn import Afinn

    reader = Afinn()
    return np.array([reader.score(text) for text in str(given["ask"]).split("\n")])


def tfidf(given):
    """``learn`` and ``ask`` as above, ``praise`` (0 or 1): log-odds of praise by TF-IDF (1,2) and logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LogisticRegression(C=3, max_iter=300))
    model.fit(str(given["learn"]).split("\n"), given["praise"])
    return model.decision_function(str(given["ask"]).split("\n"))


PEERS = {one.__name__: one for one in (lightgbm_regression, lightgbm_classification, statistical, vader, afinn, tfidf)}

if __name__ == "__main__":
    np.save(sys.argv[3], PEERS[sys.argv[1]](np.load(sys.argv[2])))

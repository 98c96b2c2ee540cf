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


PEERS = {one.__name__: one for one in (lightgbm_regression, lightgbm_classification, statistical)}

if __name__ == "__main__":
    np.save(sys.argv[3], PEERS[sys.argv[1]](np.load(sys.argv[2])))

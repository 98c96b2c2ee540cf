"""What a model card keeps of its backtest, as the Models page shows it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from datetime import date

from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.modules import manifest
from hotelml_app.services.learning.comparisons import comparison

FORECAST = manifest("forecast")


def score(name: str, near: float, far: float, *, chosen: bool = False, is_baseline: bool = False) -> CandidateScore:
    measures = (Measure("WAPE", far, "%", "15-28 days ahead"), Measure("WAPE", near, "%", "1-14 days ahead"))
    return CandidateScore(name, measures, chosen, is_baseline)


def card(*scores: CandidateScore) -> dict[str, object]:
    origins = (date(2016, 8, 24), date(2016, 8, 17), date(2016, 8, 31))
    board = Leaderboard("forecast", origins, scores, ())
    fields = {"measures": [asdict(Measure("WAPE", 3.9, "%", "1-14 days ahead"))], "evaluation": asdict(board)}
    return dict(json.loads(json.dumps(fields, default=str)))


def test_candidates_stand_best_first_by_the_figure_the_card_is_judged_by() -> None:
    shown = comparison(
        FORECAST,
        card(
            score("pickup", 4.6, 9.7, is_baseline=True),
            score("last year", math.nan, 66.0, is_baseline=True),
            score("blend", 3.9, 6.6, chosen=True),
        ),
    )
    assert shown is not None
    assert [(one.name, one.value) for one in shown.candidates[:2]] == [("blend", 3.9), ("pickup", 4.6)]
    assert shown.candidates[2].name == "last year"
    assert (shown.bucket, shown.asked) == ("1-14 days ahead", "asked on 3 days, weekly from 2016-08-17 to 2016-08-31")
    assert [one.chosen for one in shown.candidates] == [True, False, False]


def test_a_card_without_a_backtest_shows_none() -> None:
    assert comparison(FORECAST, {"measures": []}) is None
    assert comparison(FORECAST, {**card(), "evaluation": None}) is None
    assert comparison(FORECAST, card()) is None

"""The backtest that a model card keeps: what else could have answered, and how it did on the same days."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from hotelml_app.core.judged_on import judged_on
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.services.learning.measure_words import Measure, figure, primary_measure
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.learning.views import CandidateView, ComparisonView


def comparison(manifest: ModuleManifest, card: Mapping[str, object]) -> ComparisonView | None:
    """Return candidates and plain rules by the figure the card is judged by, best first; None where it keeps none."""
    board, headline = card.get("evaluation"), primary_measure(manifest, card)
    if not isinstance(board, Mapping) or headline is None:
        return None
    rows = [_candidate(one, headline) for one in _rows(board.get("candidates"))]
    rows.sort(key=lambda one: _rank(one, manifest.lower_is_better))
    return ComparisonView(str(headline.get("bucket", "")), asked(board), tuple(rows)) if rows else None


def asked(board: object) -> str:
    """Return over which days the figures of a kept leaderboard were taken, or nothing where it does not tell."""
    days = _sequence(board.get("origins")) if isinstance(board, Mapping) else ()
    return judged_on(date.fromisoformat(str(day)[:10]) for day in days)


def _candidate(row: Mapping[str, object], headline: Measure) -> CandidateView:
    same = (one for one in _rows(row.get("measures")) if _case(one) == _case(headline))
    value = figure(next(same, None), "value")
    return CandidateView(in_staff_words(str(row.get("name", ""))), value, bool(row.get("chosen")), bool(row.get("is_baseline")))


def _case(measure: Measure) -> tuple[str, str]:
    return str(measure.get("name")).casefold(), str(measure.get("bucket"))


def _rank(one: CandidateView, lower_is_better: bool) -> tuple[bool, float]:
    if one.value is None or not math.isfinite(one.value):
        return True, 0.0
    return False, one.value if lower_is_better else -one.value


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in _sequence(value) if isinstance(row, Mapping)]

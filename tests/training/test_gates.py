"""Which model may go live, decided without training any."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_on_disk import staged, tiny_model
from synthetic_property import DAY, hotel, property_until
from tiny_module import MANIFEST, line_graph

from hotelml_app.ml.contract import ErrorsAre
from hotelml_app.ml.onnx.artifacts import write_artifact
from hotelml_app.ml.onnx.trained import Measure, OnnxPart
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.modules import discover
from hotelml_app.training import child
from hotelml_app.training.duel import asked_from, errors, head_to_head
from hotelml_app.training.environment import children_at_once, training_environment
from hotelml_app.training.estimates import seconds_left
from hotelml_app.training.gates import HeadToHead, Loss, baseline_ratio, judge
from hotelml_app.training.process import how_it_ended
from hotelml_app.training.report import accuracy_of


def wape(value: float, rule: float | None = 10.0, bucket: str = "") -> Measure:
    return Measure("wape", value, "%", bucket, "pickup", rule)


def champion(value: float, rule: float = 10.0, as_of: str = "2016-04-01") -> dict[str, object]:
    measures = [{"name": "wape", "value": value, "baseline_value": rule, "lower_is_better": True}]
    return {"version": "old", "as_of": as_of, "measures": measures}


def test_it_must_beat_the_plain_rule() -> None:
    assert judge(MANIFEST, [wape(9.9)], "2016-04-30").standing == "champion"
    assert judge(MANIFEST, [wape(10.0)], "2016-04-30").standing == "rejected"
    assert judge(MANIFEST, [wape(11.0)], "2016-04-30", champion(12.0)).standing == "rejected"


@pytest.mark.parametrize(("dated", "nights"), [(True, 16), (False, None)])
def test_reviews_without_a_date_may_have_been_learned_from_and_decide_nothing(dated: bool, nights: int | None) -> None:
    said = tuple(Review(f"R{ago}", DAY - timedelta(days=ago) if dated else None, 0.9, body="Very good") for ago in range(40))
    data = PropertyData(PropertyFacts(1, "Casa"), DAY, lambda: property_until(hotel(), DAY).history, lambda: said)
    duel = head_to_head(discover()["sentiment"], data, DAY - timedelta(days=20), None, None)
    assert (duel.nights if duel is not None else None) == nights


def test_figures_of_a_currency_without_cents_are_written_out() -> None:
    """What the Models page and the commands say of a hotel that counts in yen or forint."""
    yen = Measure("mae", 15_234.4, "JPY", "", "last year's rate", 18_000.0)
    pricing = replace(MANIFEST, primary_measure="mae")
    card = {**champion(9.0), "measures": [{"name": "mae", "value": 16e3, "baseline_value": 18e3, "lower_is_better": True}]}
    verdict = judge(pricing, [yen], "2016-04-30", card, HeadToHead(20, 200, 2.5e8, 2.4e8))
    assert "mae 15,234 JPY against 18,000 JPY by last year's rate" in verdict.reason
    assert "mean squared error 240,000,000 against 250,000,000" in verdict.reason


def test_the_verdict_says_over_which_days_the_figures_were_taken() -> None:
    verdict = judge(MANIFEST, [wape(9.0, bucket="1-14 days ahead")], "2016-04-30", asked="asked on 2016-04-02")
    assert "on the same nights, 1-14 days ahead, asked on 2016-04-02. It went live." in verdict.reason


def test_a_verdict_is_not_explained_by_the_one_horizon_on_which_it_would_be_another() -> None:
    worse_later = judge(MANIFEST, [wape(9.0, bucket="1-14"), wape(12.0, bucket="15-28")], "2016-04-30")
    assert "1-14; but over all horizons it is 3.9 % worse than the plain rule: not better, so it does not" in worse_later.reason
    better_later = judge(MANIFEST, [wape(11.0, bucket="1-14"), wape(5.0, bucket="15-28")], "2016-04-30")
    assert "1-14; but over all horizons it leads the plain rule by 25.8 %. It went live." in better_later.reason
    assert "1-14: not better" in judge(MANIFEST, [wape(11.0, bucket="1-14")], "2016-04-30").reason
    assert "1-14. It went live." in judge(MANIFEST, [wape(9.0, bucket="1-14")], "2016-04-30").reason
    never = judge(MANIFEST, [wape(9.0, bucket="1-14"), wape(1.0, 0.0, bucket="15-28")], "2016-04-30")
    assert "over all horizons it is worse than the plain rule: not better" in never.reason


def test_without_a_comparison_it_waits() -> None:
    assert judge(MANIFEST, [wape(1.0, None)], "2016-04-30").standing == "challenger"
    assert judge(MANIFEST, [Measure("bias", 0.1, baseline_value=0.5)], "2016-04-30").standing == "challenger"


def test_all_buckets_of_the_primary_measure_count() -> None:
    assert judge(MANIFEST, [wape(9.0, bucket="1-14"), wape(12.0, bucket="15-28")], "2016-04-30").standing == "rejected"
    assert judge(MANIFEST, [wape(5.0, bucket="1-14"), wape(12.0, bucket="15-28")], "2016-04-30").standing == "champion"


def test_scores_where_more_is_better_are_turned_round() -> None:
    score = Measure("wape", 0.8, baseline_value=0.6, lower_is_better=False)
    assert baseline_ratio(MANIFEST, (score,)) == pytest.approx(0.75)
    assert judge(MANIFEST, [score], "2016-04-30").standing == "champion"


@pytest.mark.parametrize(("kind", "power"), [(ErrorsAre.AMOUNTS, 2), (ErrorsAre.SQUARED, 1), (ErrorsAre.MISSES, 2)])
def test_two_models_are_compared_by_mean_squared_errors_that_are_squared_once(kind: ErrorsAre, power: int) -> None:
    manifest, data, since = replace(MANIFEST, errors_are=kind), property_until(hotel(), DAY), DAY - timedelta(days=4)
    duel = head_to_head(manifest, data, since, None, None)
    assert duel is not None
    found = [error**power for error in errors(manifest, data, None, asked_from(since, DAY)).values()]
    assert duel.challenger_error == duel.champion_error == pytest.approx(sum(found) / len(found))


def test_a_live_model_of_another_version_decides_nothing_and_stops_no_training(tmp_path: Path) -> None:
    since = DAY - timedelta(days=20)
    other = replace(tiny_model(until=since), parts=(OnnxPart("older", line_graph(1.0, 0.0), {}, {}),))
    write_artifact(tmp_path / "old", other, {"as_of": since, "module": "tiny"})
    asked = Mock(manifest=MANIFEST, champion=tmp_path / "old", artifact=staged(tmp_path / "new", until=since))
    assert child._duel(asked, property_until(hotel(), DAY), since) is None
    asked.champion = staged(tmp_path / "same", until=since)
    assert child._duel(asked, property_until(hotel(), DAY), since) is not None


def test_on_common_nights_the_smaller_error_wins_and_a_tie_goes_to_the_newer() -> None:
    better, tie, worse = (HeadToHead(20, 200, 10.0, error) for error in (8.0, 10.1, 11.0))
    standings = [judge(MANIFEST, [wape(5)], "2016-04-30", champion(1), duel).standing for duel in (better, tie, worse)]
    assert standings == ["champion", "champion", "challenger"]


def test_what_was_trained_without_the_newest_nights_may_do_a_little_worse_on_them() -> None:
    duels = (HeadToHead(28, 200, 10.0, error, held_back=28) for error in (10.4, 10.6))
    assert [judge(MANIFEST, [wape(5)], "2016-04-30", champion(1), duel).standing for duel in duels] == ["champion", "challenger"]


def test_too_few_common_nights_leave_it_to_the_backtests() -> None:
    duel = HeadToHead(13, 130, 1.0, 100.0)
    verdict = judge(MANIFEST, [wape(5)], "2016-04-30", champion(6), duel)
    assert verdict.standing == "champion"
    assert "fewer than 14 nights are new to both" in verdict.reason
    assert judge(MANIFEST, [wape(9)], "2016-04-30", champion(6)).standing == "challenger"


@pytest.mark.parametrize(("wished_for", "standing"), [(False, "champion"), (True, "challenger")])
def test_what_staff_made_live_gives_way_only_to_what_does_better(wished_for: bool, standing: str) -> None:
    """As they are told when they go back: until a later training does better."""
    duel = HeadToHead(nights=14, answers=200, champion_error=16.0, challenger_error=16.3)
    for met in (duel, None):
        assert judge(MANIFEST, (wape(6.2),), "2016-05-01", champion(6), met, wished_for=wished_for).standing == standing
    better = HeadToHead(nights=14, answers=200, champion_error=16.0, challenger_error=15.9)
    for met, value in ((better, 6.2), (None, 5.9)):
        assert judge(MANIFEST, (wape(value),), "2016-05-01", champion(6), met, wished_for=wished_for).standing == "champion"


def test_what_the_live_model_lost_since_counts_against_it() -> None:
    for factor, standing in ((1.4, "challenger"), (1.6, "champion"), (math.inf, "champion")):
        verdict = judge(MANIFEST, [wape(9)], "2016-04-30", champion(6), loss=Loss(factor, "it was bad"))
        assert verdict.standing == standing
        assert "led by 40.0 %, but not since: it was bad (fewer than 14 nights are new to both)" in verdict.reason
    assert judge(MANIFEST, [wape(11)], "2016-04-30", champion(6), loss=Loss(math.inf, "")).standing == "rejected"


def test_a_model_with_older_data_does_not_replace_a_newer_one_by_its_backtest() -> None:
    verdict = judge(MANIFEST, [wape(2)], "2016-03-01", champion(6))
    assert verdict.standing == "challenger"
    assert "knows the days up to 2016-04-01" in verdict.reason


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_verdict_never_promotes_what_is_not_better_than_the_rule(value: float, rule: float) -> None:
    verdict = judge(MANIFEST, [wape(value, rule)], "2016-04-30")
    assert verdict.reason
    if verdict.standing == "champion":
        assert value < rule


def test_a_figure_that_is_no_number_never_wins() -> None:
    assert judge(MANIFEST, [wape(math.nan)], "2016-04-30").standing == "challenger"
    assert judge(MANIFEST, [wape(5, math.nan)], "2016-04-30").standing == "challenger"


def test_accuracy_is_read_from_the_measure_where_it_can_be() -> None:
    assert accuracy_of(MANIFEST, (wape(6),)) == pytest.approx(0.94)
    assert accuracy_of(MANIFEST, (wape(160),)) == 0.0
    assert accuracy_of(MANIFEST, (Measure("wape", 3.0, "rooms"),)) is None
    assert accuracy_of(MANIFEST, ()) is None


@given(st.integers(1, 400))
def test_days_to_ask_from_are_few_and_lie_before_the_end(days: int) -> None:
    since = date(2016, 1, 1)
    origins = asked_from(since, date.fromordinal(since.toordinal() + days))
    assert 1 <= len(origins) <= 6
    assert origins[0] == since
    assert origins[-1].toordinal() < since.toordinal() + days


@given(st.floats(0, 1), st.floats(0, 1e4), st.lists(st.floats(0, 1e4), max_size=5))
def test_the_time_left_is_never_negative(fraction: float, elapsed_s: float, earlier_s: list[float]) -> None:
    left = seconds_left(fraction, elapsed_s, earlier_s)
    assert left is None or left >= -1e-6


def test_the_time_left_is_unknown_before_anything_is_known() -> None:
    assert seconds_left(0.01, 3, []) is None
    assert seconds_left(0.1, 60, []) is None, "the first steps of the first training are slow ones"
    assert seconds_left(0.0, 3, [10, 20, 30]) == 17
    assert seconds_left(0.5, 10, []) == 10


def test_one_core_stays_with_the_window() -> None:
    assert [children_at_once(0, cores) for cores in (1, 2, 4, 8)] == [1, 1, 3, 7]
    assert children_at_once(2, 8) == 2


def test_a_child_is_told_its_threads_and_its_cache(tmp_path: object) -> None:
    from pathlib import Path

    environment = training_environment(Path("cache"), 1, {"XLA_FLAGS": "--old", "PATH": "x"})
    assert environment["OMP_NUM_THREADS"] == "1"
    assert environment["KERAS_BACKEND"] == "jax"
    assert environment["JAX_COMPILATION_CACHE_DIR"] == "cache"
    assert environment["XLA_FLAGS"].startswith("--old --xla")
    assert environment["PATH"] == "x"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the C library of Linux is told what to keep")
def test_a_child_does_not_fetch_every_column_of_a_house_from_the_system_anew() -> None:
    columns = "import resource, numpy; n = [numpy.ones(350_000).sum() for _ in range(50)]; print(resource.getrusage(0).ru_minflt)"
    nothing = columns.replace("range(50)", "range(0)")
    faults = [_said(code, training_environment(Path("cache"), 1)) for code in (nothing, columns)]
    assert faults[1] - faults[0] < 5 * 350_000 * 8 / 4096, "pages of five columns, not of fifty"


def _said(code: str, environment: dict[str, str]) -> int:
    return int(subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True).stdout)


def test_an_exit_code_is_told_in_words() -> None:
    assert how_it_ended(3) == "it ended with code 3 before its report"
    assert ("signal 9" if sys.platform == "win32" else "SIGKILL") in how_it_ended(-9)
    assert "signal 250" in how_it_ended(-250)

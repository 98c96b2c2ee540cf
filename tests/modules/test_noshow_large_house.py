"""A house of 600 rooms must learn on the PC that a hotel has: from fewer bookings, and never from two copies of all."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from noshow_hotel import data_of, random_house

from hotelml_app.core.jobs import no_progress
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.modules.noshow import learning, network
from hotelml_app.modules.noshow.backtest import folds_of, run
from hotelml_app.modules.noshow.candidates import FITS
from hotelml_app.modules.noshow.learning import Ground, fit, fit_on_everything, prepare
from hotelml_app.modules.noshow.scoring import LONGEST_DAYS
from hotelml_app.modules.noshow.snapshots import examples
from hotelml_app.modules.noshow.training import learned_from


@pytest.fixture
def ground() -> Ground:
    data = data_of(random_house(bookings=3000))
    return prepare(TrainingContext(data, data.as_of, ModuleTrainingConfig()))


@pytest.fixture
def rows_fitted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    fitted: list[int] = []
    monkeypatch.setitem(FITS, "boosting", lambda x, *_: fitted.append(len(x)))  # type: ignore[arg-type,attr-defined]
    return fitted


def peak_bytes(do: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def learn(ground: Ground) -> None:
    fit(ground, "boosting", np.ones(len(ground.seen), dtype=bool))
    fit_on_everything(ground, "boosting")


def test_a_hotel_of_ordinary_size_is_learned_from_whole(ground: Ground, rows_fitted: list[int]) -> None:
    learn(ground)
    assert rows_fitted == [len(ground.seen), len(ground.seen) + len(ground.between())]


def test_of_a_large_house_every_so_manyth_booking_is_learned_from(
    ground: Ground, rows_fitted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(ground)
    assert learned_from(ground).endswith(" bookings, a week apart.")
    monkeypatch.setattr(learning, "MOST_LEARNED", len(ground.seen) // 3 + 1)
    thinned = Ground(ground.books, ground.names, ground.seen, ground.settings, ground.seed, ground.threads)
    learn(thinned)
    assert rows_fitted[2] == pytest.approx(rows_fitted[0] / 3, rel=0.1)
    assert rows_fitted[3] == pytest.approx(rows_fitted[1] / 3, rel=0.1)
    booking = thinned.books.history.booking
    weekly, between = thinned.to_learn(np.ones(len(ground.seen), dtype=bool)), thinned.between()
    assert (booking[weekly.spells] % 3 == 0).all()
    assert (booking[between.spells] % 3 == 0).all()
    assert weekly.lost.mean() == pytest.approx(ground.seen.lost.mean(), abs=0.03)
    assert len(thinned.seen) == len(ground.seen), "it is judged on all"
    assert learned_from(thinned).endswith(" bookings, a week apart; one booking in 3 was learned from, all were judged on.")


def test_the_network_is_fed_without_a_wider_copy_of_all_rows() -> None:
    x = np.random.default_rng(3).lognormal(0, 2, (100_003, 11)).astype(np.float32)
    found = {}

    def feed() -> None:
        mean = x.mean(axis=0, dtype=np.float64)
        found["spread"] = network._deviation(x, mean)
        found["squashed"] = network._squashed(x, mean, found["spread"])

    peak = peak_bytes(feed)
    mean, spread, squashed = x.mean(axis=0, dtype=np.float64), found["spread"], found["squashed"]
    assert peak < 2.5 * x.nbytes
    assert np.array_equal(spread, x.std(axis=0, dtype=np.float64))
    assert np.array_equal(squashed, (np.tanh((x - mean) / spread / network.SQUASH) * network.SQUASH).astype(np.float32))


def test_examples_are_put_together_without_a_second_copy_of_all(ground: Ground) -> None:
    days = range(int(ground.seen.day.min()), int(ground.seen.day.max()))
    found = examples(ground.books, days, LONGEST_DAYS)
    assert len(found) > 5 * len(ground.seen), "each day's are few beside all of them"
    peak = peak_bytes(lambda: examples(ground.books, days, LONGEST_DAYS))
    assert peak < 1.5 * found.features.nbytes


def test_the_trees_are_fed_without_a_narrower_copy_beside(ground: Ground) -> None:
    fit_on_everything(ground, "boosting")
    rows = len(ground.seen) + len(ground.between())
    peak = peak_bytes(lambda: fit_on_everything(ground, "boosting"))
    assert peak < 2 * rows * len(ground.names) * np.dtype(np.float64).itemsize


def test_features_are_let_go_of_once_they_were_scored(ground: Ground) -> None:
    folds = folds_of(ground, 28, 1)
    asked = run(ground, folds, no_progress).asked
    assert len(asked)
    assert asked.features.nbytes == 0


def test_before_the_last_fit_all_is_let_go_of_that_nothing_is_learned_from(
    ground: Ground, rows_fitted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "MOST_LEARNED", len(ground.seen) // 3 + 1)
    thinned = Ground(ground.books, ground.names, ground.seen, ground.settings, ground.seed, ground.threads)
    last = thinned.only_to_learn()
    assert last.seen.features.nbytes == 0
    assert last.all_to_learn().features.nbytes < ground.seen.features.nbytes / 2
    for one in (thinned, last):
        fit_on_everything(one, "boosting")
    assert rows_fitted[0] == rows_fitted[1]
    assert learned_from(last) == learned_from(thinned)
    np.testing.assert_array_equal(last.all_to_learn().features, thinned.all_to_learn().features)


def test_numbers_that_are_all_known_are_not_there_twice(ground: Ground) -> None:
    told, laid_out = ground.books.history.numbers, ground.books.numbers
    assert laid_out["adults"] is told["adults"]
    assert np.isnan(told["waiting_list_days"]).any()
    assert not laid_out["waiting_list_days"].any()

"""A new model and an older live one are compared on the same nights: for that, the newest are held back once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from asking import PATIENCE_S, config, train
from models_on_disk import staged
from synthetic_property import DAY, property_until
from synthetic_property import hotel as synthetic_hotel
from tiny_module import MANIFEST

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.jobs import JobStage, no_progress
from hotelml_app.training.held_back import MOST_NIGHTS, duel_on_held_back, nights_to_hold_back
from hotelml_app.training.specification import TrainingSpecification
from hotelml_app.training.trainer import Trainer

TODAY = date(2016, 4, 30)
"""The business date of the hotel that is trained for."""


def live_since(trainer: Trainer, number: int, day: date, **hyperparameters: object) -> str:
    job = trainer.submit("tiny", number, asked_by="user", as_of=day, config=config(**hyperparameters))
    report = trainer.wait(job, PATIENCE_S)
    assert report is not None
    assert report.verdict == "champion"
    return report.version


def test_a_new_model_takes_the_place_of_an_older_one_that_does_worse_on_the_same_nights(trainer: Trainer, hotel: int) -> None:
    """By its backtest the older one is far better: those were other nights."""
    old = live_since(trainer, hotel, TODAY - timedelta(days=20), slope=3.0, wape=1.0)
    report = train(trainer, hotel, wape=8.9)
    assert (report.verdict, report.version[:10]) == ("champion", TODAY.isoformat())
    assert "trained without the newest 20 days it had on their 20 nights a mean squared error" in report.reason
    assert f"of {old}, which had not learned from them either. It went live." in report.reason


def test_a_new_model_waits_where_the_older_one_does_better_on_the_same_nights(trainer: Trainer, hotel: int) -> None:
    old = live_since(trainer, hotel, TODAY - timedelta(days=20), wape=8.9)
    report = train(trainer, hotel, slope=3.0, wape=1.0)
    assert report.verdict == "challenger"
    assert "trained without the newest 20 days" in report.reason
    assert report.reason.endswith(f"{old} stayed live.")


def test_where_too_little_is_left_to_learn_from_the_training_goes_on_without(trainer: Trainer, hotel: int) -> None:
    live_since(trainer, hotel, TODAY - timedelta(days=20))
    report = train(trainer, hotel, short_before=TODAY.isoformat())
    assert (report.stage, "newest 20 days" in report.reason) == (JobStage.DONE, False)
    assert "nights are new to both" in report.reason


@pytest.mark.parametrize(
    ("learned_days_ago", "asked_days_ago", "held_back"),
    [(1, 0, 0), (13, 0, 0), (14, 0, 14), (20, 0, 20), (90, 0, MOST_NIGHTS), (90, 20, 0), (90, 5, MOST_NIGHTS), (12, 5, 0)],
)
def test_so_many_nights_are_held_back_as_the_live_model_does_not_know(
    tmp_path: Path, learned_days_ago: int, asked_days_ago: int, held_back: int
) -> None:
    champion = staged(tmp_path / "live", until=DAY - timedelta(days=learned_days_ago))
    asked = Mock(manifest=MANIFEST, champion=champion)
    assert nights_to_hold_back(asked, property_until(synthetic_hotel(), DAY), DAY - timedelta(days=asked_days_ago)) == held_back


def test_none_are_held_back_for_a_first_model_nor_for_damaged_ones(tmp_path: Path) -> None:
    data = property_until(synthetic_hotel(), DAY)
    assert nights_to_hold_back(Mock(manifest=MANIFEST, champion=None), data, DAY) == 0
    assert nights_to_hold_back(Mock(manifest=MANIFEST, champion=tmp_path / "gone"), data, DAY) == 0


@pytest.mark.parametrize(("time_limit_s", "compared"), [(0.0, False), (600.0, True)])
def test_a_comparison_that_would_take_the_time_of_the_training_itself_is_left(
    tmp_path: Path, time_limit_s: float, compared: bool
) -> None:
    champion = staged(tmp_path / "live", until=DAY - timedelta(days=20))
    asked = replace(config(), time_limit_s=time_limit_s)
    specification = TrainingSpecification(tmp_path / "none.db", tmp_path, 1, MANIFEST, asked, champion=champion)
    data = property_until(synthetic_hotel(), DAY)
    duel = duel_on_held_back(specification, data, 20, SystemClock(), no_progress)
    assert (duel is not None) == compared
    if duel is not None:
        assert duel.held_back == 20

"""A verdict is about the model that is live when it is given, not about the one that was as the training began."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from asking import config
from models_on_disk import staged
from tiny_module import MANIFEST

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.jobs import JobStage
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.onnx.artifacts import read_card
from hotelml_app.registry.lineage import STATISTICAL_RULE
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout
from hotelml_app.training import run as running
from hotelml_app.training.gates import HeadToHead
from hotelml_app.training.job import TrainingJob
from hotelml_app.training.report import TrainingReport
from hotelml_app.training.run import STAGING_PREFIX, TrainingRun
from hotelml_app.training.supervision import ChildEnd

WON = HeadToHead(nights=20, answers=20, champion_error=9.0, challenger_error=1.0)
"""Against whoever was live as the training began."""

AS_GOOD = HeadToHead(nights=20, answers=20, champion_error=9.0, challenger_error=9.1)


class Hotel:
    """A tiny hotel whose good model of yesterday gave way to a bad one, which is live as a training begins."""

    def __init__(self, registry: ModelRegistry, layout: HomeLayout, number: int) -> None:
        self.registry, self.layout, self.number = registry, layout, number
        self.good, self.bad = (self.version(day, wape) for day, wape in ((28, 5.0), (29, 8.9)))
        self.promote(self.good)
        self.promote(self.bad)

    def version(self, day: int, wape: float) -> str:
        folder = staged(self.layout.staging / f"made-{day}", until=date(2016, 4, day), wape=wape)
        return self.registry.add(self.number, "tiny", folder)

    def promote(self, version: str) -> None:
        self.registry.promote(self.number, "tiny", version, "chosen by hand")

    def train(self, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object], duel: HeadToHead = WON) -> TrainingReport:
        """Train a model that does well against the bad one, while something happens."""

        def supervise(*_: object) -> ChildEnd:
            artifact = staged(self.layout.staging / f"{STAGING_PREFIX}1" / "artifact", until=date(2016, 4, 30), wape=8.0)
            meanwhile()
            return ChildEnd(JobStage.DONE, report=told(artifact, duel))

        monkeypatch.setattr(running, "supervise", supervise)
        job = TrainingJob(1, "tiny", self.number, "Pensão Amparo", "user", config())
        run = TrainingRun(self.registry, self.layout, SystemClock(), ["nobody"], lambda: 1)
        return run.do(job, MANIFEST, lambda fraction, step: None)

    def damage(self, version: str) -> None:
        self.registry.report_damage(self.number, "tiny", version, DamagedModelError("cut off"))


def told(artifact: Any, duel: HeadToHead) -> dict[str, Any]:
    measures = read_card(artifact)["measures"]
    figures = {"points": 400, "data_points": 40, "size_bytes": 100, "peak_memory_bytes": 1, "bundled_ratio": None}
    met = {"measures": measures, "duel": asdict(duel)}
    return {"as_of": "2016-04-30", "notes": [], "kind": "line", "asked": "", **met, **figures}


@pytest.fixture
def tiny(registry: ModelRegistry, layout: HomeLayout, hotel: int) -> Hotel:
    return Hotel(registry, layout, hotel)


def test_a_model_that_staff_went_back_to_meanwhile_is_not_put_aside_for_having_beaten_the_one_before_it(
    tiny: Hotel, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tiny.train(monkeypatch, lambda: tiny.promote(tiny.good))
    assert report.verdict == "challenger"
    assert f"({tiny.good} was made live while this one was trained). {tiny.good} stayed live" in report.reason
    assert "nights are new to both" not in report.reason, "there were twenty"
    assert tiny.registry.champion(tiny.number, "tiny").version == tiny.good  # type: ignore[union-attr]


def test_where_nothing_changed_meanwhile_what_it_won_counts(tiny: Hotel, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tiny.train(monkeypatch, lambda: tiny.promote(tiny.bad))
    assert report.verdict == "champion"
    assert f"of {tiny.bad}" in report.reason


def test_a_model_does_not_go_live_by_itself_where_staff_went_back_to_none_meanwhile(
    tiny: Hotel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has not met the model brought along, which answers now, and somebody has just wished for none."""
    report = tiny.train(monkeypatch, lambda: tiny.promote(STATISTICAL_RULE))
    assert report.verdict == "challenger"
    assert f"{tiny.bad} was taken out of use while this one was trained" in report.reason
    assert tiny.registry.champion(tiny.number, "tiny") is None


def test_it_goes_live_where_the_one_before_it_proved_to_be_damaged(tiny: Hotel, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_sound_is_left() -> None:
        tiny.damage(tiny.bad)
        tiny.damage(tiny.good)

    assert tiny.train(monkeypatch, nothing_sound_is_left).verdict == "champion"


@pytest.mark.parametrize("went_back", ["went back by hand", "chosen by hand"])
def test_going_back_is_not_undone_by_the_next_night_that_does_no_better(
    tiny: Hotel, monkeypatch: pytest.MonkeyPatch, went_back: str
) -> None:
    tiny.registry.promote(tiny.number, "tiny", tiny.good, went_back)
    report = tiny.train(monkeypatch, lambda: None, AS_GOOD)
    assert (report.verdict, report.reason.endswith(f"{tiny.good} stayed live.")) == ("challenger", True)
    tiny.registry.promote(tiny.number, "tiny", tiny.good, "It went live by itself.")
    assert tiny.train(monkeypatch, lambda: None, AS_GOOD).verdict == "champion"

"""The first model of a property's own has to do better than the one brought along, on the property's own nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from asking import train
from models_on_disk import brought_along, tiny_model
from synthetic_property import OPENING, hotel, property_until
from tiny_module import MANIFEST

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus
from hotelml_app.core.jobs import JobStage
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.onnx.artifacts import read_artifact
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, MadeBy, Measure
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.ml.property.reading import property_data
from hotelml_app.modules import discover
from hotelml_app.registry.bundled import BundledModels
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout
from hotelml_app.store import Store
from hotelml_app.training.duel import came_of, head_to_head
from hotelml_app.training.gates import judge
from hotelml_app.training.rival import bundled_ratio
from hotelml_app.training.trainer import Trainer

AS_OF = date(2016, 4, 30)


def wape(value: float) -> Measure:
    return Measure("wape", value, "%", "", "pickup", 10.0)


def rival(slope: float) -> LoadedModel:
    model = LoadedModel.in_memory(tiny_model(slope))
    model.made_by = MadeBy.BUNDLED
    return model


def judged_from(*days_ago: int) -> Leaderboard:
    return Leaderboard("tiny", tuple(AS_OF - timedelta(days=ago) for ago in days_ago), ())


@pytest.fixture
def data(store: Store, hotel: int) -> PropertyData:
    return property_data(store, hotel)


def test_it_goes_live_only_with_a_larger_lead_over_the_plain_rule() -> None:
    better = judge(MANIFEST, [wape(6)], "2016-04-30", bundled=0.7)
    assert better.standing == "champion"
    assert "it leads the plain rule by 40.0 %, and the model brought along leads that rule by 30.0 %" in better.reason
    worse = judge(MANIFEST, [wape(8)], "2016-04-30", bundled=0.7)
    assert worse.standing == "challenger"
    assert "goes on answering" in worse.reason
    assert judge(MANIFEST, [wape(8)], "2016-04-30").standing == "champion"


def test_a_rival_that_is_worse_than_the_rule_does_not_help_a_model_that_is_too() -> None:
    assert judge(MANIFEST, [wape(11)], "2016-04-30", bundled=1.5).standing == "rejected"


def test_both_are_asked_from_the_days_the_new_model_was_judged_from(data: PropertyData) -> None:
    """The rule says what is on the books, so a model that says the same is as good as the rule, and thrice that is not."""
    board = judged_from(35, 28, 21, 14)
    assert bundled_ratio(MANIFEST, board, data, rival(1.0)) == pytest.approx(1.0)
    thrice = bundled_ratio(MANIFEST, board, data, rival(3.0))
    assert thrice is not None
    assert thrice > 1.2


def test_it_is_set_beside_the_rule_that_models_must_beat_not_beside_what_answers_without_one(data: PropertyData) -> None:
    """That one may beat the other by far, as rates on the books do last year's: any new model would look the better one."""
    other_rule, board = replace(MANIFEST, rule="a rule that is no baseline"), judged_from(35, 28, 21, 14)
    came = came_of(other_rule, data, rival(3.0), board.origins)
    assert {one.baseline_error for one in came.values()} == {1.0}
    expected = sum(one.error for one in came.values()) / len(came)
    assert bundled_ratio(other_rule, board, data, rival(3.0)) == pytest.approx(expected)
    assert bundled_ratio(other_rule, board, data, rival(1.0)) is None, "it says what the rule says"


def test_rates_of_other_hotels_move_no_rate_that_is_held_against_last_years() -> None:
    """They tell of seasons alone; that they are no better than last year's rates would not be true."""
    brought, pricing = read_artifact(Path(__file__).parents[2] / "models" / "pricing"), discover()["pricing"]
    board = Leaderboard("pricing", (OPENING + timedelta(days=420),), ())
    assert bundled_ratio(pricing, board, property_until(hotel(), OPENING + timedelta(days=440)), brought) is None


def test_models_that_cannot_err_differently_are_not_asked_in_turn(data: PropertyData) -> None:
    """Asked from day to day, they would take longer than all the rest of a training of rates."""
    board, alike = judged_from(35, 28, 21, 14), replace(MANIFEST, errors_by_model=False)
    assert bundled_ratio(alike, board, data, broken_when_asked()) is None
    since = AS_OF - timedelta(days=20)
    duel = head_to_head(alike, data, since, rival(1.0), broken_when_asked())
    assert duel == head_to_head(MANIFEST, data, since, rival(1.0), rival(1.0))
    with pytest.raises(DamagedModelError):
        head_to_head(alike, data, since, broken_when_asked(), rival(1.0))


def broken_when_asked() -> LoadedModel:
    model = tiny_model()
    return LoadedModel.in_memory(replace(model, parts=(replace(model.parts[0], onnx=b"broken"),)))


def test_where_the_module_judged_it_itself_that_counts(data: PropertyData) -> None:
    told = (CandidateScore("brought along", (wape(4.0),), is_bundled=True),)
    board = replace(judged_from(28), candidates=told)
    assert bundled_ratio(MANIFEST, board, data, rival(3.0)) == pytest.approx(0.4)


def test_nothing_is_said_where_nothing_can_be_compared(data: PropertyData) -> None:
    assert bundled_ratio(MANIFEST, judged_from(28), data, None) is None
    assert bundled_ratio(MANIFEST, judged_from(0), data, rival(1.0)) is None
    assert bundled_ratio(replace(MANIFEST, outcomes=None), judged_from(28), data, rival(1.0)) is None


def test_one_that_answers_for_the_hotel_no_more_is_no_rival() -> None:
    """A forecast of other hotels answers in a house's first 140 nights; then its own goes live if it beats the plain rule."""
    brought, forecast = read_artifact(Path(__file__).parents[2] / "models" / "forecast"), discover()["forecast"]
    young, grown = (property_until(hotel(), OPENING + timedelta(days=days)) for days in (130, 150))
    early = Leaderboard("forecast", tuple(OPENING + timedelta(days=days) for days in (100, 120)), ())
    assert bundled_ratio(forecast, early, young, brought) is not None
    assert bundled_ratio(forecast, early, grown, brought) is None


@pytest.fixture
def registry(store: Store, layout: HomeLayout, clock: SystemClock, bus: EventBus, tmp_path: Path) -> ModelRegistry:
    folder = brought_along(tmp_path / "brought along")
    return ModelRegistry(store, layout.models, clock, bus, BundledModels(folder))


def test_a_trained_model_takes_over_from_the_one_brought_along(trainer: Trainer, registry: ModelRegistry, hotel: int) -> None:
    before = registry.live(hotel, "tiny")
    assert before is not None
    assert before.made_by is MadeBy.BUNDLED
    report = train(trainer, hotel)
    assert (report.stage, report.verdict) == (JobStage.DONE, "champion")
    after = registry.live(hotel, "tiny")
    assert after is not None
    assert (after.made_by, after.version) == (MadeBy.OWN, report.version)

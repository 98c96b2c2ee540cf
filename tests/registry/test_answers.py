"""Asking a module: who answers, why, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from holding import lock
from models_on_disk import staged, tiny_model
from tiny_module import MANIFEST, RULE, line_graph

from hotelml_app.core import held_files
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.errors import UsageError
from hotelml_app.core.events import EventBus
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.onnx.artifacts import write_artifact
from hotelml_app.ml.onnx.trained import MadeBy, OnnxPart
from hotelml_app.registry.answers import PredictionRun, predict, store_predictions
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import predictions


def ask(store: Store, registry: ModelRegistry, hotel: int, **options: object) -> PredictionRun:
    return predict(store, registry, hotel, "tiny", manifest=MANIFEST, **options)  # type: ignore[arg-type]


def go_live(registry: ModelRegistry, hotel: int, folder: Path, until: date = date(2016, 4, 30)) -> str:
    version = registry.add(hotel, "tiny", staged(folder / "s", 2.0, until))
    registry.promote(hotel, "tiny", version, "test")
    return version


def test_without_a_model_the_plain_rule_answers_and_says_so(store: Store, registry: ModelRegistry, hotel: int) -> None:
    run = ask(store, registry, hotel)
    assert (run.made_by, run.version) == (MadeBy.STATISTICAL, "")
    assert run.as_of == date(2016, 4, 30)
    assert len(run.predictions) == MANIFEST.horizon_days
    assert "no model of this property's own" in run.why
    assert "does not learn yet" in predict(store, registry, hotel, "rule", manifest=RULE).why


def test_with_a_model_it_answers_by_name(store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    plain = ask(store, registry, hotel)
    version = go_live(registry, hotel, tmp_path)
    run = ask(store, registry, hotel)
    assert (run.made_by, run.version) == (MadeBy.OWN, version)
    assert "own model 2016-04-30.1, learned from data up to 2016-04-30" in run.why
    doubled = [2 * float(str(one.values["rooms"])) for one in plain.predictions]
    assert [one.values["rooms"] for one in run.predictions] == pytest.approx(doubled)


def test_in_hindsight_one_that_knew_nothing_of_the_days_is_preferred_to_the_live_one(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    late = go_live(registry, hotel, tmp_path / "late")
    day = date(2016, 4, 1)
    assert ask(store, registry, hotel, as_of=day, in_hindsight=True).version == late
    early = go_live(registry, hotel, tmp_path / "early", date(2016, 3, 15))
    registry.promote(hotel, "tiny", late, "test")
    assert ask(store, registry, hotel, as_of=day, in_hindsight=True).version == early
    assert ask(store, registry, hotel, as_of=date(2016, 3, 1), in_hindsight=True).version == late


def test_a_model_is_not_asked_about_days_it_was_trained_on(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    go_live(registry, hotel, tmp_path)
    run = ask(store, registry, hotel, as_of=date(2016, 4, 1))
    assert run.made_by is MadeBy.STATISTICAL
    assert "learned from days after 2016-04-01" in run.why


@pytest.mark.parametrize("horizon", [0, -1, 61])
def test_an_impossible_horizon_is_refused(store: Store, registry: ModelRegistry, hotel: int, horizon: int) -> None:
    with pytest.raises(UsageError, match="days ahead"):
        ask(store, registry, hotel, horizon=horizon)


def test_a_day_after_the_newest_export_is_refused(store: Store, registry: ModelRegistry, hotel: int) -> None:
    with pytest.raises(UsageError, match="2016-04-30"):
        ask(store, registry, hotel, as_of=date(2016, 5, 1))


def test_a_property_without_an_export_is_told_so(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    with store.write() as connection:
        empty = properties.ensure(connection, "New House", clock.now())
    with pytest.raises(NothingKnownError):
        ask(store, registry, empty)


def test_a_model_that_breaks_while_answering_is_replaced_at_once(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = go_live(registry, hotel, tmp_path)
    folder = registry.folder(registry.versions(hotel, "tiny")[0])
    opened = registry.live(hotel, "tiny")
    (folder / "line.onnx").write_bytes(b"broken")
    # The reader of the folder has not noticed yet, as between its look and the first question.
    calls = iter([opened])
    original = registry.live
    monkeypatch.setattr(registry, "live", lambda *a, **k: next(calls, None) or original(*a, **k))
    run = ask(store, registry, hotel)
    assert run.made_by is MadeBy.STATISTICAL
    assert f"the files of {version} are damaged" in run.why
    assert next(row.state for row in registry.versions(hotel, "tiny") if row.version == version) == "damaged"


@pytest.mark.parametrize("opened_before", [True, False])
def test_a_model_whose_files_are_held_elsewhere_is_done_without_for_once(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path, opened_before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = go_live(registry, hotel, tmp_path)
    if opened_before:
        registry.live(hotel, "tiny")
    with monkeypatch.context() as held:
        held.setattr(held_files, "PAUSES_S", ())
        lock(held, "line.onnx")
        run = ask(store, registry, hotel)
    assert (run.made_by, run.why.endswith(f"answers: the files of {version} could not be read.")) == (MadeBy.STATISTICAL, True)
    assert ask(store, registry, hotel).version == version


def test_a_reader_does_without_a_model_that_breaks(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_live(registry, hotel, tmp_path)
    with Store.open(store.path, clock, writer=False) as reader:
        looking = ModelRegistry(reader, tmp_path / "home" / "models", clock, EventBus())
        opened = looking.live(hotel, "tiny")
        (looking.folder(looking.versions(hotel, "tiny")[0]) / "line.onnx").write_bytes(b"broken")
        monkeypatch.setattr(looking, "live", lambda *a, **k: opened)
        run = ask(reader, looking, hotel)
        assert run.made_by is MadeBy.STATISTICAL
        assert "the files of 2016-04-30.1 are damaged" in run.why


def test_a_reader_says_that_another_version_made_a_model_and_does_without(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock
) -> None:
    graph = OnnxPart("other", line_graph(1.0, 0.0), {}, {})
    write_artifact(tmp_path / "s", replace(tiny_model(), parts=(graph,)), {"as_of": date(2016, 4, 30), "module": "tiny"})
    registry.promote(hotel, "tiny", registry.add(hotel, "tiny", tmp_path / "s"), "test")
    with Store.open(store.path, clock, writer=False) as reader:
        looking = ModelRegistry(reader, tmp_path / "home" / "models", clock, EventBus())
        run = ask(reader, looking, hotel)
    assert run.made_by is MadeBy.STATISTICAL
    assert "2016-04-30.1 was made by another version of HotelML" in run.why


def test_a_run_is_kept_with_its_maker_and_replaced_by_the_next(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock
) -> None:
    assert store_predictions(store, ask(store, registry, hotel, horizon=5), clock.now()) == 5
    go_live(registry, hotel, tmp_path)
    store_predictions(store, ask(store, registry, hotel, horizon=3), clock.now())
    with store.read() as connection:
        rows = predictions.of_run(connection, hotel, "tiny", date(2016, 4, 30))
    assert [row.target_date for row in rows] == [date(2016, 5, day) for day in (1, 2, 3)]
    assert {row.made_by for row in rows} == {"own:2016-04-30.1"}
    assert isinstance(rows[0].payload["rooms"], float)

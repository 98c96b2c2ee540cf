"""Models that HotelML brings along: they answer until a property has its own, say so, and are left out where damaged."""

from __future__ import annotations

import sysconfig
import tomllib
from datetime import date
from pathlib import Path

import pytest
from holding import lock
from models_on_disk import brought_along, staged
from tiny_module import MANIFEST

import hotelml_app
from hotelml_app.core import held_files
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.ml.onnx.artifacts import verify_artifact
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules import discover
from hotelml_app.registry.answers import PredictionRun, predict
from hotelml_app.registry.bundled import INSTALLED, BundledModels, bundled_folder
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store
from hotelml_app.store.learned.models import VersionState

PROJECT = Path(hotelml_app.__file__).resolve().parents[1]
MOST_BYTES = 8_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return brought_along(tmp_path / "brought along")


@pytest.fixture
def registry(store: Store, tmp_path: Path, clock: FixedClock, bus: EventBus, folder: Path) -> ModelRegistry:
    return ModelRegistry(store, tmp_path / "home" / "models", clock, bus, BundledModels(folder))


def ask(store: Store, registry: ModelRegistry, hotel: int, as_of: date | None = None) -> PredictionRun:
    return predict(store, registry, hotel, "tiny", as_of, manifest=MANIFEST)


def own_model(registry: ModelRegistry, hotel: int, folder: Path) -> str:
    version = registry.add(hotel, "tiny", staged(folder / "own"))
    registry.promote(hotel, "tiny", version, "test")
    return version


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def test_it_says_that_what_was_learned_is_held_back_or_knew_later_days(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    assert ask(store, registry, hotel).why.endswith(": no model of this property's own was trained yet.")
    waits = registry.add(hotel, "tiny", staged(tmp_path / "waits"), state=VersionState.CHALLENGER)
    assert ask(store, registry, hotel).why.endswith(": no version that learned from this property is live.")
    registry.promote(hotel, "tiny", waits)
    assert ask(store, registry, hotel, date(2016, 4, 1)).why.endswith(": the model learned from days after 2016-04-01.")


def test_it_answers_by_its_name_until_the_property_has_its_own(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    young = ask(store, registry, hotel)
    assert (young.made_by, young.version) == (MadeBy.BUNDLED, "b0b0b0b0")
    assert {young.maker(one) for one in young.predictions} == {"bundled:b0b0b0b0"}
    assert young.why.startswith("Learned from the bookings of another hotel, brought along by HotelML")
    version = own_model(registry, hotel, tmp_path)
    grown = ask(store, registry, hotel)
    assert (grown.made_by, grown.version) == (MadeBy.OWN, version)
    assert "brought along" not in grown.why


def test_it_answers_again_when_the_own_model_is_damaged_or_taken_back(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    own_model(registry, hotel, tmp_path)
    spoil(next((tmp_path / "home" / "models").rglob("line.onnx")))
    assert ask(store, registry, hotel).made_by is MadeBy.BUNDLED


def test_it_is_not_asked_about_days_it_has_learned_from(store: Store, registry: ModelRegistry, hotel: int, folder: Path) -> None:
    brought_along(folder, until=date(2016, 4, 1))
    assert ask(store, registry, hotel, date(2016, 4, 1)).made_by is MadeBy.BUNDLED
    told = ask(store, registry, hotel, date(2016, 3, 31))
    assert told.made_by is MadeBy.STATISTICAL
    assert "no model of this property" in told.why


def test_examples_without_real_dates_are_no_knowledge_of_the_future(
    store: Store, registry: ModelRegistry, hotel: int, folder: Path
) -> None:
    brought_along(folder, until=None)
    assert ask(store, registry, hotel, date(2016, 1, 10)).made_by is MadeBy.BUNDLED


@pytest.mark.parametrize("damaged", ["line.onnx", "parameters.json", "card.json"])
def test_a_damaged_one_is_told_and_the_plain_rule_answers(
    damaged: str, store: Store, registry: ModelRegistry, hotel: int, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(folder / "tiny" / damaged)
    assert ask(store, registry, hotel).made_by is MadeBy.STATISTICAL
    assert "the model brought along for tiny is left out" in caplog.text
    assert [module for module, problem in registry.bundled.check() if problem] == ["tiny"]


def test_one_that_breaks_while_it_answers_is_left_out_from_then_on(
    store: Store, registry: ModelRegistry, hotel: int, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert registry.live(hotel, "tiny") is not None
    spoil(folder / "tiny" / "line.onnx")  # after the check, before its first question
    assert ask(store, registry, hotel).made_by is MadeBy.STATISTICAL
    assert "the model brought along for tiny is damaged" in caplog.text
    assert registry.live(hotel, "tiny") is None


def test_one_that_another_program_holds_is_left_out_only_while_it_does(
    registry: ModelRegistry, hotel: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as held:
        held.setattr(held_files, "PAUSES_S", ())
        lock(held, "line.onnx")
        assert registry.live(hotel, "tiny") is None
    assert registry.live(hotel, "tiny") is not None


def test_without_any_the_plain_rule_answers(store: Store, tmp_path: Path, clock: FixedClock, bus: EventBus, hotel: int) -> None:
    alone = ModelRegistry(store, tmp_path / "home" / "models", clock, bus, BundledModels(None))
    assert ask(store, alone, hotel).made_by is MadeBy.STATISTICAL
    assert list(alone.bundled.check()) == []


def test_they_are_found_beside_the_source_and_below_the_prefix_of_an_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert bundled_folder() == PROJECT / "models"
    installed = tmp_path / "site-packages" / "hotelml_app"
    installed.mkdir(parents=True)
    monkeypatch.setattr(hotelml_app, "__file__", str(installed / "__init__.py"))
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path / "prefix"))
    assert bundled_folder() is None
    brought_along(tmp_path / "prefix" / INSTALLED)
    assert bundled_folder() == tmp_path / "prefix" / INSTALLED
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "frozen"), raising=False)
    brought_along(tmp_path / "frozen" / "models")
    assert bundled_folder() == tmp_path / "frozen" / "models"


def test_an_installation_carries_every_file_of_them() -> None:
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["data-files"]
    beside = {where: patterns for where, patterns in told.items() if where.startswith("share/hotelml/models")}
    carried = {path for patterns in beside.values() for pattern in patterns for path in PROJECT.glob(pattern)}
    assert carried == {path for path in (PROJECT / "models").rglob("*") if path.is_file()}
    for target, patterns in beside.items():
        assert all(str(Path(pattern).parent) == str(Path(target).relative_to("share/hotelml")) for pattern in patterns)


def test_the_shipped_ones_are_sound_small_and_say_where_they_come_from() -> None:
    folder = PROJECT / "models"
    shipped = BundledModels(folder)
    assert shipped.modules == ("allocation", "forecast", "guests", "noshow", "pricing", "sentiment")
    assert [problem for _, problem in shipped.check() if problem] == []
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < MOST_BYTES
    for module in shipped.modules:
        card = verify_artifact(folder / module)
        assert card["made_by"] == MadeBy.BUNDLED
        assert card["module"] == module
        assert all(card[name] for name in ("version", "source", "licence", "learned_from", "built_on", "libraries", "measures"))
        assert card["parity"]["largest_difference"] <= card["parity"]["tolerance"]


def test_the_shipped_ones_beat_the_plain_rule_where_they_were_not_learned() -> None:
    """A module whose model did not, as the card tells, would answer by its plain rule instead."""
    for module in BundledModels(PROJECT / "models").modules:
        card = verify_artifact(PROJECT / "models" / module)
        judged = card.get("judged_at", ())
        assert all(one["error_as_share_of_the_plain_rule"] < 1 for one in judged)
        if not judged:
            better = [(one["value"] > one["baseline_value"]) != one["lower_is_better"] for one in card["measures"]]
            assert all(better), module


def test_the_readme_tells_of_every_module() -> None:
    text = (PROJECT / "models" / "README.md").read_text(encoding="utf-8")
    assert [name for name in discover() if name not in text] == []

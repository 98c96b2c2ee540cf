"""Versions: added whole, promoted, taken back and cleared away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from models_on_disk import staged
from registered_versions import add, add_live, live_slope, spoil, state

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import DeploymentChanged, Event, EventBus, Settled
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.registry import shelf
from hotelml_app.registry.errors import DamagedVersionError, NothingToRollBackError, UnknownVersionError
from hotelml_app.registry.lineage import CHOSEN_BY_HAND, STATISTICAL_RULE
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionState
from hotelml_app.store.sqlite import putting_back


def test_nothing_is_live_before_anything_was_promoted(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    assert registry.live(hotel, "tiny") is None
    add(registry, hotel, tmp_path)
    assert registry.live(hotel, "tiny") is None


def test_a_version_is_named_after_its_data_and_counted(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    assert add(registry, hotel, tmp_path, 1.0) == "2016-04-30.1"
    assert add(registry, hotel, tmp_path, 2.0) == "2016-04-30.2"
    folder = tmp_path / "home" / "models"
    assert len(list(folder.glob("*/tiny/2016-04-30.*"))) == 2
    assert not (tmp_path / "staged-1.0-2016-04-30").exists()


def test_the_card_in_the_folder_and_in_the_store_are_the_same(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    from hotelml_app.ml.onnx.artifacts import read_card

    add(registry, hotel, tmp_path)
    row = registry.versions(hotel, "tiny")[0]
    assert read_card(registry.folder(row)) == row.card
    assert row.card["version"] == row.version


def test_promoting_makes_it_answer_and_tells_everybody(
    registry: ModelRegistry, hotel: int, tmp_path: Path, events: list[Event]
) -> None:
    version = add_live(registry, hotel, tmp_path, 2.0)
    assert live_slope(registry, hotel) == 2.0
    assert events == [DeploymentChanged("Pensão Amparo", "tiny", version, "test"), Settled("model-damaged:Pensão Amparo:tiny")]


def test_a_model_is_opened_once(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    add_live(registry, hotel, tmp_path)
    assert registry.live(hotel, "tiny") is registry.live(hotel, "tiny")


def test_an_unknown_version_is_refused_with_those_that_exist(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    add(registry, hotel, tmp_path)
    with pytest.raises(UnknownVersionError, match=r"2016-04-30\.1"):
        registry.promote(hotel, "tiny", "2016-01-01.9", "test")


def test_a_damaged_version_cannot_be_promoted(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    good, bad = add_live(registry, hotel, tmp_path, 1.0), add(registry, hotel, tmp_path, 2.0)
    spoil(registry, hotel, bad)
    with pytest.raises(DamagedVersionError):
        registry.promote(hotel, "tiny", bad, "test")
    assert state(registry, hotel, bad) is VersionState.DAMAGED
    assert registry.champion(hotel, "tiny").version == good  # type: ignore[union-attr]


def test_going_back_twice_reaches_further_back_and_then_the_plain_rule(
    registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    for slope in (1.0, 2.0, 3.0):
        add_live(registry, hotel, tmp_path, slope)
    reached = []
    for _ in range(3):
        registry.rollback(hotel, "tiny")
        reached.append(live_slope(registry, hotel))
    assert reached == [2.0, 1.0, None]
    with pytest.raises(NothingToRollBackError, match="without a model of this property's own"):
        registry.rollback(hotel, "tiny")
    assert len(registry.deployments(hotel, "tiny")) == 6


def test_going_back_from_an_earlier_version_chosen_by_hand_returns_to_what_was_live_before(
    registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    first, second = (add_live(registry, hotel, tmp_path, slope) for slope in (1.0, 2.0))
    registry.promote(hotel, "tiny", first, CHOSEN_BY_HAND)
    assert registry.rollback(hotel, "tiny") == second
    assert registry.rollback(hotel, "tiny") == STATISTICAL_RULE, "each stands in the line once"


def test_going_back_passes_damaged_versions(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    add_live(registry, hotel, tmp_path, 1.0)
    spoil(registry, hotel, add_live(registry, hotel, tmp_path, 2.0))
    add_live(registry, hotel, tmp_path, 3.0)
    assert registry.rollback(hotel, "tiny") == "2016-04-30.1"


def test_a_day_in_the_past_is_answered_by_a_model_that_knew_no_more(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    add_live(registry, hotel, tmp_path, 1.0, date(2016, 3, 31))
    add_live(registry, hotel, tmp_path, 2.0, date(2016, 4, 30))
    assert registry.live(hotel, "tiny", date(2016, 4, 30)).parameters["slope"] == 2.0  # type: ignore[union-attr]
    assert registry.live(hotel, "tiny", date(2016, 4, 29)).parameters["slope"] == 1.0  # type: ignore[union-attr]
    assert registry.live(hotel, "tiny", date(2016, 3, 30)) is None


def test_there_is_one_challenger_at_a_time(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    first = registry.add(hotel, "tiny", staged(tmp_path / "a"), state=VersionState.CHALLENGER)
    second = registry.add(hotel, "tiny", staged(tmp_path / "b"), state=VersionState.CHALLENGER)
    assert state(registry, hotel, first) is VersionState.RETIRED
    assert state(registry, hotel, second) is VersionState.CHALLENGER


def test_a_challenger_waits_no_longer_once_a_newer_version_goes_live(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    """It would be said to wait, ready, for months, though what is better answers already."""
    waiting = registry.add(hotel, "tiny", staged(tmp_path / "a"), state=VersionState.CHALLENGER)
    registry.add(hotel, "tiny", staged(tmp_path / "b"), state=VersionState.REJECTED)
    assert state(registry, hotel, waiting) is VersionState.CHALLENGER
    registry.promote(hotel, "tiny", registry.add(hotel, "tiny", staged(tmp_path / "c")), "better")
    assert state(registry, hotel, waiting) is VersionState.RETIRED


def test_a_staged_folder_that_is_not_sound_never_becomes_a_version(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    folder = staged(tmp_path / "half")
    (folder / "line.onnx").unlink()
    with pytest.raises(DamagedModelError):
        registry.add(hotel, "tiny", folder)
    assert registry.versions(hotel, "tiny") == []


def test_a_row_that_cannot_be_written_leaves_no_folder(
    registry: ModelRegistry, hotel: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(models, "add_version", fail)
    with pytest.raises(RuntimeError):
        add(registry, hotel, tmp_path)
    assert list((tmp_path / "home" / "models").glob("*/*/*")) == []


def test_the_sweep_removes_what_never_became_a_version_and_nothing_else(
    registry: ModelRegistry, hotel: int, tmp_path: Path
) -> None:
    version = add_live(registry, hotel, tmp_path, 2.0)
    kept = registry.folder(registry.versions(hotel, "tiny")[0])
    stray = staged(kept.parent / "2016-04-30.7")
    assert registry.sweep() == [stray]
    assert not stray.exists()
    assert registry.live(hotel, "tiny").version == version  # type: ignore[union-attr]


def test_models_that_a_database_set_aside_knows_stay_and_keep_their_names(
    registry: ModelRegistry, hotel: int, store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    before = store.backup(tmp_path / "before.db")
    version = add_live(registry, hotel, tmp_path, 2.0)
    putting_back.choose(before, store.path)
    store.close()
    with Store.open(store.path, clock) as put_back:
        old = ModelRegistry(put_back, tmp_path / "home" / "models", clock, EventBus())
        assert old.versions(hotel, "tiny") == []
        assert old.sweep() == []
        assert add_live(old, hotel, tmp_path, 3.0) != version
        (aside,) = putting_back.set_aside(store.path)
        putting_back.choose(aside, store.path)
    with Store.open(store.path, clock) as undone:
        again = ModelRegistry(undone, tmp_path / "home" / "models", clock, EventBus())
        again.sweep()
        assert again.live(hotel, "tiny").version == version  # type: ignore[union-attr]
        putting_back.set_aside(store.path)[0].write_bytes(b"spoiled")
        assert len(again.sweep()) == 1, "nobody can put back what is damaged"


def test_a_version_made_after_the_clock_went_back_is_not_taken_for_the_oldest(
    registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf.prune, "__defaults__", (2,))
    for number in range(3):
        add(registry, hotel, tmp_path, float(number))
    clock.jump(datetime(2010, 1, 1, tzinfo=UTC))
    version = add_live(registry, hotel, tmp_path, 9.0)
    assert registry.champion(hotel, "tiny").version == version  # type: ignore[union-attr]
    assert live_slope(registry, hotel) == 9.0


def test_old_versions_make_room_but_the_way_back_stays(
    registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(shelf.prune, "__defaults__", (4,))
    first = add_live(registry, hotel, tmp_path, 0.5)
    second = add_live(registry, hotel, tmp_path, 0.6)
    for number in range(6):
        clock.advance(timedelta(minutes=1))
        add(registry, hotel, tmp_path, 1.0 + number)
    kept = {row.version for row in registry.versions(hotel, "tiny")}
    assert {first, second} <= kept
    assert len(kept) == 6
    assert len(list((tmp_path / "home" / "models").glob("*/*/*"))) == 6


def test_a_name_that_was_live_once_is_given_to_no_other_model(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    """Kept predictions say by name who made them, and so does what was live when."""
    first = add_live(registry, hotel, tmp_path, 1.0, date(2016, 3, 1))
    for number in range(shelf.KEEP_VERSIONS + shelf.KEEP_FOR_ROLLBACK + 1):
        add_live(registry, hotel, tmp_path, float(number), date(2016, 4, 30))
    assert first not in {row.version for row in registry.versions(hotel, "tiny")}, "it made room"
    assert add(registry, hotel, tmp_path, 2.0, date(2016, 3, 1)) == "2016-03-01.2"

"""A champion that is damaged, or cannot be read just now: what answers in its place, and what is said."""

from __future__ import annotations

import errno
from datetime import date, timedelta
from pathlib import Path

import pytest
from holding import lock
from registered_versions import add, add_live, live_slope, spoil, state

from hotelml_app.core import held_files
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import DeploymentChanged, Event, EventBus, Settled, Warned
from hotelml_app.ml.errors import UnreadableModelError
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store
from hotelml_app.store.learned.models import VersionState


def test_a_damaged_champion_gives_way_to_the_last_good_one_with_a_warning(
    registry: ModelRegistry, hotel: int, tmp_path: Path, events: list[Event]
) -> None:
    add_live(registry, hotel, tmp_path, 1.0)
    bad = add_live(registry, hotel, tmp_path, 2.0)
    spoil(registry, hotel, bad)
    events.clear()
    assert live_slope(registry, hotel) == 1.0
    assert state(registry, hotel, bad) is VersionState.DAMAGED
    warning = next(event for event in events if isinstance(event, Warned))
    assert warning.title == "A model is damaged: tiny"
    assert "checksum" in warning.message
    assert "2016-04-30.1 answers" in warning.message
    assert DeploymentChanged("Pensão Amparo", "tiny", "2016-04-30.1", f"the files of {bad} are damaged") in events
    events.clear()
    assert live_slope(registry, hotel) == 1.0
    assert events == []
    add_live(registry, hotel, tmp_path, 3.0)
    assert Settled(warning.key) in events, "a new version that is live ends the warning"


@pytest.mark.parametrize("name", ["line.onnx", "parameters.json", "card.json"])
def test_a_champion_that_a_virus_scanner_reads_just_now_stays_live(
    registry: ModelRegistry, hotel: int, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_live(registry, hotel, tmp_path, 1.0)
    version = add_live(registry, hotel, tmp_path, 2.0)
    with monkeypatch.context() as held:
        refused = lock(held, name, times=2)
        assert live_slope(registry, hotel) == 2.0
        assert len(refused) == 2
    assert state(registry, hotel, version) is VersionState.CHAMPION


@pytest.mark.parametrize("name", ["line.onnx", "card.json"])
def test_a_champion_that_another_program_keeps_for_long_is_passed_by_and_answers_again(
    registry: ModelRegistry, hotel: int, tmp_path: Path, name: str, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup program has it for a minute: nothing is damaged, and nobody would make it live again."""
    add_live(registry, hotel, tmp_path, 1.0)
    version = add_live(registry, hotel, tmp_path, 2.0)
    events.clear()
    with monkeypatch.context() as held:
        held.setattr(held_files, "PAUSES_S", ())
        lock(held, name)
        assert live_slope(registry, hotel) is None, "the files of the one before are called the same"
        with pytest.raises(UnreadableModelError):
            registry.promote(hotel, "tiny", version)
    assert live_slope(registry, hotel) == 2.0
    assert {row.state for row in registry.versions(hotel, "tiny")} == {VersionState.CHAMPION, VersionState.RETIRED}
    assert events == []


def test_a_champion_that_stays_unreadable_gives_way_with_a_warning(
    registry: ModelRegistry,
    hotel: int,
    tmp_path: Path,
    clock: FixedClock,
    events: list[Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody restored the folder as administrator: nobody is to wait for each answer, and not to know why."""
    version = add_live(registry, hotel, tmp_path, 2.0)
    monkeypatch.setattr(held_files, "PAUSES_S", ())
    lock(monkeypatch, "card.json")
    events.clear()
    assert registry.live(hotel, "tiny") is None
    clock.advance(timedelta(minutes=11))
    assert registry.live(hotel, "tiny") is None
    warning = next(event for event in events if isinstance(event, Warned))
    assert (warning.title, "cannot be read" in warning.message) == ("A model cannot be read now: tiny", True)
    assert state(registry, hotel, version) is VersionState.DAMAGED


def test_two_short_troubles_on_two_days_are_no_long_one(
    registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = add_live(registry, hotel, tmp_path, 2.0)
    held = UnreadableModelError("line.onnx is held")
    for _ in range(2):
        registry.report_damage(hotel, "tiny", version, held)
        clock.advance(timedelta(days=1))
    assert state(registry, hotel, version) is VersionState.CHAMPION


def test_a_champion_for_which_too_many_files_are_open_is_not_damaged(
    registry: ModelRegistry, hotel: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = add_live(registry, hotel, tmp_path, 2.0)

    def refuse(self: Path) -> bytes:
        raise OSError(errno.EMFILE, "Too many open files", str(self))

    with monkeypatch.context() as short:
        short.setattr(Path, "read_bytes", refuse)
        assert registry.live(hotel, "tiny") is None
    assert (live_slope(registry, hotel), state(registry, hotel, version)) == (2.0, VersionState.CHAMPION)


def test_damage_is_noticed_while_the_model_is_in_use(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    version = add_live(registry, hotel, tmp_path)
    assert live_slope(registry, hotel) == 1.0
    spoil(registry, hotel, version)
    assert live_slope(registry, hotel) is None


def test_where_all_are_damaged_the_plain_rule_answers(registry: ModelRegistry, hotel: int, tmp_path: Path) -> None:
    import shutil

    for slope in (1.0, 2.0):
        add_live(registry, hotel, tmp_path, slope)
    shutil.rmtree(tmp_path / "home" / "models")
    assert registry.live(hotel, "tiny") is None
    assert registry.deployments(hotel, "tiny")[0].version == ""
    assert {row.state for row in registry.versions(hotel, "tiny")} == {VersionState.DAMAGED}


def test_a_reader_beside_the_writer_finds_the_good_one_but_changes_nothing(
    registry: ModelRegistry, hotel: int, tmp_path: Path, store: Store, clock: FixedClock
) -> None:
    add_live(registry, hotel, tmp_path, 1.0)
    bad = add_live(registry, hotel, tmp_path, 2.0)
    spoil(registry, hotel, bad)
    with Store.open(store.path, clock, writer=False) as reader:
        looking = ModelRegistry(reader, tmp_path / "home" / "models", clock, EventBus())
        assert live_slope(looking, hotel) == 1.0
    assert state(registry, hotel, bad) is VersionState.CHAMPION


@pytest.mark.parametrize("writes", [True, False])
def test_a_damaged_one_is_not_replaced_by_one_that_knew_more_than_the_day_asked_about(
    store: Store, registry: ModelRegistry, hotel: int, tmp_path: Path, clock: FixedClock, writes: bool
) -> None:
    """An earlier version was chosen by hand; figures of a replay would be too good if the later one answered in its place."""
    add_live(registry, hotel, tmp_path, 1.0, date(2016, 4, 1))
    add_live(registry, hotel, tmp_path, 3.0, date(2016, 4, 30))
    chosen = add(registry, hotel, tmp_path, 2.0, date(2016, 4, 10))
    registry.promote(hotel, "tiny", chosen)
    spoil(registry, hotel, chosen)
    with Store.open(store.path, clock, writer=False) as reader:
        looking = registry if writes else ModelRegistry(reader, tmp_path / "home" / "models", clock, EventBus())
        model = looking.live(hotel, "tiny", date(2016, 4, 15))
    assert model is not None
    assert model.parameters["slope"] == 1.0

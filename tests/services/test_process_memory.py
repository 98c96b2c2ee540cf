"""The search for garbage leaves out what imports made, and nothing that comes and goes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from hotelml_app.services.process import process_memory
from hotelml_app.services.process.process_memory import MANY_MODULES, set_code_aside


@pytest.fixture
def searching(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(process_memory, "_modules_aside", len(sys.modules))
    before = list(gc.callbacks)
    set_code_aside()
    yield
    gc.callbacks[:] = before
    gc.unfreeze()


def import_more(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for each in range(number):
        monkeypatch.setitem(sys.modules, f"hotel_{number}_{each}", ModuleType(f"hotel_{number}_{each}"))


@pytest.mark.usefixtures("searching")
def test_what_imports_made_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.unfreeze()
    import_more(monkeypatch, MANY_MODULES)
    gc.collect(1)
    assert gc.get_freeze_count() == 0, "only a full search knows what is no garbage"
    gc.collect()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 1_000, "the next one has next to nothing to look at"


@pytest.mark.usefixtures("searching")
def test_what_is_made_while_nothing_is_imported_is_searched_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.unfreeze()
    import_more(monkeypatch, MANY_MODULES - 1)
    gc.collect()
    assert gc.get_freeze_count() == 0


def test_asking_twice_searches_no_slower() -> None:
    before = list(gc.callbacks)
    try:
        set_code_aside()
        once = len(gc.callbacks)
        set_code_aside()
        assert len(gc.callbacks) == once
    finally:
        gc.callbacks[:] = before

"""What the export doctor found is kept and passed on; its warning stands until all is well or somebody has seen it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from changed_exports import MORNING, Change

from hotelml_app.core.events import Event, EventBus, Warned
from hotelml_app.intake.doctor.examine import examined
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.store.told import warnings


def keep_warnings(store: Store, bus: EventBus) -> None:
    def keep(event: Event) -> None:
        if isinstance(event, Warned):
            with store.write() as connection:
                warnings.put(connection, event.key, event.title, event.message, event.remedy, MORNING)

    bus.subscribe(keep)


@pytest.fixture
def standing(store: Store, bus: EventBus) -> Callable[[], list[str]]:
    """The titles of the warnings that stand."""

    def titles() -> list[str]:
        with store.read() as connection:
            return [one.title for one in warnings.standing(connection)]

    keep_warnings(store, bus)
    return titles


@pytest.mark.parametrize("column", ["total", "status"])
def test_lost_columns_are_told_until_they_are_back(bring, standing: Callable[[], list[str]], column: str) -> None:
    bring(0)
    bring(1, without=[column])
    assert standing() == ["An export has lost columns"]
    bring(2, without=[column])
    assert standing() == ["An export has lost columns"]
    bring(3)
    assert standing() == []


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (lambda rows: [{**row, "adr": f"{float(row['adr']) / 1.07:.2f}", "total": ""} for row in rows], "prices all changed"),
        (lambda rows: [{**row, "room_type": "NEW"} for row in rows], "new room types"),
        (lambda rows: [{**row, "room_type": "NEW"} for row in rows], "renamed room types"),
        (lambda rows: [{**row, "currency": "CHF"} for row in rows], "new currencies"),
    ],
)
def test_what_changed_for_good_is_told_until_somebody_has_seen_it(
    bring, standing: Callable[[], list[str]], store: Store, change: Change, title: str
) -> None:
    bring(0)
    bring(1, change)
    bring(2, change)
    assert f"An export has {title}" in standing()
    with store.write() as connection:
        for warning in warnings.standing(connection):
            warnings.clear(connection, warning.key, MORNING)
    bring(3, change)
    assert standing() == []


def test_a_warning_goes_when_the_next_export_is_in_order(bring, store: Store, bus: EventBus) -> None:
    keep_warnings(store, bus)
    bring(0)
    bring(1, without=["total"])
    with store.read() as connection:
        (standing,) = warnings.standing(connection)
        (hotel,) = properties.all(connection)
    assert standing.title == "An export has lost columns"
    assert standing.message.startswith(f"{hotel.name}: "), "in a home of two hotels both would read the same"
    bring(2)
    with store.read() as connection:
        assert warnings.standing(connection) == []


def test_what_was_odd_is_kept_by_layout(bring, store: Store) -> None:
    bring(0)
    report = bring(1, without=["total"])
    with store.read() as connection:
        owner = properties.by_name(connection, "Harbour House")
        assert [(one.layout, one.findings) for one in examined(connection, owner.id)] == [("hotelml", report.findings)]


def test_findings_are_json_ready(bring) -> None:
    bring(0)
    told = bring(1, without=["total"]).as_dict()
    assert told["findings"][0]["kind"] == "lost columns"

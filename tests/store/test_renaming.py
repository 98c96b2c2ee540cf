"""What is kept under a property's name follows it, and that of another property stays where it is."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from kept_points import kept_points

from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.core.severity import Severity
from hotelml_app.store import Store
from hotelml_app.store.corrected import renaming
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import data_points
from hotelml_app.store.told import outbox, warnings

NOW = datetime(2017, 2, 28, 6, 0, tzinfo=UTC)


@pytest.fixture
def hotels(store: Store) -> Store:
    """Two hotels, of which one is called as the other begins, with a point, a warning and a notice each."""
    with store.write() as connection:
        for name in ("Inn", "Inn: By The Sea"):
            number = properties.ensure(connection, name, NOW)
            data_points.put(
                connection, [TrainingDataPoint(f"forecast:{name}:1", NOW, "forecast", {}, {}, 1.0, Source.REAL, name)]
            )
            for key in (f"judge:{name}:noshow", f"export:{number}:mews:new columns"):
                warnings.put(connection, key, "Look", f"{name}: the Innkeeper looks. {name}!", "", NOW)
                outbox.queue(connection, "email", outbox.Noticed(key, Severity.WARNING, "Look", "Look"), NOW, NOW, "1")
    return store


def points(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return {(one.id, one.property_name) for one in kept_points(connection, "forecast")}


def test_points_warnings_and_what_channels_were_told_follow(hotels: Store) -> None:
    with hotels.write() as connection:
        renaming.rename(connection, properties.by_name(connection, "Inn"), "Auberge")
        assert [row.name for row in properties.all(connection)] == ["Auberge", "Inn: By The Sea"]
        assert points(connection) == {
            ("forecast:Auberge:1", "Auberge"),
            ("forecast:Inn: By The Sea:1", "Inn: By The Sea"),
        }
        told = {one.key: one.message for one in warnings.standing(connection)}
        assert told == {
            "judge:Auberge:noshow": "Auberge: the Innkeeper looks. Auberge!",
            "export:1:mews:new columns": "Auberge: the Innkeeper looks. Auberge!",
            "judge:Inn: By The Sea:noshow": "Inn: By The Sea: the Innkeeper looks. Inn: By The Sea!",
            "export:2:mews:new columns": "Inn: By The Sea: the Innkeeper looks. Inn: By The Sea!",
        }
        assert outbox.was_told(connection, "judge:Auberge:noshow")
        assert not outbox.was_told(connection, "judge:Inn:noshow")
        assert outbox.was_told(connection, "judge:Inn: By The Sea:noshow")


def test_there_and_back_again_leaves_all_as_it_was(hotels: Store) -> None:
    with hotels.write() as connection:
        before = points(connection), warnings.standing(connection)
        for name in ("Auberge: 1", "Inn"):
            renaming.rename(connection, properties.get(connection, 1), name)
        assert (points(connection), warnings.standing(connection)) == before


def test_a_name_that_is_taken_changes_nothing(hotels: Store) -> None:
    with hotels.read() as connection:
        before = points(connection)
    with pytest.raises(properties.PropertyNameTakenError), hotels.write() as connection:
        renaming.rename(connection, properties.get(connection, 1), "INN: by the sea")
    with hotels.read() as connection:
        assert points(connection) == before

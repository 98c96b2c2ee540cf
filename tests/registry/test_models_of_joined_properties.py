"""Models of a property that became part of another: kept, and silent until somebody makes one live."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models_on_disk import staged

from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store
from hotelml_app.store.corrected import joining
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned.models import VersionState


def test_a_model_that_came_with_another_property_does_not_answer_by_itself(
    registry: ModelRegistry, store: Store, hotel: int, tmp_path: Path
) -> None:
    with store.write() as connection:
        gone = properties.ensure(connection, "Under Its New Name", store.clock.now())
    registry.promote(gone, "tiny", registry.add(gone, "tiny", staged(tmp_path / "a", 5.0, date(2016, 4, 25))), "better")
    for until in (date(2016, 4, 20), date(2016, 4, 30)):
        registry.promote(hotel, "tiny", registry.add(hotel, "tiny", staged(tmp_path / str(until), 1.0, until)), "better")
    with store.write() as connection:
        joining.join(connection, gone, hotel, {}, store.clock.now())
    model = registry.live(hotel, "tiny", date(2016, 4, 26))
    assert model is not None
    assert (model.version, model.parameters["slope"]) == ("2016-04-20.1", 1.0)
    (came,) = [row for row in registry.versions(hotel, "tiny") if row.version == "2016-04-25.1"]
    assert came.state is VersionState.RETIRED
    assert registry.sweep() == []
    registry.promote(hotel, "tiny", came.version)
    live = registry.live(hotel, "tiny")
    assert live is not None
    assert live.parameters["slope"] == 5.0


def test_two_properties_never_share_a_folder_of_versions(
    registry: ModelRegistry, store: Store, hotel: int, tmp_path: Path
) -> None:
    first = registry.add(hotel, "tiny", staged(tmp_path / "a", 1.0, date(2016, 4, 25)))
    with store.write() as connection:
        before = properties.get(connection, hotel).name
        properties.update(connection, hotel, name="Under Its New Name")
        other = properties.ensure(connection, before, store.clock.now())
    second = registry.add(other, "tiny", staged(tmp_path / "b", 2.0, date(2016, 4, 25)))
    (ours,), (theirs,) = registry.versions(hotel, "tiny"), registry.versions(other, "tiny")
    assert (ours.version, theirs.version) == (first, second)
    assert Path(ours.folder).parts[0] != Path(theirs.folder).parts[0]
    registry.promote(hotel, "tiny", first)
    registry.promote(other, "tiny", second)
    slopes = [model.parameters["slope"] for one in (hotel, other) if (model := registry.live(one, "tiny")) is not None]
    assert slopes == [1.0, 2.0]

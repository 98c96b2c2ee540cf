"""A hotel's page shows what is warned of it and of the home; of other hotels it says only that they want a look."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_hotel import NAME

from hotelml_app.core.events import Warned
from hotelml_app.services.appliance import Appliance
from hotelml_app.settings.model import PropertySettings
from hotelml_app.store.hotels import properties

OTHER = f"{NAME}: Annexe"
"""Holds the name of the other one, with the colon that parts a key."""


@pytest.fixture
def chain(appliance: Appliance, tmp_path: Path) -> Appliance:
    """The small hotel and another one, each with a folder of its own."""
    with appliance.parts.store.write() as connection:
        properties.ensure(connection, OTHER, appliance.parts.clock.now())
    folders = tuple(PropertySettings(name=name, drop_folder=str(tmp_path / at)) for name, at in ((NAME, "one"), (OTHER, "two")))
    appliance.save_settings(appliance.settings().model_copy(update={"properties": folders}))
    return appliance


@pytest.mark.parametrize(
    "key", ["export:{id}:hotelml:new columns", "file:{folder}/a.csv", "folder:{folder}", "judge:{name}:noshow"]
)
def test_a_warning_stands_at_the_hotel_it_is_of(chain: Appliance, tmp_path: Path, key: str) -> None:
    ids = {one.name: number for number, one in enumerate(chain.properties(), start=1)}
    for name, at in ((NAME, "one"), (OTHER, "two")):
        filled = key.format(id=ids[name], folder=tmp_path / at, name=name)
        chain.events.publish(Warned(filled, f"{at} is odd", f"{name}: look.", "Do."))
    view = chain.today(NAME)
    assert [one.title for one in view.warnings] == ["one is odd"]
    (other,) = [one for one in view.decisions if one.hotel]
    assert (other.title, other.detail, other.hotel) == (f"{OTHER} wants a look", "two is odd.", OTHER)
    assert {"one is odd", "two is odd"} <= {one.title for one in chain.status().warnings}


def test_what_is_warned_of_the_home_stands_at_every_hotel(chain: Appliance) -> None:
    chain.events.publish(Warned("disk:low", "The disk is almost full", "Little is free.", "Free some."))
    view = chain.today(NAME)
    assert [one.title for one in view.warnings] == ["The disk is almost full"]
    assert not any(one.hotel for one in view.decisions)

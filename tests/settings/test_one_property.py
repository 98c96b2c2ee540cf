"""The settings of two properties that turned out to be one."""

from __future__ import annotations

from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.settings.one_property import as_one

GONE = PropertySettings(name="Sonne Hotel GmbH", drop_folder="/new", country="DE", walk_cost=120.0, polling=True)
STAYS = PropertySettings(name="Hotel Sonne", drop_folder="/old", room_value=70.0)
OTHER = PropertySettings(name="Mond", drop_folder="/moon")


def joined(*properties: PropertySettings) -> tuple[PropertySettings, ...]:
    return as_one(Settings(properties=properties), "sonne hotel gmbh", "Hotel Sonne").properties


def test_what_is_told_of_the_one_that_stays_holds_and_what_it_lacks_is_taken() -> None:
    filled = STAYS.model_copy(update={"country": "DE", "walk_cost": 120.0})
    assert joined(GONE, OTHER, STAYS) == (OTHER, filled)
    assert joined(STAYS, GONE) == (filled,)


def test_one_that_was_never_set_up_takes_the_place_of_the_one_that_goes() -> None:
    assert joined(OTHER, GONE) == (OTHER, GONE.model_copy(update={"name": "Hotel Sonne"}))


def test_where_the_one_that_goes_was_never_set_up_nothing_changes() -> None:
    assert joined(STAYS, OTHER) == (STAYS, OTHER)
    assert joined() == ()

"""Two properties that are one hotel: what staff decided of either is that of the hotel."""

from __future__ import annotations

from hotel_rows import NOW, new_property

from hotelml_app.store import Store
from hotelml_app.store.corrected import joining
from hotelml_app.store.decided import data_settings


def test_events_that_staff_told_of_either_are_those_of_the_hotel(store: Store) -> None:
    fair, marathon = ({"name": name, "first": "2017-03-20", "last": "2017-03-21"} for name in ("Fair", "Marathon"))
    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        data_settings.put(connection, "events", [fair, marathon], gone)
        data_settings.put(connection, "events", [fair], stays)
        joining.join(connection, gone, stays, {}, NOW)
        assert data_settings.get(connection, "events", [], stays) == [fair, marathon]


def test_rooms_that_staff_held_for_bookings_of_the_one_that_goes_are_held(store: Store) -> None:
    def plan(room: str) -> dict[str, object]:
        return {"before": [], "after": [room], "reason": "", "locked": False}

    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        theirs = {"locks": {"1": ["101"], "2": ["102"], "3": ["103"]}, "wishes": {"1": ["quiet"]}, "rooms": {"101": "DBL"}}
        ours = {"locks": {"2": ["202"]}, "rooms": {"202": "DBL"}, "together": [["1", "2"]]}
        data_settings.put(connection, "options of allocation", theirs | {"together": [["1", "2"], ["1", "3"]]}, gone)
        data_settings.put(connection, "rooms to carry out", {"planned": {"2": plan("102"), "3": plan("103")}}, gone)
        data_settings.put(connection, "options of allocation", ours, stays)
        data_settings.put(connection, "rooms to carry out", {"planned": {}, "past": [{"words": "locked", "planned": {}}]}, stays)
        joining.join(connection, gone, stays, {}, NOW)
        kept = data_settings.all(connection, stays)
    assert kept["options of allocation"] == {
        "locks": {"1": ["101"], "2": ["202"], "3": ["103"]},
        "wishes": {"1": ["quiet"]},
        "rooms": {"202": "DBL"},
        "together": [["1", "2"], ["1", "3"]],
    }
    assert kept["rooms to carry out"] == {"planned": {"3": plan("103")}, "past": []}

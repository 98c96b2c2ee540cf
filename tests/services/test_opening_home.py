"""The window is there first; its home is opened behind it, once, by whoever asks first."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest
from small_hotel import NAME, morning_clock

from hotelml_app.api.server import LoopbackServer
from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.events import EventBus, Warned
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.home_owner import open_to_look
from hotelml_app.services.home import opening
from hotelml_app.services.home.opening import OpeningHome, open_behind_window
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.errors import DiskFullError, HomeBusyError
from hotelml_app.store.sqlite.schema import newest_version


def opener(home: Path, opened: list[Appliance]):
    def open_it(bus: EventBus) -> Appliance:
        opened.append(open_appliance(HomeLayout(home), writer=True, clock=morning_clock(), bus=bus))
        return opened[-1]

    return open_it


def test_nothing_is_opened_before_somebody_asks_and_then_once(hotel_home: Path) -> None:
    opened: list[Appliance] = []
    with OpeningHome(opener(hotel_home, opened)) as home:
        asks = [home.properties for _ in range(4)]
        assert not opened
        names: list[str] = []
        askers = [threading.Thread(target=lambda ask=ask: names.append(ask()[0].name)) for ask in asks]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        assert names == [NAME] * 4
        assert len(opened) == 1
    with open_appliance(HomeLayout(hotel_home), writer=True) as again:
        assert again.writes, "the home was let go of"


def test_who_listens_before_the_home_is_open_hears_of_it_afterwards(hotel_home: Path) -> None:
    heard: list[object] = []
    with OpeningHome(opener(hotel_home, [])) as home:
        home.events.subscribe(heard.append)
        home.properties()
        home._appliance.events.publish(Warned("k", "title", "message"))
    assert Warned("k", "title", "message") in heard


def test_what_keeps_the_home_from_opening_is_told_each_time_and_at_the_end(hotel_home: Path) -> None:
    home = OpeningHome(opener(hotel_home, []))
    with open_appliance(HomeLayout(hotel_home), writer=True):
        for _ in range(2):
            with pytest.raises(HomeBusyError):
                home.properties()
    with pytest.raises(HomeBusyError):
        home.__exit__(None, None, None)


def test_a_home_that_opens_at_the_second_try_is_no_failure(hotel_home: Path) -> None:
    with OpeningHome(opener(hotel_home, [])) as home:
        with open_appliance(HomeLayout(hotel_home), writer=True), pytest.raises(HomeBusyError):
            home.properties()
        assert home.properties()[0].name == NAME


def test_the_window_works_without_a_part_that_cannot_be_started_and_says_so(
    hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LoopbackServer, "start", Mock(side_effect=OSError(28, "No space left on device")))
    monkeypatch.setattr(opening, "START_AFTER_S", 0.0)
    with OpeningHome(opener(hotel_home, [])) as home:
        assert home.properties()[0].name == NAME
        home._starting.join()
        assert [one.title for one in home.status().warnings] == ["A part of HotelML could not be started"]


def test_the_window_waits_for_a_command_that_works_on_the_home(hotel_home: Path) -> None:
    command = open_appliance(HomeLayout(hotel_home), writer=True)
    ending = threading.Timer(0.3, command.close)
    ending.start()
    opened = open_behind_window(HomeLayout(hotel_home), partial(open_appliance, clock=morning_clock()))
    assert opened.parts.has_window
    opened.close()
    ending.join()


def test_what_keeps_an_old_database_from_being_brought_up_to_date_is_told_to_whoever_only_looks(
    hotel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = HomeLayout(hotel_home)
    with closing(sqlite3.connect(layout.database)) as connection:
        connection.execute(f"PRAGMA user_version = {newest_version() - 1}")
    full = DiskFullError("There is no room for the backup.")
    monkeypatch.setattr("hotelml_app.store.sqlite.backups.copy_database", Mock(side_effect=full))
    with pytest.raises(DiskFullError, match="no room for the backup"):
        open_to_look(layout, open_appliance)

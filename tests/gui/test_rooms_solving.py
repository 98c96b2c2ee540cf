"""Rooms are solved behind the window: it shows how far that is, stops it, and mixes up no answers."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import fake_rooms
import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from qt_waiting import wait_for

from hotelml_app.gui.pages.rooms import RoomsPage
from hotelml_app.services.rooms.views import LockRoom


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> RoomsPage:
    return open_window(hotel, "rooms").window.page


def test_solving_shows_how_far_it_is_and_esc_stops_it(page: RoomsPage, hotel: FakeAppliance) -> None:
    gate = hotel.gates["change_rooms"] = threading.Event()
    page.plan.choose("40102#0")
    page.lock.click()
    wait_for(page.solving.isVisible)
    assert not page.panel.all.isEnabled()
    assert page.escape()
    assert page.solving.words.text() == "Stopping…"
    gate.set()
    wait_for(lambda: not page.run.running)
    assert not page.solving.isVisible()
    assert fake_rooms.said(hotel) == []
    assert page.body.state == "content"


def test_an_export_that_comes_meanwhile_does_not_undo_what_staff_are_doing(page: RoomsPage, hotel: FakeAppliance) -> None:
    gate = hotel.gates["change_rooms"] = threading.Event()
    page.change(LockRoom("40102", True))
    wait_for(lambda: hotel.asked["change_rooms"] == 1)
    looked_at = page.context.looked_at
    assert looked_at is not None
    page.context.show_property(replace(looked_at, business_date=fake_views.BUSINESS_DATE + timedelta(days=1)))
    page.refresh()
    assert page.run.running
    assert not page.run.stopping
    wait_for(lambda: hotel.asked["rooms"] == 2 and page.context.runner.quiet is False)
    gate.set()
    wait_for(lambda: not page.run.running and page.context.runner.quiet)
    assert fake_rooms.said(hotel) == [LockRoom("40102", True)]
    assert hotel.asked["rooms"] == 3, "the change was made by the plan of the day before"
    assert page.body.state == "content"


def test_another_property_ends_what_was_being_solved(page: RoomsPage, hotel: FakeAppliance) -> None:
    gate = hotel.gates["change_rooms"] = threading.Event()
    page.change(LockRoom("40102", True))
    wait_for(lambda: hotel.asked["change_rooms"] == 1)
    page.window().choose_property(fake_views.RESORT)
    assert page.run.stopping
    gate.set()
    wait_for(lambda: not page.run.running)
    assert fake_rooms.said(hotel) == []


def test_an_answer_about_the_time_before_a_change_does_not_replace_it(page: RoomsPage, hotel: FakeAppliance) -> None:
    slow = hotel.gates["rooms"] = threading.Event()
    page.refresh()
    wait_for(lambda: hotel.asked["rooms"] == 2)
    page.change(LockRoom("40102", True))
    wait_for(lambda: not page.run.running and page.view.undo == "what was done")
    slow.set()
    wait_for(lambda: page.context.runner.quiet)
    assert hotel.asked["rooms"] == 3, "it was asked again"
    assert page.view.undo == "what was done"


def test_the_window_closes_while_rooms_are_solved(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "rooms")
    page = opened.window.page
    gate = hotel.gates["change_rooms"] = threading.Event()
    page.change(LockRoom("40102", True))
    wait_for(lambda: hotel.asked["change_rooms"] == 1)
    opened.window.stop()
    gate.set()
    opened.close()
    assert fake_rooms.said(hotel) == [], "it was stopped, so nothing was changed"

"""Answers to what was asked before something was decided, and decisions made while an answer is still to come."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtWidgets import QDialog
from qt_waiting import pause, wait_for

from hotelml_app.gui.pages.rates import RatesPage
from hotelml_app.gui.rates_parts.dialogs import LimitsDialog, OwnRateDialog
from hotelml_app.services.rates.views import AcceptRates, SetLimits, SetRate


class Late:
    """Finds an answer when it is asked for, and gives it once it is let go."""

    def __init__(self, answer: Callable[..., object]) -> None:
        self._answer = answer
        self.found, self.gate = threading.Event(), threading.Event()

    def __call__(self, *asked: object) -> object:
        answer = self._answer(*asked)
        self.found.set()
        self.gate.wait(60)
        return answer


@pytest.fixture
def rates(open_window: Open, hotel: FakeAppliance) -> RatesPage:
    return open_window(hotel, "rates").window.page


def test_an_answer_about_the_time_before_a_rate_was_accepted_does_not_stay(
    rates: RatesPage, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(hotel.rates)
    monkeypatch.setattr(hotel, "rates", late)
    rates.refresh()
    late.found.wait(60)
    rates._accept_month()
    wait_for(lambda: not rates._busy and bool(hotel.decided))
    late.gate.set()
    wait_for(lambda: rates.context.runner.quiet)
    assert isinstance(hotel.decided[-1], AcceptRates)
    assert rates.view.undo == "AcceptRates"


@pytest.mark.parametrize("kind", [OwnRateDialog, LimitsDialog])
def test_what_is_typed_while_a_new_export_comes_is_kept_for_the_room_type_it_is_about(
    rates: RatesPage, hotel: FakeAppliance, kind: type[QDialog]
) -> None:
    rates._look(date(2016, 9, 1), "B")
    wait_for(lambda: rates.view.room_type == "B")
    rates.month.choose(date(2016, 9, 3))
    (rates._own if kind is OwnRateDialog else rates.open_limits)()
    dialog = next(one for one in rates.findChildren(kind) if one.isVisible())
    hotel.gates["rates"] = threading.Event()
    rates.forget()
    rates.refresh()
    dialog._take()
    hotel.gates["rates"].set()
    wait_for(lambda: len(hotel.decided) == 1 and rates.context.runner.quiet)
    assert isinstance(hotel.decided[0], SetRate if kind is OwnRateDialog else SetLimits)
    assert hotel.decided[0].room_type == "B"
    assert rates.view.undo, "what is shown is what was decided"


def test_an_answer_about_the_time_before_a_call_was_ticked_off_does_not_take_the_tick_away(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_window(hotel, "arrivals").window.page
    told = hotel.arrivals
    late = Late(lambda *asked: replace(told(*asked), expected_lost=7.0))
    monkeypatch.setattr(hotel, "arrivals", late)
    page.refresh()
    late.found.wait(60)
    key = next(one.reservation_id for one in page.view.arrivals if one.band == "high")
    kept: list[bool] = []
    page.context.decided.connect(lambda: kept.append(True))
    page.table.toggle(key)
    wait_for(lambda: bool(kept))
    late.gate.set()
    wait_for(lambda: page.context.runner.quiet)
    assert page.table.is_ticked(key)
    page.refresh()
    wait_for(lambda: page.context.runner.quiet)
    assert page.table.is_ticked(key)


def test_an_answer_that_is_still_being_drawn_gives_way_to_the_next(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "forecast").window.page
    whole = page.view
    page.renew()
    page.body.show_loading()
    page._answer(whole)
    page._answer(replace(whole, nights=(), sentence="There is no forecast yet."))
    wait_for(lambda: page.context.runner.quiet)
    pause(20)
    assert (page.body.state, page.sentence.text()) == ("message", "There is no forecast yet.")


def test_what_is_typed_while_settings_are_kept_stays_to_be_saved_as_well(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    gate = hotel.gates["save_settings"] = threading.Event()
    page.house.rooms.setValue(231)
    page.save()
    page.report.folder.setText("/srv/reports")
    gate.set()
    wait_for(lambda: page.context.runner.quiet)
    assert page.report.folder.text() == "/srv/reports"
    assert page.save_button.isEnabled()
    page.save()
    wait_for(lambda: page.context.runner.quiet and not page.dirty)
    assert (hotel.kept.report.folder, hotel.facts[page.context.property_name].rooms) == ("/srv/reports", 231)

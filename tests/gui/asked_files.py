"""Files that HotelML has a question about, and the window in which it is answered."""

from __future__ import annotations

from pathlib import Path

import fake_files
from fake_appliance import FakeAppliance
from qt_waiting import wait_for

from hotelml_app.gui.answering.dialog import AnswerDialog
from hotelml_app.gui.application import WindowApplication

PATH = Path("/srv/hotelml/exports/strange.csv")


def dialog_of(opened: WindowApplication) -> AnswerDialog:
    wait_for(lambda: any(one.isVisible() for one in opened.window.findChildren(AnswerDialog)))
    found = next(one for one in opened.window.findChildren(AnswerDialog) if one.isVisible())
    wait_for(lambda: opened.runner.quiet and not found._soon.isActive())
    return found


def ask(opened: WindowApplication, hotel: FakeAppliance, *asked: str, **more: object) -> AnswerDialog:
    hotel.proposals[PATH.name] = fake_files.proposal(*asked, **more)
    opened.context.answer(str(PATH))
    return dialog_of(opened)

"""What the desktop tells while nobody looks at the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from qt_waiting import wait_for

from hotelml_app.core.events import Event, ExportMissing, ImportFinished, JobChanged, PredictionsRefreshed, Settled, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.gui.desktop.notices import ALL, OFF, WARNINGS, DesktopNotices
from hotelml_app.notify.told import told_of

MISSING = Warned("folder:/exports", "The folder is away", "The share does not answer.", "Switch it on.")
READ = ImportFinished(7, "night.csv", "done", ("H1",), 1204, 3)
FAILED = ImportFinished(8, "bad.csv", "failed", (), 0, 0)
LEARNED = JobChanged(3, "noshow", "H1", JobStage.DONE, 1.0, "", "No-shows and late cancellations")
LATE = ExportMissing("H1", date(2016, 8, 31), 9)
RENEWED = JobChanged(4, "", "H1", JobStage.DONE, 1.0, "Done")


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (MISSING, {WARNINGS: "The folder is away", ALL: "The folder is away"}),
        (FAILED, {WARNINGS: "An export could not be read", ALL: "An export could not be read"}),
        (READ, {ALL: "An export was read"}),
        (LEARNED, {ALL: "A training ended"}),
        (RENEWED, {}),
        (PredictionsRefreshed("H1", ("forecast",)), {}),
    ],
)
def test_each_level_tells_its_part(event: Event, told: dict[str, str]) -> None:
    for level in (OFF, WARNINGS, ALL):
        words = DesktopNotices().words(event, level)
        assert (words[0] if words else None) == told.get(level)


def test_a_warning_is_told_once_until_its_cause_is_over_and_comes_again() -> None:
    notices = DesktopNotices()
    assert notices.words(MISSING, WARNINGS) == ("The folder is away", "The share does not answer. Switch it on.")
    assert notices.words(MISSING, WARNINGS) is None
    notices.words(Settled(MISSING.key, for_good=False), WARNINGS)
    assert notices.words(MISSING, WARNINGS) is None, "it comes and goes"
    for level in (WARNINGS, OFF):
        notices.words(Settled(MISSING.key), level)
        assert notices.words(MISSING, WARNINGS) is not None


def test_an_export_of_one_row_is_told_as_one_on_the_desktop_and_outside() -> None:
    one = ImportFinished(7, "night.csv", "done", ("H1",), 1, 0)
    assert DesktopNotices().words(one, ALL) == ("An export was read", "night.csv of H1: 1 row.")
    outside = told_of(one)
    assert outside is not None
    assert outside.message == "night.csv of H1: 1 row."


class SeenTray:
    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def tell(self, title: str, text: str) -> None:
        self.told.append((title, text))

    def hide(self) -> None:
        """There is nothing to hide."""


def test_the_desktop_is_told_only_while_the_window_is_not_in_front(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window(hotel, "settings")
    opened.tray = tray = SeenTray()
    in_front = True
    monkeypatch.setattr(opened.window, "isActiveWindow", lambda: in_front)
    hotel.events.publish(FAILED)
    wait_for(lambda: opened.window._refresh_soon.isActive() or opened.window._was_imported)
    assert tray.told == []
    in_front = False
    hotel.events.publish(FAILED)
    wait_for(lambda: [title for title, _ in tray.told] == ["An export could not be read"])


def test_the_desktop_writes_days_as_the_window_does(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window(hotel, "settings")
    opened.tray = tray = SeenTray()
    opened.context.looked_at = replace(opened.context.looked_at, country="US")
    monkeypatch.setattr(opened.window, "isActiveWindow", lambda: False)
    hotel.events.publish(ExportMissing(fake_views.CITY, date(2016, 9, 1), 2))
    wait_for(lambda: bool(tray.told))
    assert tray.told[0][1].endswith("the newest is from the end of Thu Sep 1.")


def test_what_the_desktop_tells_follows_the_settings_as_soon_as_they_are_saved(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    assert opened.context.desktop_level == WARNINGS
    page = opened.window.page
    page.notices.level.choose(OFF)
    page.notices.level.chosen.emit(OFF)
    page.save()
    wait_for(lambda: opened.context.desktop_level == OFF)


def test_days_and_modules_are_called_what_staff_call_them() -> None:
    notices = DesktopNotices()
    title, text = notices.words(LATE, WARNINGS) or ("", "")
    assert title == "The exports of the last 8 nights are missing"
    assert text == "H1: the newest is from the end of Wed 31 Aug."
    _, text = notices.words(LEARNED, ALL) or ("", "")
    assert text == "No-shows and late cancellations of H1: learned from the newest data."


def test_of_files_that_are_called_alike_the_hotel_is_told_on_the_desktop_and_outside() -> None:
    lost = ImportFinished(8, "night.csv", "failed", ("H2",), 0, 0)
    assert DesktopNotices().words(lost, WARNINGS) == ("An export could not be read", "night.csv of H2: the Data page says why.")
    outside = told_of(lost)
    assert outside is not None
    assert outside.message == "night.csv of H2: the Data page says why. Nothing of it was stored."
    chain = DesktopNotices().words(ImportFinished(9, "night.csv", "done", ("H1", "H2"), 2, 0), ALL)
    assert chain == ("An export was read", "night.csv: 2 rows.")

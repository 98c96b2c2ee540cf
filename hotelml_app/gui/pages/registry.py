"""Which pages there are, in the order of the rail. A page's code is imported when it is first opened, if not before."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotelml_app.gui.errors import UnknownPageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from hotelml_app.gui.context import WindowContext
    from hotelml_app.gui.pages.base import Page


@dataclass(frozen=True)
class PageSpec:
    """One page: its name on the rail, its icon, where its class is, and what makes it ask again."""

    key: str
    title: str
    icon: str
    page: str
    refresh_on: tuple[str, ...] = ()
    """Names of events of `core.events`, which is not imported before there is one."""

    def make(self, context: WindowContext) -> Page:
        """Import the page's code and build it."""
        page: Page = getattr(self.import_code(), self.page.partition(":")[2])(context)
        return page

    def import_code(self) -> ModuleType:
        """Import the page's code; on the window's thread, as all that has PySide6 make types of Qt."""
        return importlib.import_module(self.page.partition(":")[0])


_HERE = "hotelml_app.gui.pages"
_NUMBERS = ("ImportFinished", "PredictionsRefreshed", "DeploymentChanged", "ExportMissing")

PAGES = (
    PageSpec("today", "Today", "sun-horizon", f"{_HERE}.today:TodayPage", (*_NUMBERS, "Warned", "Settled", "FileNoticed")),
    PageSpec("forecast", "Forecast", "chart-line-up", f"{_HERE}.forecast:ForecastPage", _NUMBERS),
    PageSpec("rates", "Rates", "tag", f"{_HERE}.rates:RatesPage", _NUMBERS),
    PageSpec("arrivals", "Arrivals", "suitcase-simple", f"{_HERE}.arrivals:ArrivalsPage", _NUMBERS),
    PageSpec("rooms", "Rooms", "bed", f"{_HERE}.rooms:RoomsPage", _NUMBERS),
    PageSpec("reviews", "Reviews", "chat-text", f"{_HERE}.reviews:ReviewsPage", ("ImportFinished", "DeploymentChanged")),
    PageSpec("models", "Models", "brain", f"{_HERE}.models:ModelsPage", ("ImportFinished", "DeploymentChanged", "JobChanged")),
    PageSpec("data", "Data", "database", f"{_HERE}.data:DataPage", ("ImportFinished", "FileNoticed", "Warned", "Settled")),
    PageSpec("settings", "Settings", "gear-six", f"{_HERE}.settings:SettingsPage", ("ImportFinished",)),
)


def page_spec(key: str) -> PageSpec:
    """Return a page by its key; upper and lower case are one. Raises UnknownPageError."""
    for spec in PAGES:
        if spec.key == key.casefold():
            return spec
    known = ", ".join(spec.key for spec in PAGES)
    raise UnknownPageError(f"There is no page called {key!r}.", remedy=f"There are: {known}.")


def import_pages() -> Iterator[None]:
    """Import the code of one page after another, on the window's thread: the click that opens one need not wait for it."""
    for spec in PAGES:
        spec.import_code()
        yield

"""What was typed and not saved yet: marked on the rail while another page is open, and asked about before it would be lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from hotelml_app.gui.main_window import MainWindow
    from hotelml_app.gui.pages.base import Page


class Leaving(QObject):
    """Asks before what was typed is lost: the window is closed, or another property is chosen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._watched: set[str] = set()
        self._then: Callable[[], object] | None = None
        self._asking = False
        window.rail.property_chosen.connect(self._choose_property)
        window.page_shown.connect(self._watch)

    @property
    def holding(self) -> Page | None:
        """The page on which something was typed and not saved yet."""
        return next((page for page in self._window.pages.values() if page.dirty), None)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Do this at once where nothing is unsaved, else once that is saved or given up."""
        page = self.holding
        if page is None:
            then()
            return
        if self._asking:
            return
        from hotelml_app.gui.widgets.unsaved_dialog import UnsavedDialog

        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._window.open_page(page.key)
        dialog = UnsavedDialog(self._window, page.title)
        self._asking = True
        dialog.finished.connect(lambda answer: self._answered(page, then, bool(answer), dialog.discarded))
        dialog.open()

    def _answered(self, page: Page, then: Callable[[], object], go: bool, discarded: bool) -> None:
        self._asking = False
        if go and discarded:
            page.discard()
            then()
        elif go:
            self._then = then
            page.save()

    def _saved(self, well: bool) -> None:
        then, self._then = self._then, None
        if well and then is not None:
            then()

    def _choose_property(self, name: str) -> None:
        window, now = self._window, self._window.context.property_name
        if name != now:
            # Until that is settled, the one whose settings are shown stays chosen.
            window.rail.show_properties([one.name for one in window.properties], now)
            self.when_saved(lambda: window.choose_property(name))

    def _watch(self, key: str) -> None:
        if key not in self._watched:
            self._watched.add(key)
            page = self._window.pages[key]
            page.dirt_changed.connect(lambda: self._window.rail.mark_unsaved(key, page.dirty))
            page.saved.connect(self._saved)

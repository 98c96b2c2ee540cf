"""What was typed and not saved yet: marked on the rail while another page is open, and asked about before it would be lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.gui.context import WindowContext
    from hotelml_app.gui.pages.base import Page
    from hotelml_app.gui.widgets.rail import Rail


class Leaving:
    """Asks before what was typed is lost: the window is closed, or another property is chosen.

    ``pages`` are those of the window so far; ``open_page`` and ``choose_property`` are the window's own.
    """

    def __init__(
        self,
        rail: Rail,
        context: WindowContext,
        pages: Mapping[str, Page],
        open_page: Callable[[str], object],
        choose_property: Callable[[str], object],
    ) -> None:
        self._rail, self._context, self._pages = rail, context, pages
        self._open_page, self._choose = open_page, choose_property
        self._watched: set[str] = set()
        self._then: Callable[[], object] | None = None
        self._asking = False
        rail.property_chosen.connect(self._choose_property)

    def watch(self, key: str) -> None:
        """Follow what is typed on a page that was opened."""
        if key not in self._watched:
            self._watched.add(key)
            page = self._pages[key]
            page.dirt_changed.connect(lambda: self._rail.mark_unsaved(key, page.dirty))
            page.saved.connect(self._saved)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Do this at once where nothing is unsaved, else once that is saved or given up."""
        page = next((page for page in self._pages.values() if page.dirty), None)
        if page is None:
            then()
        elif not self._asking:
            self._ask(page, then)

    def _ask(self, page: Page, then: Callable[[], object]) -> None:
        from PySide6.QtCore import Qt

        from hotelml_app.gui.widgets.dialogs.unsaved_dialog import UnsavedDialog

        window = page.window()
        window.show()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        self._open_page(page.key)
        dialog = UnsavedDialog(window, page.title)
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
        now = self._context.property_name
        if name != now:
            # Until that is settled, the one whose settings are shown stays chosen.
            self._rail.show_properties(self._rail.property_names, now)
            self.when_saved(lambda: self._choose(name))

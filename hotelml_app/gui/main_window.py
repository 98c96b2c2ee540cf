"""The window: the rail at the left, one page beside it, notices above."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.dropped_files import dropped_files, take_as_copy
from hotelml_app.gui.files_watch import FilesWatch
from hotelml_app.gui.import_run import ImportRun
from hotelml_app.gui.jobs_watch import JobsWatch
from hotelml_app.gui.leaving import Leaving
from hotelml_app.gui.pages.registry import PAGES, page_spec
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.rail import Rail, brand_icon, work_words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QResizeEvent

    from hotelml_app.core.errors import HotelMLError
    from hotelml_app.gui.pages.base import Page
    from hotelml_app.services.properties.views import PropertyView

SMALLEST = (880, 480)
REFRESH_AFTER_MS = 200  # Events come in bursts; a page asks once per burst.


class MainWindow(QMainWindow):
    """Holds the pages, each built when it is first opened."""

    closing = Signal(object)
    page_shown = Signal(str)
    opening_wanted = Signal()
    painted = Signal()
    """The window has drawn itself for the first time."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.context = context
        self.pages: dict[str, Page] = {}
        self.properties: tuple[PropertyView, ...] = ()
        self._asked = self._was_painted = self._was_imported = False
        self._failure: HotelMLError | None = None
        self._narrow = False
        self.imports = ImportRun(context)
        self.jobs = JobsWatch(context)
        self.files = FilesWatch(self)
        self.rail = Rail(PAGES)
        self.leaving = Leaving(self.rail, context, self.pages, self.open_page, self.choose_property)
        self._stack = QStackedWidget()
        self._arrange()
        self._listen()
        self._refresh_soon = QTimer(self)
        self._refresh_soon.setSingleShot(True)
        self._refresh_soon.setInterval(REFRESH_AFTER_MS)
        self._refresh_soon.timeout.connect(self._refresh_after_events)
        self.current = PAGES[0].key
        self.rail.show_page(self.current)

    def complete(self) -> None:
        """Add what the first picture did not need."""
        from hotelml_app.gui.answering.asking import Asking
        from hotelml_app.gui.widgets.notice_bar import NoticeBar

        self.setWindowIcon(brand_icon())
        self.rail.complete()
        self.notice = NoticeBar()
        self._above.addWidget(self.notice)
        Asking(self, self.context, self.imports).answered.connect(self._imported)
        self.context.noticed.connect(self.notice.show_notice)
        self.page_shown.connect(self.notice.follow_page)
        self._make_shortcuts()

    # -- pages --------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is open; built now if it never was."""
        if self.current not in self.pages:
            self.open_page(self.current)
        return self.pages[self.current]

    def open_page(self, key: str, day: date | None = None) -> None:
        """Show a page, and one day of it if one is meant; it asks again if what it shows may be old. Raises UnknownPageError."""
        spec = page_spec(key)
        if spec.key not in self.pages:
            page = self.pages[spec.key] = spec.make(self.context)
            page.fit(self._narrow)
            self._stack.addWidget(page)
            page.use_run(self.imports)
            if self._failure is not None:
                page.show_failure(self._failure, self.opening_wanted.emit)
        self.current = spec.key
        self._stack.setCurrentWidget(self.page)
        self.page.setFocus()
        self.rail.show_page(spec.key)
        self._say_title()
        if day is not None:
            self.page.look_at(day)
        self._refresh_if_stale()
        self.page_shown.emit(spec.key)

    def show_properties(self, properties: tuple[PropertyView, ...], wanted: str = "") -> None:
        """Take note of the properties there are, and look at one of them."""
        self.properties = properties
        self._asked = True
        names = [one.name for one in properties]
        if not properties:
            self.rail.show_properties((), "")
            self.page.refresh()
            return
        self.choose_property(next((each for each in (self.context.property_name, wanted) if each in names), names[0]))

    def choose_property(self, name: str) -> None:
        """Look at another property."""
        chosen = next((one for one in self.properties if one.name == name), None)
        if chosen is not None:
            self.rail.show_properties([one.name for one in self.properties], name)
            self.context.show_property(chosen)
            self._say_title()
            self._refresh_if_stale()

    def _say_title(self) -> None:
        # A narrow window shows whose hotel it is nowhere else.
        hotel = f" · {self.context.property_name}" if len(self.properties) > 1 else ""
        self.setWindowTitle(f"{page_spec(self.current).title}{hotel} · HotelML")

    def refresh(self) -> None:
        """Ask again for what is shown (F5)."""
        if self._asked:
            self.page.refresh()
        else:
            self.opening_wanted.emit()

    def show_opening(self) -> None:
        """Show that the home is being opened."""
        self._failure = None
        for page in self.pages.values():
            page.body.show_loading()

    def show_failure(self, error: HotelMLError) -> None:
        """Show on every page what keeps the home from being opened, with a way to try again."""
        self._failure = error
        for page in self.pages.values():
            page.show_failure(error, self.opening_wanted.emit)

    # -- what happens -------------------------------------------------------------------------------------------------

    def hear(self, event: object) -> None:
        """Take note of an event of the appliance: pages that show it ask again, the open one soon, others when opened."""
        for hearing in (self.jobs, self.files, self.context):
            hearing.hear(event)
        for key, page in self.pages.items():
            page.stale |= type(event).__name__ in page_spec(key).refresh_on
        if self.page.stale:
            self._refresh_soon.start()
        self._was_imported |= type(event).__name__ == "ImportFinished"

    def stop(self) -> None:
        """Stop every timer; nothing is asked any more."""
        self._refresh_soon.stop()
        self.imports.cancel()
        self.jobs.stop()
        self.files.stop()
        for page in self.pages.values():
            page.stop()

    def _refresh_after_events(self) -> None:
        if self._was_imported:
            # An import may bring another property, or a business date that ends what was chosen on a page.
            self._was_imported = False
            self.context.properties_changed.emit()
        else:
            self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self.page.stale and self._asked:
            self.page.refresh()

    def _show_jobs(self, jobs: object) -> None:
        assert isinstance(jobs, tuple)
        for page in self.pages.values():
            page.show_jobs(jobs)
        self._show_work()

    def _show_work(self) -> None:
        run = self.imports
        shown = (run.step, run.fraction) if run.running else self.files.work or work_words(self.jobs.jobs)
        self.rail.show_work(*shown, self.files.words)

    def _imported(self) -> None:
        for page in self.pages.values():
            page.stale = True
        self._refresh_soon.start()
        self.context.properties_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw, and tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for a narrow window, or for a wide one."""
        super().resizeEvent(event)
        narrow = self.width() < tokens.NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self.rail.set_narrow(narrow)
            for page in self.pages.values():
                page.fit(narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the application decide: close, or stay in the tray."""
        self.closing.emit(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from the desktop."""
        if dropped_files(event):
            self.open_page("data")
            self._set_dropping(True)
            take_as_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self._set_dropping(False)
        take_as_copy(event)
        self.import_files(dropped_files(event))

    def import_files(self, paths: list[Path]) -> None:
        """Import files and show how that goes."""
        if self.context.property_name:
            self.open_page("data")
            self.imports.begin(paths)
        else:
            self.context.set_up()

    def choose_files(self) -> None:
        """Let the user choose files to import."""
        self.open_page("data")
        self.page.choose_files()

    def escape(self) -> None:
        """Put away the notice, or undo what Esc undoes on the page."""
        if self.notice.notice is not None:
            self.notice.dismiss()
        else:
            self.page.escape()

    def go_to_filter(self) -> None:
        """Go to the page's filter (Ctrl+F)."""
        self.page.go_to_filter()

    def _set_dropping(self, dropping: bool) -> None:
        for page in self.pages.values():
            page.set_dropping(dropping)

    def _arrange(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._above = column()
        above = bare(self._above, (tokens.SPACE_3, 0, tokens.SPACE_3, 0))
        right = column((tokens.SPACE_1, above, self._stack), gap=0)
        right.setStretch(2, 1)
        ground = QWidget()
        ground.setObjectName("ground")
        whole = row((self.rail, right), gap=0)
        whole.setStretch(1, 1)
        ground.setLayout(whole)
        self.setCentralWidget(ground)

    def _listen(self) -> None:
        self.rail.page_chosen.connect(self.open_page)
        self.context.page_wanted.connect(self.open_page)
        self.page_shown.connect(self.leaving.watch)
        self.jobs.changed.connect(self._show_jobs)
        self.imports.changed.connect(self._show_work)
        self.files.changed.connect(self._show_work)
        self.imports.finished.connect(self._imported)

    def _make_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for index, spec in enumerate(PAGES):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self)
            shortcut.activated.connect(lambda key=spec.key: self.open_page(key))
        for keys, slot in (("F5", self.refresh), ("Ctrl+F", self.go_to_filter), ("Esc", self.escape)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

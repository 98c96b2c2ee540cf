"""Opening the window and keeping it going until the user quits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.desktop.session import SessionEnd, name_on_taskbar
from hotelml_app.gui.desktop.window_place import restore_place
from hotelml_app.gui.errors import keep_in_log
from hotelml_app.gui.main_window import MainWindow
from hotelml_app.gui.tasks import TaskRunner
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.widgets.rail import brand_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from hotelml_app.core.errors import HotelMLError
    from hotelml_app.gui.desktop.hidden_start import HiddenStart
    from hotelml_app.gui.desktop.interrupts import Interrupts
    from hotelml_app.gui.desktop.tray import Tray
    from hotelml_app.gui.event_bridge import EventBridge
    from hotelml_app.gui.garbage import GarbageSearch
    from hotelml_app.gui.memory import Memory
    from hotelml_app.gui.port import AppliancePort

WITHOUT_A_PICTURE_MS = 500
"""The frame of the window is drawn before anything else is imported; one that starts out of sight waits this long."""

PAGES_AFTER_MS = 1500
"""When the other pages' code is imported: the first page has its answer then, and the appliance behind it has started."""

SWITCH_INTERVAL_S = 0.001
"""How long another Python thread may keep the interpreter from the window; Python's own 5 ms add up while one paints."""

TRAY_TITLE = "HotelML keeps watching the drop folder"
TRAY_TEXT = "Closing the window leaves it in the notification area. Quit it from the menu of its icon."


class WindowApplication(QObject):
    """The window with its background threads, its tray icon, and its way to open and close."""

    begun = Signal()
    """The window's first picture was drawn; what it did not need may be imported now."""

    def __init__(self, application: QApplication, appliance: AppliancePort, memory: Memory | None = None) -> None:
        super().__init__()
        self._application = application
        self._appliance = appliance
        if memory is None:
            from hotelml_app.gui.memory import WindowMemory

            memory = WindowMemory()
        self.memory = memory
        look = appearance()
        look.choose(self.memory.theme)
        self.runner = TaskRunner()
        self.context = WindowContext(appliance, self.runner, look)
        self.window = MainWindow(self.context)
        self.bridge: EventBridge | None = None
        self.tray: Tray | None = None
        self._interrupts: Interrupts | None = None
        self._garbage: GarbageSearch | None = None
        self._hidden: HiddenStart | None = None
        self._begun = self.closed = False
        self._session = SessionEnd(application, self)
        # Windows ends the program as soon as that has heard of it.
        self._session.announced.connect(self._remember)
        self.window.closing.connect(self._close_asked)
        self.context.set_up_wanted.connect(self.ask_first_run)
        self.context.properties_changed.connect(self._ask_properties)
        self.context.quit_wanted.connect(self.ask_to_quit)
        self.window.opening_wanted.connect(self._ask_opening)

    def show(self) -> None:
        """Put the window on the screen, then build the first page and ask for what it shows."""
        restore_place(self.window, self.memory.geometry)
        self.window.painted.connect(self._begin_soon)
        self.window.show()
        QTimer.singleShot(WITHOUT_A_PICTURE_MS, self._begin)

    def start_hidden(self) -> None:
        """Do the same, but leave the window off the screen until somebody wants it or it has something to ask."""
        from hotelml_app.gui.desktop.hidden_start import HiddenStart

        restore_place(self.window, self.memory.geometry)
        self._hidden = HiddenStart(self, self)
        QTimer.singleShot(0, self, self._begin)

    def look_for_garbage(self) -> None:
        """From now on, search for garbage on this thread."""
        from hotelml_app.gui.garbage import GarbageSearch

        self._garbage = GarbageSearch(self)
        self._garbage.start()

    def _begin_soon(self) -> None:
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if self._begun or self.closed:
            return
        from hotelml_app.gui.desktop.notices import DesktopNotices
        from hotelml_app.gui.event_bridge import EventBridge

        self._begun = True
        self.notices = DesktopNotices()
        self.bridge = EventBridge(self._appliance.events)
        self.bridge.arrived.connect(self._hear)
        self.context.look.follow_desktop()
        self.window.complete()
        self.window.open_page(self.window.current)
        self._ask_opening()
        self.begun.emit()

    def _ask_opening(self) -> None:
        from hotelml_app.gui.start_up import ask_opening

        self.window.show_opening()
        self.runner.ask("opening", lambda: ask_opening(self._appliance), self._opened, self._not_opened)

    def _not_opened(self, error: HotelMLError) -> None:
        self.window.show_failure(error)
        if self._hidden is not None:
            self._hidden.give_up(error)

    def make_tray(self) -> None:
        """Show the tray icon where the desktop has a place for it."""
        from hotelml_app.gui.desktop.tray import Tray, TrayActions, tray_available

        if tray_available():
            actions = TrayActions(self.come_forward, self._import_from_tray, self.ask_to_quit)
            self.tray = Tray(self.window, brand_icon(), actions)
            self._application.setQuitOnLastWindowClosed(False)

    def listen_to_interrupts(self) -> None:
        """Quit on Ctrl+C and when the system asks to end."""
        from hotelml_app.gui.desktop.interrupts import Interrupts

        self._interrupts = Interrupts(self.quit, self)

    def come_forward(self) -> None:
        """Bring the window to the front."""
        from PySide6.QtCore import Qt

        self.window.show()
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def quit(self) -> None:
        """Close the window and end ``run``."""
        self.close()
        self._application.quit()

    def ask_to_quit(self) -> None:
        """Quit, once it is settled what becomes of what was typed and not saved."""
        self.window.leaving.when_saved(self.quit)

    def close(self) -> None:
        """Remember what is worth it, stop listening and asking, and wait for the background threads."""
        if self.closed:
            return
        self.closed = True
        if self._garbage is not None:
            self._garbage.stop()
        self._remember()
        if self._interrupts is not None:
            self._interrupts.close()
        if self.bridge is not None:
            self.bridge.close()
        self.window.stop()
        self.window.hide()
        if self.tray is not None:
            self.tray.hide()
        self.runner.close()

    def _remember(self) -> None:
        self.memory.geometry = self.window.saveGeometry()
        self.memory.property_name = self.context.property_name
        self.memory.theme = self.context.look.choice

    def ask_first_run(self) -> None:
        """Ask for the property's name and drop folder."""
        if self._hidden is not None:
            self._hidden.give_up()
        self.runner.ask("home", self._appliance.status, self._show_first_run, self.context.tell_error)

    def _show_first_run(self, status: object) -> None:
        from hotelml_app.gui.first_run import FirstRunDialog, suggested_folder
        from hotelml_app.services.home.status_views import StatusView

        assert isinstance(status, StatusView)
        waits = status.next_start.sentence if status.next_start else ""
        dialog = FirstRunDialog(self.window, self.context, suggested_folder(status.home), waits)
        dialog.completed.connect(lambda _: self._ask_properties())
        dialog.taken_over.connect(self._tell_to_start_again)
        dialog.open()

    def _tell_to_start_again(self) -> None:
        title, message = "The hand-over file takes its place when HotelML starts next", "Quit HotelML and open it again."
        self.context.tell(Notice(title, message, action="Quit HotelML", on_action=self.quit))

    def _opened(self, opening: object) -> None:
        from hotelml_app.gui.start_up import Opening

        assert isinstance(opening, Opening)
        self.context.look.choose(opening.theme)
        self.context.desktop_level = opening.desktop_level
        self.window.show_properties(opening.properties, self.memory.property_name)
        self.window.jobs.look()
        QTimer.singleShot(PAGES_AFTER_MS, self, self._import_pages)
        if opening.needs_first_run:
            self.ask_first_run()

    def _import_pages(self) -> None:
        from hotelml_app.gui.pages.registry import import_pages

        self.runner.in_turns(import_pages())

    def _ask_properties(self) -> None:
        self.runner.ask("properties", self._appliance.properties, self._take_properties, self.context.tell_error)

    def _take_properties(self, properties: object) -> None:
        assert isinstance(properties, tuple)
        self.window.show_properties(properties)

    def _hear(self, event: object) -> None:
        if type(event).__name__ == "WindowWanted":
            self.come_forward()
        else:
            self.window.hear(event)
            self._tell_desktop(event)

    def _tell_desktop(self, event: object) -> None:
        """Tell on the desktop what happened while nobody looks."""
        from hotelml_app.core.events import Event

        told = self.notices.words(event, self.context.desktop_level) if isinstance(event, Event) else None
        if told is not None and self.tray is not None and not self.window.isActiveWindow():
            self.tray.tell(*map(self.context.place.with_days, told))

    def _close_asked(self, event: QCloseEvent) -> None:
        if self.tray is None or self.closed or self._session.is_near:  # Signing out waits for no answer.
            (self.quit if self.closed or self._session.is_near else self.ask_to_quit)()
            event.setAccepted(self.closed)
            return
        event.ignore()
        self.window.hide()
        if not self.memory.told_about_tray:
            self.tray.tell(TRAY_TITLE, TRAY_TEXT)
            self.context.tell(Notice(TRAY_TITLE, TRAY_TEXT))
            self.memory.told_about_tray = True

    def _import_from_tray(self) -> None:
        self.come_forward()
        self.window.choose_files()


def make_application() -> QApplication:
    """Return the one QApplication of this process."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    name_on_taskbar()
    QApplication.setApplicationName("HotelML")
    QApplication.setDesktopFileName("hotelml")
    # Asking for the style by its name afterwards would cost 10 ms: Python would have to get to know all of QStyle.
    return QApplication([*(sys.argv[:1] or ["hotelml"]), "-style", "Fusion"])


def run(appliance: AppliancePort, *, hidden: bool = False) -> int:
    """Show the window, out of sight at first where ``hidden``, and return its exit code once the user quits.

    The caller starts and closes the appliance.
    """
    application = make_application()
    interval, hook = sys.getswitchinterval(), sys.excepthook
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    sys.excepthook = keep_in_log
    try:
        opened = WindowApplication(application, appliance)
        opened.begun.connect(opened.look_for_garbage)
        opened.begun.connect(opened.listen_to_interrupts)
        if hidden:
            opened.start_hidden()
        else:
            opened.begun.connect(opened.make_tray)
            opened.show()
        code = application.exec()
        opened.close()
        return code
    finally:
        sys.setswitchinterval(interval)
        sys.excepthook = hook

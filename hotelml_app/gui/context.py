"""What every page may use of the window it stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.gui.tasks import TaskRunner
from hotelml_app.gui.theme.appearance import Appearance

if TYPE_CHECKING:
    from datetime import date

    from hotelml_app.gui.place import Place
    from hotelml_app.gui.port import AppliancePort
    from hotelml_app.services.properties.views import PropertyView


@dataclass(frozen=True)
class Notice:
    """Something to tell at the top of the window; ``urgent`` where a person has to do something.

    ``action`` is the text of a button that does ``on_action``. What is ``passing``, such as how far something is, is not told
    in place of what is urgent.
    """

    title: str
    message: str = ""
    remedy: str = ""
    urgent: bool = False
    action: str = ""
    on_action: Callable[[], object] | None = None
    passing: bool = False

    @classmethod
    def of(cls, error: HotelMLError) -> Notice:
        """Tell an error in its own words."""
        return cls(error.title, error.message, error.remedy, urgent=not isinstance(error, Cancelled))


class WindowContext(QObject):
    """The appliance, the background threads, the look, and which property is being looked at."""

    property_changed = Signal()
    noticed = Signal(object)
    page_wanted = Signal(str, object)
    property_renamed = Signal(str, str)
    """The property that is shown goes by another name; it is the same one."""

    properties_changed = Signal()
    jobs_wanted = Signal()
    set_up_wanted = Signal()
    decided = Signal()
    """Staff decided about rates, rooms or events; other pages tell of it when they are opened."""

    answer_wanted = Signal(str)
    quit_wanted = Signal()

    def __init__(self, appliance: AppliancePort, runner: TaskRunner, look: Appearance) -> None:
        super().__init__()
        self.appliance = appliance
        self.runner = runner
        self.look = look
        self.looked_at: PropertyView | None = None
        self.desktop_level = "warnings"

    @property
    def property_name(self) -> str:
        """The name of the property that is shown, or "" while there is none."""
        return self.looked_at.name if self.looked_at else ""

    @property
    def place(self) -> Place:
        """How the property writes numbers, money and dates."""
        from hotelml_app.gui.place import Place

        return Place(self.looked_at.country, self.looked_at.currency) if self.looked_at else Place()

    def show_property(self, view: PropertyView) -> None:
        """Look at this property from now on."""
        changed = view != self.looked_at
        self.looked_at = view
        if changed:
            self.property_changed.emit()

    def look_at(self, name: str) -> None:
        """Look at the property of this name, which may be new, once it was asked what properties there are now."""
        if self.looked_at is not None:
            self.looked_at = replace(self.looked_at, name=name)
        self.properties_changed.emit()

    def hear(self, event: object) -> None:
        """Follow a property that goes by another name, whoever gave it that."""
        # Whoever tells of an event has imported them; before there is one, the window does without.
        from hotelml_app.core.events import PropertyRenamed

        if isinstance(event, PropertyRenamed):
            self.follow(event.before, event.name)

    def follow(self, before: str, name: str) -> None:
        """Call the property ``before`` ``name`` from now on; once that is done, doing it again changes nothing."""
        if self.looked_at is not None and self.looked_at.name == before != name:
            self.property_renamed.emit(before, name)
            self.looked_at = replace(self.looked_at, name=name)
            self.property_changed.emit()
        self.properties_changed.emit()

    def tell(self, notice: Notice) -> None:
        """Show a notice at the top of the window."""
        say = self.place.with_days
        self.noticed.emit(replace(notice, title=say(notice.title), message=say(notice.message), remedy=say(notice.remedy)))

    def tell_error(self, error: HotelMLError) -> None:
        """Show an error at the top of the window."""
        self.tell(Notice.of(error))

    def open_page(self, key: str, day: date | None = None) -> None:
        """Go to another page, and to a day of it."""
        self.page_wanted.emit(key, day)

    def set_up(self) -> None:
        """Ask for the first property."""
        self.set_up_wanted.emit()

    def answer(self, path: str) -> None:
        """Put the question about a file to the user."""
        self.answer_wanted.emit(path)

    def do(self, task: Callable[[], object], then: Callable[[object], None] | None = None) -> None:
        """Let the appliance change something in the background; a failure is shown at the top of the window."""
        self.runner.work(task, on_done=then, on_failure=self.tell_error)

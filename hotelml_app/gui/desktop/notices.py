"""What the desktop tells while the window is not in front: which events are worth it, and in which words."""

from __future__ import annotations

from hotelml_app.core.events import Event, ExportMissing, ImportFinished, JobChanged, Settled, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.services.asking.words import count
from hotelml_app.services.asking.words import day as day_words

OFF, WARNINGS, ALL = "off", "warnings", "all"
"""How much is told, as the settings say it."""


class DesktopNotices:
    """Turns events into a title and a text. The same warning is told once, until it is settled and comes again."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def words(self, event: Event, level: str) -> tuple[str, str] | None:
        """Return title and text of what is to be told now, or None."""
        if isinstance(event, Settled) and event.for_good:
            self._told.discard(event.key)
        if level == OFF:
            return None
        match event:
            case Warned(key, title, message, remedy):
                again = key in self._told
                self._told.add(key)
                return None if again else (title, f"{message} {remedy}".strip())
            case ImportFinished(_, _, "failed"):
                return "An export could not be read", f"{event.named}: the Data page says why."
            case ImportFinished(_, _, "done", _, accepted, rejected) if level == ALL:
                left = f", {rejected:,} could not be used" if rejected else ""
                return "An export was read", f"{event.named}: {count(accepted, 'row')}{left}."
            case ExportMissing(property_name, day):
                return event.title, f"{property_name}: the newest is from the end of {day_words(day)}."
            case JobChanged(_, module, property_name, JobStage.DONE) if level == ALL and module:
                return "A training ended", f"{event.module_title} of {property_name}: learned from the newest data."
            case JobChanged(_, module, property_name, JobStage.FAILED) if level == ALL and module:
                return "A training failed", f"{event.module_title} of {property_name}: the Models page says why."
        return None

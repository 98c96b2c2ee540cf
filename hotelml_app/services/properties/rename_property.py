"""A property that was mistyped at the first start, or got another name: all that is known of it goes by the new one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from hotelml_app.core.events import PropertyRenamed
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.property_names import folded, name_problem, tidied
from hotelml_app.intake.owners import find_or_former, keep_former_name, other_known_as
from hotelml_app.services.asking.arguments import Arguments, nearest
from hotelml_app.services.errors import PropertyNameError, UnknownPropertyError
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.at_work import refuse_at_work
from hotelml_app.services.properties.both_or_neither import both_or_neither
from hotelml_app.settings.one_property import renamed
from hotelml_app.store.corrected import renaming
from hotelml_app.store.hotels import former_names, properties
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import data_points


@dataclass(frozen=True)
class Renamed:
    """What a property was called and is called now."""

    before: str
    name: str

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        if self.before == self.name:
            return f"It is already called {self.name}; nothing was changed."
        if folded(self.before) == folded(self.name):
            return f"{self.before} is now written {self.name}."
        return f"{self.before} is now called {self.name}. Exports that say {self.before} still belong to it."


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Give a property another name and say what was done."""
    done = rename(parts, arguments.text("old"), arguments.text("new"))
    return {"before": done.before, "name": done.name, "renamed": done.before != done.name, "sentence": done.sentence}


def rename(parts: Parts, old: str, new: str) -> Renamed:
    """Call the property ``old`` ``new``, in the database and in the settings, both or neither.

    Where that was done before, nothing happens. Raises UnknownPropertyError, PropertyNameError, PropertyAtWorkError, and
    StoreError or SettingsError, after which everything is as it was.
    """
    name, problem = tidied(new), name_problem(new)
    if problem:
        raise PropertyNameError(problem, remedy="Nothing was changed. Write the name of the hotel.")
    if parts.collector is not None:
        parts.collector.flush()
    before, settings = parts.settings, None
    with both_or_neither(parts) as connection:
        row = _known(connection, old, name)
        if row.name == name:
            return Renamed(name, name)
        refuse_at_work(connection, row)
        _refuse_taken(connection, parts, row, name)
        renaming.rename(connection, row, name)
        keep_former_name(connection, row, name)
        former_names.keep(connection, row, parts.clock.now())
        if before.property(row.name) is not None:
            _, settings = parts.change_settings(lambda kept: renamed(kept, row.name, name))
    _follow(parts, row, name, in_settings=settings is not None)
    return Renamed(row.name, name)


def _known(connection: sqlite3.Connection, old: str, name: str) -> PropertyRow:
    """Return the property that is called ``old``, or ``name`` where it was ``old`` before. Raises UnknownPropertyError."""
    found = properties.find(connection, old)
    if found is not None:
        return found
    now = find_or_former(connection, old)
    if now is not None and now.name == name:
        return now
    names = [row.name for row in properties.all(connection)]
    hint = f"It is part of {now.name}, or called so, by now. " if now is not None else nearest(old, names)
    raise UnknownPropertyError(
        f"There is no property called {old!r}.", remedy=f"{hint}There are: {', '.join(names)}." if names else "There is none yet."
    )


def _refuse_taken(connection: sqlite3.Connection, parts: Parts, row: PropertyRow, name: str) -> None:
    """Refuse a name by which another property is, was, or is in exports called, or under which another one is set up."""
    other = other_known_as(connection, name, row.id)
    if other is not None:
        if folded(other.name) == folded(name):
            why = f"There is already a property called {other.name}."
            remedy = f'Where both are one hotel: hotelml properties merge "{row.name}" "{other.name}"'
        else:
            why, remedy = f"{name} is what {other.name} was called before, or is called in exports.", "Choose another name."
        raise PropertyNameError(why, remedy=remedy)
    own, others = parts.settings.property(row.name), parts.settings.property(name)
    if own is not None and others is not None and own is not others:
        raise PropertyNameError(f"A property called {others.name} is set up already.", remedy="Choose another name.")


def _follow(parts: Parts, row: PropertyRow, name: str, *, in_settings: bool) -> None:
    """Have everything that works beside follow: what is kept in memory, the watched folders, the window."""
    if parts.collector is not None and parts.collector.flush():
        # Of a prediction that was judged between the first look and the change.
        with parts.store.write() as connection:
            data_points.rename(connection, row.name, name)
    parts.memory.forget(row.id)
    if parts.trainer is not None:
        parts.trainer.use_settings(parts.settings)
        parts.trainer.call(row.id, name)
    if in_settings:
        parts.folders.apply(parts.settings)
    parts.bus.publish(PropertyRenamed(row.name, name))

"""The copy of the database that is made every night, and what is warned of copies that fail or were put back."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.events import Settled, Warned
from hotelml_app.core.jobs import CancelToken
from hotelml_app.core.severity import Severity
from hotelml_app.core.written_days import said_day
from hotelml_app.services.asking.words import moment
from hotelml_app.services.channels.stands import drop_what_waits
from hotelml_app.services.errors import folder_trouble
from hotelml_app.services.parts import Parts
from hotelml_app.settings.home import slug
from hotelml_app.store.hotels import former_names, properties
from hotelml_app.store.sqlite import backups

log = logging.getLogger(__name__)

NIGHTLY, ELSEWHERE, PUT_BACK = "backup nightly", "backup elsewhere", "backup put back"
"""The keys of what is warned of."""

DAILY = "daily"
NOT_MADE = "The backup of {day} was not made"
NOT_COPIED = "The backup could not be copied to the other folder"
_COPIED_BY_ITSELF = "It is copied soon after HotelML runs again."
_BY_ITSELF = "It is made soon after HotelML runs again; if this warning stays, press Back up now on the Settings page."


def tell_at_start(parts: Parts) -> None:
    """Tell that a backup or a hand-over file took the place of what was there, and that last night's backup was cut off."""
    if parts.store.was_put_back or parts.came is not None:
        drop_what_waits(parts)
    if parts.came is not None and not parts.came.was_aside:
        message = f"It was written {moment(parts.came.made_at)}. What was there before is set aside and listed with the backups."
        remedy = "Check the drop folder in the settings, then drop the exports that came since then."
        told = HotelMLError(message, remedy=remedy)
        _warn(parts, PUT_BACK, "A hand-over file was read", told, Severity.WARNING)
    elif parts.store.was_put_back or parts.came is not None:
        message = "HotelML knows again what it knew when that was made. What was there is set aside and listed with the backups."
        remedy = "Drop the exports that came since then again: they are in the folder “processed”."
        _warn(parts, PUT_BACK, "A backup was put back", HotelMLError(message, remedy=remedy), Severity.WARNING)
    cut_off = backups.cut_off_last(parts.layout.backups, DAILY) if parts.settings.backup.daily else None
    if cut_off is not None:
        _warn_not_made(parts, cut_off, HotelMLError("HotelML was stopped while it was being made.", remedy=_BY_ITSELF))


def settle_what_is_off(parts: Parts) -> None:
    """Take warnings away of copies that the settings do not ask for any more."""
    rules = parts.settings.backup
    for key, wanted in ((NIGHTLY, rules.daily), (ELSEWHERE, rules.daily and rules.copy_to)):
        if not wanted:
            parts.bus.publish(Settled(key))


def nightly(parts: Parts, cancel: CancelToken | None = None, since: datetime | None = None) -> bool:
    """Make the copy of the night, and the one on another disk; what fails is warned of until it goes well again.

    So is what the end of the program interrupts: nothing is left of it then, and False is returned, for it is to be done again.
    What was begun at ``since``, cut off by a kill and made already before it, is not made twice.
    """
    rules, cancel = parts.settings.backup, cancel or CancelToken()
    try:
        made = _made_since(parts, parts.layout.backups, DAILY, since)
        made = made or parts.store.backup(reason=DAILY, keep=rules.keep, cancel=cancel)
    except Cancelled:
        closed = HotelMLError("HotelML was closed while it was being made.", remedy=_BY_ITSELF)
        _warn_not_made(parts, parts.clock.now(), closed)
        return False
    except (HotelMLError, OSError) as error:
        _warn_not_made(parts, parts.clock.now(), folder_trouble(error, parts.layout.backups))
        return True
    log.info("the daily copy of the database is %s", made)
    parts.bus.publish(Settled(NIGHTLY))
    if rules.copy_to:
        return _copy_elsewhere(parts, made, Path(rules.copy_to).expanduser(), cancel, since)
    return True


def _made_since(parts: Parts, folder: Path, reason: str, since: datetime | None) -> Path | None:
    return backups.made_since(folder, reason, since, parts.clock.now()) if since is not None else None


def tell_of_overlong(parts: Parts) -> None:
    """Tell that the copy of this night was not begun, since the one before has still not come to its end."""
    remedy = "See that the disks of the backups answer, then start HotelML again."
    _warn_not_made(parts, parts.clock.now(), HotelMLError("The backup before it is still being made.", remedy=remedy))


def _copy_elsewhere(parts: Parts, made: Path, folder: Path, cancel: CancelToken, since: datetime | None) -> bool:
    reason = _reason(parts)
    try:
        if not folder.is_dir():
            # Made here, it would lie on this disk where the other one is only not plugged in.
            raise HotelMLError(f"The folder {folder} is not there.", remedy="Plug the disk in, or choose another folder.")
        target = folder / backups.automatic_name(parts.clock.now(), reason)
        copied = _made_since(parts, folder, reason, since) or backups.copy_elsewhere(made, target, cancel)
        backups.prune(folder, copied, parts.settings.backup.keep, reason, _former_reasons(parts))
    except Cancelled:
        _warn(
            parts, ELSEWHERE, NOT_COPIED, HotelMLError("HotelML was closed while it was being copied.", remedy=_COPIED_BY_ITSELF)
        )
        return False
    except (HotelMLError, OSError) as error:
        _warn(parts, ELSEWHERE, NOT_COPIED, folder_trouble(error, folder))
        return True
    parts.bus.publish(Settled(ELSEWHERE))
    return True


def _reason(parts: Parts) -> str:
    """Return what tells this hotel's copies from another's in the same folder."""
    names = [one.name for one in parts.settings.properties]
    return _copy_of(names[0] if names else str(parts.layout.home))


def _former_reasons(parts: Parts) -> list[tuple[str, datetime]]:
    """Return the same for the names the hotel had before, each with the moment until which it had it."""
    names = [one.name for one in parts.settings.properties]
    with parts.store.read() as connection:
        row = properties.find(connection, names[0]) if names else None
        return [(_copy_of(name), until) for name, until in former_names.of(connection, row.id)] if row is not None else []


def _copy_of(name: str) -> str:
    return f"copy-{slug(name)}"


def _warn_not_made(parts: Parts, at: datetime, error: HotelMLError) -> None:
    """Warn of the copy of a night; the warning may stand for days, so it names the day."""
    _warn(parts, NIGHTLY, NOT_MADE.format(day=said_day(at.astimezone().date())), error)


def _warn(parts: Parts, key: str, title: str, error: HotelMLError, severity: Severity = Severity.FAILURE) -> None:
    parts.bus.publish(Warned(key, title, error.message, error.remedy, severity))

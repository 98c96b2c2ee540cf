"""The report that is written every morning into a folder, as a workbook per property and business date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.events import Settled, Warned
from hotelml_app.core.jobs import CancelToken
from hotelml_app.core.severity import Severity
from hotelml_app.services.errors import NothingKnownError, folder_trouble
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.parts import Parts
from hotelml_app.services.report.keeping import EXCEL, is_report, keep
from hotelml_app.settings.home import slug
from hotelml_app.store.hotels import former_names, properties
from hotelml_app.store.hotels.properties import PropertyRow

log = logging.getLogger(__name__)

NOT_WRITTEN = "report daily"
"""The key of what is warned of."""

TITLE = "The daily report was not written"
_BY_ITSELF = "It is written soon after HotelML runs again."
_ANY_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_DAY_LETTERS = len("2026-02-27")


def settle_if_off(parts: Parts) -> None:
    """Take the warning away where no daily report is asked for any more."""
    if not parts.settings.report.folder:
        parts.bus.publish(Settled(NOT_WRITTEN))


def write_daily(parts: Parts, cancel: CancelToken | None = None) -> bool:
    """Write the report of every property that has bookings; what fails is warned of until it goes well again.

    So is what the end of the program interrupts: then False is returned, for it is to be done again.
    """
    cancel = cancel or CancelToken()
    folder = Path(parts.settings.report.folder).expanduser()
    try:
        if not folder.is_dir():
            # Made here, it would lie on this disk where a share is only not connected.
            remedy = "Connect it, or choose another folder in the settings."
            raise HotelMLError(f"The folder {folder} is not there.", remedy=remedy)
        with parts.store.read() as connection:
            rows = [row for row in properties.all(connection) if row.business_date is not None]
        troubles = [_trouble_writing(parts, row, folder, cancel) for row in rows]
    except Cancelled:
        _warn(parts, HotelMLError("HotelML was closed while it was being written.", remedy=_BY_ITSELF))
        return False
    except (HotelMLError, OSError) as error:
        troubles = [error]
    first = next((one for one in troubles if one is not None), None)
    if first is None:
        parts.bus.publish(Settled(NOT_WRITTEN))
    else:
        _warn(parts, folder_trouble(first, folder))
    return True


def tell_of_overlong(parts: Parts) -> None:
    """Tell that the report of this morning was not begun, since the one before has still not come to its end."""
    remedy = "See that the disk of the report's folder answers, then start HotelML again."
    _warn(parts, HotelMLError("The report before it is still being written.", remedy=remedy))


def _warn(parts: Parts, error: HotelMLError) -> None:
    parts.bus.publish(Warned(NOT_WRITTEN, TITLE, error.message, error.remedy, Severity.FAILURE))


def _trouble_writing(parts: Parts, row: PropertyRow, folder: Path, cancel: CancelToken) -> HotelMLError | OSError | None:
    """Write the report of one property, and return what kept it from being written: the others get theirs all the same.

    Raises Cancelled.
    """
    cancel.check()
    try:
        _write(parts, row, folder, cancel)
    except Cancelled:
        raise
    except (HotelMLError, OSError) as error:
        log.warning("the daily report of %s was not written: %s", row.name, error)
        return error
    return None


def _write(parts: Parts, row: PropertyRow, folder: Path, cancel: CancelToken) -> None:
    from hotelml_app.services.report.build import build
    from hotelml_app.services.report.workbook import workbook_bytes

    try:
        ground = Ground(parts, row)
    except NothingKnownError:
        # Reviews alone make no report.
        return
    target = folder / f"{_begin(row.name)}{ground.as_of.isoformat()}{EXCEL}"
    content = workbook_bytes(build(ground, cancel=cancel))
    cancel.check()
    keep(parts.layout, target, content)
    log.info("the daily report of %s is %s", row.name, target)
    _prune(parts, folder, row)


def _prune(parts: Parts, folder: Path, row: PropertyRow) -> None:
    """Remove the oldest reports of a property beyond so many; nothing that is no report of HotelML is touched.

    Those that were written while it had another name, or was two, are its reports too; later ones of such a name are another
    hotel's.
    """
    with parts.store.read() as connection:
        former = (*former_names.of(connection, row.id), *former_names.merged(connection, row.id))
    found = set(_reports(folder, row.name))
    for name, until in former:
        found |= {path for path in _reports(folder, name) if path.stat().st_mtime <= until.timestamp()}
    # The day ends the name, whatever it begins with.
    by_day = sorted(found, key=lambda path: (path.stem[-_DAY_LETTERS:], path.name))
    for path in by_day[: -parts.settings.report.keep]:
        # Somebody may read an old one in Excel just now.
        held_files.removed(path)


def _reports(folder: Path, name: str) -> Iterator[Path]:
    return (path for path in folder.glob(f"{_begin(name)}{_ANY_DAY}{EXCEL}") if is_report(path))


def _begin(name: str) -> str:
    return f"report-{slug(name)}-"

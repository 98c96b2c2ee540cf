"""What a person writes into the settings file while HotelML runs, beside what is changed in the window: both are kept."""

from __future__ import annotations

from collections.abc import Mapping

from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.model import Settings

_ABSENT = object()
"""A setting that stands nowhere in a table, such as the training of a module that nobody set up."""


def with_both(before: Settings, changed: Settings, written: Settings) -> dict[str, object]:
    """Return the tables of ``changed`` with what ``written`` tells otherwise than ``before``, from which the change was made.

    Raises SettingsError where both changed one setting: nobody knows which of them is meant.
    """
    tables = _joined(before.model_dump(), changed.model_dump(), written.model_dump(), "")
    assert isinstance(tables, dict), "tables stay tables"
    return tables


def _joined(before: object, changed: object, written: object, name: str) -> object:
    if isinstance(changed, Mapping) and isinstance(written, Mapping):
        known = before if isinstance(before, Mapping) else {}
        found = {}
        for part in dict.fromkeys((*changed, *written)):
            then, now, by_hand = (one.get(part, _ABSENT) for one in (known, changed, written))
            found[part] = _joined(then, now, by_hand, f"{name}.{part}".lstrip("."))
        return {part: value for part, value in found.items() if value is not _ABSENT}
    if written in (before, changed):
        return changed
    if changed == before:
        return written
    raise SettingsError(
        f"The setting {name} was also changed in the settings file since HotelML was started; nothing was saved.",
        remedy="Start HotelML again, so that what stands in the file counts; then change it once more.",
    )

"""Days written as moments of world time: ``2026-03-07T23:00:00Z`` is the 8th of March where it is midnight then.

Web systems turn a date into the moment of its midnight and write that in UTC, or as seconds since 1970. East of Greenwich it lies
on the day before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.values.dates import SECONDS

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(?:Z|UTC|GMT|\+00(?::?00)?)", re.IGNORECASE)
_STAY = ("arrival", "departure")
_NEW_ZEALAND = frozenset({11 * 60, 12 * 60})
_NOON, _MINUTES_A_DAY = 12 * 60, 24 * 60
_SUMMER_TIME = (0, 60, 23 * 60)
"""Minutes between the two midnights of a year; at Greenwich they are 0:00 and 23:00."""
_ENOUGH = 0.98
_FEWEST_STAYS = 2

Added = NDArray[np.int32]


def days_to_add(columns: Mapping[str, Column]) -> dict[str, Added]:
    """Return, by role, how many days to add to each row's day; nothing where the file does not write midnights in UTC.

    They are midnights where arrivals and departures have the same time of day, or two an hour apart in summer and winter:
    guests do not leave at the hour at which others come.
    """
    if not columns.keys() >= set(_STAY):
        return {}
    minutes = {role: _minutes(columns[role]) for role in _STAY}
    if any(column is None for column in minutes.values()):
        return {}
    times = [set(column[column >= 0].tolist()) for column in minutes.values() if column is not None]
    midnights = times[0] | times[1]
    # In a short file all arrivals may lie in winter and a departure in summer.
    if not times[0] & times[1] or len(midnights) > 2 or max(midnights) - min(midnights) not in _SUMMER_TIME:
        return {}
    the_day_before = midnights if midnights == _NEW_ZEALAND else {minute for minute in midnights if minute > _NOON}
    if not the_day_before:
        return {}
    others = {role: found for role, column in columns.items() if role not in _STAY and (found := _minutes(column)) is not None}
    added = {role: (column >= min(the_day_before)).astype(np.int32) for role, column in minutes.items() if column is not None}
    for role, column in others.items():
        # Other columns may tell true moments; of the two midnights that of winter is then the safer one.
        are_midnights = set(column[column >= 0].tolist()) <= midnights
        added[role] = (column >= (min if are_midnights else max)(the_day_before)).astype(np.int32)
    return added


def _minutes(column: Column) -> NDArray[np.int64] | None:
    """Return each row's minute of the day in UTC, -1 where it is blank, or None where the column is no moments of world time."""
    labels = [_minute(label) for label in column.labels]
    rows = np.array(labels, dtype=np.int64)[column.codes] if labels else np.zeros(0, dtype=np.int64)
    said = np.array([bool(label.strip()) for label in column.labels], dtype=bool)[column.codes] if labels else rows > 0
    read = int((rows >= 0).sum())
    return rows if read >= _FEWEST_STAYS and read >= _ENOUGH * said.sum() else None


def _minute(label: str) -> int:
    if seconds := SECONDS.fullmatch(label.strip()):
        return int(seconds[1]) // 60 % _MINUTES_A_DAY
    match = _MOMENT.fullmatch(label.strip())
    return -1 if match is None else int(match[1]) * 60 + int(match[2])

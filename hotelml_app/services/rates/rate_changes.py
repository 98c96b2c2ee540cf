"""Changes to rates: what staff accept, set themselves, lock and unlock, for a night or a range of nights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import isfinite

from hotelml_app.modules.pricing.history.rates import GUESSED
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.errors import NothingToUndoError, RatesChangedError
from hotelml_app.services.rates.kept import CURRENT, LOCKED, Dated, Entry, Kept
from hotelml_app.services.rates.rate_days import amount
from hotelml_app.services.rates.views import (
    AcceptRates,
    EnterRates,
    LimitsView,
    LockRates,
    RatesChange,
    SetLimits,
    SetRate,
    SetRoomCost,
    UndoRates,
    UnlockRates,
    same_rate,
)
from hotelml_app.store.learned.predictions import PredictionRow

Rows = list[PredictionRow]


class RateChanges:
    """One change after the other to the rates that are shown. ``rows`` are the pricing's predictions as of the business date."""

    def __init__(self, rows: Rows, kept: Kept) -> None:
        self._rows, self._kept = rows, kept
        self._types = tuple(dict.fromkeys(str(row.payload["room_type"]) for row in rows))

    def applied(self, change: RatesChange) -> Kept:
        """Return the new state. Raises RatesChangedError for what cannot be."""
        match change:
            case AcceptRates():
                return self._accepted(change)
            case SetRate():
                return self._set(change)
            case LockRates():
                return self._locked(change)
            case UnlockRates():
                return self._unlocked(change)
            case SetLimits(room_type, limits):
                return self._limited(room_type, limits)
            case SetRoomCost(cost):
                return self._cost_said(cost)
            case EnterRates():
                return self._entered(change)
            case UndoRates():
                if not self._kept.past:
                    raise NothingToUndoError("Nothing was changed since the last export.", remedy="There is nothing to do.")
                return self._kept.undone()

    def _accepted(self, change: AcceptRates) -> Kept:
        current = self._kept.dated(CURRENT, self._types)
        entries = dict(self._kept.to_enter)
        rows = [row for row in self._asked(change) if self._moves(row)]
        if not rows:
            raise RatesChangedError(
                f"No rate is to be changed from {day(change.first)} to {day(change.last)}.", remedy="Leave them as they are."
            )
        for row in rows:
            rate = _amount(row, "suggested_rate")
            _put(current, row, rate)
            self._enter(entries, row, rate, own=False)
        return self._kept.changed(f"accepted {_words(change, rows)}", entries, current=current)

    def _set(self, change: SetRate) -> Kept:
        if not (isfinite(change.rate) and change.rate > 0):
            raise RatesChangedError(f"{change.rate:,.10g} is no rate.", remedy="Give an amount of money above zero.")
        locked, rows = self._kept.dated(LOCKED, self._types), self._asked(change)
        rate, entries = round(change.rate, 2), dict(self._kept.to_enter)
        for row in rows:
            _put(locked, row, rate)
            self._enter(entries, row, rate, own=True)
        cents = 0 if rate == round(rate) else 2
        return self._kept.changed(f"set {rate:,.{cents}f} for {_words(change, rows)}", entries, locked=locked)

    def _moves(self, row: PredictionRow) -> bool:
        """Return whether there is a rate to accept; one that stays is not, nor one that was accepted since the last export."""
        settled = _cell(row) in self._kept.accepted_on(row.as_of)
        return not settled and not same_rate(_amount(row, "current_rate"), _amount(row, "suggested_rate"))

    def _enter(self, entries: dict[tuple[str, str], Entry], row: PredictionRow, rate: float, *, own: bool) -> None:
        """Note that the PMS is to have another rate, unless it has it."""
        cell, today = _cell(row), row.as_of.isoformat()
        former = entries.pop(cell, None)
        charged, guessed = _amount(row, "current_rate"), row.payload.get("current_from") == GUESSED
        if former is not None:
            charged, guessed = (former.rate, False) if former.entered else (former.before, former.guessed)
        if former is not None and former.rate == rate:
            entries[cell] = replace(former, own=former.own and own, decided_on=today)
        elif not same_rate(charged, rate):
            entries[cell] = Entry(rate, charged, own=own, decided_on=today, guessed=guessed)

    def _entered(self, change: EnterRates) -> Kept:
        entries = dict(self._kept.to_enter)
        for night, kind in change.cells:
            cell = (night.isoformat(), kind)
            if cell not in entries:
                raise RatesChangedError(
                    f"No rate of {kind} waits to be entered for {day(night)}.", remedy="Look at the list again: it has changed."
                )
            entries[cell] = replace(entries[cell], entered=change.entered)
        what = "ticked off" if change.entered else "put back"
        return self._kept.changed(f"{what} {count(len(change.cells), 'rate')} of the list for the PMS", entries)

    def _locked(self, change: LockRates) -> Kept:
        locked, rows = self._kept.dated(LOCKED, self._types), self._asked(change)
        for row in rows:
            _put(locked, row, _amount(row, "current_rate"))
        return self._kept.changed(f"locked {_words(change, rows)}", locked=locked)

    def _unlocked(self, change: UnlockRates) -> Kept:
        locked, rows = self._kept.dated(LOCKED, self._types), self._asked(change)
        for row in rows:
            rates = locked.get(row.target_date.isoformat(), {})
            rates.pop(str(row.payload["room_type"]), None)
        told = {night: rates for night, rates in locked.items() if rates}
        return self._kept.changed(f"unlocked {_words(change, rows)}", locked=told)

    def _limited(self, room_type: str, limits: LimitsView) -> Kept:
        self._check_type(room_type)
        if limits.floor is not None and limits.ceiling is not None and limits.floor > limits.ceiling:
            raise RatesChangedError(
                f"The floor {limits.floor:,.10g} lies above the ceiling {limits.ceiling:,.10g}.",
                remedy="Give a ceiling that is not below the floor.",
            )
        told: dict[str, object] = {name: self._by_type(name, room_type, getattr(limits, name)) for name in ("floor", "ceiling")}
        for name in ("rounding", "smallest_change", "least_gain", "freeze_days", "room_cost"):
            told[name] = getattr(limits, name)
        if "rounding" not in self._kept.options and limits.rounding == usual_step(self._rows, room_type):
            # What staff left as it was goes on following the currency.
            told["rounding"] = None
        return self._kept.changed(f"set limits of {room_type or 'all room types'}", **told)

    def _cost_said(self, cost: float) -> Kept:
        if not (isfinite(cost) and cost >= 0):
            raise RatesChangedError(f"A room cannot cost {cost:,.10g}.", remedy="Give an amount of money, or 0.")
        return self._kept.changed("said what an occupied room costs", room_cost=round(cost, 2))

    def _by_type(self, name: str, room_type: str, value: float | None) -> dict[str, float]:
        told = self._kept.options.get(name)
        rates = told if isinstance(told, Mapping) else dict.fromkeys(self._types, told)
        found = {str(kind): float(str(rate)) for kind, rate in rates.items() if rate is not None}
        for kind in (room_type,) if room_type else self._types:
            found.pop(kind, None)
            if value is not None:
                found[kind] = value
        return found

    def _asked(self, change: AcceptRates | SetRate | LockRates | UnlockRates) -> Rows:
        """Return the suggestions an act is about. Raises RatesChangedError where there are none."""
        self._check_type(change.room_type)
        found = list(self._between(change.first, change.last, change.room_type))
        if not found:
            raise RatesChangedError(
                f"There are no rates from {day(change.first)} to {day(change.last)}.",
                remedy="Choose nights after the business date that the page shows.",
            )
        return found

    def _between(self, first: date, last: date, room_type: str) -> Iterator[PredictionRow]:
        for row in self._rows:
            if first <= row.target_date <= last and room_type in ("", str(row.payload["room_type"])):
                yield row

    def _check_type(self, room_type: str) -> None:
        if room_type and room_type not in self._types:
            raise RatesChangedError(f"There is no room type {room_type!r}.", remedy=f"There are: {', '.join(self._types)}.")


def usual_step(rows: Rows, room_type: str) -> float:
    """Return the step that rates of a room type were rounded to, 1 where no suggestion says."""
    steps = (amount(row.payload, "rounding") for row in rows if room_type in ("", str(row.payload["room_type"])))
    return next(steps, 0.0) or 1.0


def _cell(row: PredictionRow) -> tuple[str, str]:
    return row.target_date.isoformat(), str(row.payload["room_type"])


def _amount(row: PredictionRow, name: str) -> float:
    return float(str(row.payload[name]))


def _put(dated: Dated, row: PredictionRow, rate: float) -> None:
    dated.setdefault(row.target_date.isoformat(), {})[str(row.payload["room_type"])] = rate


def _words(change: AcceptRates | SetRate | LockRates | UnlockRates, rows: Rows) -> str:
    nights = len({row.target_date for row in rows})
    span = day(change.first) if nights == 1 else f"{count(nights, 'night')} from {day(change.first)}"
    return f"{change.room_type or 'all room types'}, {span}"

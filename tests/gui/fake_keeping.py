"""Backups and originals of the invented appliance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from hotelml_app.services.upkeep_views import BackupsView, BackupView, ShelfView

Answer = TypeVar("Answer")


class FakeKeeping:
    said: list[tuple[object, ...]]

    def keep_nothing(self) -> None:
        self.kept_backups = BackupsView("/srv/hotelml/backups", ())
        self.originals: tuple[ShelfView, ...] = ()

    def backups(self) -> BackupsView:
        return self._answer("backups", lambda: self.kept_backups)

    def back_up(self, target: Path | None = None) -> BackupsView:
        def make() -> BackupsView:
            self.said.append(("back up", target))
            if target is None:
                made = BackupView("/srv/hotelml/backups/now.db", datetime(2016, 9, 1, 4, 0, tzinfo=UTC), 48_300_000)
                self.kept_backups = replace(self.kept_backups, backups=(made, *self.kept_backups.backups))
            return self.kept_backups

        return self._answer("back_up", make)

    def put_back_next(self, backup: Path) -> BackupsView:
        def choose() -> BackupsView:
            self.said.append(("put back", backup))
            made_at = next(one.made_at for one in self.kept_backups.backups if one.path == str(backup))
            self.kept_backups = replace(self.kept_backups, waiting=made_at)
            return self.kept_backups

        return self._answer("put_back_next", choose)

    def keep_present(self) -> BackupsView:
        self.kept_backups = replace(self.kept_backups, waiting=None)
        return self._answer("keep_present", lambda: self.kept_backups)

    def kept_originals(self, property_name: str) -> tuple[ShelfView, ...]:
        return self._answer("kept_originals", lambda: self.originals)

    def _answer(self, name: str, make: Callable[[], Answer]) -> Answer:
        raise NotImplementedError

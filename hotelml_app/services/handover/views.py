"""What is told of hand-over files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hotelml_app.services.asking.words import bytes_of, count, joined, plain_day
from hotelml_app.services.updates.views import BroughtUpdate


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What a hand-over file says of itself, before its parts were read."""

    file: str
    properties: tuple[tuple[str, str], ...]
    made_at: datetime
    version: str
    models: int
    size_bytes: int
    sealed: bool
    update: BroughtUpdate | None = None

    @property
    def sentence(self) -> str:
        """What is in it."""
        known = [f"{name} up to {plain_day(date.fromisoformat(day))}" if day else name for name, day in self.properties]
        named = joined(known) or "no property yet"
        local = self.made_at.astimezone()
        brought = f" with {count(self.models, 'model')}" if self.models else ""
        written = f"{plain_day(local.date())} {local:%H:%M} by HotelML {self.version}"
        update = f" {self.update.sentence}" if self.update is not None else ""
        return f"{named}{brought}, written {written} ({bytes_of(self.size_bytes)}).{update}"


@dataclass(frozen=True, slots=True)
class Written:
    """A hand-over file that was written and read again; ``update`` is the version of the program it brings along, "" for none."""

    file: Path
    size_bytes: int
    models: int
    sealed: bool
    update: str = ""

    @property
    def sentence(self) -> str:
        """What it is, and what it proves."""
        models = [count(self.models, "model")] if self.models else []
        update = [f"HotelML {self.update} as an update"] if self.update else []
        what = joined(["the database", *models, "the settings", *update])
        proof = (
            "To read it one needs the passphrase, and sees whether anything was changed."
            if self.sealed
            else "It shows whether it arrived whole, not who wrote it: that takes a passphrase."
        )
        return f"{self.file} ({bytes_of(self.size_bytes)}) holds {what}, and was read again to check it. {proof}"

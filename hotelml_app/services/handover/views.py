"""What is told of hand-over files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hotelml_app.services.asking.words import bytes_of, count, joined, plain_day


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

    @property
    def sentence(self) -> str:
        """What is in it."""
        known = [f"{name} up to {plain_day(date.fromisoformat(day))}" if day else name for name, day in self.properties]
        named = joined(known) or "no property yet"
        local = self.made_at.astimezone()
        brought = f" with {count(self.models, 'model')}" if self.models else ""
        written = f"{plain_day(local.date())} {local:%H:%M} by HotelML {self.version}"
        return f"{named}{brought}, written {written} ({bytes_of(self.size_bytes)})."


@dataclass(frozen=True, slots=True)
class Written:
    """A hand-over file that was written and read again."""

    file: Path
    size_bytes: int
    models: int
    sealed: bool

    @property
    def sentence(self) -> str:
        """What it is, and what it proves."""
        what = f"the database, {count(self.models, 'model')} and the settings" if self.models else "the database and the settings"
        proof = (
            "Whoever reads it needs the passphrase, and sees whether anything was changed."
            if self.sealed
            else "It shows whether it arrived whole, not who wrote it: that takes a passphrase."
        )
        return f"{self.file} ({bytes_of(self.size_bytes)}) holds {what}, and was read again to check it. {proof}"

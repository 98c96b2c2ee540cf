"""What is told of program updates."""

from __future__ import annotations

from dataclasses import dataclass

from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.updates.packages import platform_words


@dataclass(frozen=True, slots=True)
class UpdateView:
    """An update that fits this PC. ``file`` is where it waits, "" where it was only looked at.

    ``next_step`` says in words what to do, ``after_backup`` what is left of it once the database was copied. ``command`` is what
    to type for it, "" where nothing is; ``starts`` is true where HotelML itself can start it.
    """

    version: str
    platform: str
    size_bytes: int
    sha256: str
    file: str = ""
    next_step: str = ""
    after_backup: str = ""
    command: str = ""
    starts: bool = False

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return f"HotelML {self.version}"

    @property
    def waits(self) -> str:
        """That it waits, as a title."""
        return f"{self.title} waits to be installed"

    @property
    def sentence(self) -> str:
        """What it is."""
        return f"{self.title} for {platform_words(self.platform)}, {bytes_of(self.size_bytes)}. Its signature fits."


@dataclass(frozen=True, slots=True)
class BroughtUpdate:
    """The update in a hand-over file, or why it is not used; ``usable`` where it fits this PC, ``next_step`` once it waits."""

    version: str
    usable: bool
    sentence: str
    next_step: str = ""

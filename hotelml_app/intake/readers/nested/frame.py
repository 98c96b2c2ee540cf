"""What an XML or JSON export has around its records: all that is left of it on a day without any."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_NAMES = 300


@dataclass
class Frame:
    """The outermost element, with its namespace, and the names of what stands right inside it; "[" and "{" in JSON."""

    root: str = ""
    inside: set[str] = field(default_factory=set)

    def begin(self, root: str) -> None:
        """Take the outermost element."""
        self.root = root

    def add(self, name: str) -> None:
        """Take what stands right inside it."""
        if len(self.inside) < MOST_NAMES:
            self.inside.add(name)

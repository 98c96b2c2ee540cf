"""What a message says, whichever way it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.core.severity import Severity
from hotelml_app.core.written_days import as_in, moment_in
from hotelml_app.store.told.outbox import Message, Noticed

MOST_TOLD = 20
"""Notices written out in one message; of more only the number is told."""

SUBJECT_LETTERS = 150
_TEST = Noticed("", Severity.NEWS, "This is a test", "What HotelML tells of will arrive here in the same way.")


@dataclass(frozen=True, slots=True)
class Letter:
    """Notices for one channel. ``id`` stays the same however often it is tried; ``house`` is the property's name or "".

    ``country`` (ISO 3166 alpha-2 or "") says how days and the clock are written.
    """

    id: str
    house: str
    notices: tuple[tuple[Noticed, datetime], ...]
    country: str = ""

    @property
    def subject(self) -> str:
        """One line that says the most important of it."""
        first = max((one for one, _ in self.notices), key=lambda one: list(Severity).index(one.severity)).title
        more = f" (and {len(self.notices) - 1} more)" if len(self.notices) > 1 else ""
        house = f", {self.house}" if self.house else ""
        return " ".join(f"HotelML{house}: {as_in(self.country, first)}{more}".split())[:SUBJECT_LETTERS]

    @property
    def text(self) -> str:
        """All of it, as plain text."""
        return "\n".join(self._lines())

    def shown(self) -> tuple[tuple[Noticed, datetime], ...]:
        """Return the notices that are written out: those that matter most, in the order they came."""
        matter = sorted(self.notices, key=lambda one: -list(Severity).index(one[0].severity))[:MOST_TOLD]
        return tuple(one for one in self.notices if one in matter)[:MOST_TOLD]

    def _lines(self) -> Iterator[str]:
        shown = self.shown()
        for one, at in shown:
            yield f"{moment_in(self.country, at)}  {as_in(self.country, one.title)}"
            yield from (f"    {as_in(self.country, words)}" for words in (one.message, one.remedy) if words)
            yield ""
        if len(shown) < len(self.notices):
            left = len(self.notices) - len(shown)
            yield f"{left} more {'is' if left == 1 else 'are'} not written out; HotelML shows them all."
            yield ""
        yield "HotelML sends this because somebody set it up in its settings, under Notifications."


def letter_of(message: Message, house: str, country: str = "") -> Letter:
    """Return a message of the outbox as it goes out."""
    return Letter(message.message_id, house, message.notices, country)


def trial_letter(letter_id: str, house: str, now: datetime, country: str = "") -> Letter:
    """Return the letter by which a channel is tried."""
    return Letter(letter_id, house, ((_TEST, now),), country)

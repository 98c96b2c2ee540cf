"""Why a booking is more, or less, likely to be lost than others: few phrases, each true of this booking.

A phrase is a fact of the booking together with how often such bookings were lost at this hotel. It is only said where the
hotel's own record bears it out, in the weighed count that the model sees and in a plain one, the strongest first; of two
phrases about the same bookings only the stronger one is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.noshow.books import Books, Floats
from hotelml_app.modules.noshow.features import Snapshot, feature_names
from hotelml_app.modules.noshow.records import Records

MOST = 3
TELLING = 0.12
"""Log ratio from which a group's record is worth a phrase: about an eighth more, or fewer, losses than in the house."""
FEW_WORDS_OF_GROUP = 5
"""From so many rooms booked together on, that is worth a word."""
FEWEST_ON_RECORD = 10
"""Fewer bookings than this of an agent, a company, a segment or a rate are no record to speak of."""
NO_SIGNAL = "one day before arrival no sign shows who will not come"
FAR_AHEAD = "too far ahead to tell bookings apart"
LIKE_OTHERS = "like most bookings at this point"
WEAK_SIGNS = "several weak signs, none decisive"


@dataclass(frozen=True)
class Phrase:
    """A phrase and how much it speaks for (above 0) or against (below 0) a loss."""

    strength: float
    words: str
    about: tuple[str, int] | None = None
    """Whose record it is, as a way of grouping and the number of the group."""


class Reasons:
    """Phrases for the bookings of one snapshot."""

    def __init__(self, books: Books, shot: Snapshot) -> None:
        self._books = books
        self._shot = shot
        self._columns = {name: shot.features[:, at].astype(np.float64) for at, name in enumerate(feature_names(books))}
        self._wishes_told = bool((books.numbers["special_requests"] > 0).any())
        known = books.known_at(shot.day)
        parties = int(books.party.max(initial=0)) + 1
        rooms, gone = (
            np.bincount(books.party[known], books.rooms[known] * counted, minlength=parties)[books.party]
            for counted in (np.ones(len(known)), books.lost[known])
        )
        self._together, self._gone = rooms[shot.spells], gone[shot.spells]
        self._records = Records(books, shot.day)
        many = (rooms >= FEW_WORDS_OF_GROUP).astype(np.int32)
        self._of_many = self._records.ratio(many, np.zeros_like(many))[1][shot.spells]

    def of(self, row: int, band: str) -> str:
        """Return up to MOST phrases for a row, joined by "; ": what raises the risk, or for a low one what lowers it.

        Where nothing is telling by itself, a risky booking has several weak signs; any other is like most.
        """
        phrases = self._phrases(row)
        raising = sorted((p for p in phrases if p.strength > 0), key=lambda p: -p.strength)
        lowering = sorted((p for p in phrases if p.strength < 0), key=lambda p: p.strength)
        chosen = self._told_once(lowering)[: MOST - 1] if band == "low" else self._told_once(raising)[:MOST]
        return "; ".join(p.words for p in chosen) or (WEAK_SIGNS if band in ("raised", "high") else LIKE_OTHERS)

    def _told_once(self, phrases: list[Phrase]) -> list[Phrase]:
        """Leave out what says of the same bookings what a stronger phrase said already, as a rate that makes up a segment."""
        told: list[Phrase] = []
        for one in phrases:
            if one.about is None or not any(
                other.about is not None and self._records.same_bookings(other.about, one.about) for other in told
            ):
                told.append(one)
        return told

    def _phrases(self, row: int) -> list[Phrase]:
        return [*self._of_party(row), *self._of_facts(row), *self._of_guest(row), *self._of_sellers(row)]

    def _value(self, name: str, row: int) -> float:
        return float(self._columns[name][row])

    def _of_party(self, row: int) -> list[Phrase]:
        together, gone = round(float(self._together[row])), round(float(self._gone[row]))
        phrases = []
        if together > 1 and gone > 0:
            # By one seller: whether one guest booked them, or several alike, no export tells.
            are = "is" if gone == 1 else "are"
            words = f"{gone} of the {together} rooms booked on one day for the same dates {are} already gone"
            phrases.append(Phrase(0.4 + gone / together, words))
        elif together >= FEW_WORDS_OF_GROUP and self._of_many[row] >= TELLING:
            what = f"group of {together} rooms" if self._is_group(row) else f"one of {together} rooms booked alike"
            phrases.append(Phrase(float(self._of_many[row]), what))
        return phrases

    def _is_group(self, row: int) -> bool:
        """Tell whether a booking is for many rooms, or called a group, rather than like many others of one seller."""
        called = any("group" in self._word(column, row).casefold() for column in ("segment", "customer_type"))
        return called or float(self._books.rooms[self._shot.spells[row]]) >= FEW_WORDS_OF_GROUP

    def _of_facts(self, row: int) -> list[Phrase]:
        lead = round(np.expm1(self._value("lead", row)))
        nights = int(self._value("nights", row))
        wishes = int(self._value("special requests", row))
        asked = "no special requests" if wishes == 0 else f"{wishes} special request{'s' if wishes > 1 else ''}"
        booked = f"booked {lead} days ahead" if lead != 1 else "booked the day before arrival"
        stays = f"stays {nights} night{'s' if nights != 1 else ''}" if nights else "day use"
        return [
            *self._if_telling("lead", row, booked),
            *(self._of_wishes(row, asked) if self._wishes_told else ()),
            *self._if_telling("nights", row, stays),
        ]

    def _of_wishes(self, row: int, words: str) -> list[Phrase]:
        """Return what wishes tell beside the segment: that all of it is lost more or less often is said of the segment."""
        _, strength = self._records.of("segment and wishes", self._shot.spells[row], within="segment")
        return [Phrase(strength, words)] if abs(strength) >= TELLING else []

    def _of_guest(self, row: int) -> list[Phrase]:
        cancelled = round(np.expm1(self._value("previous cancellations", row)))
        stayed = round(np.expm1(self._value("previous stays", row)))
        phrases = []
        if cancelled:
            phrases.append(Phrase(0.3, f"cancelled {_times(cancelled)} before"))
        if stayed:
            phrases.append(Phrase(-0.5, f"stayed here {_times(stayed)} before"))
        if self._value("waiting list days", row) > 0:
            phrases.append(Phrase(0.2, "was on the waiting list"))
        return phrases

    def _of_sellers(self, row: int) -> list[Phrase]:
        agent, company, segment, rate = (self._word(column, row) for column in ("agent", "company", "segment", "rate_code"))
        phrases = []
        if agent:
            phrases += self._record("agent", row, f"bookings of agent {agent}")
            phrases += self._lately(row, "agent", f"agent {agent}")
        if company:
            phrases += self._record("company", row, f"bookings of company {company}")
        if segment:
            phrases += self._record("segment", row, f"{segment} bookings")
        if rate:
            phrases += self._record("rate code", row, f"rate {rate} bookings")
        return phrases

    def _record(self, kind: str, row: int, who: str) -> list[Phrase]:
        spell = self._shot.spells[row]
        if self._records.of(kind, spell)[0] < FEWEST_ON_RECORD:
            return []
        often = "more" if self._value(f"late losses of {kind}", row) > 0 else "less"
        found = self._if_telling(kind, row, f"{who} are lost {often} often than others")
        return [replace(one, about=(kind, int(self._books.kinds[kind][spell]))) for one in found]

    def _lately(self, row: int, kind: str, who: str) -> list[Phrase]:
        strength = self._value(f"recent losses of {kind}", row)
        words = f"more cancellations of {who} than usual in the last 3 weeks"
        return [Phrase(strength, words)] if strength >= 3 * TELLING else []

    def _if_telling(self, kind: str, row: int, words: str) -> list[Phrase]:
        """Say what a kind of booking tells where its weighed record is telling, and a plain count says the same."""
        strength = self._value(f"late losses of {kind}", row)
        _, plain = self._records.of(kind, self._shot.spells[row])
        return [Phrase(strength, words)] if abs(strength) >= TELLING and strength * plain > 0 else []

    def _word(self, column: str, row: int) -> str:
        category = self._books.history.categories[column]
        return category.labels[category.codes[self._shot.spells[row]]]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def bands(p_lost: Floats, usual: Floats) -> NDArray[np.str_]:
    """Return low, raised or high per booking, against what is ``usual`` at its days to arrival and as a plain share.

    Told by whole per cents, as staff see them: of two bookings of a day at 6 % not one alone is raised.
    """
    p_lost = np.round(p_lost, 2)
    high = (p_lost >= HIGH_TIMES * usual) & (p_lost >= HIGH_AT_LEAST)
    raised = (p_lost >= RAISED_TIMES * usual) & (p_lost >= RAISED_AT_LEAST)
    return np.where(high, "high", np.where(raised, "raised", "low"))


HIGH_TIMES, HIGH_AT_LEAST = 2.0, 0.15
RAISED_TIMES, RAISED_AT_LEAST = 1.3, 0.06

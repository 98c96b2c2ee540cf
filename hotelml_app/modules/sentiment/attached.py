"""Small words written onto the next one, as in Arabic and Hebrew: taken apart where the word lists know what remains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hotelml_app.modules.sentiment.spelling import MOST_REMEMBERED

MOST_ATTACHED = 4
"""Small words that may stand before one word: "and for the room" is one word in both languages."""

SHORTEST_WORD, SHORTEST_WITH_STEM = 2, 3
"""Letters that must remain for a listed word, and for one of which only the beginning is listed; where more small words are
taken off, as many letters as words must remain."""


class Attached:
    """Takes words apart by the beginnings that may be small words and the entries (``word``, ``stem*``, ``a_phrase``) of lists.

    A word that is listed stays whole. Of what is taken off, only what is listed itself ("and", "not") stays a word; "the", "in"
    or "for" fall away. ``compounds`` are phrases of two words that become one, where one of them would mislead alone.
    """

    def __init__(self, beginnings: Iterable[str], entries: Iterable[str], compounds: Iterable[str] = ()) -> None:
        self._beginnings = sorted(beginnings, key=len, reverse=True)
        self._compounds = {(first, last): first + last for first, _, last in (pair.partition("_") for pair in compounds)}
        listed = list(entries)
        self._words = {entry for entry in listed if "_" not in entry and not entry.endswith("*")}
        self._stems = {entry[:-1] for entry in listed if "_" not in entry and entry.endswith("*")}
        self._longest_stem = max(map(len, self._stems), default=0)
        self._in_phrases = {word for entry in listed if "_" in entry for word in entry.rstrip("*").split("_")}
        self._kept = {one for one in self._beginnings if one in self._words or one in self._in_phrases}
        self._remembered: dict[str, tuple[str, ...]] = {}

    def apart(self, words: Iterable[str]) -> list[str]:
        """Return words with what is attached to them taken off."""
        parts = [part for word in words for part in self._parts(word)]
        for at in range(len(parts) - 2, -1, -1) if self._compounds else ():
            one = self._compounds.get((parts[at], parts[at + 1]))
            parts[at : at + 2] = [one] if one else parts[at : at + 2]
        return parts

    def entry(self, entry: str) -> str:
        """Return an entry of a list as its words will stand in a text taken apart; those of one word stay as they are."""
        return "_".join(self.apart(entry.split("_"))) if "_" in entry else entry

    def _parts(self, word: str) -> tuple[str, ...]:
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[word] = self._taken_apart(word)
        return found

    def _taken_apart(self, word: str) -> tuple[str, ...]:
        """Return the parts of a word; the fewest taken off win, and among as many the longest."""
        if self._stands_in_lists(word):
            return (word,)
        tried: list[tuple[Sequence[str], str]] = [((), word)]
        for _ in range(MOST_ATTACHED):
            tried = [
                ((*taken, one), rest.removeprefix(one))
                for taken, rest in tried
                for one in self._beginnings
                if rest.startswith(one)
                and len(rest) - len(one) >= max(SHORTEST_WORD, len(taken) + 1)
                # "And" comes before "in" and "the", never after them.
                and (one not in self._kept or self._kept.issuperset(taken))
            ]
            for taken, rest in tried:
                if self._stands_in_lists(rest) or rest in self._in_phrases:
                    return (*(one for one in taken if one in self._kept), *self._taken_apart(rest))
        return (word,)

    def _stands_in_lists(self, word: str) -> bool:
        longest = min(len(word), self._longest_stem)
        return word in self._words or any(word[:length] in self._stems for length in range(SHORTEST_WITH_STEM, longest + 1))

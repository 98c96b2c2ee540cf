"""The states of one booking along the business dates of the exports that showed them, whatever order the exports come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sighting:
    """A state and the exports that showed it: first seen on ``first`` in ``import_id``, last on ``last`` (ISO days).

    ``origin`` is the day under which the state is stored, None where it is not stored yet.
    """

    first: str
    last: str
    fingerprint: bytes
    import_id: int
    origin: str | None = None

    def holds(self, day: str) -> bool:
        """Return whether the state was seen up to, from, or around ``day``."""
        return self.first <= day <= self.last


def observe(timeline: Sequence[Sighting], seen: Sighting) -> list[Sighting]:
    """Return the timeline with one more observation; ``seen.first`` and ``seen.last`` are the same day.

    What was seen on another day stays. An observation of the same day replaces the earlier one. Where it cuts a state
    in two, only the ends of that state are certain, so the later part begins at the state's last showing.
    """
    day = seen.first
    holder = next((state for state in timeline if state.holds(day)), None)
    if holder is not None and holder.fingerprint == seen.fingerprint:
        return list(timeline)
    states = [state for state in timeline if state is not holder]
    if holder is not None:
        if holder.first < day:
            states.append(replace(holder, last=holder.first))
        if holder.last > day:
            states.append(replace(holder, first=holder.last))
    states.append(seen)
    return _merged(sorted(states, key=lambda state: state.first))


def unite(one: Sequence[Sighting], other: Sequence[Sighting], exports: Sequence[Mapping[str, int]]) -> list[Sighting]:
    """Return what two timelines of one booking tell together, of which only the ends of their states are certain.

    Of two states that one day shows, the one of the later export counts: ``exports`` names the last import of each day, of
    ``one`` and of ``other``; of the same import it is that of ``other``.
    """
    shown = [
        (day, imported.get(day, state.import_id), side, replace(state, first=day, last=day))
        for side, (timeline, imported) in enumerate(zip((one, other), exports, strict=True))
        for state in timeline
        for day in dict.fromkeys((state.first, state.last))
    ]
    together: list[Sighting] = []
    for *_, sighting in sorted(shown, key=lambda one: one[:3]):
        together = observe(together, sighting)
    return together


def _merged(states: Sequence[Sighting]) -> list[Sighting]:
    """Join neighbours that are the same state: it was first seen in the earlier one."""
    merged: list[Sighting] = []
    for state in states:
        if merged and merged[-1].fingerprint == state.fingerprint:
            merged[-1] = replace(merged[-1], last=state.last, origin=merged[-1].origin or state.origin)
        else:
            merged.append(state)
    return merged

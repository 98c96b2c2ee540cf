"""Segments for a hotel whose exports never name one: read from who made the booking."""

from __future__ import annotations

from hotelml_app.modules.guests.examples import Examples
from hotelml_app.modules.guests.lookups import Answer

CONFIDENCE = 0.5
"""No booking of this hotel tells how often the rule is right."""


def guesses(asked: Examples) -> list[Answer]:
    """Return a broad segment per booking: group, corporate, travel agent or direct."""
    company, agent, party = (asked.words[name].tolist() for name in ("company", "agent", "party"))
    return [_guess(*row) for row in zip(company, agent, party, strict=True)]


def _guess(company: str, agent: str, party: str) -> Answer:
    if party == "group":
        return Answer("Group", CONFIDENCE, "A party of five or more. No booking of this hotel names a segment.")
    if company:
        return Answer("Corporate", CONFIDENCE, f"Booked by company {company}. No booking of this hotel names a segment.")
    if agent:
        return Answer("Travel agent", CONFIDENCE, f"Booked by agent {agent}. No booking of this hotel names a segment.")
    return Answer("Direct", CONFIDENCE, "Neither agent nor company. No booking of this hotel names a segment.")

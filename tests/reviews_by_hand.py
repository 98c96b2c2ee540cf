"""Reviews written by hand for this project, with what they say of which aspect; nothing is tuned on ``held_out``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.reading import read

FOLDER = Path(__file__).parent / "modules" / "reviews_by_hand"


@dataclass(frozen=True)
class ByHand:
    """A sentence or review; ``aspects`` maps what a sentence speaks of to praise (True) or complaint."""

    kind: str
    language: str
    praise: bool
    aspects: Mapping[str, bool]
    text: str


def by_hand(name: str) -> list[ByHand]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        ByHand(
            row["kind"],
            row["language"],
            row["polarity"] == "positive",
            {said[:-1]: said.endswith("+") for said in row["aspects"].split()},
            row["text"],
        )
        for row in rows
    ]


def aspects_micro_f1(sentences: Iterable[ByHand]) -> float:
    """Return the micro-F1 of the aspects that sentences are found to speak of."""
    right = found = wanted = 0
    for one in sentences:
        said = read(Review("k", None, None, body=one.text)).aspects
        right += len(said.keys() & one.aspects.keys())
        found, wanted = found + len(said), wanted + len(one.aspects)
    return 2 * right / (found + wanted)

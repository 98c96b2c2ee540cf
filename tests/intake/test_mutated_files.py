"""Damaged files of every layout: bytes flipped, cut, doubled, swapped. No crash, no hang, every row accounted for.

HOTELML_FUZZ_FILES asks for more files of each layout (400 make 10,000 in all), HOTELML_FUZZ_SEED for others.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hotelml_app.core.errors import HotelMLError
from hotelml_app.intake import profiles
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.reading import read_file

FOLDER = Path(next(iter(profiles.__path__)))
PROFILES = list(profiles.discover().values())
FILES_OF_EACH = int(os.environ.get("HOTELML_FUZZ_FILES", 120))
SEED = os.environ.get("HOTELML_FUZZ_SEED", "1")
TODAY = date(2026, 1, 15)
KEY = b"k" * 32
MOST_SECONDS = 10.0

SPLINTERS = (
    b"\x00",
    b"\xff\xfe",
    b'"',
    b";",
    b"\t",
    b"\r\n",
    b"<",
    b"]]>",
    b"&amp;",
    b"31/02/2024",
    b"99999999999",
    b"-",
    b"NaN",
    b"{",
)


def flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 60)]


def double(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randrange(1, 200)]


def splinter(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = chance.choice(SPLINTERS)


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


def swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, cut_out, double, splinter, truncate, swap_lines)


def mutated(original: bytes, chance: random.Random) -> bytes:
    data = bytearray(original)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if len(data) > 1:
            chance.choice(MUTATIONS)(data, chance)
    return bytes(data)


def nothing() -> None:
    """Stand between the stages of reading without stopping it."""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_damaged_file_is_read_or_refused_in_words_and_no_row_is_lost(profile: ExportProfile) -> None:
    original = (FOLDER / profile.name / profile.sample).read_bytes()
    chance = random.Random(f"{profile.name} {SEED}")
    read = 0
    for number in range(FILES_OF_EACH):
        data = mutated(original, chance)
        started, told = time.monotonic(), None
        try:
            content = read_file(Path(profile.sample), data, None, TODAY, KEY, nothing)
        except HotelMLError as refused:
            told = refused
        except Exception as crash:
            crash.add_note(f"file {number} of {profile.name}, seed {SEED}")
            raise
        else:
            read += 1
            assert content.taken + len(content.rejected) + content.ignored == content.rows_read, f"file {number}"
        assert told is None or (told.message and told.remedy), f"file {number} is refused without a remedy"
        assert time.monotonic() - started < MOST_SECONDS, f"file {number} took too long"
    # A sealed workbook shows any damage as a whole; in text some is small enough to read on.
    assert read or not profile.sample.endswith((".csv", ".json"))

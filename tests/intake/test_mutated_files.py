"""10,000 damaged files: no crash, no hang, every row accounted for, and nothing that the database could not take.

HOTELML_FUZZ_FILES asks for more files of each layout, HOTELML_FUZZ_SEED for others.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutations import CELLS, mutated

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.intake import profiles
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.profile import ExportProfile, Sum
from hotelml_app.intake.reading import Layouts, read_file
from hotelml_app.intake.storing import store_content
from hotelml_app.store import Store
from hotelml_app.store.exported import imports

FOLDER = Path(next(iter(profiles.__path__)))
PROFILES = list(profiles.discover().values())
FILES = 10_000
FILES_OF_EACH = int(os.environ.get("HOTELML_FUZZ_FILES", 0)) or -(-FILES // len(PROFILES))
SEED = os.environ.get("HOTELML_FUZZ_SEED", "1")
STORED_SHARE = 0.1
TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 6, tzinfo=UTC)
KEY = b"k" * 32
MOST_SECONDS = 10.0


class UndoneError(Exception):
    """Raised to undo what was written."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("home") / "hotelml.db", FixedClock(NOW)) as opened:
        yield opened


def nothing(*_: object) -> None:
    """Stand between the stages of reading and storing without stopping them."""


def read(name: str, data: bytes) -> FileContent | None:
    """Read a file; None where it is refused in words. What the reading promises is checked."""
    started, told, content = time.process_time(), "", None
    try:
        content = read_file(Path(name), data, Layouts(), TODAY, KEY, nothing)
    except HotelMLError as refused:
        told = refused.message and refused.remedy
    assert time.process_time() - started < MOST_SECONDS, "it takes too long"
    if content is None:
        assert told, "it is refused without a word, or without a remedy"
        return None
    assert content.taken + len(content.rejected) + content.ignored == content.rows_read
    assert all(line >= 0 and reason for line, reason, _ in content.rejected)
    return content


def can_be_stored(store: Store, content: FileContent) -> None:
    """Write it and undo that: what was read is what the database takes."""
    draft = imports.ImportRow(content.name, "0" * 64, 1, imports.DONE, NOW)

    def write(connection: sqlite3.Connection) -> None:
        stored = store_content(connection, content, draft, "Harbour House", nothing)
        assert stored.row.accepted == content.taken
        assert stored.row.accepted + stored.row.rejected + stored.row.ignored == stored.row.rows_read
        raise UndoneError

    with pytest.raises(UndoneError), store.write() as connection:
        write(connection)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_damaged_file_is_read_or_refused_in_words_and_no_row_is_lost(profile: ExportProfile, store: Store) -> None:
    original = (FOLDER / profile.name / profile.sample).read_bytes()
    chance, good = random.Random(f"{profile.name} {SEED}"), 0
    for number in range(FILES_OF_EACH):
        data = mutated(original, chance)
        try:
            content = read(profile.sample, data)
            if content is not None:
                good += 1
                if chance.random() < STORED_SHARE:
                    can_be_stored(store, content)
        except BaseException as crash:
            crash.add_note(f"file {number} of {profile.name}, seed {SEED}")
            raise
    # A sealed workbook shows any damage as a whole; in text some is small enough to read on.
    assert good or not profile.sample.endswith((".csv", ".json", ".xml"))


def header_words(profile: ExportProfile) -> list[str]:
    sources = profile.columns.values()
    groups = (
        source.headers if isinstance(source, Sum) else (source,) if isinstance(source, str) else source for source in sources
    )
    return list(dict.fromkeys(word for group in groups for word in group))


cells = st.one_of(
    st.sampled_from([cell.decode("utf-8", "replace") for cell in CELLS]),
    st.text(max_size=12),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(str),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(lambda day: f"{day:%d/%m/%Y}"),
    st.integers(-10, 10_000).map(str),
    st.floats(-1e6, 1e6).map(str),
)


@given(st.data())
def test_any_rows_below_a_known_header_are_accounted_for(store: Store, data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from([one for one in PROFILES if "text" in one.forms]))
    header = header_words(profile)
    rows = data.draw(st.lists(st.lists(cells, min_size=0, max_size=len(header) + 1), max_size=12))
    mark = data.draw(st.sampled_from([",", ";", "\t"]))
    lines = [header, *rows]
    text = "\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    content = read("a.csv", text.encode("utf-8", "surrogatepass"))
    if content is not None:
        can_be_stored(store, content)

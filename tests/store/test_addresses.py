"""A database is found under the address that SQLite gets, on a disk of Linux or Windows and on a share."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
from hotel_rows import new_property

from hotelml_app.store import Store
from hotelml_app.store.sqlite import backups
from hotelml_app.store.sqlite.addresses import read_only


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (r"C:\Users\Front Office\hotelml.db", "file:///C:/Users/Front%20Office/hotelml.db?mode=ro"),
        # SQLite takes no server behind the second stroke: the share follows an empty one.
        (r"\\nas\backups\50% off?#1.db", "file:////nas/backups/50%25%20off%3F%231.db?mode=ro"),
        (r"\\?\C:\Hotel\hotelml.db", "file:///C:/Hotel/hotelml.db?mode=ro"),
        (r"\\?\UNC\nas\backups\copy.db", "file:////nas/backups/copy.db?mode=ro"),
    ],
)
def test_windows_paths_become_addresses_that_sqlite_takes(path: str, address: str) -> None:
    assert read_only(PureWindowsPath(path)) == address


def test_sqlite_refuses_a_server_and_opens_what_follows_an_empty_one(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect(f"file://nas{store.path}?mode=ro", uri=True)
    with closing(sqlite3.connect(f"file:///{store.path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)


def test_signs_of_addresses_in_a_file_name_are_part_of_the_name(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        new_property(connection)
    # Windows lets no name hold a question mark.
    copy = store.backup(tmp_path / f"50% off{'' if sys.platform == 'win32' else '?'}#1 ä%20.db")
    assert backups.is_good(copy)
    assert [path.name for path in copy.parent.glob("50*")] == [copy.name]

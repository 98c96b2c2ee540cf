"""A file that was refused where somebody knows better is taken in once they said so, and only that very file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dropped import stored
from new_pms import of_another_house, taken_over, to_come

from hotelml_app.intake import objections
from hotelml_app.intake.errors import AnotherHotelError, IntakeError, NewNumbersError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.objections import NOTHING_SAID, Objection, Said
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.exported.imports import ImportRow

WriteExport = Callable[..., Path]


def refused(store: Store) -> ImportRow:
    with store.read() as connection:
        return next(one for one in imports.recent(connection) if one.status == imports.FAILED)


def standing(store: Store, sha256: str) -> tuple[Objection | None, Said]:
    with store.read() as connection:
        return objections.standing(connection, sha256), objections.said_of(connection, sha256)


@pytest.mark.parametrize(
    ("rows", "error", "objection", "said", "in_the_end"),
    [
        (of_another_house(), AnotherHotelError, Objection.HOTEL, Said(owner=True), 120),
        (
            taken_over(to_come(), adr="", total="", booked_on="2025-05-21"),
            NewNumbersError,
            Objection.NUMBERS,
            Said(new_numbers=True, owner=True),
            60,
        ),
    ],
)
def test_a_refused_file_is_taken_in_once_somebody_overruled(
    store: Store,
    tmp_path: Path,
    write_export: WriteExport,
    rows: list[dict[str, str]],
    error: type[Exception],
    objection: Objection,
    said: Said,
    in_the_end: int,
) -> None:
    import_file(write_export(tmp_path / "a.csv", to_come()), store=store, clock=store.clock)
    path = write_export(tmp_path / "b.csv", rows)
    for _ in range(2):
        with pytest.raises(error, match=r"\d"):
            import_file(path, store=store, clock=store.clock)
    sha256 = refused(store).sha256
    assert standing(store, sha256) == (objection, NOTHING_SAID)
    with store.write() as connection:
        objections.overrule(connection, sha256)
        objections.overrule(connection, "of no file that was refused")
    assert standing(store, sha256) == (objection, said)
    with pytest.raises(error, match=r"\d"):
        import_file(write_export(tmp_path / "c.csv", [*rows, numbered_on(rows[0])]), store=store, clock=store.clock)
    import_file(path, store=store, clock=store.clock)
    assert stored(store) == in_the_end
    assert standing(store, sha256) == (None, said), "it counts where the file is read again"
    with store.write() as connection:
        objections.forget(connection, sha256)
    assert standing(store, sha256) == (None, NOTHING_SAID)


def numbered_on(row: dict[str, str]) -> dict[str, str]:
    return {**row, "reservation_id": f"{row['reservation_id']}9"}


def test_nothing_is_kept_of_files_that_nobody_may_know_better_about(store: Store, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("colour,taste\nred,sour\n", encoding="utf-8")
    with pytest.raises(IntakeError):
        import_file(tmp_path / "odd.csv", store=store, clock=store.clock)
    assert standing(store, refused(store).sha256) == (None, NOTHING_SAID)

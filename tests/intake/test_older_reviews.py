"""Files of reviews that are dropped late: what they add is kept, what a newer file said stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import reviews
from hotelml_app.store.hotels import properties

HEADER = "property,review_id,review_date,score,scale,title,positive,negative,text,language,guest_name"


def take_in(store: Store, path: Path, *rows: str) -> ImportReport:
    path.write_text("\n".join([HEADER, *(f"Harbour House,{row},en," for row in rows)]) + "\n", encoding="utf-8")
    return import_file(path, store=store, clock=store.clock)


def texts(store: Store) -> dict[str, str]:
    with store.read() as connection:
        owner = properties.by_name(connection, "Harbour House")
        return {row.key: row.body for row in reviews.all(connection, owner.id)}


@pytest.mark.parametrize(
    ("newer", "older"), [("reviews_2025-05-31.csv", "reviews_2025-04-30.csv"), ("reviews.csv", "reviews of april.csv")]
)
def test_last_months_file_dropped_late_overwrites_nothing_and_says_so(
    newer: str, older: str, store: Store, tmp_path: Path
) -> None:
    take_in(store, tmp_path / newer, "R-1,2025-04-20,4,10,,,,Edited: loud", "R-3,2025-05-20,9,10,,,,Lovely")
    report = take_in(store, tmp_path / older, "R-1,2025-04-20,9,10,,,,Quiet", "R-2,2025-04-22,7,10,,,,Fair")
    assert (report.created, report.changed, report.unchanged, report.older, report.accepted) == (1, 0, 0, 1, 2)
    assert "1 older than what is known" in report.message
    assert texts(store) == {"R-1": "Edited: loud", "R-2": "Fair", "R-3": "Lovely"}


def test_files_of_two_periods_are_both_kept_in_either_order(store: Store, tmp_path: Path) -> None:
    take_in(store, tmp_path / "january.csv", "J-1,2025-01-03,8,10,,,,Fresh", "J-2,2025-01-30,8,10,,,,Warm")
    report = take_in(store, tmp_path / "december.csv", "D-1,2024-12-03,8,10,,,,Festive")
    assert (report.created, report.older) == (1, 0)
    assert report.message == "1 review: 1 new, 0 changed, 0 unchanged."
    corrected = take_in(store, tmp_path / "december again.csv", "D-1,2024-12-03,2,10,,,,Festive but cold")
    assert (corrected.changed, corrected.older) == (1, 0)
    assert texts(store) == {"J-1": "Fresh", "J-2": "Warm", "D-1": "Festive but cold"}


def test_scores_alone_that_are_alike_all_count_and_a_text_twice_is_one_review(store: Store, tmp_path: Path) -> None:
    score, text = ",2025-05-20,9,10,,,,", ",2025-05-20,9,10,,,,Lovely"
    report = take_in(store, tmp_path / "may.csv", score, score, score, text, text)
    assert (report.created, report.unchanged) == (4, 1)
    again = take_in(store, tmp_path / "may and june.csv", *[score] * 5, text, "R-1,2025-06-01,9,10,,,,")
    assert (again.created, again.unchanged) == (3, 4)
    assert sorted(texts(store).values()) == [""] * 6 + ["Lovely"]

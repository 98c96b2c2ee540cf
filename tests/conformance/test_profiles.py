"""The same checks on every export profile: add a folder, and it is checked."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from planting import documents_of

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake import profiles
from hotelml_app.intake.identify import Claim, identify, identify_as
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.profile import ROLES, ExportProfile, Kind
from hotelml_app.intake.readers.text.delimited import DelimitedSheet
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, imports, reviews, statistics

NOW = datetime(2026, 1, 15, 6, tzinfo=UTC)
FOLDER = Path(next(iter(profiles.__path__)))
PROFILES = list(profiles.discover().values())
every_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
FURTHER_FIGURES = ("out_of_order", "adr", "revenue", "arrivals")
text_profiles = pytest.mark.parametrize("profile", [p for p in PROFILES if p.sample.endswith(".csv")], ids=lambda p: p.name)


def sample_of(profile: ExportProfile) -> Path:
    return FOLDER / profile.name / profile.sample


def expected_of(profile: ExportProfile) -> dict[str, object]:
    return json.loads((FOLDER / profile.name / "expected.json").read_text(encoding="utf-8"))


@every_profile
def test_layouts_of_reviews_are_known_by_their_names(profile: ExportProfile) -> None:
    assert profile.name.endswith(imports.REVIEWS_ENDING) == (profile.kind is Kind.REVIEWS)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "home" / "hotelml.db", FixedClock(NOW)) as opened:
        yield opened


def take_in(store: Store, path: Path) -> ImportReport:
    return import_file(path, store=store, settings_property="Harbour House", clock=store.clock)


def stored(store: Store, report: ImportReport) -> list[dict[str, object]]:
    """Everything the import stored, blanks left out, as expected.json has it."""
    rows: list[dict[str, object]] = []
    with store.read() as connection:
        for share in report.properties:
            if report.kind == Kind.REVIEWS:
                for review in reviews.all(connection, share.property_id):
                    fields = {"key": review.key, "reviewed_on": str(review.reviewed_on or ""), "score": review.score}
                    texts = {name: getattr(review, name) for name in ("language", "title", "positive", "negative", "body")}
                    rows.append({"property": share.name, **{k: v for k, v in {**fields, **texts}.items() if v not in ("", None)}})
                continue
            if report.kind == Kind.STATISTICS:
                for night in statistics.all(connection, share.property_id):
                    fields = {"stay_date": str(night.stay_date), "as_of": str(night.as_of), "room_type": night.room_type}
                    figures = {name: getattr(night, name) for name in ("rooms_sold", "capacity", *FURTHER_FIGURES)}
                    shown = {k: v for k, v in {**fields, **figures}.items() if v not in ("", None)}
                    rows.append({"property": share.name, **shown})
                continue
            for chunk in bookings.iterate_states(connection, share.property_id):
                for state in chunk:
                    row = dict(zip(bookings.STATE_ROW_COLUMNS[1:], state[1:], strict=True))
                    row["status"] = BookingStatus(row["status"]).name
                    rows.append({"property": share.name, **{k: v for k, v in row.items() if v not in ("", None)}})
    return rows


@every_profile
def test_a_profile_recognises_its_own_sample_and_no_other_profile_does(profile: ExportProfile) -> None:
    for document in documents_of(profile):
        assert {claim.profile.name for claim in identify(document, PROFILES)} == {profile.name}
        assert identify_as(document, profile)


@every_profile
def test_a_profile_names_known_roles_and_says_what_it_is(profile: ExportProfile) -> None:
    assert set(profile.columns) <= ROLES
    assert profile.title
    assert profile.signature
    assert re.fullmatch(r"[a-z][a-z0-9_]*", profile.name)


@every_profile
def test_every_row_of_the_sample_is_accounted_for(profile: ExportProfile, store: Store) -> None:
    report = take_in(store, sample_of(profile))
    assert report.accepted + report.rejected + report.ignored == report.rows_read
    assert report.accepted == report.created + report.changed + report.unchanged + report.older
    assert report.accepted > 0


@every_profile
def test_the_sample_gives_the_expected_rows(profile: ExportProfile, store: Store) -> None:
    report, expected = take_in(store, sample_of(profile)), expected_of(profile)
    with store.read() as connection:
        rejected = [[row.line, row.reason] for row in imports.rejected(connection, import_id=report.import_id)]
    assert stored(store, report) == expected["rows"]
    assert rejected == expected["rejected"]
    assert report.ignored == expected["ignored"]
    assert {share.name: share.business_date.isoformat() for share in report.properties} == expected["business_dates"]
    assert report.business_date_from == expected["business_date_from"]


@every_profile
def test_the_same_file_again_adds_nothing(profile: ExportProfile, store: Store) -> None:
    first = take_in(store, sample_of(profile))
    before = stored(store, first)
    again = take_in(store, sample_of(profile))
    assert (again.created, again.changed, again.older) == (0, 0, 0)
    assert again.unchanged == first.accepted
    assert stored(store, again) == before


@text_profiles
def test_columns_may_stand_in_any_order_and_new_ones_may_come(profile: ExportProfile, store: Store, tmp_path: Path) -> None:
    expected = expected_of(profile)
    _, rows = table_of(profile)
    order = [*range(len(rows[0])), -1]
    random.Random(7).shuffle(order)
    shuffled = [[(("A new column" if n == 0 else "x") if at < 0 else row[at]) for at in order] for n, row in enumerate(rows)]
    path = tmp_path / "sample.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(shuffled)
    assert stored(store, take_in(store, path)) == expected["rows"]


def table_of(profile: ExportProfile) -> tuple[Claim, list[list[str]]]:
    """The claim on a CSV sample, and its rows from the header on."""
    document = documents_of(profile)[0]
    claim = identify(document, PROFILES)[0]
    assert isinstance(claim.sheet, DelimitedSheet)
    text = io.StringIO(claim.sheet.data.decode("utf-8"), newline="")
    rows = [row for row in csv.reader(text, delimiter=claim.sheet.delimiter) if row]
    return claim, rows[claim.header.index :]

"""The same checks on every export profile: add a folder, and it is checked."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake import profiles
from hotelml_app.intake.identify import Claim, identify, identify_as
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.profile import COUNT_ROLES, DAY_ROLES, ROLES, ExportProfile, Kind
from hotelml_app.intake.readers.delimited import DelimitedSheet
from hotelml_app.intake.readers.opening import open_documents
from hotelml_app.intake.readers.sheet import RowsSheet
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store, bookings, imports, reviews, statistics

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
    for document in open_documents(sample_of(profile)):
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


@every_profile
def test_nothing_of_a_column_the_profile_does_not_keep_reaches_the_home(
    profile: ExportProfile, store: Store, tmp_path: Path
) -> None:
    """A marked value stands in every cell that no role reads: guests' names, addresses, notes."""
    path = tmp_path / profile.sample
    planted = PLANT[path.suffix](profile, path)
    assert planted > 0 or profile.name in NOTHING_BUT_ROLES
    take_in(store, path)
    for file in store.path.parent.rglob("*"):
        assert not file.is_file() or MARK.encode() not in file.read_bytes()


@text_profiles
def test_a_guest_in_a_cell_of_dates_or_numbers_is_refused_without_being_repeated(
    profile: ExportProfile, store: Store, tmp_path: Path
) -> None:
    """A row whose cells slipped may hold a name where a date belongs; neither the reason nor the kept cells may show it."""
    claim, rows = table_of(profile)
    typed = {places[0] for role, places in claim.places.items() if role in (*DAY_ROLES, *COUNT_ROLES)}
    slipped = [[MARK if position in typed else cell for position, cell in enumerate(rows[1])]]
    path = tmp_path / "sample.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([rows[0], *slipped, *rows[1:]])
    report = take_in(store, path)
    assert report.rejected > 0
    for file in store.path.parent.rglob("*"):
        assert not file.is_file() or MARK.encode() not in file.read_bytes()


MARK = "Zaphodia Marked"
NOTHING_BUT_ROLES = ("plain_reviews",)


def table_of(profile: ExportProfile) -> tuple[Claim, list[list[str]]]:
    """The claim on a CSV sample, and its rows from the header on."""
    document = open_documents(sample_of(profile))[0]
    claim = identify(document, PROFILES)[0]
    assert isinstance(claim.sheet, DelimitedSheet)
    text = io.StringIO(claim.sheet.data.decode("utf-8"), newline="")
    rows = [row for row in csv.reader(text, delimiter=claim.sheet.delimiter) if row]
    return claim, rows[claim.header.index :]


def plant_in_text(profile: ExportProfile, path: Path) -> int:
    claim, rows = table_of(profile)
    kept = {position for places in claim.places.values() for position in places}
    for row in rows[1:]:
        row[:] = [cell if position in kept else MARK for position, cell in enumerate(row)]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*row, "A new column" if n == 0 else MARK] for n, row in enumerate(rows))
    return len(rows[0]) - len(kept)


def plant_in_workbook(profile: ExportProfile, path: Path) -> int:
    """Any workbook is written anew as .xlsx: which of the formats it is, the content tells."""
    document = open_documents(sample_of(profile))[0]
    claim = identify(document, PROFILES)[0]
    kept = {position for places in claim.places.values() for position in places}
    with xlsxwriter.Workbook(path) as book:
        for sheet in document.sheets:
            assert isinstance(sheet, RowsSheet)
            page = book.add_worksheet(sheet.name)
            for number, (row, _) in enumerate(sheet):
                planted = sheet is claim.sheet and number > claim.header.index
                page.write_row(number, 0, [MARK if planted and place not in kept else cell for place, cell in enumerate(row)])
    return len(claim.header.cells) - len(kept)


def kept_names(profile: ExportProfile) -> tuple[Claim, set[str]]:
    claim = identify(open_documents(sample_of(profile))[0], PROFILES)[0]
    return claim, {claim.header.cells[position] for places in claim.places.values() for position in places}


def plant_in_xml(profile: ExportProfile, path: Path) -> int:
    """Leaves and attributes, of the records and of what stands around them."""
    _, kept = kept_names(profile)
    tree, planted = ElementTree.parse(sample_of(profile)), 0
    for element in tree.iter():
        for name in [name for name in element.attrib if name not in kept]:
            element.set(name, MARK)
            planted += 1
        if not len(element) and not element.attrib and element.tag not in kept:
            element.text = MARK
            planted += 1
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return planted


def plant_in_json(profile: ExportProfile, path: Path) -> int:
    _, kept = kept_names(profile)
    planted = 0

    def plant(node: object, name: str) -> object:
        nonlocal planted
        if isinstance(node, dict):
            return {key: plant(value, f"{name}.{key}".strip(".")) for key, value in node.items()}
        if isinstance(node, list):
            return [plant(item, "") for item in node]
        planted += name not in kept
        return node if name in kept else MARK

    marked = plant(json.loads(sample_of(profile).read_text(encoding="utf-8")), "")
    path.write_text(json.dumps(marked), encoding="utf-8")
    return planted


PLANT: dict[str, Callable[[ExportProfile, Path], int]] = {
    ".csv": plant_in_text,
    ".xlsx": plant_in_workbook,
    ".xls": plant_in_workbook,
    ".xml": plant_in_xml,
    ".json": plant_in_json,
}

"""Exports without a booking: a quiet day's changes, a broken full export, and columns nobody knows yet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dropped import lying_in, newest, states

from hotelml_app.core.clock import FixedClock
from hotelml_app.intake import profiles
from hotelml_app.intake.doctor.examine import examined
from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.errors import EmptyFileError, UnknownLayoutError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.trial import try_file
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties

WriteExport = Callable[..., Path]
FOLDER = Path(next(iter(profiles.__path__)))
HOUSE = "Harbour House"
DATELESS = ("property", "reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "rate_code")
OWN = "Buchungsnr;Anreise;Abreise;Gebucht am;Buchungsstatus;Zimmerkategorie;Gesamtpreis"


def coming(count: int) -> list[dict[str, str]]:
    return [
        {"reservation_id": f"B{n}", "arrival": f"2025-08-{n + 1:02}", "departure": f"2025-08-{n + 3:02}"} for n in range(count)
    ]


def take_in(store: Store, path: Path) -> ImportReport:
    return import_file(path, store=store, clock=store.clock)


def day_held(store: Store) -> date | None:
    with store.read() as connection:
        return properties.by_name(connection, HOUSE).business_date


@pytest.fixture
def begun(store: Store, tmp_path: Path, write_export: WriteExport) -> Store:
    """A home that knows twenty bookings as of 29 May and the four that changed on 30 May."""
    for name, bookings in (("all_2025-05-29.csv", coming(20)), ("changes_2025-05-30.csv", coming(4))):
        take_in(store, write_export(tmp_path / name, bookings, header=DATELESS))
    return store


def test_names_of_columns_alone_say_that_nothing_changed(begun: Store, tmp_path: Path, write_export: WriteExport) -> None:
    before = states(begun)
    report = take_in(begun, write_export(tmp_path / "changes_2025-05-31.csv", [], header=DATELESS))
    assert (report.rows_read, report.accepted, report.rejected, report.findings) == (0, 0, 0, ())
    assert (report.business_date, report.business_date_from) == (date(2025, 5, 31), "file name")
    assert report.message == "The export holds no row: nothing changed."
    assert day_held(begun) == date(2025, 5, 31)
    assert states(begun) == before


def test_without_a_day_in_its_name_the_business_date_stays(begun: Store, tmp_path: Path, write_export: WriteExport) -> None:
    report = take_in(begun, write_export(tmp_path / "changes.csv", [], header=DATELESS))
    assert [share.business_date for share in report.properties] == [date(2025, 5, 30)]
    assert report.business_date_from == ""
    assert day_held(begun) == date(2025, 5, 30)


def test_an_older_quiet_day_does_not_turn_the_business_date_back(begun: Store, tmp_path: Path, write_export: WriteExport) -> None:
    take_in(begun, write_export(tmp_path / "changes_2025-05-02.csv", [], header=DATELESS))
    assert day_held(begun) == date(2025, 5, 30)


def test_every_quiet_day_counts_though_its_file_is_the_same(
    begun: Store, folder: Path, clock: FixedClock, settle: Callable[[], None], write_export: WriteExport
) -> None:
    for day in ("2025-05-31", "2025-06-01"):
        write_export(folder / f"changes_{day}.csv", [], header=DATELESS)
        settle()
    assert lying_in(folder) == ["processed/changes_2025-05-31.csv", "processed/changes_2025-06-01.csv"]
    assert day_held(begun) == date(2025, 6, 1)
    with begun.read() as connection:
        noted = imports.recent(connection, 2)
    assert [(row.status, row.rows_read) for row in noted] == [(imports.DONE, 0)] * 2


def test_a_full_export_that_came_out_empty_loses_nothing_and_wants_a_person(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    for day in ("2025-05-29", "2025-05-30"):
        take_in(store, write_export(tmp_path / f"all_{day}.csv", coming(20), header=DATELESS))
    before = newest(store)
    report = take_in(store, write_export(tmp_path / "all_2025-05-31.csv", [], header=DATELESS))
    (finding,) = report.findings
    assert finding.kind is FindingKind.FEWER_ROWS
    assert finding.wants_person
    assert "All of them still count as they are, and the business date stays at 2025-05-30." in finding.sentence
    assert newest(store) == before
    assert day_held(store) == date(2025, 5, 30)
    again = take_in(store, write_export(tmp_path / "all_2025-06-01.csv", coming(20)[1:], header=DATELESS))
    assert [one.kind for one in again.findings] == [FindingKind.GONE_BOOKINGS]


def test_before_the_first_booking_names_of_columns_are_an_empty_export(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    with pytest.raises(EmptyFileError, match="no row below"):
        take_in(store, write_export(tmp_path / "changes_2025-05-31.csv", [], header=DATELESS))


def test_of_several_houses_one_that_is_not_named_moves_none(begun: Store, tmp_path: Path, write_export: WriteExport) -> None:
    take_in(begun, write_export(tmp_path / "b.csv", [{"property": "Hill House"}]))
    report = take_in(begun, write_export(tmp_path / "changes_2025-06-01.csv", [], header=DATELESS))
    assert report.properties == ()
    assert day_held(begun) == date(2025, 5, 30)


def test_a_layout_of_the_houses_own_is_known_by_its_names_alone(store: Store, tmp_path: Path) -> None:
    nights = [f"R{n};{n + 1:02}.08.2025;{n + 4:02}.08.2025;{n + 1:02}.05.2025;bestätigt;DZ;{300 + n},00" for n in range(24)]
    own = tmp_path / "Liste 2025-05-30.csv"
    quiet = tmp_path / "Liste 2025-05-31.csv"
    quiet.write_text(f"{OWN}\n", encoding="utf-8")
    with pytest.raises(UnknownLayoutError, match="does not know this layout yet") as told:
        take_in(store, quiet)
    assert "Drop an export of the same report" in told.value.remedy
    own.write_text("\n".join([OWN, *nights]), encoding="utf-8")
    assert take_in(store, own).accepted == 24
    assert take_in(store, quiet).business_date == date(2025, 5, 31)


@pytest.mark.parametrize(
    "profile", [one for one in profiles.discover().values() if one.sample.endswith(".csv")], ids=lambda one: one.name
)
def test_the_names_alone_of_every_known_layout_are_understood(begun: Store, tmp_path: Path, profile: ExportProfile) -> None:
    sample = FOLDER / profile.name / profile.sample
    full = import_file(sample, store=begun, clock=begun.clock, settings_property=HOUSE)
    words = [word.encode() for group in profile.signature for word in ((group,) if isinstance(group, str) else group)]
    lines = sample.read_bytes().splitlines(keepends=True)
    quiet = tmp_path / "quiet.csv"
    quiet.write_bytes(next(line for line in lines if sum(word in line for word in words) >= len(profile.signature)))
    report = import_file(quiet, store=begun, clock=begun.clock, settings_property=HOUSE)
    assert (report.profile, report.accepted, report.rows_read) == (full.profile, 0, 0)


def without_records(sample: Path) -> bytes:
    """What a system writes in the place of an XML or JSON export on a day without anything to tell."""
    if sample.suffix == ".json":
        told = json.loads(sample.read_bytes())
        return json.dumps({name: [] if isinstance(value, list) else value for name, value in told.items()}).encode()
    root = ElementTree.fromstring(sample.read_bytes())
    lists = dict.fromkeys(child.tag for child in root if len(child) and len(list(child.iter())) > len(child) + 1)
    return f"<?xml version='1.0'?><{root.tag}>{''.join(f'<{tag}/>' for tag in lists)}</{root.tag}>".encode()


@pytest.mark.parametrize(
    "profile", [one for one in profiles.discover().values() if one.sample.endswith((".xml", ".json"))], ids=lambda one: one.name
)
def test_without_records_every_known_layout_is_understood_once_it_was_read(
    begun: Store, tmp_path: Path, profile: ExportProfile
) -> None:
    sample = FOLDER / profile.name / profile.sample
    quiet = tmp_path / f"quiet{sample.suffix}"
    quiet.write_bytes(without_records(sample))
    with pytest.raises((UnknownLayoutError, EmptyFileError)):
        take_in(begun, quiet)
    import_file(sample, store=begun, clock=begun.clock, settings_property=HOUSE)
    tried = try_file(quiet, store=begun, clock=begun.clock, property_name=HOUSE)
    report = import_file(quiet, store=begun, clock=begun.clock, settings_property=HOUSE)
    assert (report.profile, report.accepted, report.rows_read, report.kind) == (profile.name, 0, 0, profile.kind.value)
    assert (tried.profile, tried.rows_read) == (profile.name, 0)


def records(count: int, *, number: str = "id") -> list[dict[str, object]]:
    stays = [{number: f"R{n}", "arrival": f"2025-08-{n + 1:02}", "departure": f"2025-08-{n + 4:02}"} for n in range(count)]
    return [
        {**stay, "created": f"2025-05-{n + 1:02}", "status": "Confirmed", "unitGroup": "DBL", "totalAmount": 300.0 + n}
        for n, stay in enumerate(stays)
    ]


@pytest.mark.parametrize("around", [list, lambda rows: {"reservations": rows, "count": len(rows)}])
def test_so_is_a_layout_of_the_houses_own_and_the_day_in_its_name_moves_the_business_date(
    store: Store, tmp_path: Path, around: Callable[[list[dict[str, object]]], object]
) -> None:
    first, quiet = tmp_path / "changes_2025-05-30.json", tmp_path / "changes_2025-05-31.json"
    for path, count in ((first, 24), (quiet, 0)):
        path.write_text(json.dumps(around(records(count))), encoding="utf-8")
    assert take_in(store, first).accepted == 24
    report = take_in(store, quiet)
    assert (report.message, report.business_date) == ("The export holds no row: nothing changed.", date(2025, 5, 31))


def test_records_that_have_other_names_now_are_no_quiet_day(store: Store, tmp_path: Path) -> None:
    for number, tag in enumerate(("BOOKING", "BOOKING", "STAY")):
        rows = [{"X": one["id"], "Y": "z"} if number else one for one in records(24)]
        inside = "".join(f"<{tag}>{''.join(f'<{name}>{one}</{name}>' for name, one in row.items())}</{tag}>" for row in rows)
        path = tmp_path / f"changes_2025-05-{28 + number}.xml"
        path.write_text(f"<EXPORT><LIST>{inside}</LIST></EXPORT>", encoding="utf-8")
        if not number:
            assert take_in(store, path).accepted == 24
            continue
        with pytest.raises(UnknownLayoutError):
            take_in(store, path)


def test_an_empty_report_of_another_kind_is_no_quiet_day(store: Store, tmp_path: Path) -> None:
    full, other = tmp_path / "a.json", tmp_path / "b.json"
    full.write_text(json.dumps({"reservations": records(24)}), encoding="utf-8")
    take_in(store, full)
    other.write_text(json.dumps({"rooms": []}), encoding="utf-8")
    with pytest.raises(EmptyFileError):
        take_in(store, other)


def test_a_quiet_day_leaves_the_warnings_about_earlier_exports_standing(
    begun: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    fewer = [name for name in DATELESS if name != "rate_code"]
    take_in(begun, write_export(tmp_path / "changes_2025-05-31.csv", coming(4), header=fewer))
    with begun.read() as connection:
        owner = properties.by_name(connection, HOUSE).id
        before = examined(connection, owner)
    take_in(begun, write_export(tmp_path / "changes_2025-06-01.csv", [], header=fewer))
    assert any(one.kind is FindingKind.LOST_COLUMNS for found in before for one in found.findings)
    with begun.read() as connection:
        assert examined(connection, owner) == before

"""The report of every morning: there when staff come, never more of them than asked for, and told of where it is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from small_hotel import AS_OF, NAME, open_at_morning

from hotelml_app.core.events import Event, Settled, Warned
from hotelml_app.core.jobs import CancelToken
from hotelml_app.schedule.errands import Errands
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.handover.portable import merged, portable, read_portable
from hotelml_app.services.home.timetable import REPORT, REPORT_AT, Timetable
from hotelml_app.services.parts import Parts
from hotelml_app.services.report import daily
from hotelml_app.services.report.daily import NOT_WRITTEN, write_daily
from hotelml_app.settings.home import slug
from hotelml_app.settings.model import ReportSettings
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow

FILE = f"report-{slug(NAME)}-{AS_OF.isoformat()}.xlsx"


def use(appliance: Appliance, folder: str, keep: int = 14) -> None:
    rules = ReportSettings(folder=folder, keep=keep)
    appliance.save_settings(appliance.settings().model_copy(update={"report": rules}))


def heard(appliance: Appliance) -> list[Event]:
    told: list[Event] = []
    appliance.events.subscribe(told.append)
    return told


@pytest.fixture(scope="module")
def told_home(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small hotel with its predictions made; never to be changed."""
    home = tmp_path_factory.mktemp("told") / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as opened:
        opened.report(NAME)
    return home


@pytest.fixture
def appliance(told_home: Path, tmp_path: Path) -> Iterator[Appliance]:
    """A copy of that home, to do with as one likes."""
    shutil.copytree(told_home, tmp_path / "home")
    with open_at_morning(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    return made


def test_it_is_planned_every_morning_once_a_folder_is_named(appliance: Appliance, folder: Path, errands: Errands) -> None:
    timetable = Timetable(appliance.parts, None, errands)  # type: ignore[arg-type]
    assert REPORT not in timetable.schedules()
    use(appliance, str(folder))
    assert timetable.schedules()[REPORT] == REPORT_AT
    timetable.run(REPORT)
    assert errands.wait_idle(60)
    assert CalamineWorkbook.from_path(folder / FILE).sheet_names[0] == "Summary"


def test_the_latest_stay_and_nothing_else_is_removed(appliance: Appliance, folder: Path) -> None:
    use(appliance, str(folder), keep=2)
    write_daily(appliance.parts)
    made = (folder / FILE).read_bytes()
    for back in range(1, 5):
        (folder / FILE.replace(AS_OF.isoformat(), (AS_OF - timedelta(days=back)).isoformat())).write_bytes(made)
    others = [folder / f"report-{slug(NAME)}-2020-01-01.xlsx", folder / "report-other-2020-01-01.xlsx", folder / "notes.xlsx"]
    others[0].write_text("a budget of that name", encoding="utf-8")
    others[1].write_bytes(made)
    others[2].write_bytes(made)
    write_daily(appliance.parts)
    yesterday = folder / FILE.replace(AS_OF.isoformat(), (AS_OF - timedelta(days=1)).isoformat())
    assert sorted(folder.iterdir()) == sorted([folder / FILE, yesterday, *others])


def test_reports_written_under_a_former_name_count_and_those_of_another_hotel_that_has_it_now_do_not(
    appliance: Appliance, folder: Path
) -> None:
    use(appliance, str(folder), keep=3)
    write_daily(appliance.parts)
    days = [AS_OF - timedelta(days=back) for back in range(1, 5)]
    others = folder / f"report-{slug(NAME)}-2020-01-01.xlsx"
    others.write_bytes((folder / FILE).read_bytes())
    renamed_at = appliance.parts.clock.now().timestamp()
    os.utime(others, (renamed_at + 86_400, renamed_at + 86_400))
    for day in days[:2]:
        earlier = folder / f"report-{slug(NAME)}-{day.isoformat()}.xlsx"
        earlier.write_bytes((folder / FILE).read_bytes())
        os.utime(earlier, (renamed_at - 60, renamed_at - 60))
    os.utime(folder / FILE, (renamed_at - 60, renamed_at - 60))
    appliance.rename_property(NAME, "Zum Löwen")
    write_daily(appliance.parts)
    left = {one.name for one in folder.iterdir()}
    now, before = f"report-{slug('Zum Löwen')}-{AS_OF.isoformat()}.xlsx", f"report-{slug(NAME)}-{days[0].isoformat()}.xlsx"
    assert left == {now, FILE, before, others.name}, "three of this hotel, and the one that came after it gave the name up"


@pytest.mark.parametrize("trouble", ["away", "foreign"])
def test_where_it_cannot_be_written_it_is_told_until_it_goes_well(trouble: str, appliance: Appliance, folder: Path) -> None:
    use(appliance, str(folder))
    target = folder / FILE
    if trouble == "away":
        folder.rmdir()
    else:
        target.write_text("somebody's own", encoding="utf-8")
    told = heard(appliance)
    write_daily(appliance.parts)
    (warned,) = [one for one in told if isinstance(one, Warned)]
    assert warned.key == NOT_WRITTEN
    assert str(folder) in warned.message
    assert [one.title for one in appliance.today(NAME).warnings] == ["The daily report was not written"]
    assert trouble == "away" or target.read_text(encoding="utf-8") == "somebody's own"
    folder.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    write_daily(appliance.parts)
    assert target.exists()
    assert appliance.today(NAME).warnings == ()


def test_one_property_whose_report_cannot_be_written_does_not_keep_the_others_from_theirs(
    appliance: Appliance, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(appliance, str(folder))
    with appliance.parts.store.write() as connection:
        second = properties.ensure(connection, "Hotel Second", appliance.parts.clock.now())
        properties.set_business_date(connection, second, AS_OF)
    written: list[str] = []

    def write(parts: Parts, row: PropertyRow, where: Path, cancel: CancelToken) -> None:
        if row.name == NAME:
            raise FileNotWrittenError(f"{where} is held by another program.")
        written.append(row.name)

    monkeypatch.setattr(daily, "_write", write)
    told = heard(appliance)
    write_daily(appliance.parts)
    assert written == ["Hotel Second"]
    (warned,) = [one for one in told if isinstance(one, Warned)]
    assert "held by another program" in warned.message
    assert Settled(NOT_WRITTEN) not in told


def test_closing_stops_it_and_tells_of_it_at_the_next_start(told_home: Path, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "closed home"
    shutil.copytree(told_home, home)
    with open_at_morning(home) as appliance:
        use(appliance, str(folder))
        closing = CancelToken()
        closing.cancel()
        write_daily(appliance.parts, closing)
    assert list(folder.iterdir()) == []
    with open_at_morning(home) as again:
        (warning,) = again.today(NAME).warnings
        assert warning.message == "HotelML was closed while it was being written."
        write_daily(again.parts)
        assert again.today(NAME).warnings == ()


def test_a_report_nobody_wants_any_more_is_not_missed(appliance: Appliance, tmp_path: Path) -> None:
    use(appliance, str(tmp_path / "not there"))
    write_daily(appliance.parts)
    told = heard(appliance)
    use(appliance, "")
    assert Settled(NOT_WRITTEN) in told
    assert appliance.today(NAME).warnings == ()


def test_the_folder_stays_with_its_pc_when_the_hotel_moves(appliance: Appliance, folder: Path, tmp_path: Path) -> None:
    use(appliance, str(folder), keep=30)
    here = appliance.settings()
    brought = read_portable(portable(here), tmp_path / "settings.toml")
    assert (brought.report.folder, brought.report.keep) == ("", 30)
    assert merged(brought, here, tmp_path / "home").report.folder == str(folder)

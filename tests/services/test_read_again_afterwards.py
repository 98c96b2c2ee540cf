"""Files that came after one that is taken back: they go back into their drop folder and are read again, each once, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from handed_over import names_of
from small_hotel import AS_OF, NAME, open_at_morning, write_export
from taken_in import an_hour_passes, take_in

from hotelml_app.intake.drop import reading_again
from hotelml_app.services.appliance import Appliance
from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.store.corrected.import_undo import NotTakenBackError
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties

NEXT = AS_OF + timedelta(days=1)
AFTER = AS_OF + timedelta(days=2)
LAST = AS_OF + timedelta(days=3)


@pytest.fixture
def hotel(appliance: Appliance) -> int:
    an_hour_passes(appliance)
    with appliance.parts.store.read() as connection:
        return properties.by_name(connection, NAME).id


@pytest.fixture
def delta(tmp_path: Path) -> Path:
    return write_export(tmp_path / "exports", NEXT, changed_since=AS_OF)


@pytest.fixture
def dropping(appliance: Appliance, hotel: int, tmp_path: Path) -> Path:
    """The drop folder of the hotel."""
    folder = tmp_path / "drop"
    folder.mkdir()
    own = PropertySettings(name=NAME, drop_folder=str(folder), country="PT", polling=True)
    appliance.save_settings(Settings(properties=(own,)))
    return folder


def _drop(appliance: Appliance, path: Path, folder: Path) -> int:
    lies = path.rename(folder / path.name)
    appliance.parts.folders.take_in(lies, NAME)
    an_hour_passes(appliance)
    return appliance.data(NAME).imports[0].id


def test_what_came_later_is_read_again(appliance: Appliance, dropping: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    first = _drop(appliance, write_export(exports, NEXT, changed_since=AS_OF), dropping)
    _drop(appliance, write_export(exports, AFTER, changed_since=NEXT), dropping)
    done = appliance.take_back(first)
    assert done.view.later == done.again == (f"bookings_{AFTER}.csv",)
    assert appliance.properties()[0].business_date == AFTER
    assert sorted(path.name for path in (dropping / "processed").iterdir()) == [
        f"bookings_{NEXT}.csv",
        f"bookings_{AFTER}.csv",
    ]
    states = [one.status for one in appliance.data(NAME).imports]
    assert states[:3] == ["done", "taken back", "taken back"]


def test_a_file_that_lies_nowhere_any_more_is_named(appliance: Appliance, dropping: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    first = _drop(appliance, write_export(exports, NEXT, changed_since=AS_OF), dropping)
    take_in(appliance, write_export(exports, AFTER, changed_since=NEXT))
    view = appliance.look_at_taking_back(first)
    assert (view.later, view.lost) == ((), (f"bookings_{AFTER}.csv",))
    assert any("Import it again afterwards" in line for line in view.lines)


def test_cut_off_before_they_are_back_the_next_start_sends_them(
    appliance: Appliance, dropping: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = tmp_path / "exports"
    first = _drop(appliance, write_export(exports, NEXT, changed_since=AS_OF), dropping)
    _drop(appliance, write_export(exports, AFTER, changed_since=NEXT), dropping)

    def killed(*_: object) -> list[Path]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reading_again, "send_back", killed)
        with pytest.raises(KeyboardInterrupt):
            appliance.take_back(first)
    assert [path.name for path in dropping.iterdir() if path.is_file()] == []
    home = appliance.parts.layout.home
    appliance.close()
    with open_at_morning(home) as again:
        again.parts.folders.start()
        try:
            assert [path.name for path in dropping.iterdir() if path.is_file()] == [f"bookings_{AFTER}.csv"]
        finally:
            again.parts.folders.stop()


def test_a_file_that_waits_to_be_put_away_is_not_taken_back(
    appliance: Appliance, dropping: Path, delta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> bool:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("hotelml_app.intake.drop.clerk.is_put_away", held)
    number = _drop(appliance, delta, dropping)
    with pytest.raises(NotTakenBackError, match="could not be put away yet"):
        appliance.take_back(number)
    assert appliance.properties()[0].business_date == NEXT
    away = dropping.rename(dropping.with_name("away"))
    with pytest.raises(NotTakenBackError, match="could not be put away yet"):
        appliance.take_back(number)
    away.rename(dropping)
    (dropping / delta.name).rename(tmp_path / "moved out.csv")
    appliance.take_back(number)
    assert appliance.properties()[0].business_date == AS_OF


def test_a_hotel_that_is_set_up_stays_without_data(appliance: Appliance, dropping: Path, tmp_path: Path) -> None:
    with appliance.parts.store.read() as connection:
        (first,) = [row.id for row in imports.recent(connection) if row.profile and not row.profile.endswith("_reviews")]
    appliance.take_back(first)
    assert names_of(appliance) == [NAME]
    view = appliance.data(NAME)
    assert (view.bookings, view.reviews) == (0, 0)


def test_they_are_read_in_the_order_in_which_they_came(appliance: Appliance, dropping: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    first = _drop(appliance, write_export(exports, NEXT, changed_since=AS_OF), dropping)
    _drop(appliance, write_export(exports, AFTER, changed_since=NEXT), dropping)
    _drop(appliance, write_export(exports, LAST, changed_since=AFTER), dropping)
    names = (f"bookings_{AFTER}.csv", f"bookings_{LAST}.csv")
    done = appliance.take_back(first)
    assert done.again == names
    assert done.reading == f"{names[0]} and {names[1]}: read again now."
    assert replace(done, again=tuple("abcde")).reading == "a, b, c and 2 more files: read again now."
    read = appliance.data(NAME).imports[:2]
    assert [(one.file_name, one.older) for one in read] == [(name, 0) for name in reversed(names)]


def _quiet_days(appliance: Appliance, folder: Path, *days: date) -> list[int]:
    """Drop exports of changes that hold nothing but the names of their columns: one is like the other."""
    made = []
    for day in days:
        path = write_export(folder.parent / "exports", day, changed_since=day)
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        made.append(_drop(appliance, path, folder))
        for _ in range(23):
            an_hour_passes(appliance)
    return made


def test_of_quiet_days_whose_files_are_alike_each_is_read_again(appliance: Appliance, dropping: Path) -> None:
    _, second, _, _ = _quiet_days(appliance, dropping, NEXT, AFTER, LAST, LAST + timedelta(days=1))
    done = appliance.take_back(second)
    assert done.again == done.view.later == (f"bookings_{LAST}.csv", f"bookings_{LAST + timedelta(days=1)}.csv")
    assert appliance.properties()[0].business_date == LAST + timedelta(days=1)


def test_each_hotel_has_its_own_file_of_a_quiet_day(appliance: Appliance, dropping: Path, tmp_path: Path) -> None:
    others = tmp_path / "another"
    (others / "processed").mkdir(parents=True)
    first, _ = _quiet_days(appliance, dropping, NEXT, AFTER)
    own = dropping / "processed" / f"bookings_{AFTER}.csv"
    (others / "processed" / own.name).write_bytes(own.read_bytes())
    both = (
        PropertySettings(name="Another Hotel", drop_folder=str(others), country="PT", polling=True),
        *appliance.settings().properties,
    )
    appliance.save_settings(Settings(properties=both))
    appliance.take_back(first)
    assert (others / "processed" / own.name).exists()
    assert appliance.properties()[0].business_date == AFTER


def test_a_share_that_is_away_keeps_its_files_for_later(
    appliance: Appliance, dropping: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = tmp_path / "exports"
    first = _drop(appliance, write_export(exports, NEXT, changed_since=AS_OF), dropping)
    _drop(appliance, write_export(exports, AFTER, changed_since=NEXT), dropping)
    with monkeypatch.context() as patched:
        patched.setattr(reading_again, "send_back", lambda _: [])
        appliance.take_back(first)
    away = dropping.rename(tmp_path / "away")
    assert reading_again.send_back(appliance.parts.store) == []
    away.rename(dropping)
    assert reading_again.send_back(appliance.parts.store) == [dropping / f"bookings_{AFTER}.csv"]
    assert reading_again.send_back(appliance.parts.store) == []


def test_what_is_noted_while_others_go_back_is_not_forgotten(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = appliance.parts.store
    one, other = (tmp_path / "folder" / "processed" / name for name in ("one.csv", "other.csv"))
    one.parent.mkdir(parents=True)
    one.touch()
    other.touch()
    with store.write() as connection:
        reading_again.note(connection, [one])
    move = reading_again.move

    def meanwhile(source: Path, target: Path) -> None:
        move(source, target)
        with store.write() as connection:
            reading_again.note(connection, [other])

    with monkeypatch.context() as patched:
        patched.setattr(reading_again, "move", meanwhile)
        reading_again.send_back(store)
    assert [path.name for path in reading_again.send_back(store)] == ["other.csv"]


def test_a_layout_that_staff_answered_for_one_of_them_is_known_again(
    appliance: Appliance, dropping: Path, tmp_path: Path
) -> None:
    first = _drop(appliance, write_export(tmp_path / "exports", NEXT, changed_since=AS_OF), dropping)
    columns = {"reservation_id": "Feld A", "arrival": "Feld B", "departure": "Feld C", "status": "Feld D"}
    lines = [f"X{n};{n:02}.05.2026;{n + 2:02}.05.2026;lila" for n in range(1, 25)]
    for name, taken in (("one.csv", lines), ("two.csv", lines[:-1])):
        (dropping / name).write_text("\n".join(["Feld A;Feld B;Feld C;Feld D", *taken]), encoding="utf-8")
    appliance.import_mapped(dropping / "one.csv", {"columns": columns, "statuses": {"lila": "reserved"}}, NAME)
    an_hour_passes(appliance)
    appliance.parts.folders.take_in(dropping / "two.csv", NAME)
    assert appliance.take_back(first).again == ("one.csv", "two.csv")
    assert [(one.file_name, one.status) for one in appliance.data(NAME).imports[:2]] == [("two.csv", "done"), ("one.csv", "done")]
    assert appliance.data(NAME).waiting == ()


def test_a_layout_that_came_with_the_file_itself_is_asked_about_again(
    appliance: Appliance, dropping: Path, tmp_path: Path
) -> None:
    columns = {"reservation_id": "Feld A", "arrival": "Feld B", "departure": "Feld C", "status": "Feld D"}
    lines = [f"X{n};{n:02}.05.2026;{n + 2:02}.05.2026;lila" for n in range(1, 25)]
    (dropping / "one.csv").write_text("\n".join(["Feld A;Feld B;Feld C;Feld D", *lines]), encoding="utf-8")
    appliance.import_mapped(dropping / "one.csv", {"columns": columns, "statuses": {"lila": "reserved"}}, NAME)
    appliance.take_back(appliance.data(NAME).imports[0].id)
    (dropping / "processed" / "one.csv").rename(dropping / "one.csv")
    outcome = appliance.parts.folders.take_in(dropping / "one.csv", NAME)
    assert outcome.fate == "later"


def test_a_file_that_is_held_is_named_and_goes_back_later(
    appliance: Appliance, dropping: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = tmp_path / "exports"
    first = _drop(appliance, write_export(exports, NEXT, changed_since=AS_OF), dropping)
    _drop(appliance, write_export(exports, AFTER, changed_since=NEXT), dropping)

    def in_use(*_: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr(reading_again, "move", in_use)
        done = appliance.take_back(first)
        assert (done.again, done.held) == ((), (f"bookings_{AFTER}.csv",))
        assert f"bookings_{AFTER}.csv cannot be moved out of the folder processed now" in done.sentence
        appliance.parts.folders.start()
    try:
        assert not (dropping / f"bookings_{AFTER}.csv").exists()
        appliance.rescan()
        assert not (dropping / "processed" / f"bookings_{AFTER}.csv").exists()
    finally:
        appliance.parts.folders.stop()

"""A past day again: what was said then against what happened, and nothing of later days in what was known."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.__main__ import main
from hotelml_app.core.clock import day_number
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.ml.onnx.artifacts import read_card, write_card
from hotelml_app.ml.property.booking_curves import on_books_at, rooms_sold
from hotelml_app.ml.property.history import History
from hotelml_app.modules import manifest
from hotelml_app.monitor.monitor import Monitor
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import DayOutsideDataError
from hotelml_app.services.nights.views import ForecastView
from hotelml_app.services.replay.nights import Totals
from hotelml_app.services.replay.said import Said
from hotelml_app.services.replay.views import ReplayNight, ReplayView, SaidFrom
from hotelml_app.services.replay.words import detail, sentence
from hotelml_app.store.learned import predictions

LATER = AS_OF + timedelta(days=6)
MODELS = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture(scope="module")
def said_then(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ForecastView, float]:
    """A home whose pages were looked at on the evening of AS_OF, what they said, and how many losses were expected."""
    home = tmp_path_factory.mktemp("said") / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as appliance:
        days = [AS_OF + timedelta(days=ahead) for ahead in range(1, 7)]
        lost = sum(appliance.arrivals(NAME, day).expected_lost for day in days)
        return home, appliance.forecast(NAME), lost


@pytest.fixture(scope="module")
def week_later(said_then: tuple[Path, ForecastView, float], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """That home six days later."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(said_then[0], folder / "home")
    with open_at_morning(folder / "home") as appliance:
        appliance.import_files([write_export(folder, LATER, AS_OF)], NAME)
        yield appliance


def history(appliance: Appliance) -> History:
    return appliance.parts.property_data(the_one(appliance.parts.store, NAME)).history


def as_known_then(view: ReplayView) -> list[ReplayNight]:
    """The nights without what only the later export can know."""
    return [replace(one, came=None) for one in view.nights]


def test_what_was_kept_is_shown_as_it_was_said(week_later: Appliance, said_then: tuple[Path, ForecastView, float]) -> None:
    view = week_later.replay(NAME, AS_OF)
    assert view.said_from is SaidFrom.KEPT
    assert view.kept_days == (AS_OF,)
    assert "said by the plain rule (expected losses and pickup)" in view.origin
    page = said_then[1]
    told = [(point.night, point.on_books, point.p10, point.p50, point.p90, point.last_year) for point in page.nights[:14]]
    assert [(one.night, one.on_books, one.p10, one.p50, one.p90, one.last_year) for one in view.nights] == told


def test_nights_to_come_have_no_outcome_and_the_others_what_the_later_export_says(week_later: Appliance) -> None:
    view = week_later.replay(NAME, AS_OF)
    sold = rooms_sold(history(week_later), day_number(AS_OF) + 1, 6)
    assert [one.came for one in view.nights] == [*sold.tolist(), *[None] * 8]
    assert view.passed == 6
    assert view.came == sum(sold)
    assert view.expected == pytest.approx(sum(one.p50 or 0 for one in view.nights[:6]))
    inside = sum((one.p10 or 0) <= (one.came or 0) <= (one.p90 or 0) for one in view.nights[:6])
    assert view.inside == inside
    assert "for the 6 nights after that have passed (8 still to come)" in view.sentence
    assert f"{inside} of 6 nights fell inside the 80 % band." in view.sentence


def test_the_plain_rule_is_the_one_that_the_track_record_is_held_against(week_later: Appliance) -> None:
    row = the_one(week_later.parts.store, NAME)
    Monitor(week_later.parts.store).match(manifest("forecast"), row.id, week_later.parts.property_data(row))
    with week_later.parts.store.read() as connection:
        kept = predictions.judged(connection, row.id, "forecast", AS_OF, LATER)
    wanted = manifest("forecast").judged_on
    of_house = {
        one.target_date: outcome
        for one, outcome in kept
        if one.as_of == AS_OF and all(one.payload.get(name) == value for name, value in wanted.items())
    }
    nights = [one for one in week_later.replay(NAME, AS_OF).nights if one.came is not None]
    assert len(of_house) == len(nights) == 6
    for one in nights:
        assert abs(one.came - one.pickup) == pytest.approx(of_house[one.night].baseline_error)
        assert one.came == of_house[one.night].actual


def test_who_was_expected_not_to_come_is_held_against_who_did_not(
    week_later: Appliance, said_then: tuple[Path, ForecastView, float], tmp_path: Path
) -> None:
    lost = week_later.replay(NAME, AS_OF).lost
    assert lost is not None
    with write_export(tmp_path, LATER).open(encoding="utf-8", newline="") as file:
        now = {row["reservation_id"]: row for row in csv.DictReader(file)}
    then = history(week_later).as_of(AS_OF).on_the_books(AS_OF, 6)
    ids = [str(then.reservation_ids[booking]) for booking in then.booking]
    gone = [name for name in ids if now[name]["status"] in ("Cancelled", "Canceled", "No Show")]
    moved = [name for name in ids if name not in gone and now[name]["arrival"] > LATER.isoformat()]
    assert lost.lost == len(gone)
    assert (lost.rooms, lost.untold) == (len(ids) - len(moved), len(moved))
    if not moved:
        assert lost.expected == pytest.approx(said_then[2])
    assert lost.low <= lost.expected <= lost.high


def test_nothing_that_happened_later_gets_into_what_was_known(week_later: Appliance, filled_home: Path, tmp_path: Path) -> None:
    """The same past day from a home that knows six days more says the same of everything but the outcomes."""
    shutil.copytree(filled_home, tmp_path / "home")
    day = AS_OF - timedelta(days=5)
    after = week_later.replay(NAME, day, work_out=True)
    with open_at_morning(tmp_path / "home") as appliance:
        before = appliance.replay(NAME, day, work_out=True)
    assert after.said_from is before.said_from is SaidFrom.WORKED_OUT
    assert as_known_then(after) == as_known_then(before)
    assert (before.passed, after.passed) == (5, 11)
    books = on_books_at(history(week_later), day_number(day), day_number(day) + 1, 14)
    assert [one.on_books for one in after.nights] == books.tolist()


def test_a_day_that_nothing_was_kept_of_is_not_made_up(week_later: Appliance) -> None:
    view = week_later.replay(NAME, AS_OF - timedelta(days=20))
    assert view.said_from is SaidFrom.NOTHING
    assert view.can_work_out
    assert {one.p50 for one in view.nights} == {None}
    assert view.lost is None
    assert view.passed == 14
    assert "were on the books for the 14 nights after" in view.sentence
    assert "not kept" in view.origin


def test_what_is_worked_out_now_is_called_so_and_never_kept(week_later: Appliance) -> None:
    day = AS_OF - timedelta(days=20)
    said: list[float] = []
    view = week_later.replay(NAME, day, work_out=True, progress=lambda share, _: said.append(share))
    assert said == sorted(said)
    assert said[-1] == 1.0
    assert not view.can_work_out
    assert not view.in_hindsight, "the plain rule learned from no day at all"
    assert view.origin.startswith("Not kept from that day: worked out now")
    assert view.sentence.startswith("From the books of ")
    assert view.lost is not None
    row = the_one(week_later.parts.store, NAME)
    with week_later.parts.store.read() as connection:
        assert day not in [kept for kept, _ in predictions.runs(connection, row.id, "forecast")]


def go_live(appliance: Appliance, folder: Path) -> None:
    """Let models answer as the hotel's own that say they learned up to AS_OF."""
    row, registry, until = the_one(appliance.parts.store, NAME), appliance.parts.registry, AS_OF.isoformat()
    for module in ("forecast", "noshow"):
        shutil.copytree(MODELS / module, folder / module)
        card = {**read_card(folder / module), "made_by": "own", "as_of": until, "data_until": until}
        write_card(folder / module, card)
        registry.promote(row.id, module, registry.add(row.id, module, folder / module), "test")


def test_a_model_that_learned_from_those_days_says_so(appliance: Appliance, tmp_path: Path) -> None:
    day = AS_OF - timedelta(days=10)
    go_live(appliance, tmp_path)
    view = appliance.replay(NAME, day, work_out=True)
    assert view.in_hindsight
    assert f"a version that has since learned from those days ({AS_OF}.1)" in view.origin
    assert "looks better than it would have been" in view.origin
    assert appliance.replay(NAME, day).said_from is SaidFrom.NOTHING


def test_what_a_model_said_then_is_kept_under_its_name_whatever_is_live_since(appliance: Appliance, tmp_path: Path) -> None:
    go_live(appliance, tmp_path)
    said = [point.p50 for point in appliance.forecast(NAME).nights[:14]]
    appliance.import_files([write_export(tmp_path, LATER, AS_OF)], NAME)
    appliance.parts.registry.rollback(the_one(appliance.parts.store, NAME).id, "forecast")
    view = appliance.replay(NAME, AS_OF)
    assert (view.said_from, view.in_hindsight) == (SaidFrom.KEPT, False)
    assert f"said by version {AS_OF}.1, which had learned from this hotel's bookings up to 27 Feb." in view.origin
    assert [one.p50 for one in view.nights] == said


def test_the_usual_day_is_one_that_was_kept_else_one_whose_nights_have_passed(
    week_later: Appliance, appliance: Appliance
) -> None:
    assert week_later.replay(NAME).day == AS_OF
    usual = appliance.replay(NAME)
    assert usual.day == AS_OF - timedelta(days=14)
    assert usual.last_day == AS_OF - timedelta(days=1)
    assert usual.first_day < usual.day


@pytest.mark.parametrize("day", [LATER, LATER + timedelta(days=1), date(2019, 1, 1)])
def test_a_day_that_cannot_be_looked_back_at_is_refused_with_those_that_can(week_later: Appliance, day: date) -> None:
    with pytest.raises(DayOutsideDataError) as told:
        week_later.replay(NAME, day)
    assert (LATER - timedelta(days=1)).isoformat() in told.value.remedy


def test_working_out_can_be_stopped(week_later: Appliance) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        week_later.replay(NAME, AS_OF - timedelta(days=3), work_out=True, cancel=cancel)


def nights(*pairs: tuple[float, float | None]) -> Totals:
    first = date(2026, 3, 4)
    return Totals(
        tuple(
            ReplayNight(first + timedelta(days=at), 1.0, said - 2, said, said + 2, said + 4, None, came, "")
            for at, (said, came) in enumerate(pairs)
        )
    )


def test_the_first_line_has_the_numbers_in_it() -> None:
    said = Said("forecast", date(2026, 3, 3), (), SaidFrom.KEPT)
    whole = sentence(nights((600.0, 590.0), (604.0, 597.0), (10.0, 10.0)), said, date(2026, 5, 1))
    assert whole == (
        "On Tue 3 Mar HotelML expected 1,214 rooms for the 3 nights after; 1,197 came (1.4 % off; plain pickup was 2.4 % off). "
        "1 of 3 nights fell inside the 80 % band."
    )
    begun = nights((22.4, 23.0), (26.0, None))
    assert sentence(begun, said, date(2026, 3, 5)) == (
        "On Tue 3 Mar HotelML expected 22 rooms for the night after (1 still to come); 23 came (2.6 % off; plain pickup was "
        "14.8 % off). It fell inside the 80 % band."
    )
    assert not detail(begun), "of one night the first line has told all"
    empty = sentence(nights((3.0, 0.0)), said, date(2027, 5, 1))
    assert empty.startswith("On Tue 3 Mar 2026 HotelML expected 3 rooms for the night after; 0 came (3 rooms off; ")


def test_the_command_tells_the_same_and_says_what_was_worked_out(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = (AS_OF - timedelta(days=7)).isoformat()
    assert main(["monitor", "replay", "--as-of", day, "--days", "7", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["replays"]
    assert (told["day"], told["said_from"], told["passed"]) == (day, "worked out now", 7)
    assert all(one["p50"] is not None for one in told["nights"])
    assert main(["monitor", "replay", "--as-of", day, "--days", "7", "--kept"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "was not kept" in lines[2]
    assert len(lines) == 3 + 1 + 7
    assert main(["monitor", "replay", "--as-of", AS_OF.isoformat()]) == 2

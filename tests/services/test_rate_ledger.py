"""Own rates against what had been suggested, once their nights have passed; no more is claimed than can be known."""

from __future__ import annotations

import csv
import json
import shutil
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from decided_rates import LATER, decide, later, nights
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.__main__ import main
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates import noted as rates_noted
from hotelml_app.services.rates import rates_page
from hotelml_app.services.rates.kept import Kept
from hotelml_app.services.rates.rate_changes import RateChanges
from hotelml_app.services.rates.views import (
    AcceptRates,
    LockRates,
    RateDay,
    RatesChange,
    RatesView,
    SetRate,
    UndoRates,
    UnlockRates,
)
from hotelml_app.store.errors import DiskFullError


@pytest.fixture(scope="module")
def weighed_home(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small hotel with its rates weighed once; never to be changed."""
    home = tmp_path_factory.mktemp("weighed") / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as appliance:
        appliance.rates(NAME)
    return home


@pytest.fixture
def hotel_home(weighed_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "hotel home"
    shutil.copytree(weighed_home, home)
    monkeypatch.setenv("HOTELML_HOME", str(home))
    return home


def on(view: RatesView, night: date) -> RateDay:
    return next(one for one in view.days if one.night == night)


def test_two_rates_that_are_set_at_the_same_moment_both_hold(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    room_type, decide = appliance.rates(NAME).room_type, RateChanges.applied
    asked: list[Future[RatesView]] = []

    def applied(changes: RateChanges, change: RatesChange) -> Kept:
        if not asked:
            asked.append(other.submit(appliance.change_rates, NAME, SetRate(nights(4), nights(4), room_type, 122.0)))
            wait(asked, 0.3)
        return decide(changes, change)

    monkeypatch.setattr(RateChanges, "applied", applied)
    monkeypatch.setattr(rates_page, "run", Mock())
    with ThreadPoolExecutor(1) as other:
        appliance.change_rates(NAME, SetRate(nights(3), nights(3), room_type, 111.0))
        asked[0].result(30)
    locked = rates_kept.read(appliance.parts, the_one(appliance.parts.store, NAME)).options["locked"]
    assert locked == {nights(3).isoformat(): {room_type: 111.0}, nights(4).isoformat(): {room_type: 122.0}}


def test_a_decision_that_cannot_be_noted_is_not_kept_either(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = appliance.parts
    row = the_one(parts.store, NAME)
    before = rates_kept.read(parts, row)
    room_type = appliance.rates(NAME).room_type
    monkeypatch.setattr(rates_noted.rate_decisions, "append", Mock(side_effect=DiskFullError("The disk is full.")))
    with pytest.raises(DiskFullError):
        appliance.change_rates(NAME, SetRate(nights(3), nights(3), room_type, 111.0))
    assert rates_kept.read(parts, row) == before


def days(appliance: Appliance) -> list[tuple[str, RateDay]]:
    """The nights up to LATER of all room types."""
    kinds = appliance.rates(NAME).room_types
    return [(kind, one) for kind in kinds for one in appliance.rates(NAME, room_type=kind).days if one.night <= LATER]


def test_before_any_night_has_passed_it_says_what_will_be_there_and_when(appliance: Appliance) -> None:
    empty = appliance.rate_ledger(NAME)
    assert not empty.own
    assert not empty.accepted
    assert "kept with what was suggested then" in empty.detail
    decide(appliance, SetRate(nights(2), nights(3), appliance.rates(NAME).room_type, 150.0))
    waiting = appliance.rate_ledger(NAME)
    assert (waiting.waiting, waiting.next_night) == (2, nights(2))
    assert "2 decisions wait for their nights to pass, the first on Sun 1 Mar." in waiting.detail


def test_an_own_rate_stands_beside_what_was_suggested_and_expected_when_it_was_set(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.rates(NAME)
    suggested = on(before, nights(3))
    rate = round(1.1 * suggested.suggested_rate, 2)
    after = appliance.change_rates(NAME, SetRate(nights(3), nights(3), before.room_type, rate))
    assert on(after, nights(3)).suggested_rate == rate, "the pricing itself says no more what it had suggested"
    (found,) = later(appliance, tmp_path).own
    one = found.entry
    assert (one.night, one.room_type, one.kind, one.decided_on, one.rate) == (nights(3), before.room_type, "own", AS_OF, rate)
    assert (one.suggested_rate, one.suggested_on) == (suggested.suggested_rate, AS_OF)
    assert (one.suggested_rooms, one.suggested_revenue) == (suggested.expected_rooms, suggested.expected_revenue)
    curve = [(point.rate, point.rooms, point.revenue) for point in suggested.curve]
    rates, rooms, money = (np.array(column) for column in zip(*curve, strict=True))
    assert one.rate_rooms == pytest.approx(np.interp(rate, rates, rooms), abs=0.01)
    assert one.rate_revenue == pytest.approx(np.interp(rate, rates, money), abs=0.01)


def test_of_a_rate_beyond_what_was_weighed_nothing_is_expected(appliance: Appliance, tmp_path: Path) -> None:
    view = appliance.rates(NAME)
    decide(appliance, SetRate(nights(2), nights(2), view.room_type, 3 * on(view, nights(2)).suggested_rate))
    (found,) = later(appliance, tmp_path).own
    assert (found.entry.rate_rooms, found.entry.rate_revenue) == (None, None)
    assert found.entry.suggested_revenue is not None


def test_what_came_is_what_the_later_export_says_of_that_room_type(appliance: Appliance, tmp_path: Path) -> None:
    kind = appliance.rates(NAME).room_type
    decide(appliance, SetRate(nights(1), nights(5), kind, 150.0))
    found = {one.entry.night: one.entry for one in later(appliance, tmp_path).own}
    with write_export(tmp_path / "whole", LATER).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = [row for row in rows if row["status"] not in ("Cancelled", "Canceled", "No Show", "Tentative", "Waitlist")]
    assert len(found) == 5
    for night, one in found.items():
        there = [row for row in held if row["room_type"] == kind and row["arrival"] <= night.isoformat() < row["departure"]]
        assert one.rooms == len(there)
        assert one.revenue == pytest.approx(sum(float(row["adr"]) for row in there))


def test_nothing_that_came_later_changes_what_had_been_expected(appliance: Appliance, tmp_path: Path) -> None:
    def noted() -> list[tuple[object, ...]]:
        with appliance.parts.store.read() as connection:
            return connection.execute("SELECT * FROM rate_decisions ORDER BY id").fetchall()

    view = appliance.rates(NAME)
    suggested = {one.night: one for one in view.days}
    decide(appliance, SetRate(nights(1), nights(4), view.room_type, 140.0))
    before = noted()
    found = later(appliance, tmp_path)
    appliance.rates(NAME)
    assert noted() == before
    for one in (each.entry for each in found.own):
        assert (one.suggested_rooms, one.suggested_revenue) == (
            suggested[one.night].expected_rooms,
            suggested[one.night].expected_revenue,
        )


def test_a_rate_that_is_set_again_stays_beside_the_first_suggestion(appliance: Appliance, tmp_path: Path) -> None:
    view = appliance.rates(NAME)
    twice = [SetRate(nights(2), nights(2), view.room_type, rate) for rate in (99.0, 155.0)]
    decide(appliance, *twice)
    (found,) = later(appliance, tmp_path).own
    assert (found.entry.rate, found.entry.suggested_rate) == (155.0, on(view, nights(2)).suggested_rate)


def test_beside_a_rate_that_was_locked_before_anything_was_noted_no_suggestion_is_known(
    appliance: Appliance, tmp_path: Path
) -> None:
    kind, row = appliance.rates(NAME).room_type, the_one(appliance.parts.store, NAME)
    kept = rates_kept.read(appliance.parts, row)
    rates_kept.write(appliance.parts, row, replace(kept, options={"locked": {nights(2).isoformat(): {kind: 120.0}}}))
    decide(appliance, SetRate(nights(2), nights(2), kind, 150.0))
    (found,) = later(appliance, tmp_path).own
    assert found.entry.suggested_rate is None
    assert found.verdict == "Can't tell: what was suggested is not known"


def test_what_was_gone_back_from_or_unlocked_is_not_listed(appliance: Appliance, tmp_path: Path) -> None:
    kind = appliance.rates(NAME).room_type

    def own(ahead: int, rate: float, last: int = 0) -> SetRate:
        return SetRate(nights(ahead), nights(last or ahead), kind, rate)

    decide(appliance, own(1, 150.0), own(1, 160.0, last=2), UndoRates())
    decide(appliance, own(3, 150.0), UnlockRates(nights(3), nights(3), kind))
    decide(appliance, own(4, 150.0), UnlockRates(nights(4), nights(4), kind), UndoRates())
    found = later(appliance, tmp_path)
    assert [(one.entry.night, one.entry.rate) for one in found.own] == [(nights(4), 150.0), (nights(1), 150.0)]


def test_accepted_rates_are_told_apart_from_own_ones_and_from_those_left(appliance: Appliance, tmp_path: Path) -> None:
    moving = [(kind, one) for kind, one in days(appliance) if one.moves]
    staying = [(kind, one) for kind, one in days(appliance) if one.current_rate == one.suggested_rate]
    (kind, accepted), (other, left), (third, same) = moving[0], moving[1], staying[0]
    decide(
        appliance,
        AcceptRates(accepted.night, accepted.night, kind),
        LockRates(left.night, left.night, other),
        LockRates(same.night, same.night, third),
    )
    found = later(appliance, tmp_path)
    told = {(one.entry.night, one.entry.room_type): one.entry for one in (*found.own, *found.accepted)}
    assert {cell: one.kind for cell, one in told.items()} == {
        (accepted.night, kind): "accepted",
        (left.night, other): "kept",
        (same.night, third): "accepted",
    }
    assert told[accepted.night, kind].suggested_revenue == accepted.expected_revenue
    assert (told[left.night, other].rate, told[left.night, other].suggested_rate) == (left.current_rate, left.suggested_rate)
    assert found.accepted_totals.entries == 2


def test_an_acceptance_stands_again_once_a_lock_over_it_is_gone(appliance: Appliance, tmp_path: Path) -> None:
    kind, one = next((kind, one) for kind, one in days(appliance) if one.moves)
    span = (one.night, one.night, kind)
    decide(appliance, AcceptRates(*span), SetRate(*span, 2 * one.suggested_rate), UnlockRates(*span))
    (found,) = later(appliance, tmp_path).accepted
    assert (found.entry.rate, found.entry.suggested_revenue) == (one.suggested_rate, one.expected_revenue)


def test_a_file_of_options_frees_what_it_no_longer_holds(hotel_home: Path, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        kind = appliance.rates(NAME).room_type
        decide(appliance, SetRate(nights(2), nights(3), kind, 150.0))
    options = tmp_path / "rates.toml"
    options.write_text(f"[locked]\n{nights(3)} = {{ {kind} = 150.0 }}\n", encoding="utf-8")
    out = str(tmp_path / "out.csv")
    assert main(["predict", "pricing", "--horizon", "7", "--options", str(options), "--out", out]) == 0
    with open_at_morning(hotel_home) as appliance:
        assert [one.entry.night for one in later(appliance, tmp_path).own] == [nights(3)]


def test_the_command_writes_json_and_csv(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_at_morning(hotel_home) as appliance:
        decide(appliance, SetRate(nights(1), nights(2), appliance.rates(NAME).room_type, 150.0))
        later(appliance, tmp_path)
    out = tmp_path / "ledger.csv"
    assert main(["rates", "ledger", "--json", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    (view,) = told["ledgers"]
    assert told["rows"] == len(view["own"]) == 2
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["stay_date"], row["decided"], row["rate"]) for row in rows] == [
        (nights(2).isoformat(), "own", "150"),
        (nights(1).isoformat(), "own", "150"),
    ]
    assert {row["outcome"] for row in rows} <= {"more", "less", "can't be told"}
    assert main(["rates", "ledger"]) == 0
    assert "Own rates on 2 past nights: " in capsys.readouterr().out

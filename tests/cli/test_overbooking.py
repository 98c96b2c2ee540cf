"""How many rooms to sell, on the command line."""

from __future__ import annotations

import pytest

from hotelml_app.__main__ import main
from hotelml_app.cli import overbooking_command
from hotelml_app.cli.call import Call


def night(on_books: float, sell_up_to: int, lost: list[float]) -> dict[str, object]:
    advice = {"sell_up_to": sell_up_to, "chance_of_walking": 0.2}
    costs = {"room_value": 80.0, "walk_cost": 160.0, "in_money": True, "walk_cost_told": True}
    told = {"night": "2026-03-01", "rooms": 50, "out_of_order": 10, "on_books": on_books, "expected_lost": 1.0}
    return {**told, "lost": lost, "advice": advice, "costs": costs}


@pytest.mark.parametrize(
    ("on_books", "risk"),
    [(48.0, "20%"), (52.0, "20%"), (53.0, "90%"), (88.0, "100%")],
    ids=["room is left", "as many as advised", "one too many", "far too many"],
)
def test_the_risk_of_a_walk_is_that_of_the_books_where_they_hold_too_many(
    hotel_home: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], on_books: float, risk: str
) -> None:
    lost = [0.4, 0.3, 0.2, 0.1]
    house = {"property_name": "Hotel", "as_of": "2026-02-28", "walk_night": "2026-03-01", "walk_plan": []}
    answer = {"properties": [{**house, "nights": [night(on_books, 52, lost)]}]}
    monkeypatch.setattr(Call, "ask", lambda *_: answer)
    assert main(["overbooking"]) == 0
    header, row = capsys.readouterr().out.splitlines()[1:3]
    assert row[header.index("Risk of a walk") :].split()[0] == risk
    assert row[header.index("Rooms") :].startswith("50 + 10 out of order")


def test_as_advised_where_nothing_is_lost() -> None:
    assert overbooking_command._chance_of_walking(night(51.0, 50, [1.0])) == 1.0


def test_the_rooms_to_sell_can_be_told_by_type(
    hotel_home: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    advice = {"sell_more": 3, "beyond": 1, "chance_of_another": 0.25}
    suite = {"room_type": "SUI", "rooms": 4, "out_of_order": 1, "on_books": 2, "expected_lost": 0.4, "advice": advice}
    house = {"property_name": "Hotel", "as_of": "2026-02-28", "walk_night": "2026-03-01", "walk_plan": []}
    told = {**night(48.0, 52, [1.0]), "room_types": [suite]}
    monkeypatch.setattr(Call, "ask", lambda *_: {"properties": [{**house, "nights": [told]}]})
    assert main(["overbooking"]) == 0
    assert "SUI" not in capsys.readouterr().out
    assert main(["overbooking", "--room-types"]) == 0
    (row,) = (line for line in capsys.readouterr().out.splitlines() if "SUI" in line)
    assert row.split() == ["2026-03-01", "SUI", "4", "+", "1", "out", "of", "order", "2", "0.4", "3", "25%"]

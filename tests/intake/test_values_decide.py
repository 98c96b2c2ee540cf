"""Where names leave it open, the values of a file decide: gross and net, rooms, stays, states, booking numbers."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.doctor.findings import FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.mapping.map_file import checked_map
from hotelml_app.intake.trial import propose_file
from hotelml_app.services.exports.mapping_draft import draft
from hotelml_app.store import Store

HOUSE = "Harbour House"
TODAY = date(2025, 6, 1)
ROWS = 160

Row = dict[str, str]
State = dict[str, object]


def hotel() -> list[Row]:
    """Bookings of a hotel up to TODAY, with their words for what a layout may tell."""
    draw, rows = random.Random(8), []
    for number in range(ROWS):
        booked = TODAY - timedelta(ROWS - 1 - number)
        arrival = min(booked + timedelta(draw.randrange(0, 60)), TODAY + timedelta(draw.randrange(2, 40)))
        nights, rooms, rate = draw.randrange(1, 7), draw.choice([1, 1, 1, 2]), draw.randrange(80, 140)
        departure = arrival + timedelta(nights)
        state = "out" if departure <= TODAY else "house" if arrival <= TODAY else "due"
        state = draw.choice([state] * 8 + ["gone", "missed"]) if state == "out" else draw.choice([state] * 8 + ["gone"])
        rows.append(
            {
                "id": f"A{1000 + number}",
                "booked": booked.isoformat(),
                "arrival": arrival.isoformat(),
                "departure": departure.isoformat(),
                "nights": str(nights),
                "days": str(nights + 1),
                "last night": (departure - timedelta(1)).isoformat(),
                "rooms": str(rooms),
                "kind": draw.choice(["DBL", "SGL", "FAM"]),
                "rate": f"{rate}.00",
                "total": f"{rate * nights * rooms}.00",
                "net": f"{rate * nights * rooms / 1.1:.2f}",
                "rate net": f"{rate / 1.1:.2f}",
                "tax": f"{rate * nights * rooms - round(rate * nights * rooms / 1.1, 2):.2f}",
                "state": state,
                "cancelled": "ja" if state == "gone" else "nein",
                "missed": "ja" if state == "missed" else "nein",
            }
        )
    return rows


def write(
    path: Path, columns: str, words: dict[str, str] | None = None, kept: Callable[[Row], bool] = lambda row: True
) -> list[Row]:
    """Write the hotel's bookings in a layout given as "Name=what|Name=what"; return them."""
    pairs, rows = [pair.rpartition("=")[::2] for pair in columns.split("|")], list(filter(kept, hotel()))
    told = [{**row, "state": (words or {}).get(row["state"], row["state"])} for row in rows]
    lines = [";".join(name for name, _ in pairs)] if any(name for name, _ in pairs) else []
    lines += [";".join(row[what] for _, what in pairs) for row in told]
    path.write_text("\n".join(lines), encoding="utf-8")
    return rows


STATES = {"due": "Confirmed", "house": "In house", "out": "Checked out", "gone": "Cancelled", "missed": "No show"}
MEANT = {
    "due": BookingStatus.RESERVED,
    "house": BookingStatus.IN_HOUSE,
    "out": BookingStatus.CHECKED_OUT,
    "gone": BookingStatus.CANCELLED,
    "missed": BookingStatus.NO_SHOW,
}
STAY = "Number=id|Booked on=booked|Arrival=arrival|Departure=departure|Room type=kind|Status=state"


@pytest.mark.parametrize(
    ("prices", "role", "wanted"),
    [
        ("Total net=net|Total gross=total", "total", "total"),
        ("Total s/ IVA=net|IVA=tax|Total c/ IVA=total", "total", "total"),
        ("Logis netto=net|Logis brutto=total", "total", "total"),
        ("Subtotal=net|Tax=tax|Grand total=total", "total", "total"),
        ("Rate net=rate net|Rate gross=rate", "adr", "rate"),
        ("Price=total|Net payout=net", "total", "total"),
        ("Total price=net", "total", "net"),
    ],
)
def test_of_net_and_gross_the_guest_pays_gross(prices: str, role: str, wanted: str, store: Store, tmp_path: Path) -> None:
    rows = write(tmp_path / "a.csv", f"{STAY}|{prices}", STATES)
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert all(known[row["id"]][role] == pytest.approx(float(row[wanted])) for row in rows)


def test_days_written_as_mere_numbers_are_days(store: Store, tmp_path: Path) -> None:
    rows = [{**row, **{day: row[day].replace("-", "") for day in ("booked", "arrival", "departure")}} for row in hotel()]
    cells = [
        ";".join([row[what] for what in ("id", "booked", "arrival", "departure", "kind", "total")] + ["fest"]) for row in rows
    ]
    (tmp_path / "a.csv").write_text("\n".join(["NR;DTA;DTB;DTC;KAT;PREIS;STATUS", *cells]), encoding="utf-8")
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert all(str(known[row["id"]]["arrival"]).replace("-", "") == row["arrival"] for row in rows)


@pytest.mark.parametrize("name", ["Category", "Alojamiento"])
def test_kinds_of_rooms_are_the_room_type_whatever_else_is_called_so(name: str, store: Store, tmp_path: Path) -> None:
    columns = f"{STAY.replace('Room type=kind', 'Room=kind' if name == 'Category' else f'{name}=kind')}|Total=total"
    rows = write(tmp_path / "a.csv", columns + ("|Category=cancelled" if name == "Category" else ""), STATES)
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert all(known[row["id"]]["room_type"] == row["kind"] for row in rows)


def test_numbers_that_make_the_total_of_the_rate_are_the_rooms(store: Store, tmp_path: Path) -> None:
    rows = write(tmp_path / "a.csv", f"{STAY}|Zzz=rooms|Rate per night=rate|Total price=total", STATES)
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert all(known[row["id"]]["rooms"] == float(row["rooms"]) for row in rows)


@pytest.mark.parametrize("end", ["Departure=last night|Nights=nights", "Departure=departure|Nights=days"])
def test_a_last_night_called_departure_is_none_where_the_nights_tell_it(end: str, store: Store, tmp_path: Path) -> None:
    rows = write(tmp_path / "a.csv", f"{STAY.replace('Departure=departure', end)}|Total=total", STATES)
    report = import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert all(known[row["id"]]["departure"] == row["departure"] for row in rows)
    assert not any(one.kind is FindingKind.NO_NIGHTS for one in report.findings)


def test_staff_are_told_where_nothing_tells_a_last_night_called_departure(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "a.csv", f"{STAY.replace('Departure=departure', 'Departure=last night')}|Total=total", STATES)
    report = import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    (told,) = [one for one in report.findings if one.kind is FindingKind.NO_NIGHTS]
    assert told.wants_person
    assert told.sentence.startswith("18% of the bookings end on the day they begin, and hold no room for a night.")


@pytest.mark.parametrize("names", ["F1=id|F2=booked|F3=arrival|F4=departure|F5=kind|F6=nights|F7=total|F8=state", None])
def test_a_table_without_real_names_is_read_by_its_values(names: str | None, store: Store, tmp_path: Path) -> None:
    columns = names or "=id|=booked|=arrival|=departure|=kind|=nights|=total|=state"
    rows = write(tmp_path / "a.csv", columns, STATES)
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert len(known) == ROWS
    for row in rows:
        state = known[row["id"]]
        found = [str(state[name]) for name in ("booked_on", "arrival", "departure", "room_type")]
        assert found == [row[name] for name in ("booked", "arrival", "departure", "kind")]
        assert (state["status"], state["total"]) == (MEANT[row["state"]], float(row["total"]))


@pytest.mark.parametrize("letters", ["QWXYZ", "RESAN", "12389"])
@pytest.mark.parametrize("header", ["Status", "Progress"])
def test_letters_for_states_are_read_by_the_days(letters: str, header: str, store: Store, tmp_path: Path) -> None:
    words = dict(zip(("due", "house", "out", "gone", "missed"), letters, strict=True))
    rows = write(tmp_path / "a.csv", f"{STAY.replace('Status=', header + '=')}|Total=total", words)
    report = import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert [known[row["id"]]["status"] for row in rows] == [MEANT[row["state"]] for row in rows]
    assert any(f"{words['gone']!r} = cancelled" in note for note in report.notes)


def only(*wanted: str) -> Callable[[Row], bool]:
    return lambda row: row["state"] in wanted


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ({}, only("out", "gone", "missed")),
        ({}, only("due", "gone")),
        ({"missed": "f", "house": "k"}, only("due", "house", "out", "missed")),
        ({"due": "k", "house": "k", "out": "k"}, only("due", "house", "out", "gone", "missed")),
        (
            {"due": "Reserved", "missed": "Cancelled"},
            lambda row: row["state"] != "gone" or row["arrival"] > "2025-06-01",
        ),
    ],
    ids=["no stay to come", "no stay is over", "no cancelled one", "one word for all that stand", "an option or what else"],
)
def test_states_that_days_do_not_tell_apart_are_asked_about(
    words: dict[str, str], kept: Callable[[Row], bool], store: Store, tmp_path: Path
) -> None:
    told = {**dict(zip(("due", "house", "out", "gone", "missed"), ("q", "k", "x", "z", "f"), strict=True)), **words}
    write(tmp_path / "a.csv", f"{STAY}|Total=total", told, kept)
    with pytest.raises(NeedsMappingError) as asked:
        import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    assert [question.role for question in asked.value.proposal.questions] == ["status"]


def test_one_unknown_word_for_past_stays_is_no_question(store: Store, tmp_path: Path) -> None:
    rows = write(tmp_path / "a.csv", f"{STAY}|Total=total", {**STATES, "out": "Zork"})
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    assert all(known[row["id"]]["status"] == MEANT[row["state"]] for row in rows)
    proposal = propose_file(tmp_path / "a.csv").proposal
    answer = checked_map(tomllib.loads(draft("a.csv", proposal, None, None, {})))
    assert BookingStatus.CHECKED_OUT in answer.statuses.values()


def test_two_yes_or_no_columns_tell_what_was_cancelled_and_who_did_not_come(store: Store, tmp_path: Path) -> None:
    rows = write(tmp_path / "a.csv", f"{STAY.replace('|Status=state', '')}|Storniert=cancelled|No-Show=missed|Total=total")
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    known = newest(store)
    wanted = {"gone": MEANT["gone"], "missed": MEANT["missed"]}
    assert all(known[row["id"]]["status"] == wanted.get(row["state"], BookingStatus.RESERVED) for row in rows)


@pytest.mark.parametrize(
    ("cells", "asked"),
    [(lambda n: f"06{n * 77_377_919 % 10**8:08}", ["reservation_id"]), (lambda n: f"B{n + 1000}", [])],
)
def test_numbers_that_grow_are_taken_for_the_booking_number_and_telephones_are_not(
    cells: Callable[[int], str], asked: Sequence[str], tmp_path: Path
) -> None:
    rows = [[cells(n), row["booked"], row["arrival"], row["departure"], "DBL", "Confirmed"] for n, row in enumerate(hotel())]
    lines = ["Zzz;Booked on;Arrival;Departure;Room type;Status", *(";".join(row) for row in rows)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    proposal = propose_file(tmp_path / "a.csv").proposal
    assert [question.role for question in proposal.questions] == asked


def test_what_was_paid_is_not_taken_for_the_state_of_a_booking(store: Store, tmp_path: Path) -> None:
    words = {"due": "q", "house": "z", "out": "k", "gone": "x", "missed": "f"}
    write(tmp_path / "a.csv", f"{STAY.replace('Status=', 'Rechnung X=')}|Total=total", words)
    proposal = propose_file(tmp_path / "a.csv").proposal
    assert "status" not in {column.role for column in proposal.columns if column.confidence >= 0.85}


@pytest.mark.parametrize("told", ["booked", None])
@pytest.mark.parametrize("order", ["arrival", "kind", "id"])
def test_numbers_that_count_the_lines_of_the_file_are_no_booking_numbers(
    told: str | None, order: str, store: Store, tmp_path: Path
) -> None:
    """Where they go up with the days of booking they are a young house's own."""
    columns = ["arrival", "departure", "kind", "total", "state"] + ([told] if told else [])
    for night in (0, 1):
        rows = sorted(hotel()[: ROWS - 1 + night], key=lambda row: row[order])
        lines = [";".join(["Reservation No", *columns])]
        lines += [";".join([str(number), *(row[one] for one in columns)]) for number, row in enumerate(rows, start=1)]
        text = "\n".join(lines)
        for word, written in STATES.items():
            text = text.replace(f";{word}", f";{written}")
        (tmp_path / f"{night}.csv").write_text(text, encoding="utf-8")
        report = import_file(tmp_path / f"{night}.csv", store=store, settings_property=HOUSE, clock=store.clock)
    counted = order == "arrival" or (order == "kind" and told is not None)
    assert any("no booking numbers" in note for note in report.notes) is counted
    if counted:
        assert (report.created, report.changed, len(newest(store))) == (1, 0, ROWS)


@pytest.mark.parametrize(
    ("rows_of", "rooms"),
    [
        pytest.param(lambda n: 6 if n % 16 == 0 else 1, 6, id="groups of six rooms"),
        pytest.param(lambda n: 1 + n % 3, 1, id="a row for each guest"),
        pytest.param(lambda n: 3, 1, id="a file put together of three"),
    ],
)
def test_rows_that_are_the_very_same_are_rooms_where_they_are_more_than_the_guests(
    rows_of: Callable[[int], int], rooms: int, store: Store, tmp_path: Path
) -> None:
    columns = ["id", "booked", "arrival", "departure", "kind", "total", "state"]
    lines = ["Number;Booked on;Arrival;Departure;Room type;Total price;Status;Guest;Adults"]
    for n, row in enumerate(hotel()):
        cells = [{**row, "state": STATES[row["state"]]}[one] for one in columns]
        lines += [";".join([*cells, f"Guest {n} {one}", str(1 + n % 3)]) for one in range(rows_of(n))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    assert len(newest(store)) == ROWS + (ROWS // 16) * (rooms - 1)

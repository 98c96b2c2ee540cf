"""The export doctor notices what changed in a hotel's exports, and asks for a person only where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from changed_exports import FIRST, found, with_values
from rewritten import Rows

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, Warned
from hotelml_app.intake.doctor.findings import TAKE_BACK, FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.store import Store


def warned(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Warned)]


def test_exports_that_go_on_as_they_were_are_in_order(bring, events: list[Event]) -> None:
    assert [bring(day).findings for day in range(4)] == [(), (), (), ()]
    assert warned(events) == []


def test_a_column_that_was_used_and_is_gone_wants_a_person(bring, events: list[Event]) -> None:
    bring(0)
    report = bring(1, without=["total"])
    finding = found(report)[FindingKind.LOST_COLUMNS]
    assert finding.details == ("total",)
    assert "'total' (total price)" in finding.sentence
    assert finding.sentence in report.notes
    assert warned(events) == [f"{finding.property_name}: {finding.sentence}"]


def test_an_export_that_loses_a_column_its_layout_is_known_by_is_still_compared(bring) -> None:
    bring(0)
    report = bring(1, without=["rate_code"])
    assert (report.profile != "hotelml", report.accepted) == (True, 60)
    assert found(report)[FindingKind.LOST_COLUMNS].details == ("rate_code",)


def test_a_new_column_is_told_without_calling_anybody(bring, events: list[Event]) -> None:
    bring(0, without=["currency"])
    finding = found(bring(1))[FindingKind.NEW_COLUMNS]
    assert (finding.details, finding.wants_person) == (("currency",), False)
    assert warned(events) == []


def test_a_column_that_went_blank_wants_a_person(bring) -> None:
    bring(0)
    finding = found(bring(1, with_values(adr="")))[FindingKind.EMPTIED_COLUMNS]
    assert finding.wants_person
    assert "price per night" in finding.sentence
    assert TAKE_BACK not in finding.remedy, "what was known is kept, so that there is nothing to undo"


@pytest.mark.parametrize(
    ("column", "kind", "person"),
    [
        ("room_type", FindingKind.NEW_ROOM_TYPES, True),
        ("rate_code", FindingKind.NEW_RATE_CODES, False),
    ],
)
def test_new_codes_are_named_once(bring, column: str, kind: FindingKind, person: bool) -> None:
    bring(0)

    def add(rows: Rows) -> Rows:
        return [{**row, column: "NEWONE"} if place < 3 else row for place, row in enumerate(rows)]

    finding = found(bring(1, add))[kind]
    assert (finding.details, finding.wants_person) == (("NEWONE",), person)
    assert kind not in found(bring(2, add))


def test_a_status_nobody_knows_wants_a_person_and_one_seen_first_does_not(bring) -> None:
    bring(0)
    finding = found(bring(1, with_values(status="Schwebend")))[FindingKind.NEW_STATUSES]
    assert (finding.details, finding.wants_person) == (("Schwebend",), True)
    second = found(bring(2, with_values(status="Cancelled")))[FindingKind.NEW_STATUSES]
    assert (second.details, second.wants_person) == (("Cancelled",), False)


def test_eighty_percent_fewer_rows_are_told_at_once_and_call_somebody_where_the_size_is_a_habit(bring) -> None:
    bring(0)
    once = found(bring(1, lambda rows: rows[:12]))[FindingKind.FEWER_ROWS]
    assert "80% fewer" in once.sentence
    assert not once.wants_person
    assert "changes only" in once.sentence


def test_the_first_export_of_changes_is_not_taken_for_one_that_was_cut_off(bring) -> None:
    bring(0)
    changes = bring(1, lambda rows: with_values(adr="77.00")(rows[:12]))
    assert FindingKind.FEWER_ROWS not in found(changes)


def test_a_list_of_all_bookings_is_not_held_against_exports_of_changes(bring) -> None:
    bring(0)
    for day in (1, 2, 3):
        bring(day, lambda rows, day=day: with_values(adr=f"{70 + day}.00")(rows[:6]))
    assert FindingKind.MORE_ROWS not in found(bring(4))
    assert FindingKind.FEWER_ROWS in found(bring(5, lambda rows: rows[:6])), "it is held against the lists of all"


def test_a_steady_export_that_shrinks_wants_a_person(bring) -> None:
    for day in range(3):
        bring(day)
    finding = found(bring(3, lambda rows: rows[:5]))[FindingKind.FEWER_ROWS]
    assert finding.wants_person
    assert "60" in finding.sentence


def test_a_business_date_that_stands_still_overnight_wants_a_person(bring) -> None:
    bring(0)
    finding = found(bring(1, with_values(adr="101.00"), business_date=FIRST))[FindingKind.DATE_STANDS_STILL]
    assert finding.wants_person
    assert "it is Sun 1 Jun 2025, as in the last export" in finding.sentence


def test_an_older_export_is_told_but_calls_nobody(bring) -> None:
    bring(5)
    finding = found(bring(6, business_date=FIRST))[FindingKind.DATE_WENT_BACK]
    assert not finding.wants_person


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [("adr", "10400.00", FindingKind.RATES_OUT_OF_RANGE), ("total", "2.08", FindingKind.REVENUE_OUT_OF_RANGE)],
)
def test_prices_far_from_the_usual_want_a_person(bring, column: str, value: str, kind: FindingKind) -> None:
    bring(0)
    finding = found(bring(1, with_values(**{column: value})))[kind]
    assert finding.wants_person
    assert finding.remedy.endswith(TAKE_BACK)


def test_numbers_of_rows_are_not_rounded_to_what_is_not_so(bring) -> None:
    bring(0, lambda rows: [{**row, "reservation_id": f"{row['reservation_id']}.{n}"} for n in range(10) for row in rows])
    few = found(bring(1, lambda rows: [{**rows[0], "reservation_id": f"{rows[0]['reservation_id']}.0"}]))[FindingKind.FEWER_ROWS]
    assert few.sentence.startswith("The export has 1 row, 99% fewer than the 600 of the last ones.")


def test_an_export_of_five_and_a_half_times_the_rows_is_not_called_six_times_as_long(bring) -> None:
    bring(0)
    further = lambda rows: [{**row, "reservation_id": f"{row['reservation_id']}.{n}"} for n in range(5) for row in rows]  # noqa: E731
    longer = lambda rows: [*rows, *further(rows)]  # noqa: E731
    many = found(bring(1, lambda rows: longer(rows)[:335]))
    assert many[FindingKind.MORE_ROWS].sentence == "The export has 335 rows, at least 5 times the 60 of the last ones."


def test_many_rejected_rows_want_a_person_even_in_the_first_export(bring) -> None:
    def spoil(rows: Rows) -> Rows:
        return [{**row, "arrival": "soon"} if place % 5 == 0 else row for place, row in enumerate(rows)]

    assert "12 of 60 rows" in found(bring(0, spoil))[FindingKind.MANY_REJECTED].sentence


def test_rejected_rows_are_told_of_the_hotel_that_they_name(
    store: Store, clock: FixedClock, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    rows = [{"reservation_id": f"A{place}", "departure": "2025-06-12" if place > 20 else "2025-06-01"} for place in range(100)]
    rows += [{"property": "Hill House", "reservation_id": f"B{place}"} for place in range(40)]
    report = import_file(write_export(tmp_path / "chain.csv", rows), store=store, clock=clock)
    told = [(one.property_name, one.sentence) for one in report.findings if one.kind is FindingKind.MANY_REJECTED]
    assert told == [("Harbour House", "21 of 100 rows could not be used.")]


def test_a_second_currency_is_named(bring) -> None:
    bring(0)
    report = bring(1, lambda rows: [*rows[:50], *({**row, "currency": "HUF", "adr": "40000"} for row in rows[50:])])
    told = found(report)[FindingKind.NEW_CURRENCIES]
    assert told.sentence == "New currency in the export: HUF."
    assert "converts nothing" in told.remedy


def test_a_price_per_night_that_became_that_of_the_stay_is_told_as_such(bring) -> None:
    def of_stays(rows: Rows) -> Rows:
        return [{**row, "adr": f"{float(row['adr']) * (2 + place % 3):.2f}", **stay(place)} for place, row in enumerate(rows)]

    def stay(place: int) -> dict[str, str]:
        return {"total": "", "departure": f"2025-06-{12 + place % 3}"}

    bring(0, lambda rows: [{**row, **stay(place)} for place, row in enumerate(rows)])
    told = found(bring(1, of_stays))[FindingKind.REPRICED]
    assert told.sentence.startswith("The column for the price per night now tells the price of the whole stay")
    assert "60 known bookings" in told.sentence


@pytest.mark.parametrize(("factor", "told"), [(1.19, True), (0.93, True), (1.0, False), (None, False)])
def test_prices_that_all_changed_by_one_factor_want_a_person(bring, factor: float | None, told: bool) -> None:
    """Prices that were changed each by itself are the hotel's own doing."""

    def taxed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [
            {**row, "adr": f"{float(row['adr']) * (factor or 1 + place / 100):.2f}", "rate_code": "NEW"}
            for place, row in enumerate(rows)
        ]

    bring(0)
    report = bring(1, taxed)
    assert report.changed == 60
    assert (FindingKind.REPRICED in found(report)) is told
    if told:
        sentence = found(report)[FindingKind.REPRICED].sentence
        assert sentence.startswith(f"The prices of 60 known bookings are {factor:.2f} times what earlier exports told")
    assert FindingKind.REPRICED not in found(bring(2, taxed))


@pytest.mark.parametrize(
    ("account", "others", "told"),
    [
        ({"adults": "0", "adr": "0", "total": ""}, {}, True),
        ({"adults": "0", "adr": "70", "total": "140"}, {}, False),
        ({"adults": "2", "adr": "0", "total": "0"}, {}, False),
        ({"adults": "0", "adr": "0", "total": "0"}, {"adults": "0"}, False),
    ],
)
def test_room_types_in_which_nobody_sleeps_want_a_person(
    bring, account: dict[str, str], others: dict[str, str], told: bool
) -> None:
    def with_accounts(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{**row, "room_type": "PM", **account} if place % 3 == 0 else {**row, **others} for place, row in enumerate(rows)]

    findings = found(bring(0, with_accounts))
    assert (FindingKind.PSEUDO_ROOMS in findings) is told
    if told:
        sentence = findings[FindingKind.PSEUDO_ROOMS].sentence
        assert sentence.startswith("20 bookings of room type 'PM' have neither guests nor a price.")

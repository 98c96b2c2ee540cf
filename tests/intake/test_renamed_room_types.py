"""Room types that are called otherwise from some export on: staff are told, and their history goes on under the new name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.ml.property.reading import property_facts, read_history
from hotelml_app.store import Store
from hotelml_app.store.decided import room_type_names
from hotelml_app.store.hotels import properties

WriteExport = Callable[..., Path]
Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(store: Store, tmp_path: Path, write_export: WriteExport) -> Bring:
    """Import thirty bookings to come, ten of them of another type, and ten that are over."""

    def take(day: int, **names: str) -> ImportReport:
        rows = []
        for n in range(40):
            kind, over = "SUI" if n % 4 == 3 else "DBL", n >= 30
            stay = {
                "arrival": f"2025-{5 if over else 7}-{1 + n % 20:02}",
                "departure": f"2025-{5 if over else 7}-{3 + n % 20:02}",
            }
            stay |= {"status": "Checked out"} if over else {}
            name = kind if over else names.get(f"{kind}{n % 2}", names.get(kind, kind))
            rows.append({"reservation_id": f"R{n}", "room_type": name, "business_date": f"2025-06-{day:02}", **stay})
        path = write_export(tmp_path / f"{day}.csv", rows)
        return import_file(path, store=store, clock=store.clock)

    return take


def told(report: ImportReport) -> list[Finding]:
    return [one for one in report.findings if one.kind is FindingKind.RENAMED_ROOM_TYPES]


def test_a_room_type_of_another_name_is_told_with_what_to_do(bring: Bring) -> None:
    assert told(bring(1)) == []
    (finding,) = told(bring(2, DBL="Double room"))
    assert "DBL is now Double room" in finding.sentence
    assert 'hotelml rooms rename DBL "Double room"' in finding.remedy
    assert finding.wants_person
    assert told(bring(3, DBL="Double room")) == []


def test_of_several_hotels_the_command_says_which(store: Store, bring: Bring) -> None:
    bring(1)
    with store.write() as connection:
        properties.ensure(connection, "The Annexe", store.clock.now())
    (finding,) = told(bring(2, DBL="Double room"))
    assert 'hotelml rooms rename DBL "Double room" --property "Harbour House".' in finding.remedy


def test_a_room_type_that_was_split_is_told_as_such(bring: Bring) -> None:
    bring(1)
    (finding,) = told(bring(2, DBL0="TWN", DBL1="KNG"))
    assert "The room type DBL has hardly any booking to come any more: they are now TWN (15), KNG (8)." in finding.sentence


def test_a_few_bookings_that_were_moved_are_no_new_name(bring: Bring) -> None:
    bring(1)
    assert told(bring(2, DBL1="SUI")) == []


def test_what_was_told_under_the_former_name_counts_under_the_new_one(bring: Bring, store: Store) -> None:
    bring(1)
    with store.write() as connection:
        (hotel,) = properties.all(connection)
        properties.set_room_type(connection, hotel.id, "DBL", rooms=12)
    bring(2, DBL="KNG")
    with store.write() as connection:
        room_type_names.rename(connection, hotel.id, "DBL", "KNG")
    facts = property_facts(store, hotel.id)
    assert {(kind.code, kind.rooms) for kind in facts.room_types} == {("KNG", 12), ("SUI", None)}
    assert set(np.unique(read_history(store, facts).categories["room_type"].words())) == {"KNG", "SUI"}
    assert told(bring(3, DBL="KNG")) == []
    with store.write() as connection:
        room_type_names.rename(connection, hotel.id, "DBL", "DBL")
    again = read_history(store, property_facts(store, hotel.id))
    assert set(np.unique(again.categories["room_type"].words())) == {"DBL", "KNG", "SUI"}


def test_a_name_that_changes_twice_leads_to_the_last_one(bring: Bring, store: Store) -> None:
    bring(1)
    with store.write() as connection:
        (hotel,) = properties.all(connection)
        room_type_names.rename(connection, hotel.id, "DBL", "KNG")
        room_type_names.rename(connection, hotel.id, "KNG", "Double room")
        assert room_type_names.renamed(connection, hotel.id) == {"DBL": "Double room", "KNG": "Double room"}

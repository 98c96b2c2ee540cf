"""The report about predictions and what happened, as staff read it."""

from __future__ import annotations

import pytest
from small_hotel import AS_OF

from hotelml_app.__main__ import main
from hotelml_app.monitor.records import Record
from hotelml_app.monitor.reports import PeriodRecord


@pytest.mark.usefixtures("hotel_home")
def test_amounts_are_told_in_the_hotels_currency_and_never_in_the_word_for_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record("mae", "currency per night", 0.62, 28.7, 0.1, 7, 47)
    monkeypatch.setattr("hotelml_app.monitor.records.track_record", lambda *_: record)
    monkeypatch.setattr("hotelml_app.monitor.reports.report", lambda *_: [PeriodRecord(AS_OF, AS_OF, record, ("own:1",))])
    assert main(["monitor", "report", "--module", "pricing"]) == 0
    said = capsys.readouterr().out
    assert "currency" not in said
    assert "per night" in said


@pytest.mark.usefixtures("hotel_home")
@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            Record("WAPE", "%", None, None, 0.0, 19, 38),
            "last 19 nights judged, on which nothing came that errors could be set against.",
        ),
        (Record("WAPE", "%", 3.1, None, 0.4, 19, 38), "last 19 nights off by 3.1 %."),
        (Record("brier", "", 0.1, None, 0.1, 1, 4), "last 1 night judged; how that compares with the plain rule cannot be told."),
    ],
)
def test_a_report_never_breaks_off_where_a_figure_cannot_be_told(
    record: Record, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while a hotel is closed for the winter: nights are judged, but nothing came on any of them."""
    monkeypatch.setattr("hotelml_app.monitor.records.track_record", lambda *_: record)
    monkeypatch.setattr("hotelml_app.monitor.reports.report", lambda *_: [PeriodRecord(AS_OF, AS_OF, record, ("own:1",))])
    assert main(["monitor", "report", "--module", "forecast" if record.unit else "noshow"]) == 0
    assert said in capsys.readouterr().out

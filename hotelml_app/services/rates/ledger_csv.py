"""The ledger of rates as a CSV file has it; light, for the window writes it, too."""

from __future__ import annotations

from collections.abc import Iterator

from hotelml_app.services.rates.ledger_views import LedgerView

CSV_HEADER = (
    "property",
    "stay_date",
    "room_type",
    "decided",
    "decided_on",
    "rate",
    "suggested_rate",
    "rooms",
    "revenue",
    "rooms_at_suggestion",
    "revenue_at_suggestion",
    "rooms_at_rate",
    "revenue_at_rate",
    "outcome",
    "verdict",
    "room_cost",
    "currency",
)


def csv_rows(view: LedgerView) -> Iterator[tuple[object, ...]]:
    """Yield the entries under ``CSV_HEADER``, own rates first."""
    for judged_one in (*view.own, *view.accepted):
        one = judged_one.entry
        yield (
            view.property_name,
            one.night,
            one.room_type,
            one.kind,
            one.decided_on,
            one.rate,
            one.suggested_rate,
            one.rooms,
            round(one.revenue, 2),
            one.suggested_rooms,
            one.suggested_revenue,
            one.rate_rooms,
            one.rate_revenue,
            str(judged_one.outcome),
            judged_one.verdict,
            one.room_cost or None,
            one.other_currency or view.currency,
        )

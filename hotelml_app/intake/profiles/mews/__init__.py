"""Mews reservation report: Excel with the sheets Parameters and Reservations, or the same as JSON of the report scheduler."""

from hotelml_app.intake.profile import ExportProfile

PROFILE = ExportProfile(
    name="mews",
    title="Mews reservation report",
    signature=("Number", "Status", "Created", "Canceled", "Requested category", "Space category", "Average rate (nightly)"),
    columns={
        "reservation_id": "Number",
        "booked_on": "Created",
        "arrival": "Arrival",
        "departure": "Departure",
        "nights": "Count (nights)",
        "status": "Status",
        "status_on": "Canceled",
        # Mews has no state for a no-show: it is a cancellation with that reason.
        "reason": "Cancellation reason",
        "room_type": "Requested category",
        "assigned_room_type": "Space category",
        "room": "Space number",
        "channel": "Origin",
        "segment": "Segment",
        "rate_code": "Rate",
        "adr": "Average rate (nightly)",
        "total": "Total amount",
        "guests": "Person count",
        "agent": "Travel agency",
        "company": "Company",
    },
    facts={"property": ("Enterprise",), "currency": ("Currency",), "business_date": ("Created",)},
    sample="sample.xlsx",
)

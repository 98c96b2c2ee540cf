"""Earnings of Airbnb as CSV in English or German; the German file keeps American dates. Payouts are no bookings."""

from hotelml_app.intake.profile import ExportProfile, Grain
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="airbnb_earnings",
    title="Airbnb earnings CSV",
    signature=(
        ("Type", "Typ"),
        ("Confirmation Code", "Bestätigungs-Code"),
        ("Start date", "Startdatum"),
        ("Listing", "Inserat"),
        ("Gross earnings", "Bruttoeinkünfte"),
    ),
    columns={
        "row_kind": ("Type", "Typ"),
        "reservation_id": ("Confirmation Code", "Bestätigungs-Code"),
        "booked_on": ("Booking date", "Buchungsdatum"),
        "arrival": ("Start date", "Startdatum"),
        "departure": ("End date", "Enddatum"),
        "nights": ("Nights", "Nächte"),
        "room_type": ("Listing", "Inserat"),
        "total": ("Gross earnings", "Bruttoeinkünfte"),
        "currency": ("Currency", "Währung"),
    },
    only={"row_kind": frozenset({"reservation", "buchung"})},
    grain=Grain.INSTALMENT,
    constants={"channel": "Airbnb"},
    date_order=DateOrder.MONTH_FIRST,
)

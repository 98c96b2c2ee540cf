"""The invoice statement of the Booking.com extranet, dates like 5 December 2025."""

from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="booking_com_statement",
    title="Booking.com statement",
    signature=("Reservation number", "Booker name", "Genius booker", "Arrival", "Departure", "Total payment"),
    columns={
        "property": "Property name",
        "reservation_id": "Reservation number",
        "booked_on": "Booked on",
        "arrival": "Arrival",
        "departure": "Departure",
        "status": "Status",
        "total": "Total payment",
        "currency": "Currency",
    },
    constants={"channel": "Booking.com"},
    date_order=DateOrder.DAY_FIRST,
)

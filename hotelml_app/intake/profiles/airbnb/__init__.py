"""Reservations of Airbnb as CSV: American dates for the stay, ISO for the day of booking."""

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.profile import ExportProfile, Sum
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="airbnb",
    title="Airbnb reservations CSV",
    signature=("Confirmation code", "Status", "Start date", "End date", "Booked", "Listing", "Earnings"),
    columns={
        "reservation_id": "Confirmation code",
        "booked_on": "Booked",
        "arrival": "Start date",
        "departure": "End date",
        "nights": "# of nights",
        "status": "Status",
        "room_type": "Listing",
        "total": "Earnings",
        "adults": "# of adults",
        "children": Sum(("# of children", "# of infants")),
    },
    statuses={
        "currentlyhosting": BookingStatus.IN_HOUSE,
        "arrivingtoday": BookingStatus.RESERVED,
        "arrivingtomorrow": BookingStatus.RESERVED,
        "arrivingsoon": BookingStatus.RESERVED,
        "checkingouttoday": BookingStatus.IN_HOUSE,
        "pastguest": BookingStatus.CHECKED_OUT,
        "awaitingguestreview": BookingStatus.CHECKED_OUT,
        "awaitingyourreview": BookingStatus.CHECKED_OUT,
        "canceledbyairbnb": BookingStatus.CANCELLED,
        "canceledbyyou": BookingStatus.CANCELLED,
        "requestwithdrawn": BookingStatus.CANCELLED,
    },
    constants={"channel": "Airbnb"},
    date_order=DateOrder.MONTH_FIRST,
)

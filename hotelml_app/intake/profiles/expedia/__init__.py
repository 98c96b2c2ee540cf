"""Reservations of Expedia Partner Central, CSV or Excel; whether day or month comes first follows the property's country."""

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.profile import ExportProfile

PROFILE = ExportProfile(
    name="expedia",
    title="Expedia reservations",
    signature=("Reservation ID", "Confirmation #", "Check-in", "Check-out", "Booking amount"),
    columns={
        "reservation_id": "Reservation ID",
        "booked_on": "Booked",
        "arrival": "Check-in",
        "departure": "Check-out",
        "status": "Status",
        "room_type": "Room",
        "total": "Booking amount",
        "deposit_type": "Payment type",
    },
    statuses={
        "prestay": BookingStatus.RESERVED,
        "poststay": BookingStatus.CHECKED_OUT,
        "cancelledbyguest": BookingStatus.CANCELLED,
        "cancelledbyexpedia": BookingStatus.CANCELLED,
        "cancelledwithfee": BookingStatus.CANCELLED,
        "cancelledwithoutfee": BookingStatus.CANCELLED,
    },
    constants={"channel": "Expedia"},
)

"""HotelML's own layout: one row per reservation, ISO dates, the business date on every row."""

from hotelml_app.intake.profile import ExportProfile

_SAME_NAME = (
    "property",
    "reservation_id",
    "booked_on",
    "arrival",
    "departure",
    "status",
    "room_type",
    "assigned_room_type",
    "room",
    "channel",
    "segment",
    "rate_code",
    "adr",
    "total",
    "currency",
    "adults",
    "children",
    "customer_type",
    "deposit_type",
    "agent",
    "company",
    "country",
    "meal",
    "special_requests",
    "previous_cancellations",
    "previous_stays",
    "repeated_guest",
    "business_date",
)

PROFILE = ExportProfile(
    name="hotelml",
    title="HotelML reservations CSV",
    signature=("reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "rate_code"),
    columns={**{name: name for name in _SAME_NAME}, "status_on": "status_date", "rooms": "rooms"},
    optional=("property", "rooms"),
)

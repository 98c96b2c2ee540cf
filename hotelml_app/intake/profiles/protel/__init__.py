"""protel reservation list from its SQL view; the status is the property's own word, or Checked-in and Checked-out."""

from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="protel",
    title="protel reservation list",
    signature=("ResNo", "Arrival", "Departure", "CRSNumber", "Rate Code", "Price"),
    columns={
        "reservation_id": "ResNo",
        "arrival": "Arrival",
        "departure": "Departure",
        "status": "Status",
        "room_type": "Room Type",
        "room": "Room",
        "rate_code": "Rate Code",
        "adr": "Price",
        "currency": "Currency",
    },
    date_order=DateOrder.DAY_FIRST,
)

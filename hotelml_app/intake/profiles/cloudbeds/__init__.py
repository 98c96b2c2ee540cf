"""Cloudbeds reservations list, Excel or CSV, with Canceled or Cancelled: the rooms of a reservation stand in one cell."""

from hotelml_app.intake.profile import ExportProfile

PROFILE = ExportProfile(
    name="cloudbeds",
    title="Cloudbeds reservations",
    signature=("Reservation Number", "Third Party Confirmation Number", "Check in Date", "Check out Date", "Reservation Date"),
    columns={
        "reservation_id": "Reservation Number",
        "booked_on": "Reservation Date",
        "arrival": "Check in Date",
        "departure": "Check out Date",
        "nights": "Nights",
        "status": "Status",
        "status_on": ("Cancellation Date", "Cancelation Date"),
        "room_type": "Room Type",
        "room": "Room Number",
        "channel": "Source",
        "total": ("Accommodation Total", "Grand Total"),
        "adults": "Adults",
        "children": "Children",
        "company": "Company Name",
        "country": "Country",
        "meal": "Meal Plan",
    },
    blanks=frozenset({"unknown"}),
    # The rooms tell how many there are; names of types may hold commas.
    lists=("room", "room_type"),
)

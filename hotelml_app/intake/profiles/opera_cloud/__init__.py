"""OPERA Cloud, Manage Reservation, View Options, Export, CSV: at most 100 rows a file, the status under "Reservation Type"."""

from hotelml_app.intake.profile import ExportProfile

PROFILE = ExportProfile(
    name="opera_cloud",
    title="OPERA Cloud reservations CSV",
    signature=("Confirmation Number", "Room Type to Charge", "Reservation Type", "Arrival", "Departure", "Linked Name"),
    columns={
        "property": "Property",
        "reservation_id": "Confirmation Number",
        "arrival": "Arrival",
        "departure": "Departure",
        "nights": "Nights",
        "status": "Reservation Type",
        "room_type": "Room Type to Charge",
        "assigned_room_type": "Room Type",
        "room": "Room",
        "rooms": "Rooms",
        "channel": "Source",
        "rate_code": "Rate Code",
        "adr": "Rate",
        "adults": "Adults",
        "children": "Children",
        "agent": "Travel Agent",
        "company": "Company",
    },
    # Posting masters: accounts that look like rooms.
    ignored={"room_type": frozenset({"pi", "pm"}), "assigned_room_type": frozenset({"pi", "pm"})},
    shares=True,
)

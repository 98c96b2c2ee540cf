"""CRS extract with one row per night of a stay, American dates with a twelve-hour clock."""

from hotelml_app.intake.profile import ExportProfile, Grain
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="hotelsoft",
    title="Stay-night CRS extract CSV",
    signature=("Extract Date", "Reservation ID", "BookTime", "Stay Date", "RoomType", "Room Revenue"),
    columns={
        "property": "ResortID",
        "business_date": "Extract Date",
        "reservation_id": "Reservation ID",
        "booked_on": "BookTime",
        "arrival": "Arrival",
        "departure": "Departure",
        "nights": "Nights",
        "stay_date": "Stay Date",
        "status": "Status",
        "status_on": ("Update Date", "Modify Date"),
        "room_type": "RoomType",
        "rooms": "Quantity",
        "channel": "Source Description",
        "segment": "RateCategory",
        "rate_code": "RateCode",
        "customer_type": "Reservation Type",
        "night_price": "Room Revenue",
        "adults": "Adults",
        "children": "Children",
        "agent": "Travel Agent ID",
        "company": "Company Name",
        "country": "GstCountryCode",
    },
    grain=Grain.NIGHT,
    spellings={"agent": {"0": ""}},
    date_order=DateOrder.MONTH_FIRST,
)

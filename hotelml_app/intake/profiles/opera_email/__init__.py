"""The reservation report that OPERA sends by e-mail: one row per reservation, with the day it was made."""

from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_email",
    title="OPERA reservation report by e-mail",
    signature=("RESV_NAME_ID", "RESV_STATUS", "INSERT_DATE", "ROOM_CATEGORY_LABEL", "SHARE_AMOUNT"),
    columns={
        "reservation_id": "RESV_NAME_ID",
        "booked_on": "INSERT_DATE",
        "arrival": "ARRIVAL",
        "departure": "DEPARTURE",
        "nights": "NIGHTS",
        "status": "RESV_STATUS",
        "room_type": "ROOM_CATEGORY_LABEL",
        "room": "ROOM",
        "rooms": "NO_OF_ROOMS",
        "rate_code": "RATE_CODE",
        "adr": "SHARE_AMOUNT",
        "total": "SHARE_AMOUNT_PER_STAY",
        "guests": "PERSONS",
        "agent": "TRAVEL_AGENT_NAME",
        "company": "COMPANY_NAME",
    },
    ignored={"room_type": frozenset({"pi", "pm"})},
    shares=True,
    date_order=DateOrder.DAY_FIRST,
)

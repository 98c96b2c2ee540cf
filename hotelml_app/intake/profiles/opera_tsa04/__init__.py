"""OPERA export TSA04: what happened each night, per room class."""

from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_tsa04",
    title="OPERA TSA04 statistics CSV",
    signature=("BUSINESS_DATE", "ROOM_CLASS", "OCC_ROOM", "AVAIL_ROOM", "ROOM_REVENUE"),
    columns={
        "property": "RESORT",
        "property_name": "NAME",
        "stay_date": "BUSINESS_DATE",
        "room_type": "ROOM_CLASS",
        "rooms_sold": "OCC_ROOM",
        "capacity": "AVAIL_ROOM",
        "out_of_order": "OOO_ROOMS",
        "revenue": "ROOM_REVENUE",
        "arrivals": "ARRIVAL_ROOM",
    },
    optional=("property", "property_name"),
    kind=Kind.STATISTICS,
    date_order=DateOrder.DAY_FIRST,
)

"""OPERA rate check (GIRATECHECK, gih01128): everybody in the house as XML, two date formats in one record."""

from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_giratecheck",
    title="OPERA rate check XML",
    signature=("RESV_NAME_ID", "PRIMARY_01", "TRUNC_BEGIN_DATE", "SHORT_RESV_STATUS", "SHARE_AMOUNT"),
    columns={
        "property": "RESORT",
        "reservation_id": "RESV_NAME_ID",
        # ARRIVAL is written in the property's locale, TRUNC_* always as 05-DEC-25.
        "arrival": "TRUNC_BEGIN_DATE",
        "departure": "TRUNC_END_DATE",
        "status": "SHORT_RESV_STATUS",
        "primary": "PRIMARY_01",
        "room_type": "BOOKED_ROOM_CATEGORY_LABEL",
        "assigned_room_type": "ROOM_CATEGORY_LABEL",
        "room": "ROOM",
        "channel": "SOURCE_CODE",
        "segment": "MARKET_CODE",
        "rate_code": "RATE_CODE",
        # What all sharers of the room pay together.
        "adr": ("ALL_SHARE_AMOUNT", "SHARE_AMOUNT"),
        "currency": "CURRENCY_CODE",
        "adults": "ADULTS",
        "children": "CHILDREN",
        "meal": "PRODUCTS",
    },
    ignored={"room_type": frozenset({"pi", "pm"}), "assigned_room_type": frozenset({"pi", "pm"})},
    date_order=DateOrder.DAY_FIRST,
    sample="sample.xml",
)

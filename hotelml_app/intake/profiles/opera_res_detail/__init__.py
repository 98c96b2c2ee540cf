"""OPERA Reservations Detail (res_detail): reservations grouped by arrival as XML."""

from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_res_detail",
    title="OPERA reservations detail XML",
    signature=("RESV_NAME_ID", "UPDATE_DATE", "SHORT_RESV_STATUS", "EFFECTIVE_RATE_AMOUNT"),
    columns={
        "reservation_id": "RESV_NAME_ID",
        "arrival": ("TRUNC_BEGIN", "BEGIN_DATE", "ARRIVAL"),
        "departure": ("TRUNC_END", "DEPARTURE"),
        "status": "SHORT_RESV_STATUS",
        "status_on": "UPDATE_DATE",
        "room_type": "ROOM_CATEGORY_LABEL",
        "room": "ROOM_NO",
        "rooms": "NO_OF_ROOMS",
        "channel": "ORIGIN_OF_BOOKING",
        "segment": "MARKET_CODE",
        "rate_code": "RATE_CODE",
        "adr": "EFFECTIVE_RATE_AMOUNT",
        "currency": "CURRENCY_CODE",
        "adults": "ADULTS",
        "children": "CHILDREN",
        "company": "COMPANY_NAME",
        "meal": "PRODUCTS",
    },
    ignored={"room_type": frozenset({"pi", "pm"})},
    shares=True,
    date_order=DateOrder.DAY_FIRST,
    sample="sample.xml",
)

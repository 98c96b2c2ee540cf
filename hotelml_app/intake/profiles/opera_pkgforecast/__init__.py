"""OPERA package forecast (pkgforecast): stacked tables; the first has a row per reservation, package and night."""

from hotelml_app.intake.profile import ExportProfile, Grain
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_pkgforecast",
    title="OPERA package forecast CSV",
    signature=("PRODUCT_ID1", "RESV_NAME_ID", "TRUNC_ARRIVAL", "TRUNC_DEPARTURE"),
    columns={
        "reservation_id": "RESV_NAME_ID",
        "booked_on": "INSERT_DATE",
        "arrival": "TRUNC_ARRIVAL",
        "departure": "TRUNC_DEPARTURE",
        "status": ("COMPUTED_RESV_STATUS", "RESV_STATUS", "RES_STATUS"),
        "room_type": ("BOOKED_ROOM_CATEGORY_LABEL", "ROOM_CATEGORY_LABEL"),
        "assigned_room_type": "ROOM_CATEGORY_LABEL",
        "room": "ROOM",
        "rooms": "NO_OF_ROOMS",
        "rate_code": "RATE_CODE",
        "adults": "ADULTS",
        "children": "CHILDREN",
        "meal": "PRODUCTS",
    },
    grain=Grain.NIGHT,
    section=("PRODUCT_ID1;", "STAY_DATE2;"),
    ignored={"room_type": frozenset({"pi", "pm"}), "assigned_room_type": frozenset({"pi", "pm"})},
    date_order=DateOrder.DAY_FIRST,
)

"""OPERA History and Forecast as XML: figures of past and coming nights, on either of its two known paths."""

from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_history_forecast",
    title="OPERA history and forecast XML",
    signature=("CONSIDERED_DATE", "NO_ROOMS", "INVENTORY_ROOMS", "CF_AVERAGE_ROOM_RATE"),
    columns={
        "stay_date": "CONSIDERED_DATE",
        "row_kind": ("REC_TYPE_DESC", "REC_TYPE"),
        "rooms_sold": "NO_ROOMS",
        "inventory": "INVENTORY_ROOMS",
        "out_of_order": "CF_OOO_ROOMS",
        "average_rate": "CF_AVERAGE_ROOM_RATE",
        "revenue": "REVENUE",
        "arrivals": "ARRIVAL_ROOMS",
    },
    kind=Kind.STATISTICS,
    date_order=DateOrder.DAY_FIRST,
    sample="sample.xml",
)

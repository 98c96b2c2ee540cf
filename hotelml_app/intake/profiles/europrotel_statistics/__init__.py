"""Hotel statistics of Europrotel (SSRS), as XML attributes or as Excel with columns about the report itself."""

from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="europrotel_statistics",
    title="Europrotel hotel statistics",
    signature=("considered_date", "net_room_revenue", "no_rooms", "inventory_rooms"),
    columns={
        "stay_date": "considered_date",
        "business_date": "ExecutionTime",
        "room_type": "room_type",
        "rooms_sold": "no_rooms",
        "inventory": "inventory_rooms",
        "out_of_order": "out_of_order_rooms",
        "average_rate": "adr",
        "revenue": "net_room_revenue",
        "arrivals": "arrival_rooms",
    },
    kind=Kind.STATISTICS,
    date_order=DateOrder.DAY_FIRST,
    sample="sample.xml",
)

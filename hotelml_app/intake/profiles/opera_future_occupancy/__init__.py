"""OPERA reservations future occupancy (resfutureoccupancy) as XML, alone or in the zip of a night audit."""

from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="opera_future_occupancy",
    title="OPERA future occupancy XML",
    signature=("C_DATE", "ROOMS_MORNING", "DEPARTURE_ROOM", "ARRIVAL_ROOM"),
    columns={
        "stay_date": "C_DATE",
        "rooms_before": "ROOMS_MORNING",
        "departures": "DEPARTURE_ROOM",
        "arrivals": "ARRIVAL_ROOM",
    },
    kind=Kind.STATISTICS,
    date_order=DateOrder.DAY_FIRST,
    sample="sample.xml",
)

"""Which room to give: a room for every arrival of the coming days, without double occupancy."""

from hotelml_app.ml.contract import ModuleManifest

MANIFEST = ModuleManifest(
    name="allocation",
    title="Rooms",
    question="Which room should each arrival get?",
    columns=("reservation_id", "arrival", "departure", "room_type", "suggested_room", "reason"),
    predict="hotelml_app.modules.allocation.predicting:predict",
    count_points="hotelml_app.modules.allocation.inventory:count_points",
    primary_measure="refused_share",
    lower_is_better=True,
    unit="%",
    baseline="first fit by room type",
    horizon_days=14,
    max_horizon_days=60,
    data_point="stay with a room given",
)

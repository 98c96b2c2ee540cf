"""Which room to give: a room for every arrival of the coming days, without double occupancy."""

from hotelml_app.ml.contract import ModuleManifest

MANIFEST = ModuleManifest(
    name="allocation",
    title="Rooms",
    question="Which room should each arrival get?",
    columns=(
        "reservation_id",
        "arrival",
        "departure",
        "room_type",
        "suggested_type",
        "suggested_room",
        "current_room",
        "move",
        "reason",
        "gap",
        "status",
    ),
    predict="hotelml_app.modules.allocation.predicting:predict",
    train="hotelml_app.modules.allocation.training:train",
    evaluate="hotelml_app.modules.allocation.evaluating:evaluate",
    outcomes="hotelml_app.modules.allocation.outcomes:outcomes",
    in_words="hotelml_app.modules.allocation.diff:in_words",
    generalise="hotelml_app.modules.allocation.borrowed:generalised",
    borrows="hotelml_app.modules.allocation.borrowed:borrows",
    remembers="suggested_room",
    count_points="hotelml_app.modules.allocation.inventory:count_points",
    primary_measure="type_brier",
    lower_is_better=True,
    unit="",
    baseline="the share by booked type",
    horizon_days=14,
    max_horizon_days=60,
    data_point="stay with a room given",
)

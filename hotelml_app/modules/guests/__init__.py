"""Who the guest is: the market segment of a booking whose export does not say."""

from hotelml_app.ml.contract import ErrorsAre, ModuleManifest

MANIFEST = ModuleManifest(
    name="guests",
    title="Guest segments",
    question="To which segment does a booking belong where the export does not say?",
    columns=("reservation_id", "segment", "confidence", "reason"),
    predict="hotelml_app.modules.guests.predicting:predict",
    train="hotelml_app.modules.guests.training:train",
    evaluate="hotelml_app.modules.guests.backtest:evaluate",
    count_points="hotelml_app.modules.guests.examples:count_points",
    outcomes="hotelml_app.modules.guests.outcomes:outcomes",
    errors_are=ErrorsAre.MISSES,
    generalise="hotelml_app.modules.guests.borrowed:generalised",
    borrows="hotelml_app.modules.guests.borrowed:borrows",
    primary_measure="accuracy",
    lower_is_better=False,
    unit="%",
    baseline="bookings with the same details",
    options=(),
    horizon_days=90,
    max_horizon_days=730,
    data_point="booking with a segment",
    hyperparameters={"C": 10.0, "gamma": 0.05, "max_rows": 8000},
)

"""How full each coming night will be: rooms, arrivals, rate and revenue, house and room types, with honest intervals."""

from dataclasses import asdict

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules.forecast.hyperparameters import Hyperparameters

MANIFEST = ModuleManifest(
    name="forecast",
    title="Forecast",
    question="How full will each of the coming nights be?",
    columns=("stay_date", "room_type", "metric", "p10", "p50", "p90"),
    options=(),
    predict="hotelml_app.modules.forecast.predicting:predict",
    train="hotelml_app.modules.forecast.training:train",
    evaluate="hotelml_app.modules.forecast.training:evaluate",
    outcomes="hotelml_app.modules.forecast.outcomes:outcomes",
    count_points="hotelml_app.modules.forecast.outcomes:count_points",
    generalise="hotelml_app.modules.forecast.candidates.borrowed:generalised",
    borrows="hotelml_app.modules.forecast.candidates.borrowed:borrows",
    primary_measure="WAPE",
    lower_is_better=True,
    unit="%",
    baseline="pickup",
    rule="expected losses and pickup",
    horizon_days=90,
    max_horizon_days=90,
    data_point="finished booking",
    hyperparameters=asdict(Hyperparameters()),
    judged_on={"metric": "rooms_sold", "room_type": ""},
    breakdowns={"segment": ("stay_date", "segment", "metric", "p10", "p50", "p90")},
)

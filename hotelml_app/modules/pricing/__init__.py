"""What to charge: a suggested rate per stay date and room type, with what it rests on."""

from hotelml_app.ml.contract import ModuleManifest

MANIFEST = ModuleManifest(
    name="pricing",
    title="Rates",
    question="What should a room cost on each of the coming nights?",
    columns=(
        "stay_date",
        "room_type",
        "suggested_rate",
        "expected_adr",
        "otb_rate",
        "last_year_rate",
        "floor",
        "ceiling",
        "reasons",
    ),
    predict="hotelml_app.modules.pricing.predicting:predict",
    count_points="hotelml_app.modules.pricing.rates:count_points",
    outcomes="hotelml_app.modules.pricing.outcomes:outcomes",
    primary_measure="mae",
    lower_is_better=True,
    unit="currency per night",
    baseline="last year's rate",
    horizon_days=90,
    max_horizon_days=365,
    data_point="booking with a rate",
)

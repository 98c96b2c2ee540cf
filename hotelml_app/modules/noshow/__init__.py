"""Who on the books will not come: the risk per booking, and how many rooms are lost per arrival day."""

from hotelml_app.ml.contract import ErrorsAre, ModuleManifest

MANIFEST = ModuleManifest(
    name="noshow",
    title="No-shows and late cancellations",
    question="Which guests on the books may not come?",
    columns=("reservation_id", "arrival", "p_lost", "p_noshow", "band", "reasons"),
    options=(),
    predict="hotelml_app.modules.noshow.predicting:predict",
    train="hotelml_app.modules.noshow.training:train",
    evaluate="hotelml_app.modules.noshow.backtest:evaluate",
    outcomes="hotelml_app.modules.noshow.outcomes:outcomes",
    errors_are=ErrorsAre.SQUARED,
    count_points="hotelml_app.modules.noshow.snapshots:count_points",
    generalise="hotelml_app.modules.noshow.borrowed:generalised",
    primary_measure="brier",
    lower_is_better=True,
    unit="",
    baseline="base rate by days to arrival",
    rule="base rate by days to arrival and segment",
    horizon_days=28,
    max_horizon_days=365,
    data_point="booking whose end is known",
)

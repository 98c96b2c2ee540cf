"""What guests say: how good or bad each review is, and which parts of the stay it speaks of."""

from hotelml_app.ml.contract import ModuleManifest

LATELY_DAYS = 90
"""Days up to the newest review that count as lately."""

BEFORE_DAYS = 365
"""Days before those that they are held against: every season once."""

MANIFEST = ModuleManifest(
    name="sentiment",
    title="Reviews",
    question="What do guests praise and what do they complain about?",
    columns=("review_key", "score", "polarity", "language", "aspects", "sentence", "sentences"),
    predict="hotelml_app.modules.sentiment.predicting:predict",
    train="hotelml_app.modules.sentiment.training:train",
    evaluate="hotelml_app.modules.sentiment.backtest:evaluate",
    in_words="hotelml_app.modules.sentiment.trends:in_words",
    # Both stretches end on the newest review, which may well be some weeks older than the newest export.
    words_days=2 * LATELY_DAYS + BEFORE_DAYS,
    generalise="hotelml_app.modules.sentiment.borrowed:generalised",
    count_points="hotelml_app.modules.sentiment.labels:count_points",
    outcomes="hotelml_app.modules.sentiment.outcomes:outcomes",
    primary_measure="accuracy",
    lower_is_better=False,
    unit="%",
    baseline="word lists",
    options=(),
    horizon_days=LATELY_DAYS,
    max_horizon_days=3660,
    reads_reviews=True,
    data_point="sentence whose verdict the guest gave",
    hyperparameters={"C": 3.0, "max_words": 12_000, "max_texts": 20_000},
)

"""Two real hotels, their exports replayed week by week: imported, learned from once, predicted, scored against what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest
from command_line import answer, hotelml, hotelml_in_turn
from replayed_months import score, write_exports

FIRST_NIGHT = date(2016, 8, 31)
WEEKS_BETWEEN, ORIGINS = 3, 7
HOTELS = ("City Hotel", "Resort Hotel")


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The whole way, as a hotel's IT would go it: import, train, then exports and predictions in turn.

    The first night's commands are processes of their own; those of the six others share one, as they need no other start.
    """
    folder = tmp_path_factory.mktemp("replayed")
    home = folder / "home"
    nights = [FIRST_NIGHT + timedelta(weeks=WEEKS_BETWEEN * n) for n in range(ORIGINS)]
    predictions = {module: [folder / f"{module}-{night}.csv" for night in nights] for module in ("forecast", "noshow")}
    first, *others = write_exports(folder, nights)
    assert answer(home, "import", first)
    for module in predictions:
        trained = hotelml(home, "train", "--module", module)
        assert trained.returncode == 0, trained.stderr
    nightly: list[list[Sequence[object]]] = [
        [("predict", module, "--horizon", 28, "--out", files[number]) for module, files in predictions.items()]
        for number in range(ORIGINS)
    ]
    for command in nightly[0]:
        assert hotelml(home, *command).returncode == 0
    hotelml_in_turn(home, *chain(*([("import", one), *asked] for one, asked in zip(others, nightly[1:], strict=True))))
    assert all(file.exists() for files in predictions.values() for file in files)
    return predictions


@pytest.fixture(scope="module")
def forecast_scores(replayed: dict[str, list[Path]]) -> dict[str, dict[str, dict[str, float]]]:
    return score("forecast", replayed["forecast"])


@pytest.fixture(scope="module")
def noshow_scores(replayed: dict[str, list[Path]]) -> dict[str, dict[str, dict[str, float]]]:
    return score("noshow", replayed["noshow"])


@pytest.mark.slow
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("hotel", HOTELS)
@pytest.mark.parametrize("days_ahead", ["1-14", "15-28"])
def test_the_forecast_is_nearer_than_pickup_and_last_year(forecast_scores, hotel: str, days_ahead: str) -> None:
    figures = forecast_scores[hotel][days_ahead]
    assert figures["wape"] < figures["pickup"]
    assert figures["wape"] < figures["last_year"]


@pytest.mark.slow
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("hotel", HOTELS)
def test_four_nights_in_five_fall_inside_the_80_percent_interval(forecast_scores, hotel: str) -> None:
    for days_ahead in ("1-14", "15-28"):
        # Seven origins are few; over all weekly origins the interval is held to 72-88 %.
        assert 68 <= forecast_scores[hotel][days_ahead]["coverage80"] <= 92


@pytest.mark.slow
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("hotel", HOTELS)
@pytest.mark.parametrize("days_ahead", ["8-14", "15-28"])
def test_who_will_not_come_is_told_from_who_will(noshow_scores, hotel: str, days_ahead: str) -> None:
    figures = noshow_scores[hotel][days_ahead]
    # Of seven origins some two hundred losses are known, many of one party: chance alone moves the figure by .02 and more.
    assert figures["auc"] > 0.62
    assert abs(figures["bias"]) < 0.04

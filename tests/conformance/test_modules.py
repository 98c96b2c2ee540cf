"""What every module promises, checked on each one that is found."""

from __future__ import annotations

import contextlib
import json
import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from synthetic_property import DAY, OPENING, hotel, property_until

from hotelml_app.core.errors import HotelMLError, UsageError
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ErrorsAre, ModuleManifest, Outcome, Prediction, PredictionRequest, StoredPrediction
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules import discover, title_of
from hotelml_app.registry.bundled import BundledModels, bundled_folder

MODULES = list(discover().values())
HEAVY = ("keras", "jax", "sklearn", "skl2onnx", "scipy", "polars", "lxml", "fastapi", "holidays", "python_calamine")
LIGHT_START = f"""
import json, sys
from hotelml_app.modules import discover
discover()
print(json.dumps([name for name in {(*HEAVY, "onnxruntime")!r} if name in sys.modules]))
"""
LIGHT_PREDICTION = f"""
import json, sys
sys.path.insert(0, sys.argv[2])
from synthetic_property import DAY, hotel, property_until
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.modules import manifest
asked = manifest(sys.argv[1])
asked.load(asked.predict)(PredictionRequest(property_until(hotel(), DAY), DAY, 3))
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""

BROUGHT_ALONG = f"""
import json, sys
sys.path.insert(0, sys.argv[2])
from datetime import timedelta
from synthetic_property import OPENING, hotel, property_until, without_words
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.modules import manifest
from hotelml_app.registry.bundled import BundledModels, bundled_folder
asked, day = manifest(sys.argv[1]), OPENING + timedelta(days=60)
model = BundledModels(bundled_folder()).model(asked.name, day)
data = without_words(property_until(hotel(), day), "segment", "customer_type")
found = asked.load(asked.predict)(PredictionRequest(data, day, 21, model))
assert not [name for name in {HEAVY!r} if name in sys.modules]
print(json.dumps(sorted({{one.made_by for one in found}})))
"""


@pytest.fixture(params=MODULES, ids=lambda found: found.name)
def manifest(request: pytest.FixtureRequest) -> ModuleManifest:
    return request.param  # type: ignore[no-any-return]


def predictor(manifest: ModuleManifest) -> Callable[[PredictionRequest], Sequence[Prediction]]:
    return manifest.load(manifest.predict)  # type: ignore[return-value]


def answers(manifest: ModuleManifest, as_of: date = DAY, known_until: date = DAY, horizon: int = 14) -> Sequence[Prediction]:
    """Ask by the plain rule, with the data of an export of ``known_until``."""
    return predictor(manifest)(PredictionRequest(property_until(hotel(), known_until), as_of, horizon))


def python(source: str, *arguments: str) -> object:
    done = subprocess.run([sys.executable, "-c", source, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_six_modules_are_found() -> None:
    assert [found.name for found in MODULES] == ["allocation", "forecast", "guests", "noshow", "pricing", "sentiment"]


def test_a_module_that_is_gone_is_called_by_its_name() -> None:
    assert title_of("noshow") == "No-shows and late cancellations"
    assert title_of("parking") == "parking"


def test_finding_the_modules_imports_nothing_heavy() -> None:
    assert python(LIGHT_START) == []


def test_answering_without_a_model_imports_nothing_of_the_training(manifest: ModuleManifest) -> None:
    assert python(LIGHT_PREDICTION, manifest.name, str(Path(__file__).parents[1])) == []


def test_everything_the_manifest_names_is_there(manifest: ModuleManifest) -> None:
    for entry in (
        manifest.predict,
        manifest.count_points,
        manifest.train,
        manifest.evaluate,
        manifest.outcomes,
        manifest.in_words,
        manifest.generalise,
        manifest.borrows,
    ):
        if entry is not None:
            assert callable(manifest.load(entry)), entry
    assert manifest.title
    assert manifest.question.endswith("?")
    assert 1 <= manifest.horizon_days <= manifest.max_horizon_days


def test_a_module_answers_without_a_model_and_says_why(manifest: ModuleManifest) -> None:
    found = answers(manifest)
    assert found
    for one in found:
        assert set(one.values) >= set(manifest.columns)
        assert one.made_by is MadeBy.STATISTICAL
        assert one.why


def test_answers_are_plain_values_and_no_number_is_missing_its_value(manifest: ModuleManifest) -> None:
    for one in answers(manifest):
        json.dumps(json_ready(one.values), allow_nan=False)
        assert not any(isinstance(value, float) and math.isnan(value) for value in one.values.values())


def test_no_two_answers_are_about_the_same_thing(manifest: ModuleManifest) -> None:
    about = [(one.target_date, one.key) for one in answers(manifest)]
    assert len(set(about)) == len(about)


def test_answers_are_about_the_days_asked_for(manifest: ModuleManifest) -> None:
    days = [one.target_date for one in answers(manifest, horizon=5)]
    looks_back = manifest.name == "sentiment"
    first, last = (DAY - timedelta(days=4), DAY) if looks_back else (DAY + timedelta(days=1), DAY + timedelta(days=5))
    assert all(first <= day <= last for day in days)


def test_the_same_question_gets_the_same_answer(manifest: ModuleManifest) -> None:
    assert list(answers(manifest)) == list(answers(manifest))


def test_a_horizon_that_makes_no_sense_is_bad_usage(manifest: ModuleManifest) -> None:
    for horizon in (0, -3, manifest.max_horizon_days + 1):
        with pytest.raises(UsageError) as told:
            answers(manifest, horizon=horizon)
        assert told.value.remedy


def test_a_day_before_any_data_is_refused_in_words(manifest: ModuleManifest) -> None:
    with pytest.raises(HotelMLError) as told:
        answers(manifest, as_of=OPENING - timedelta(days=1500))
    assert told.value.remedy


def test_a_day_after_the_newest_export_is_refused_in_words(manifest: ModuleManifest) -> None:
    with pytest.raises(HotelMLError) as told:
        answers(manifest, as_of=DAY + timedelta(days=1))
    assert told.value.remedy


def test_nothing_known_later_changes_an_answer(manifest: ModuleManifest) -> None:
    """The same history, with and without the days after the question, must give the same answer."""
    later = property_until(hotel(), hotel().last_day)
    cut = later.at(DAY)
    ask = predictor(manifest)
    assert list(ask(PredictionRequest(later, DAY, 14))) == list(ask(PredictionRequest(cut, DAY, 14)))


def test_errors_of_what_came_are_of_the_kind_that_the_manifest_names(manifest: ModuleManifest) -> None:
    """The track record and the comparison of two models follow from it."""
    assert manifest.outcomes is not None
    asked_on = DAY - timedelta(days=14)
    stored = [
        StoredPrediction(number, asked_on, one.target_date, one.key, str(one.made_by), one.values)
        for number, one in enumerate(answers(manifest, as_of=asked_on, known_until=DAY))
    ]
    found: Sequence[Outcome] = manifest.load(manifest.outcomes)(property_until(hotel(), DAY), stored)  # type: ignore[assignment]
    assert found
    for one in found:
        if manifest.errors_are is ErrorsAre.MISSES:
            assert one.error in (0.0, 1.0)
            continue
        power = 2 if manifest.errors_are is ErrorsAre.SQUARED else 1
        said = [value for value in stored[one.prediction_id].values.values() if isinstance(value, (int, float))]
        assert any(one.error == pytest.approx(abs(value - one.actual) ** power) for value in said)


def test_a_hotel_that_has_just_opened_gets_an_answer_or_a_sentence(manifest: ModuleManifest) -> None:
    """Whatever goes wrong with one day of data, it is never a crash."""
    with contextlib.suppress(HotelMLError):
        found = answers(manifest, as_of=OPENING, known_until=OPENING)
        assert all(set(one.values) >= set(manifest.columns) for one in found)


def test_there_is_something_to_learn_from(manifest: ModuleManifest) -> None:
    count = manifest.load(manifest.count_points)
    assert count(property_until(hotel(), DAY)) > 0


def test_a_model_brought_along_answers_in_its_own_name_and_imports_nothing_of_the_training(manifest: ModuleManifest) -> None:
    model = BundledModels(bundled_folder()).model(manifest.name)
    assert (model is not None) == (manifest.generalise is not None)
    if model is not None:
        assert MadeBy.BUNDLED in python(BROUGHT_ALONG, manifest.name, str(Path(__file__).parents[1]))  # type: ignore[operator]

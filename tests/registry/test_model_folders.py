"""A model on disk: what is written is what is read, and nothing else passes."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from models_on_disk import staged, tiny_model

from hotelml_app.ml.errors import ArtifactError, DamagedModelError, OutdatedModelError
from hotelml_app.ml.onnx.artifacts import read_artifact, read_card, verify_artifact, write_artifact, write_card
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, OnnxPart


def test_a_saved_model_answers_as_it_was_trained(tmp_path: Path) -> None:
    model = read_artifact(staged(tmp_path, slope=2.0))
    assert model.made_by is MadeBy.OWN
    assert model.parts == ("line",)
    assert model.parameters == {"slope": 2.0}
    assert model.run("line", {"books": np.array([[1], [4]])})["rooms"].tolist() == [[2.0], [8.0]]


def test_the_card_tells_where_the_model_comes_from(tmp_path: Path) -> None:
    card = read_card(staged(tmp_path))
    assert card["data_until"] == "2016-04-30"
    assert card["data_points"] == 40
    assert card["measures"][0]["baseline_value"] == 9.0
    assert card["libraries"]["onnxruntime"]
    assert set(card["files"]) == {"line.onnx", "parameters.json"}


def test_a_model_can_be_asked_before_it_is_saved() -> None:
    model = LoadedModel.in_memory(tiny_model(slope=3.0))
    assert model.run("line", {"books": np.array([[2.0]])})["rooms"].tolist() == [[6.0]]


@pytest.mark.parametrize("name", ["line.onnx", "parameters.json", "card.json"])
def test_a_changed_byte_is_noticed_in_any_file(tmp_path: Path, name: str) -> None:
    path = staged(tmp_path) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedModelError) as caught:
        read_artifact(tmp_path)
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["line.onnx", "parameters.json", "card.json"])
def test_a_missing_or_empty_file_is_noticed(tmp_path: Path, name: str) -> None:
    path = staged(tmp_path) / name
    path.write_bytes(b"")
    with pytest.raises(DamagedModelError):
        verify_artifact(tmp_path)
    path.unlink()
    with pytest.raises(DamagedModelError):
        verify_artifact(tmp_path)


def test_a_card_somebody_improved_by_hand_is_refused(tmp_path: Path) -> None:
    card = read_card(staged(tmp_path))
    card["measures"][0]["value"] = 0.1
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(DamagedModelError, match="changed after it was written"):
        read_card(tmp_path)


def test_a_card_of_a_later_layout_is_refused_by_name(tmp_path: Path) -> None:
    write_card(tmp_path, {**read_card(staged(tmp_path)), "format": 99})
    with pytest.raises(DamagedModelError, match="layout 99"):
        read_card(tmp_path)


def test_a_file_that_breaks_after_loading_is_noticed_at_its_first_question(tmp_path: Path) -> None:
    model = read_artifact(staged(tmp_path))
    (tmp_path / "line.onnx").write_bytes(b"not a model")
    with pytest.raises(DamagedModelError):
        model.run("line", {"books": np.array([[1.0]])})


def test_bytes_that_are_no_graph_are_told_as_damage() -> None:
    model = LoadedModel("v", MadeBy.OWN, {}, {}, {"line": lambda: b"not a graph"})
    with pytest.raises(DamagedModelError, match="cannot be opened"):
        model.run("line", {})


@pytest.mark.parametrize(
    "asked",
    [
        {"books": np.array([[1.0, 2.0]])},
        {"books": np.array([1.0])},
        {"books": np.array([[1.0]]), "pace": np.array([[1.0]])},
        {"pace": np.array([[1.0]])},
    ],
)
def test_a_graph_made_for_other_features_is_refused_in_words(tmp_path: Path, asked: dict[str, np.ndarray]) -> None:
    model = read_artifact(staged(tmp_path))
    with pytest.raises(OutdatedModelError, match="made by another version of HotelML"):
        model.run("line", asked)


def test_what_a_model_does_not_hold_is_told_as_of_another_version(tmp_path: Path) -> None:
    model = read_artifact(staged(tmp_path))
    with pytest.raises(OutdatedModelError, match="'network'"):
        model.run("network", {"books": np.array([[1.0]])})
    with pytest.raises(OutdatedModelError, match="'offset'"):
        model.parameters["offset"]
    nested = LoadedModel("v", MadeBy.OWN, {}, {"card": {"types": [{"name": "DBL"}]}}, {})
    with pytest.raises(OutdatedModelError, match="'rate'"):
        nested.parameters["card"]["types"][0]["rate"]
    assert nested.parameters["card"].get("rate") is None


def test_many_threads_may_ask_a_fresh_model_at_once(tmp_path: Path) -> None:
    model = read_artifact(staged(tmp_path, slope=2.0))
    answers: list[float] = []

    def ask(number: int) -> None:
        answers.append(float(model.run("line", {"books": np.array([[number]])})["rooms"][0, 0]))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [2.0 * number for number in range(16)]


def test_parameters_with_numpy_values_and_days_become_plain_json(tmp_path: Path) -> None:
    trained = tiny_model()
    parameters = {"weights": np.array([1.5, 2.0]), "count": np.int64(3), "day": date(2016, 1, 1)}
    write_artifact(tmp_path, type(trained)(**{**trained.__dict__, "parameters": parameters}), {})
    assert read_artifact(tmp_path).parameters == {"weights": [1.5, 2.0], "count": 3, "day": "2016-01-01"}


@pytest.mark.parametrize("bad", [{"x": float("nan")}, {"x": object()}])
def test_parameters_that_json_does_not_know_are_refused(tmp_path: Path, bad: dict[str, object]) -> None:
    trained = tiny_model()
    with pytest.raises(ArtifactError):
        write_artifact(tmp_path, type(trained)(**{**trained.__dict__, "parameters": bad}), {})


def test_a_part_whose_name_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    trained = tiny_model()
    part = OnnxPart("../line", b"", {}, {})
    with pytest.raises(ArtifactError):
        write_artifact(tmp_path, type(trained)(**{**trained.__dict__, "parts": (part,)}), {})

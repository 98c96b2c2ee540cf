"""A damaged model file: the doctor, the answers and the model card say so until there is a sound model again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from models_on_disk import staged
from small_hotel import AS_OF, open_at_morning

from hotelml_app.__main__ import main


@pytest.fixture
def damaged(hotel_home: Path, tmp_path: Path) -> Path:
    """The home with a live forecast model whose graph was cut short."""
    with open_at_morning(hotel_home) as appliance:
        registry = appliance.parts.registry
        version = registry.add(1, "forecast", staged(tmp_path / "s", 2.0, date(2016, 4, 30)))
        registry.promote(1, "forecast", version, "test")
        graph = registry.folder(registry.versions(1, "forecast")[0]) / "line.onnx"
    graph.write_bytes(graph.read_bytes()[:50])
    return hotel_home


def test_the_doctor_names_it_before_and_after_it_was_taken_out_of_service(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "its checksum differs" in told
    assert "1 live model checked" not in told
    assert main(["predict", "forecast", "--horizon", "1"]) == 0
    assert "The plain rule (pickup) answers: the files of 2016-04-30.1 are damaged." in capsys.readouterr().err
    main(["doctor"])
    told = capsys.readouterr().out
    assert "its files are damaged" in told
    assert "Train this module again" in told


def test_the_card_and_an_export_do_not_say_that_nothing_was_learned(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "forecast", "--as-of", str(AS_OF), "--horizon", "1"]) == 0
    capsys.readouterr()
    assert main(["models", "show", "forecast"]) == 0
    assert "the files of 2016-04-30.1 are damaged" in capsys.readouterr().out
    assert main(["export", "--output", str(tmp_path / "models"), "--module", "forecast"]) == 0
    assert "no model of its own is live" in capsys.readouterr().err

"""A damaged model file: the doctor, the answers and the model card say so until there is a sound model again."""

from __future__ import annotations

import errno
import importlib
import os
from datetime import date
from pathlib import Path

import pytest
from holding import hold
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
    told = capsys.readouterr().err
    assert "The plain rule (expected losses and pickup) answers: the files of 2016-04-30.1 are damaged." in told
    main(["doctor"])
    told = capsys.readouterr().out
    assert "the files of 2016-04-30.1 are damaged; no other version answers" in told
    assert "Train this module again" in told


def test_what_was_said_when_another_version_went_live_is_not_told_as_the_reason(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_at_morning(damaged) as appliance:
        registry = appliance.parts.registry
        better = registry.add(1, "forecast", staged(tmp_path / "better", 2.0, date(2016, 5, 31)))
        registry.promote(1, "forecast", better, "it leads the plain rule by 9 %; 2016-04-30.1 led by 3 %. It is live now.")
        assert registry.rollback(1, "forecast") == "", "what was live before is damaged"
    main(["doctor"])
    told = capsys.readouterr().out
    assert "the files of 2016-04-30.1 are damaged; no other version answers" in told
    assert "It is live now" not in told


def test_the_card_and_an_export_do_not_say_that_nothing_was_learned(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "forecast", "--as-of", str(AS_OF), "--horizon", "1"]) == 0
    capsys.readouterr()
    assert main(["models", "show", "forecast"]) == 0
    assert "the files of 2016-04-30.1 are damaged" in capsys.readouterr().out
    assert main(["export", "--output", str(tmp_path / "models"), "--module", "forecast"]) == 1
    assert "no model of its own is live" in capsys.readouterr().err


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_an_export_takes_the_place_of_an_earlier_one_and_of_nothing_else(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at_morning(hotel_home) as appliance:
        registry = appliance.parts.registry
        registry.promote(1, "forecast", registry.add(1, "forecast", staged(tmp_path / "s")), "test")
    command = ["export", "--output", str(tmp_path / "out"), "--module", "forecast"]
    assert main(command) == 0
    assert main(command) == 0
    with monkeypatch.context() as full:
        full.setattr("shutil.copyfile", no_room)
        assert main(command) == 1
    assert "could not be written (No space left on device)" in capsys.readouterr().err
    assert not list((tmp_path / "out").rglob("*.partial"))
    (card,) = (tmp_path / "out").rglob("card.json")
    card.rename(card.with_name("my notes.txt"))
    capsys.readouterr()
    assert main(command) == 1
    assert "was not exported by HotelML" in capsys.readouterr().err
    assert card.with_name("my notes.txt").exists()


def test_a_program_that_works_in_an_exported_folder_is_named_and_the_models_there_stay(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = exported(hotel_home, tmp_path)
    capsys.readouterr()
    with monkeypatch.context() as prompt:
        hold(prompt, ["forecast"])
        assert main(command) == 1
    assert "that no other program works in it" in capsys.readouterr().err
    assert [one.parent.name for one in (tmp_path / "out").rglob("card.json")] == ["forecast"]
    assert main(command) == 0


def exported(hotel_home: Path, tmp_path: Path) -> list[str]:
    """Export a forecast model to ``out`` and return the command that did it."""
    with open_at_morning(hotel_home) as appliance:
        registry = appliance.parts.registry
        registry.promote(1, "forecast", registry.add(1, "forecast", staged(tmp_path / "s")), "test")
    command = ["export", "--output", str(tmp_path / "out"), "--module", "forecast"]
    assert main(command) == 0
    return command


@pytest.mark.parametrize("stopped_in", ["shutil.copyfile", "hotelml_app.core.held_files.rename"])
def test_an_export_that_is_stopped_at_once_leaves_the_former_one_and_nothing_half_copied(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, stopped_in: str
) -> None:
    command = exported(hotel_home, tmp_path)
    before = sorted((tmp_path / "out").rglob("*"))
    folder, act = stopped_in.rpartition(".")[::2]
    real = getattr(importlib.import_module(folder), act)
    calls: list[Path] = []

    def stop_at_the_second(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(stopped_in, stop_at_the_second)
    assert main(command) == 1
    assert "Stopped on request" in capsys.readouterr().err
    assert sorted((tmp_path / "out").rglob("*")) == before


def test_an_export_that_was_killed_between_its_moves_loses_nothing(
    hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = exported(hotel_home, tmp_path)
    before = sorted((tmp_path / "out").rglob("*"))
    (card,) = (tmp_path / "out").rglob("card.json")
    card.parent.rename(card.parent.with_name(".forecast.former"))
    monkeypatch.setattr("shutil.copyfile", no_room)
    assert main(command) == 1
    assert sorted((tmp_path / "out").rglob("*")) == before

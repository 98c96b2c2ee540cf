"""The log tells the program's own story, within bounds, and lets go of its file."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from holding import hold, refusal

from hotelml_app.services.process.log_files import HELD_MAX_BYTES, KEEP_FILES, MAX_BYTES, LogFile, keep_quiet

log = logging.getLogger("hotelml_app.tests")


def test_what_is_logged_is_in_the_file_until_it_is_closed(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "logs", "hotelml.log")
    log.info("a line")
    file.close()
    log.warning("too late")
    file.close()
    text = file.path.read_text(encoding="utf-8")
    assert "a line" in text
    assert "too late" not in text
    assert file.problem == ""


def test_the_log_never_grows_beyond_its_bound(tmp_path: Path) -> None:
    file = LogFile(tmp_path, "hotelml.log")
    line = "x" * 100_000
    for _ in range(150):
        log.info(line)
    file.close()
    files = list(tmp_path.iterdir())
    assert len(files) <= KEEP_FILES + 1
    assert all(one.stat().st_size <= MAX_BYTES for one in files)


def test_a_log_that_another_program_holds_goes_on_and_the_older_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tmp_path / "hotelml.log.1"
    older.write_text("what happened last week", encoding="utf-8")
    file = LogFile(tmp_path, "hotelml.log")
    line = "x" * 100_000
    with monkeypatch.context() as held:
        hold(held, ["hotelml.log"])
        for _ in range(30):
            log.info(line)
        assert file.path.stat().st_size > 30 * len(line), "no line is lost"
        for _ in range(30):
            log.info(line)
        assert file.path.stat().st_size <= HELD_MAX_BYTES + 2 * len(line)
        assert [one.name for one in sorted(tmp_path.iterdir())] == ["hotelml.log", "hotelml.log.1"]
    log.info("free again")
    file.close()
    assert file.path.read_text(encoding="utf-8").endswith("free again\n")
    assert (tmp_path / "hotelml.log.2").read_text(encoding="utf-8") == "what happened last week"


def test_an_older_log_that_somebody_reads_costs_neither_lines_nor_the_oldest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, KEEP_FILES + 1):
        (tmp_path / f"hotelml.log.{number}").write_text(f"week {number}", encoding="utf-8")
    file = LogFile(tmp_path, "hotelml.log")
    line = "x" * 100_000
    rename = os.rename

    def renamed(source: Path | str, target: Path | str) -> None:
        if "hotelml.log.2" in (Path(source).name, Path(target).name):
            raise refusal(Path(source))
        rename(source, target)

    with monkeypatch.context() as held:
        held.setattr(os, "rename", renamed)
        for _ in range(30):
            log.info(line)
        assert file.path.stat().st_size > 30 * len(line), "no line is lost"
    kept = [(tmp_path / f"hotelml.log.{number}").read_text(encoding="utf-8") for number in range(1, KEEP_FILES + 1)]
    assert kept == [f"week {number}" for number in range(1, KEEP_FILES + 1)]
    log.info("free again")
    file.close()
    assert (tmp_path / "hotelml.log.3").read_text(encoding="utf-8") == "week 2"


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("", encoding="utf-8")
    file = LogFile(tmp_path / "logs", "hotelml.log")
    log.info("to nowhere")
    file.close()
    assert "cannot be written" in file.problem


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_costs_lines_of_the_log_and_says_nothing_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    file = LogFile(Path("/dev"), "full")
    log.info("no room for this")
    file.close()
    assert capsys.readouterr().err == ""
    assert "cannot be written" in file.problem


def test_what_parts_of_others_tell_is_in_the_log_once_and_not_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    keep_quiet()
    file = LogFile(tmp_path, "hotelml.log")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    log.warning("a line of our own")
    file.close()
    logging.getLogger("uvicorn.error").warning("too late")
    text = file.path.read_text(encoding="utf-8")
    assert text.count("Invalid HTTP request received.") == 1
    assert text.count("a line of our own") == 1
    assert "too late" not in text
    assert capfd.readouterr().err == ""

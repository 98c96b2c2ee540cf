"""What commands print on terminals and pipes that are not those of Linux."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path

import pytest

from hotelml_app.__main__ import main
from hotelml_app.cli.data_commands import _meant
from hotelml_app.cli.output import say, say_data


def test_a_command_prompt_leaves_it_to_us_what_a_pattern_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.csv", "a.csv", "a.xlsx", *(() if sys.platform == "win32" else ("what?.csv",))):
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert _meant(Path("?.csv")) == [Path("a.csv"), Path("b.csv")]
    assert _meant(tmp_path / "*.xlsx") == [tmp_path / "a.xlsx"]
    assert _meant(Path("what?.csv")) == [Path("what?.csv")], "on Linux a file may be called so"
    assert _meant(Path("*.json")) == [Path("*.json")], "which is told as a file that is not there"


class ClosedPipe(io.StringIO):
    """A pipe that the reader left, as Windows tells of it."""

    def flush(self) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.parametrize(("encoding", "shown"), [("cp1252", "Frühstück ?"), ("cp437", "Frühstück ?"), ("ascii", "Fr?hst?ck ?")])
def test_what_a_console_has_no_sign_for_becomes_a_question_mark(
    encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, newline="\r\n"))
    say("Frühstück 朝")
    assert written.getvalue().decode(encoding) == f"{shown}\r\n"


class Terminal(io.TextIOWrapper):
    """A console of a code page."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "encoding"), [(io.TextIOWrapper, "utf-8"), (Terminal, "cp1252")], ids=["a file or a pipe", "a console"]
)
def test_what_programs_read_keeps_its_letters_where_it_is_piped_on_windows(
    stream: type[io.TextIOWrapper], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", stream(written, encoding="cp1252", newline="\r\n"))
    say_data("property\nHôtel Żółć")
    assert written.getvalue() == "property\r\nHôtel Żółć\r\n".encode(encoding, errors="replace")


def test_without_a_console_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    say("nobody hears this")


def test_a_pipe_that_windows_calls_an_invalid_argument_is_a_closed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", ClosedPipe())
    with pytest.raises(BrokenPipeError):
        say("gone")


@pytest.mark.parametrize("words", [["nosuch"], ["nosuch", "--json"]])
def test_a_refusal_that_nobody_can_be_told_keeps_its_exit_code(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sys.stdout", Full())
    monkeypatch.setattr("sys.stderr", Full())
    assert main(words) == 2

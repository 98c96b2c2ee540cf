"""What a command prints: one JSON object, or lines for people; progress goes to stderr and only to a terminal."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import ProgressCallback, no_progress


def write_json(answer: Mapping[str, object]) -> None:
    """Print one JSON object on stdout; plain ASCII, so that no terminal or pipe can garble it."""
    _write(sys.stdout, json.dumps(answer))


def say(line: str = "") -> None:
    """Print a line for people; what the terminal cannot show becomes a question mark."""
    _write(sys.stdout, line)


def say_data(text: str) -> None:
    """Print what programs read, such as CSV: into a file or a pipe as UTF-8, like ``--out``, whatever the code page of the PC.

    Piped by the code page of Windows, a name would lose its letters, and `rooms set` would not take what `rooms list` wrote.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    say(text)


def note(line: str) -> None:
    """Print a line beside the answer, on stderr."""
    _write(sys.stderr, line)


_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "?")
"""What a terminal would obey instead of showing it; a file name or a column's name may hold it."""


def _write(stream: TextIO | None, line: str) -> None:
    if stream is None:
        # Started without a terminal, or with the stream closed: there is nobody to tell.
        return
    line = line.translate(_CONTROLS)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(line.encode(encoding, errors="replace").decode(encoding) + "\n")
        stream.flush()
    except OSError as error:
        if error.errno == errno.EINVAL:
            # Windows' word for a pipe from which nobody reads any more.
            raise BrokenPipeError(errno.EPIPE, "nobody reads this any more") from error
        raise


def say_error(error: HotelMLError, as_json: bool) -> None:
    """Tell what went wrong: a JSON object on stdout, or one sentence and the remedy on stderr."""
    if as_json:
        write_json(error.as_dict())
    else:
        note(" ".join(str(error).split()))


def say_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a header; numbers to the right, a dash where nothing is known."""
    cells = [["-" if cell is None or cell == "" else str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in (list(header), *cells)) for i in range(len(header))]
    right = [
        bool(rows) and all(cell is None or isinstance(cell, (int, float)) for cell in column)
        for column in zip(*rows, strict=True)
    ]
    right = right or [False] * len(header)
    for line in (list(header), *cells):
        padded = (text.rjust(width) if side else text.ljust(width) for text, width, side in zip(line, widths, right, strict=True))
        say("  ".join(padded).rstrip())


@contextmanager
def showing_progress(wanted: bool) -> Iterator[ProgressCallback]:
    """Give a progress callback that draws a bar on stderr, or does nothing where stderr is no terminal."""
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0)
        yield lambda fraction, step: bar.update(task, completed=fraction, description=step)

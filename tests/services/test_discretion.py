"""Log files tell of an error what it was and where, never the cell it stumbled over."""

from __future__ import annotations

import logging
import sys

from hotelml_app.services.asking.discretion import DiscreetFormatter


def stumbled_over(cell: str) -> logging.LogRecord:
    """The record of an error that passed through the package that reads cells."""
    code = compile(f"float({cell!r})", "intake.py", "exec")
    try:
        exec(code, {"__name__": "hotelml_app.intake.reading"})
    except ValueError:
        return logging.LogRecord("hotelml_app", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    raise AssertionError("that is no number")


def test_a_cell_stays_out_even_where_another_handler_wrote_the_error_first() -> None:
    record = stumbled_over("Zaphodia Marked")
    assert "Zaphodia" in logging.Formatter().format(record)
    told = DiscreetFormatter().format(record)
    assert "ValueError" in told
    assert "Zaphodia" not in told
    assert "Zaphodia" in logging.Formatter().format(record), "what others write is theirs"

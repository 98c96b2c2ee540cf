"""A pipe into a command, as Windows gives one: its text layer would read by the code page of the PC."""

from __future__ import annotations

import io

import pytest


def pipe(monkeypatch: pytest.MonkeyPatch, sent: str | bytes) -> None:
    """Let the next command read this from stdin."""
    content = sent if isinstance(sent, bytes) else sent.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="cp1252"))

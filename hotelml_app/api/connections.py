"""Connections that nobody may keep from us: those that say nothing end, and there are never more than we can afford."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_WITHIN_S = 30.0
"""How long a request may take to come whole; from the same PC it takes a moment."""

MOST_CONNECTIONS = 100
"""A process has about a thousand files and connections in all on Linux; the database and the drop folder need theirs."""

AT_ONCE = 50
"""How many are taken before the first of them is looked at; those behind them wait in the system meanwhile."""


class ShortPatience(H11Protocol):
    """One connection of the loopback server."""

    _hang_up_at: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or end it at once where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        else:
            self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of a connection."""
        super().connection_lost(exc)
        if self._hang_up_at is not None:
            self._hang_up_at.cancel()

    def on_response_complete(self) -> None:
        """Wait for the next request on the same connection."""
        super().on_response_complete()
        self._wait_for_request()

    def _wait_for_request(self) -> None:
        if self._hang_up_at is not None:
            self._hang_up_at.cancel()
        self._hang_up_at = self.loop.call_later(REQUEST_WITHIN_S, self._hang_up)

    def _hang_up(self) -> None:
        is_whole = self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body
        if not is_whole:
            self.transport.abort()

"""The loopback server: a free port on 127.0.0.1, a fresh key each time, and word of both in ``run/api.json``."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
import sys
import threading
from typing import TYPE_CHECKING

from hotelml_app.core import held_files
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.loopback import HOST, Address, write_address

if TYPE_CHECKING:
    import uvicorn

    from hotelml_app.api.conversation import Conversation

log = logging.getLogger(__name__)

KEY_BYTES = 32
ENDS_WITHIN_S = 10.0


def _worth_telling(record: logging.LogRecord) -> bool:
    """Tell whether a line of the server's says more than that a request was still open when HotelML ended."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class LoopbackServer:
    """Answers other HotelML processes of this user for as long as it is started."""

    def __init__(self, appliance: Appliance) -> None:
        self._appliance = appliance
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._conversations: set[Conversation] = set()

    def start(self) -> None:
        """Listen, and leave word of where; the server itself comes up in its own thread."""
        listener = self._listen(self._appliance.settings().api.port)
        port = listener.getsockname()[1]
        token = secrets.token_urlsafe(KEY_BYTES)
        self._stopping.clear()
        self._thread = threading.Thread(target=self._serve, args=(listener, token, port), name="loopback api")
        self._thread.start()
        write_address(self._appliance.parts.layout.api_file, Address(port, token, os.getpid()))

    def stop(self) -> None:
        """Take the word back, stop what is under way and end the thread."""
        try:
            held_files.removed(self._appliance.parts.layout.api_file)
        except OSError as error:
            # Whoever reads it finds nobody there; as long as the thread lives, HotelML does not end.
            log.warning("the address cannot be taken back: %s", error)
        if self._thread is None:
            return
        self._stopping.set()
        for conversation in tuple(self._conversations):
            conversation.stop()
        if self._server is not None:
            self._server.should_exit = True
        self._thread.join()
        self._thread = None

    def _listen(self, wanted: int) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            # Without this, Windows lets another program listen on the same port and take what was meant for us.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # What the last run left of its conversations keeps the port for a minute otherwise; one who listens keeps it still.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, wanted))
        except OSError as error:
            log.warning("port %s is taken (%s); another one is used", wanted, error)
            listener.bind((HOST, 0))
        # Whoever reads the address may ask at once: the system keeps the connection until the server is up.
        listener.listen()
        return listener

    def _serve(self, listener: socket.socket, token: str, port: int) -> None:
        import uvicorn

        from hotelml_app.api.application import build
        from hotelml_app.api.connections import AT_ONCE, ShortPatience

        app = build(self._appliance, token, port, self._conversations)
        # The same function again is no second filter.
        logging.getLogger("uvicorn.error").addFilter(_worth_telling)
        config = uvicorn.Config(
            app,
            http=ShortPatience,
            backlog=AT_ONCE,
            ws="none",
            loop="asyncio",
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=int(ENDS_WITHIN_S),
        )
        self._server = uvicorn.Server(config)
        self._server.should_exit = self._stopping.is_set()
        self._server.run(sockets=[listener])
        listener.close()
        for conversation in tuple(self._conversations):
            if conversation.thread.ident is not None:
                conversation.thread.join()

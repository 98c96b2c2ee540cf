"""One operation asked over loopback: it runs in a thread of its own, and its lines go out as they come."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable, Mapping

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.asking.unforeseen import in_words

log = logging.getLogger(__name__)

SIGN_OF_LIFE_S = 5.0
PROGRESS_STEP = 0.005
"""Smaller steps of progress are not worth a line, unless the words change."""


class Conversation:
    """Runs one operation and tells of it in JSON lines: signs of life, progress, in the end a result or an error."""

    def __init__(
        self, appliance: Appliance, name: str, values: Mapping[str, object], ended: Callable[[Conversation], None]
    ) -> None:
        self._appliance = appliance
        self._ended = ended
        self._name = name
        self._values = values
        self._cancel = CancelToken()
        self._lines: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._told = (-1.0, "")
        self.thread = threading.Thread(target=self._work, name=f"request {name}")

    def stop(self) -> None:
        """Ask the operation to end; it does so at its next check."""
        self._cancel.cancel()

    async def lines(self) -> AsyncIterator[bytes]:
        """Run the operation and yield its lines. When the other side goes away, the operation is stopped."""
        self.thread.start()
        try:
            while True:
                try:
                    line = await asyncio.wait_for(self._lines.get(), SIGN_OF_LIFE_S)
                except TimeoutError:
                    line = {"alive": True}
                yield json.dumps(line).encode() + b"\n"
                if "result" in line or "error" in line:
                    return
        finally:
            self.stop()

    def _work(self) -> None:
        try:
            answer = operation(self._name).run(self._appliance.parts, self._values, self._progress, self._cancel)
            self._tell({"result": answer})
        except HotelMLError as error:
            self._tell({**error.as_dict(), "exit_code": error.exit_code})
        except Exception as error:
            log.exception("the request %s failed", self._name)
            layout = self._appliance.parts.layout
            unforeseen = in_words(error, layout.home, f"The details are in {layout.logs}")
            self._tell({**unforeseen.as_dict(), "exit_code": unforeseen.exit_code})
        finally:
            self._ended(self)

    def _progress(self, fraction: float, step: str) -> None:
        before, words = self._told
        if step != words or fraction - before >= PROGRESS_STEP:
            self._told = (fraction, step)
            self._tell({"progress": fraction, "step": step})

    def _tell(self, line: dict[str, object]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
        except RuntimeError:
            log.info("the request %s ended after the server", self._name)

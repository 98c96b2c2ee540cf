"""Asking the HotelML that owns the home: HTTP on 127.0.0.1 with a key that only this user can read, past any proxy."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.jobs import ProgressCallback, no_progress
from hotelml_app.services.errors import AppliancesTalkError, ToldByRunningError, UnknownOperationError

HOST = "127.0.0.1"
CONNECT_TIMEOUT_S = 3.0
SILENCE_TIMEOUT_S = 60.0
"""The owner sends a sign of life every few seconds while it works; this long without one, it hangs."""


@dataclass(frozen=True)
class Address:
    """Where the owner of a home listens, and the key it wants to see."""

    port: int
    token: str
    pid: int


def write_address(path: Path, address: Address) -> None:
    """Leave word of where to ask; the file appears whole and only its owner may read it."""
    partial = path.with_name(f"{path.name}.partial")
    held_files.remove(partial)
    text = json.dumps({"port": address.port, "token": address.token, "pid": address.pid})
    # On Windows the mode is ignored: there the user's own profile folder keeps others out.
    with open(partial, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
    held_files.replace(partial, path)


def read_address(path: Path) -> Address | None:
    """Return where to ask, or None where nobody left word."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Address(int(told["port"]), str(told["token"]), int(told["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class LoopbackRunner:
    """Has operations done by the HotelML that owns the home."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def answers(self) -> bool:
        """Return whether somebody with the right key listens there."""
        try:
            return self._get("/v1/ping", CONNECT_TIMEOUT_S).get("pid") == self._address.pid
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def ask(self, name: str, arguments: Mapping[str, object], progress: ProgressCallback = no_progress) -> dict[str, object]:
        """Have an operation done and return its answer. Raises the owner's own error in its words."""
        connection = http.client.HTTPConnection(HOST, self._address.port, timeout=SILENCE_TIMEOUT_S)
        try:
            connection.request("POST", f"/v1/operations/{name}", json.dumps(dict(arguments)), self._headers())
            return _read_answer(connection.getresponse(), progress)
        except ToldByRunningError as error:
            raise (self._too_old() if _is_new_to_it(name, error) else error) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise AppliancesTalkError(
                f"The HotelML that owns this home (process {self._address.pid}) stopped answering.",
                remedy="Look at its window; if it hangs, close it and try again. What it had finished is kept.",
            ) from error
        finally:
            connection.close()

    def _too_old(self) -> AppliancesTalkError:
        return AppliancesTalkError(
            f"The HotelML that runs on this home (process {self._address.pid}) is an earlier version, which cannot do this yet.",
            remedy="Quit it, not only its window (its icon may be in the tray), or stop its service; then ask again.",
        )

    def _get(self, path: str, timeout_s: float) -> dict[str, object]:
        connection = http.client.HTTPConnection(HOST, self._address.port, timeout=timeout_s)
        try:
            connection.request("GET", path, headers=self._headers())
            answer = json.loads(connection.getresponse().read())
            return answer if isinstance(answer, dict) else {}
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._address.token}", "Content-Type": "application/json"}


def _is_new_to_it(name: str, error: ToldByRunningError) -> bool:
    """Return whether the owner of the home does not know a request that this HotelML knows."""
    from hotelml_app.services.asking.operations import OPERATIONS

    return error.as_dict().get("error") == UnknownOperationError.__name__ and name in OPERATIONS


def _read_answer(response: http.client.HTTPResponse, progress: ProgressCallback) -> dict[str, object]:
    """Follow the lines of an answer: signs of life, progress, and in the end a result or an error."""
    for line in response:
        told = json.loads(line)
        if "progress" in told:
            progress(float(told["progress"]), str(told["step"]))
        elif "result" in told:
            result: dict[str, object] = told["result"]
            return result
        elif "error" in told:
            raise ToldByRunningError(told)
    raise http.client.IncompleteRead(b"")

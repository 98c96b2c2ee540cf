"""The routes. This file is imported when the server starts, never before: FastAPI takes its time."""

from __future__ import annotations

import asyncio
import html
import json
import os
import secrets
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from hotelml_app.api.conversation import Conversation
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.json_values import json_ready
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.loopback import HOST
from hotelml_app.services.asking.operations import OPERATIONS, operation

OPEN_TO_ALL = ("/docs",)

MAX_BODY_BYTES = 1_000_000
"""More than any request needs; names of thousands of files fit in."""

TOO_LARGE = "The body is too large."

GoOn = Callable[[Request], Awaitable[Response]]


def build(appliance: Appliance, token: str, port: int, conversations: set[Conversation]) -> FastAPI:
    """Return the application. ``conversations`` holds what is under way, so that the server can end it."""
    app = FastAPI(title="HotelML", docs_url=None, redoc_url=None)
    app.middleware("http")(_only_for_this_user(token, port))
    app.add_exception_handler(HTTPException, _no_such_request)

    @app.get("/v1/ping")
    async def ping() -> dict[str, int]:
        """Say who listens."""
        return {"pid": os.getpid()}

    @app.get("/v1/status")
    async def status() -> Response:
        """Tell how the appliance stands, as ``hotelml status --json`` does."""
        return JSONResponse(json_ready(await asyncio.to_thread(appliance.status)))

    @app.post("/v1/operations/{name}")
    async def operate(name: str, request: Request) -> Response:
        """Do one operation; the answer is JSON lines: progress, and in the end ``result`` or ``error``."""
        return await _operate(appliance, name, request, conversations)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        """Show what can be asked."""
        return HTMLResponse(_docs())

    return app


def _only_for_this_user(token: str, port: int) -> Callable[[Request, GoOn], Awaitable[Response]]:
    """Refuse what does not carry the key, and web pages that try to reach us under another name."""

    async def check(request: Request, go_on: GoOn) -> Response:
        if request.headers.get("host") != f"{HOST}:{port}":
            return _refusal(421, "This address is not ours.")
        shown = request.headers.get("authorization", "").encode()
        if request.url.path not in OPEN_TO_ALL and not secrets.compare_digest(shown, f"Bearer {token}".encode()):
            return _refusal(401, "The key is missing or wrong.")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return _refusal(413, TOO_LARGE)
        return await go_on(request)

    return check


class _TooLargeError(Exception):
    """More came than any request needs."""


async def _body(request: Request) -> bytes:
    """Return what was sent. Raises _TooLargeError as soon as it is too much, whatever its header said or kept to itself."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise _TooLargeError
    return bytes(body)


async def _operate(appliance: Appliance, name: str, request: Request, conversations: set[Conversation]) -> Response:
    try:
        operation(name)
        values = json.loads(await _body(request))
    except HotelMLError as error:
        return JSONResponse({**error.as_dict(), "exit_code": error.exit_code}, status_code=404)
    except ClientDisconnect:
        return _refusal(400, "The body did not come whole.")
    except _TooLargeError:
        return _refusal(413, TOO_LARGE)
    except (ValueError, RecursionError):
        return _refusal(400, "The body is not JSON.")
    if not isinstance(values, dict):
        return _refusal(400, "The body is not a JSON object.")
    conversation = Conversation(appliance, name, values, conversations.discard)
    conversations.add(conversation)
    return StreamingResponse(conversation.lines(), media_type="application/x-ndjson")


async def _no_such_request(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return _refusal(code, f"There is no request {request.method} {request.url.path}; /docs tells what can be asked.")


def _refusal(code: int, message: str) -> JSONResponse:
    return JSONResponse({"error": "Refused", "title": "Refused", "message": message, "remedy": "", "exit_code": 1}, code)


def _docs() -> str:
    rows = "".join(
        f"<tr><td><code>POST /v1/operations/{html.escape(one.name)}</code></td><td>{html.escape(one.summary)}</td>"
        f"<td><code>{html.escape(', '.join(one.accepts)) or '-'}</code></td></tr>"
        for one in OPERATIONS.values()
    )
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>HotelML API</title>"
        "<style>body{font:16px system-ui;margin:2rem}td,th{text-align:left;padding:.3rem 1rem .3rem 0}</style>"
        "<h1>HotelML on this PC</h1><p>Send the key from <code>run/api.json</code> of the home as <code>Authorization: Bearer "
        "KEY</code> and the arguments as a JSON object. The answer is JSON lines; the last holds <code>result</code> or "
        "<code>error</code>. <code>GET /v1/status</code> tells how the appliance stands.</p>"
        f"<table><tr><th>Request<th>What it does<th>Arguments</tr>{rows}</table>"
    )

"""A mail server and a web server on this machine, as far as a hotel's messages need them; what they got is kept."""

from __future__ import annotations

import base64
import email
import http.server
import json
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path


@dataclass
class Mailbox:
    """What a mail server got, and how it behaves."""

    users: dict[str, str] = field(default_factory=dict)
    refuses: dict[str, str] = field(default_factory=dict)
    """By the beginning of a command: what it answers instead."""
    greeting: str = "220 mail.test ready"
    tls: ssl.SSLContext | None = None
    encrypts: str = ""
    """tls, starttls or "" as the client should have it."""
    commands: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    port: int = 0
    pause_after_data: threading.Event = field(default_factory=threading.Event)
    """While it is not set, mail is taken and never answered."""

    def __post_init__(self) -> None:
        self.pause_after_data.set()


class _Talk(socketserver.StreamRequestHandler):
    box: Mailbox

    def setup(self) -> None:
        if self.box.encrypts == "tls":
            self.request = self.box.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        self.to: list[str] = []
        self.secure = self.box.encrypts == "tls"
        self.say(self.box.greeting)
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            self.box.commands.append(line)
            refusal = next((said for begin, said in self.box.refuses.items() if line.upper().startswith(begin.upper())), None)
            if refusal == "hang up":
                return
            if refusal is not None:
                self.say(refusal)
            elif not self.obey(line):
                return

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def obey(self, line: str) -> bool:
        word = line.partition(" ")[0].upper()
        if word == "EHLO":
            offers = ["mail.test"]
            offers += ["STARTTLS"] if self.box.encrypts == "starttls" and not self.secure else []
            offers += ["AUTH PLAIN"] if self.box.users else []
            for number, one in enumerate(offers):
                self.say(f"250{' ' if number == len(offers) - 1 else '-'}{one}")
        elif word == "STARTTLS":
            self.say("220 go ahead")
            self.connection = self.request = self.box.tls.wrap_socket(self.request, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", 0)
            self.secure = True
        elif word == "AUTH":
            _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
            self.say("235 welcome" if self.box.users.get(user) == password else "535 5.7.8 wrong user or password")
        elif word == "RCPT":
            self.to.append(line.partition("<")[2].rstrip(">"))
            self.say("250 fine")
        elif word == "DATA":
            self.say("354 go on")
            self.take()
            self.box.pause_after_data.wait(60)
            self.say("250 taken")
        elif word == "QUIT":
            self.say("221 goodbye")
            return False
        else:
            self.say("250 fine")
        return True

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.box.mails.append(email.message_from_bytes(b"".join(lines), policy=default))
        self.box.recipients.append(self.to)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Quiet(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is part of the tests."""


@contextmanager
def mail_server(box: Mailbox) -> Iterator[Mailbox]:
    """Serve on a free port, kept in ``box.port``."""
    with _served(_Quiet(("127.0.0.1", box.port), type("Talk", (_Talk,), {"box": box}))) as port:
        box.port = port
        yield box


@dataclass
class Hook:
    """What a web server got, and how it answers."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, dict[str, str], dict[str, object]]] = field(default_factory=list)
    port: int = 0
    answers_after_s: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks/abc?x=1"


@contextmanager
def web_server(hook: Hook) -> Iterator[Hook]:
    """Serve on a free port, kept in ``hook.port``."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            hook.got.append((self.path, dict(self.headers), body))
            time.sleep(hook.answers_after_s)
            self.send_response(hook.status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(hook.body)))
            self.end_headers()
            self.wfile.write(hook.body)

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    class Server(_Quiet):
        """No http.server.HTTPServer: that would look the machine's own name up."""

    with _served(Server(("127.0.0.1", hook.port), Answer)) as port:
        hook.port = port
        yield hook


@contextmanager
def _served(server: socketserver.ThreadingTCPServer) -> Iterator[int]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="test server")
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path, name: str = "localhost") -> Path:
    """Make a certificate that signed itself, with its key, in one file. Needs the program openssl."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    made.write_text(key.read_text(encoding="utf-8") + made.read_text(encoding="utf-8"), encoding="utf-8")
    return made


def server_side(pem: Path) -> ssl.SSLContext:
    """Return what a server needs to encrypt with a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context

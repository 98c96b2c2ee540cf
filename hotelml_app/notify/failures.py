"""What went wrong on the way to a server, in plain words."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.notify.time_limit import SILENCE_S

MOST_LETTERS = 160
_CONNECT = "Check that this PC has a network, and that its firewall lets HotelML out."


@contextmanager
def in_plain_words(host: str, port: int) -> Iterator[None]:
    """Raise NotDeliveredError in place of what the system says about a connection to ``host``."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise _explained(error, host, port) from error


def _explained(error: OSError | ValueError, host: str, port: int) -> NotDeliveredError:
    place = f"{host}, port {port}"
    match error:
        case ValueError() | socket.gaierror() if not isinstance(error, ssl.SSLError):
            remedy = "Check how it is spelled, and that this PC has a network."
            return NotDeliveredError(f"There is no server named {host}.", remedy=remedy)
        case ssl.SSLCertVerificationError():
            why = {
                10: "it has expired",
                18: "it signed itself",
                19: "it signed itself",
                62: "it is for another name",
                64: "it is for another name",
            }
            told = why.get(error.verify_code, error.verify_message)
            remedy = "Use the name that the certificate is for. One of the house's own must be trusted by this PC first."
            return NotDeliveredError(f"The certificate of {host} is not trusted: {told}. Nothing was sent.", remedy=remedy)
        case ssl.SSLError():
            remedy = "Check port and encryption: TLS is usual on 465 and 443, STARTTLS on 587."
            return NotDeliveredError(f"{place} does not speak TLS as expected. Nothing was sent.", remedy=remedy)
        case TimeoutError():
            return NotDeliveredError(
                f"{place} did not answer within {SILENCE_S:.0f} seconds.", remedy=f"Check the port. {_CONNECT}"
            )
        case ConnectionRefusedError():
            remedy = "Check server and port, and that the server runs."
            return NotDeliveredError(f"Nothing takes messages at {place}: the connection was refused.", remedy=remedy)
        case ConnectionError():
            remedy = "Check port and encryption; many servers hang up on the wrong one."
            return NotDeliveredError(f"{place} hung up in the middle.", remedy=remedy)
    return NotDeliveredError(f"{place} cannot be reached ({error.strerror or error}).", remedy=_CONNECT)


def said(text: bytes | str) -> str:
    """Return what a server said in one short line that no terminal obeys."""
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    shown = "".join(letter if letter.isprintable() else " " for letter in plain)
    return " ".join(shown.split())[:MOST_LETTERS]

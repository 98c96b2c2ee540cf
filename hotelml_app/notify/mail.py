"""Notices as e-mail, by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from hotelml_app.notify.errors import NotDeliveredError, PutOffError
from hotelml_app.notify.failures import in_plain_words, said
from hotelml_app.notify.letter import Letter
from hotelml_app.notify.time_limit import IN_ALL_S, SILENCE_S, time_limit
from hotelml_app.settings.channels import EmailSettings

_OWN_NAME = "[127.0.0.1]"
"""How we greet. The PC's own name is nobody's business, and finding it out would ask the network."""

_AUTHENTICATION = (530, 534, 535, 538)


def send_mail(
    rules: EmailSettings, password: str, letter: Letter, in_all_s: float = IN_ALL_S, left_to: tuple[str, ...] = ()
) -> str:
    """Send a letter and return, in a sentence, whom the server refused, or "".

    Where some of the recipients have it already, ``left_to`` are those that lack it. Raises NotDeliveredError.
    """
    if not (rules.host and rules.sender and rules.to and all(rules.to)):
        raise NotDeliveredError("Server, sender and recipient are needed.", remedy="Fill them in under Settings, Notifications.")
    to = [one for one in rules.to if not left_to or one in left_to]
    if not to:
        # Who lacked it is taken off the list since.
        return ""
    with in_plain_words(rules.host, rules.port):
        context = ssl.create_default_context()
        server = _server(rules, context)
        try:
            with time_limit(lambda: server.sock, in_all_s) as limit:
                try:
                    _open_up(server, rules, password, context)
                    # Many servers look a mail through before they say that they have it; sent again meanwhile, it comes twice.
                    if server.sock is not None:
                        server.sock.settimeout(in_all_s)
                    refused = _hand_in(server, written(rules, letter), rules.sender, to)
                except (smtplib.SMTPException, OSError) as error:
                    if limit.over:
                        raise NotDeliveredError(f"{rules.host} did not come to an end within {in_all_s:.0f} seconds.") from error
                    raise
        except smtplib.SMTPException as error:
            if isinstance(error.__context__, TimeoutError):
                raise error.__context__ from None
            raise _explained(error, rules) from error
        finally:
            server.close()
    return _told_of(refused, rules.host)


def _server(rules: EmailSettings, context: ssl.SSLContext) -> smtplib.SMTP:
    """Return a server that nobody is connected to yet."""
    server = (
        smtplib.SMTP_SSL(local_hostname=_OWN_NAME, timeout=SILENCE_S, context=context)
        if rules.security == "tls"
        else smtplib.SMTP(local_hostname=_OWN_NAME, timeout=SILENCE_S)
    )
    # Without a name given at once it connects to nobody, and does not know whom the certificate must name.
    server._host = rules.host  # type: ignore[attr-defined]
    return server


def _told_of(refused: dict[str, tuple[int, bytes]], host: str) -> str:
    """Return whom a server refused for good. Raises PutOffError where it may take it for one of them later."""
    later = [(address, why) for address, (code, why) in refused.items() if code < 500]
    if later:
        # Of those refused for good the last try will tell.
        told = "; ".join(f"{address}: {said(why)}" for address, why in later)
        raise PutOffError(f"{host} has not taken it yet for {told}.", left_to=tuple(refused))
    return f"{', '.join(refused)} was refused by the server." if refused else ""


def _open_up(server: smtplib.SMTP, rules: EmailSettings, password: str, context: ssl.SSLContext) -> None:
    code, answer = server.connect(rules.host, rules.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    if rules.security == "starttls":
        # Raises where the server offers none: what was to be encrypted never goes out in clear.
        server.starttls(context=context)
    if rules.user:
        _log_in(server, rules, password)


def _hand_in(server: smtplib.SMTP, mail: EmailMessage, sender: str, to: list[str]) -> dict[str, tuple[int, bytes]]:
    refused = server.send_message(mail, sender, to)
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        # It has taken the mail; how it says goodbye does not matter.
        return refused
    return refused


def _log_in(server: smtplib.SMTP, rules: EmailSettings, password: str) -> None:
    if not password:
        remedy = "Enter it under Settings, Notifications, or with: hotelml notify secret --channel email"
        raise NotDeliveredError(f"The password of {rules.user} is not kept on this PC.", remedy=remedy)
    try:
        server.login(rules.user, password)
    except UnicodeError as error:
        raise NotDeliveredError("User or password hold letters that mail servers do not take.") from error


def written(rules: EmailSettings, letter: Letter) -> EmailMessage:
    """Return a letter as it goes to the server; its id stands in Message-ID and X-HotelML-Id."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = rules.sender
    mail["To"] = ", ".join(rules.to)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{letter.id}@{rules.sender.partition('@')[2]}>"
    mail["X-HotelML-Id"] = letter.id
    # So that no holiday reply answers it.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _explained(error: smtplib.SMTPException, rules: EmailSettings) -> NotDeliveredError:
    place = f"{rules.host}, port {rules.port}"
    match error:
        case smtplib.SMTPServerDisconnected():
            remedy = "Check port and encryption; many servers hang up on the wrong one."
            return NotDeliveredError(f"{place} hung up in the middle.", remedy=remedy)
        case smtplib.SMTPNotSupportedError() if "STARTTLS" in str(error):
            remedy = "Choose TLS (usual on port 465), or no encryption where the server is in the house."
            return NotDeliveredError(f"{place} offers no encryption by STARTTLS. Nothing was sent.", remedy=remedy)
        case smtplib.SMTPNotSupportedError():
            remedy = "Leave the user empty where it wants none; most servers want encryption first."
            return NotDeliveredError(f"{place} takes no user and password like this.", remedy=remedy)
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            who, (_, why) = next(iter(recipients.items()))
            return NotDeliveredError(f"{rules.host} does not take mail for {who}: {said(why)}", remedy="Check the address.")
        case smtplib.SMTPResponseException(smtp_code=530, smtp_error=why) if "TLS" in said(why).upper():
            remedy = "Choose STARTTLS (usual on port 587) or TLS (465)."
            return NotDeliveredError(f"{rules.host} takes no mail without encryption: {said(why)}", remedy=remedy)
        case smtplib.SMTPResponseException(smtp_code=530, smtp_error=why) if not rules.user:
            remedy = "Enter the user and the password that it wants."
            return NotDeliveredError(f"{rules.host} takes mail from users it knows alone: {said(why)}", remedy=remedy)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=why) if code in _AUTHENTICATION:
            remedy = "Enter them again. With two-step sign-in, mail providers want an app password."
            return NotDeliveredError(f"{rules.host} refused user or password: {said(why)}", remedy=remedy)
        case smtplib.SMTPSenderRefused(smtp_error=why):
            told = f"{rules.host} does not take mail from {rules.sender}: {said(why)}"
            return NotDeliveredError(told, remedy="Send from the address that belongs to the user.")
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=why):
            return NotDeliveredError(f"{rules.host} refused the message ({code}): {said(why)}")
        case smtplib.SMTPException() if "authentication method" in str(error):
            # It offers tickets alone, such as those of a Windows domain or of a provider's own sign-in.
            remedy = "Have it allow sign-in by password (LOGIN or PLAIN), or choose a server that does."
            return NotDeliveredError(f"{place} lets nobody in by user and password.", remedy=remedy)
    return NotDeliveredError(f"{place} does not answer like a mail server.", remedy="Check server, port and encryption.")

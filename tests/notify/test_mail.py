"""Mail by a real mail server on this machine, well and badly behaved."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mail_server import Mailbox, certificate, mail_server, server_side

from hotelml_app.core.severity import Severity
from hotelml_app.notify import failures, mail
from hotelml_app.notify.errors import NotDeliveredError, PutOffError
from hotelml_app.notify.letter import MOST_TOLD, Letter
from hotelml_app.notify.mail import send_mail
from hotelml_app.settings.channels import EmailSettings
from hotelml_app.store.told.outbox import Noticed

AT = datetime(2016, 5, 1, 4, 0, tzinfo=UTC)


LETTER = Letter(
    "0e0d-1",
    "Pensão Amparo",
    (
        (Noticed("", Severity.WARNING, "An export has new columns", "Pensão Amparo: see the Data page."), AT),
        (Noticed("", Severity.FAILURE, "Last night's backup was not made", "There is no room.", "Free some space."), AT),
    ),
)


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server(Mailbox()) as served:
        yield served


def rules(box: Mailbox, **changes: object) -> EmailSettings:
    to = ("fom@hotel.example", "gm@hotel.example")
    told = {"host": "127.0.0.1", "port": box.port, "security": "none", "sender": "pms@hotel.example", "to": to}
    return EmailSettings.model_validate({"enabled": True, **told, **changes})


def refused(rules: EmailSettings, password: str = "") -> NotDeliveredError:
    with pytest.raises(NotDeliveredError) as told:
        send_mail(rules, password, LETTER)
    return told.value


def test_a_mail_says_the_worst_first_and_carries_its_id(box: Mailbox) -> None:
    assert send_mail(rules(box), "", LETTER) == ""
    (got,) = box.mails
    assert got["Subject"] == "HotelML, Pensão Amparo: Last night's backup was not made (and 1 more)"
    assert (got["X-HotelML-Id"], got["Message-ID"]) == ("0e0d-1", "<0e0d-1@hotel.example>")
    assert (got["From"], got["To"]) == ("pms@hotel.example", "fom@hotel.example, gm@hotel.example")
    assert got["Auto-Submitted"] == "auto-generated"
    text = got.get_content()
    assert "    There is no room." in text
    assert "    Free some space." in text
    assert text.index("new columns") < text.index("backup")
    assert box.recipients == [["fom@hotel.example", "gm@hotel.example"]]


def test_the_pcs_own_name_is_not_told(box: Mailbox) -> None:
    send_mail(rules(box), "", LETTER)
    assert socket.gethostname() not in "\n".join([*box.commands, str(box.mails[0])])
    assert box.commands[0] == "ehlo [127.0.0.1]"


def test_a_mail_of_many_notices_stays_short(box: Mailbox) -> None:
    many = tuple((Noticed("", Severity.NEWS, f"Export {number} was read", ""), AT) for number in range(MOST_TOLD + 7))
    worst = (Noticed("", Severity.FAILURE, "The disk is almost full", ""), AT)
    send_mail(rules(box), "", Letter("1", "", (*many, worst)))
    text = box.mails[0].get_content()
    assert text.count("was read") == MOST_TOLD - 1
    assert "The disk is almost full" in text
    assert "8 more are not written out" in text
    assert "1 more is not written out" in Letter("2", "", (*many[:MOST_TOLD], worst)).text


def test_a_notice_cannot_add_headers_or_recipients(box: Mailbox) -> None:
    sly = Noticed("", Severity.FAILURE, "a.csv\r\nBcc: thief@evil.example\r\n", "\r\n.\r\nRCPT TO:<thief@evil.example>\r\n")
    send_mail(rules(box), "", Letter("1", "Grand\nHotel", ((sly, AT),)))
    (got,) = box.mails
    assert got["Bcc"] is None
    assert box.recipients == [["fom@hotel.example", "gm@hotel.example"]]
    assert not any("thief" in command for command in box.commands)


def test_the_right_password_opens_and_a_wrong_or_missing_one_is_told(box: Mailbox) -> None:
    box.users = {"office": "geheim"}
    assert send_mail(rules(box, user="office"), "geheim", LETTER) == ""
    assert "refused user or password: 5.7.8 wrong" in refused(rules(box, user="office"), "wrong").message
    assert "is not kept on this PC" in refused(rules(box, user="office")).message
    assert "letters that mail servers do not take" in refused(rules(box, user="office"), "gehéim€").message
    assert len(box.mails) == 1


def test_a_user_where_none_is_wanted_is_told(box: Mailbox) -> None:
    assert "takes no user and password" in refused(rules(box, user="office"), "geheim").message


@pytest.mark.parametrize("ways", ["NTLM GSSAPI", "XOAUTH2"])
def test_a_server_that_lets_nobody_in_by_password_is_told_apart_from_what_is_no_mail_server(box: Mailbox, ways: str) -> None:
    """So do Exchange in the house as it comes, and providers that ended passwords."""
    box.refuses = {"EHLO": f"250-mail.test\r\n250 AUTH {ways}"}
    error = refused(rules(box, user="office"), "geheim")
    assert error.message == f"127.0.0.1, port {box.port} lets nobody in by user and password."
    assert "LOGIN" in error.remedy


@pytest.mark.parametrize(
    ("refusals", "words"),
    [
        ({"MAIL": "550 not yours"}, "does not take mail from pms@hotel.example: not yours"),
        ({"RCPT": "550 unknown"}, "does not take mail for fom@hotel.example: unknown"),
        ({"DATA": "554 too much\x1b[2J spam"}, "refused the message (554): too much [2J spam"),
        ({"DATA": "hang up"}, "hung up in the middle"),
        ({"EHLO": "hang up"}, "hung up in the middle"),
    ],
)
def test_what_the_server_refuses_is_told_in_its_words(box: Mailbox, refusals: dict[str, str], words: str) -> None:
    box.refuses = refusals
    assert words in refused(rules(box)).message
    assert box.mails == []


def test_of_two_recipients_the_one_that_is_refused_is_named_and_the_other_told(box: Mailbox) -> None:
    box.refuses = {"RCPT TO:<gm@": "550 left the house"}
    assert send_mail(rules(box), "", LETTER) == "gm@hotel.example was refused by the server."
    assert box.recipients == [["fom@hotel.example"]]


def test_a_recipient_who_is_put_off_gets_the_mail_later_and_the_others_not_again(box: Mailbox) -> None:
    gone = "old@hotel.example"
    all_three = rules(box, to=("fom@hotel.example", "gm@hotel.example", gone))
    box.refuses = {"RCPT TO:<gm@": "451 greylisted, come again", "RCPT TO:<old@": "550 left the house"}
    with pytest.raises(PutOffError, match=r"taken it yet for gm@hotel\.example: greylisted, come again") as told:
        send_mail(all_three, "", LETTER)
    assert told.value.left_to == ("gm@hotel.example", gone)
    del box.refuses["RCPT TO:<gm@"]
    assert send_mail(all_three, "", LETTER, left_to=told.value.left_to) == f"{gone} was refused by the server."
    assert box.recipients == [["fom@hotel.example"], ["gm@hotel.example"]]


def test_a_recipient_who_lacked_a_mail_and_is_taken_off_the_list_gets_none(box: Mailbox) -> None:
    assert send_mail(rules(box), "", LETTER, left_to=("old@hotel.example",)) == ""
    assert box.mails == []


def test_a_server_that_does_not_say_goodbye_has_taken_the_mail_nevertheless(box: Mailbox) -> None:
    box.refuses = {"QUIT": "hang up"}
    assert send_mail(rules(box), "", LETTER) == ""
    assert len(box.mails) == 1


def test_a_server_that_is_closed_for_now(box: Mailbox) -> None:
    box.greeting = "554 not today"
    assert "refused the message (554): not today" in refused(rules(box)).message


def test_nobody_listens(box: Mailbox) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        error = refused(rules(box, port=free.getsockname()[1]))
    assert "the connection was refused" in error.message
    assert "Check server and port" in error.remedy


@pytest.mark.parametrize("host", ["mail.nowhere.invalid", f"{'a' * 70}.example"])
def test_a_name_that_nobody_knows(box: Mailbox, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str, *others: object, **named: object) -> object:
        name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert refused(rules(box, host=host)).message == f"There is no server named {host}."


def test_no_way_to_the_network(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*values: object, **named: object) -> object:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", away)
    error = refused(rules(box))
    assert "cannot be reached (Network is unreachable)" in error.message
    assert "firewall" in error.remedy


def test_a_server_that_says_nothing(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SILENCE_S", 0.05)
    monkeypatch.setattr(failures, "SILENCE_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "did not answer within" in refused(rules(box, port=silent.getsockname()[1])).message


def test_a_server_that_looks_the_mail_through_for_long_is_not_sent_it_again(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SILENCE_S", 0.2)
    box.pause_after_data.clear()
    looked_through = threading.Timer(0.5, box.pause_after_data.set)
    looked_through.start()
    assert send_mail(rules(box), "", LETTER, in_all_s=5.0) == ""
    looked_through.join()
    assert len(box.mails) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("530 5.7.0 Must issue a STARTTLS command first", "Choose STARTTLS"),
        ("530 5.7.0 Authentication required", "Enter the user"),
    ],
)
def test_a_server_that_wants_more_first_is_told_apart_from_a_wrong_password(box: Mailbox, answer: str, words: str) -> None:
    box.refuses = {"MAIL FROM": answer}
    error = refused(rules(box))
    assert words in error.remedy
    assert "refused user or password" not in error.message


def test_a_server_that_never_comes_to_an_end(box: Mailbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as slow:
        stop = threading.Event()

        def dribble() -> None:
            talk, _ = slow.accept()
            with talk:
                while not stop.wait(0.02):
                    try:
                        talk.send(b"220-wait\r\n")
                    except OSError:
                        return

        thread = threading.Thread(target=dribble)
        thread.start()
        with pytest.raises(NotDeliveredError, match="did not come to an end"):
            send_mail(rules(box, port=slow.getsockname()[1]), "", LETTER, in_all_s=0.2)
        stop.set()
        thread.join()


def test_something_that_is_no_mail_server(box: Mailbox) -> None:
    box.greeting = "HTTP/1.1 400 Bad Request"
    error = refused(rules(box))
    assert error.message
    assert box.mails == []


def test_where_starttls_is_wanted_and_not_offered_nothing_goes_out_in_clear(box: Mailbox) -> None:
    box.users = {"office": "geheim"}
    assert "offers no encryption by STARTTLS. Nothing was sent." in refused(rules(box, security="starttls"), "geheim").message
    assert not any(command.startswith("AUTH") for command in box.commands)


def test_tls_with_a_server_that_does_not_speak_it(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "does not speak TLS as expected" in refused(rules(box, security="tls")).message


@needs_openssl
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_encryption_with_a_certificate_that_this_pc_trusts_and_with_one_it_does_not(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    box = Mailbox(users={"office": "geheim"}, tls=server_side(pem), encrypts=security)
    with mail_server(box):
        wanted = rules(box, host="localhost", security=security, user="office")
        error = refused(wanted, "geheim")
        assert error.message == "The certificate of localhost is not trusted: it signed itself. Nothing was sent."
        assert not any("AUTH" in command for command in box.commands)
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        assert send_mail(wanted, "geheim", LETTER) == ""
        assert "is for another name" in refused(rules(box, security=security), "geheim").message
    assert len(box.mails) == 1


def test_a_channel_that_is_half_set_up_is_told_so() -> None:
    assert "are needed" in refused(EmailSettings()).message

"""E-mail: spoken to a real server, or written where the operator can read it; each letter at least once, whole."""

import email
import stat
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from aiosmtplib import SMTPException
from sqlmodel import select

from careapp import db, features, jobs
from careapp.adapters.email import Mail, deliver
from careapp.models import Job
from careapp.notify.mail import Letter, post, write
from careapp.said import Said
from careapp.settings import settings
from tests.mailbox import Mailbox, free_port, mail_server

features.load("jobs")

LETTER = Letter(
    Said("{name} & co", name="Tom"),
    ("Hello <b>you</b>.", "If that was not you, do nothing."),
    code="123456",
    link="https://care.example.org/join?a=1&b=2",
    link_words="See the invitation",
)


@pytest.fixture
def mailbox(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as box:
        monkeypatch.setenv("CAREAPP_SMTP_URL", box.url)
        monkeypatch.setenv("CAREAPP_URL", "https://care.example.org")
        settings.cache_clear()
        yield box


def send(letter: Letter = LETTER, to: str = "ida@example.org", language: str = "en") -> None:
    with db.unit_of_work() as session:
        post(session, to, language, letter)


def work() -> None:
    while jobs.run_next():
        pass


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    return text.get_content(), html.get_content()


def test_a_letter_reaches_the_server(mailbox: Mailbox) -> None:
    send()
    work()

    (to, message), *rest = mailbox.taken
    assert (to, rest) == (["ida@example.org"], [])
    assert message["To"] == "ida@example.org"
    assert message["From"] == "Careapp <careapp@care.example.org>"
    assert message["Subject"] == "Tom & co"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@care.example.org>")


def test_it_is_readable_as_text_and_as_html(mailbox: Mailbox) -> None:
    send()
    work()

    text, html = parts(mailbox.taken[0][1])
    assert "123456" in text
    assert "https://care.example.org/join?a=1&b=2" in text
    assert "Hello &lt;b&gt;you&lt;/b&gt;." in html
    assert 'href="https://care.example.org/join?a=1&amp;b=2"' in html
    assert "<script" not in html
    assert "src=" not in html


def test_names_in_every_script_arrive_whole(mailbox: Mailbox) -> None:
    send(Letter(Said("{who} te invita", who="Núria ❤️"), ("שלום",)))
    work()

    message = mailbox.taken[0][1]
    assert message["Subject"] == "Núria ❤️ te invita"
    assert "שלום" in parts(message)[0]


@pytest.mark.parametrize("name", ["Tom\r\nBcc: all@example.org", "Tom\nBcc: all@example.org"])
def test_nobody_can_write_headers_by_a_name(mailbox: Mailbox, name: str) -> None:
    send(Letter(Said("{name} invites you", name=name), ("Hello",)))
    work()

    to, message = mailbox.taken[0]
    assert to == ["ida@example.org"]
    assert message["Bcc"] is None


def test_a_server_that_refuses_is_tried_again_later_with_the_same_id(mailbox: Mailbox) -> None:
    mailbox.refusal = "451 later"
    send()
    work()
    with db.unit_of_work() as session:
        waiting = session.scalars(select(Job)).one()
        assert (waiting.state, waiting.attempts) == ("waiting", 1)
        mail_id, waiting.run_at = waiting.payload["id"], waiting.created_at

    mailbox.refusal = ""
    work()

    assert mailbox.taken[0][1]["Message-ID"] == f"<{mail_id}@care.example.org>"


def test_what_was_sent_is_not_kept(mailbox: Mailbox) -> None:
    send()
    work()

    with db.reading() as session:
        assert session.scalars(select(Job)).one().payload == {}


def test_the_address_that_ends_letters_arrives_in_one_piece(mailbox: Mailbox) -> None:
    link = f"https://care.example.org/api/unsubscribe?account={'0' * 36}&what=updates&proof={'0' * 32}"

    deliver(Mail("1", "ida@example.org", "Hello ❤️ " + "long " * 40, "Hello", "<p>Hello</p>", link))

    as_it_came = dict(mailbox.taken[0][1].raw_items())
    assert as_it_came["List-Unsubscribe"] == f"<{link}>"
    assert as_it_came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert max(len(line) for line in as_it_came["Subject"].splitlines()) <= 78


def test_nothing_is_sent_for_what_was_rolled_back(mailbox: Mailbox) -> None:
    with suppress(RuntimeError), db.unit_of_work() as session:
        post(session, "ida@example.org", "en", LETTER)
        raise RuntimeError

    work()

    assert mailbox.taken == []


def test_a_password_is_never_sent_in_the_clear(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server on another machine that would take it without TLS."""
    seen: list[Any] = []

    def accept(_server: Any, _session: Any, _envelope: Any, _way: str, password: Any) -> AuthResult:
        seen.append(password)
        return AuthResult(success=True)

    box = Mailbox("")
    server = Controller(
        box, hostname="127.0.0.2", port=free_port(), authenticator=accept, auth_require_tls=False, auth_required=True
    )
    server.start()
    monkeypatch.setenv("CAREAPP_SMTP_URL", f"smtp://careapp:secret@127.0.0.2:{server.port}")
    settings.cache_clear()

    try:
        with pytest.raises(SMTPException):
            deliver(Mail("1", "ida@example.org", "Hello", "Hello", "<p>Hello</p>"))
    finally:
        server.stop()

    assert seen == []
    assert box.taken == []


def test_without_a_server_letters_are_kept_in_a_folder(data: Path) -> None:
    send()
    work()

    files = list((data / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"]
    message = email.message_from_bytes(files[0].read_bytes(), policy=default)
    assert message["To"] == "ida@example.org"
    assert stat.S_IMODE((data / "mail").stat().st_mode) == 0o700
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_keeping_a_letter_twice_keeps_one(data: Path) -> None:
    mail = write("ida@example.org", "en", LETTER)
    deliver(mail)
    deliver(mail)

    assert len(list((data / "mail").iterdir())) == 1


def test_a_sender_may_be_set(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREAPP_MAIL_FROM", "Rose's family <rose@example.org>")
    settings.cache_clear()
    send()
    work()

    file = next((data / "mail").iterdir())
    assert email.message_from_bytes(file.read_bytes(), policy=default)["From"] == "Rose's family <rose@example.org>"

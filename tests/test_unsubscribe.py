"""Letters that tell something: how they are marked, and how they are ended from outside the app (RFC 8058)."""

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlmodel import Session, select

from careapp import clock, db
from careapp.adapters.email import Mail, deliver
from careapp.models import Account, Channel, Delivery, Kind, NoticeChoice, NoticeSettings
from careapp.notify.choices import ChooseNotice, choose_notice
from careapp.notify.mail import Letter, Part, write
from careapp.notify.parcels import claim
from careapp.notify.post import letter_of
from careapp.notify.stopping import stop_link
from careapp.notify.tell import tell
from careapp.settings import settings
from tests.cast import START, Cast
from tests.client import Browser
from tests.notices import EMAIL, HELP, NEWS, account_of, set_says_more

ONE_CLICK = {"content": "List-Unsubscribe=One-Click", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}


def as_sent(data: Path, mail: Mail) -> EmailMessage:
    deliver(mail)
    message = email.message_from_bytes((data / "mail" / f"{mail.id}.eml").read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def letter_to_tom(session: Session, cast: Cast, telling: object = NEWS) -> Mail:
    tom = cast.tom
    if account_of(session, tom).email_confirmed_at is None:
        account_of(session, tom).email_confirmed_at = START
    choose_notice(session, tom, ChooseNotice(kind=Kind.UPDATES, channel=EMAIL, is_on=True))
    with clock.freeze(START), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "smtp_url", "smtp://mail.example.org")
        tell(session, tom.site_id, [tom.member_id], telling)  # type: ignore[arg-type]
        (parcel,) = claim(session, [Channel.EMAIL], 10)
    return letter_of(parcel)


# What the letter says


def test_a_letter_can_be_ended_by_one_click_and_says_that_nobody_reads_answers(
    session: Session, rose_site: Cast, data: Path
) -> None:
    mail = letter_to_tom(session, rose_site)
    message = as_sent(data, mail)

    link = stop_link(rose_site.tom.account_id, "updates")
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body
        assert "nobody would read it" in body.get_content()
        assert link.replace("&", "&amp;") in body.get_content() or link in body.get_content()


def test_a_letter_opens_the_same_page_as_a_tap(session: Session, rose_site: Cast) -> None:
    assert "http://localhost:8000/journal" in letter_to_tom(session, rose_site).text


def test_its_subject_says_little_and_it_says_more_inside_if_its_reader_wants_that(
    session: Session, rose_site: Cast
) -> None:
    little = letter_to_tom(session, rose_site)
    assert (little.subject, "Little" in little.text, "More" in little.text) == ("Rose: news", True, False)

    set_says_more(session, rose_site.tom)
    for delivery in session.exec(select(Delivery)):
        session.delete(delivery)
    more = letter_to_tom(session, rose_site)
    assert (more.subject, "Little" in more.text, "More" in more.text) == ("Rose: news", False, True)


def test_letters_of_an_sos_are_not_ended_by_a_mail_program(session: Session, rose_site: Cast, data: Path) -> None:
    mail = letter_to_tom(session, rose_site, HELP)

    assert as_sent(data, mail)["List-Unsubscribe"] is None
    assert "unsubscribe" not in mail.text


def test_a_letter_sent_again_is_the_same_letter(session: Session, rose_site: Cast) -> None:
    mail = letter_to_tom(session, rose_site)

    assert mail.id == session.exec(select(Delivery.id)).one()


def test_a_letter_in_parts_shows_each_with_its_lines_and_its_link() -> None:
    parts = (Part("Rose & co", ("3 new updates", "<b>"), "https://care.example.org/today?site=rose", "Open"),)
    mail = write("tom@example.org", "en", Letter("News", ("Hello",), parts=parts))

    assert "Rose & co\n- 3 new updates\n- <b>\n\nhttps://care.example.org/today?site=rose" in mail.text
    assert "Rose &amp; co</h2>" in mail.html
    assert '<li dir="auto">&lt;b&gt;</li>' in mail.html


# Ending them


@pytest.fixture
def stopping(stored_site: Cast) -> str:
    """The address in Tom's letters about updates, which he has asked for."""
    with db.unit_of_work() as session:
        tom = session.exec(select(Account).where(Account.email == "tom@example.org")).one()
        session.add(NoticeChoice(account_id=tom.id, kind=Kind.UPDATES, channel=EMAIL, is_on=True))
        session.add(NoticeSettings(account_id=tom.id, digest="weekly"))
        return _local(stop_link(tom.id, "updates"))


def test_a_mail_program_ends_them_by_one_post_without_a_session(stopping: str) -> None:
    program = Browser()
    del program.headers["Origin"]

    for _ in range(2):
        answer = program.post(stopping, **ONE_CLICK)
        assert answer.status_code == 200
        assert "no more letters about this: Updates" in answer.text
    assert chosen() == {"updates": False}


def test_looking_at_the_page_changes_nothing(stopping: str) -> None:
    """Mail programs open every link to see whether it is dangerous."""
    answer = Browser().get(stopping)

    assert answer.status_code == 200
    assert "One tap ends these letters." in answer.text
    assert '<form method="post" action="/api/unsubscribe?' in answer.text
    assert chosen() == {"updates": True}


def test_the_page_is_in_the_readers_language_and_needs_no_script(stopping: str) -> None:
    answer = Browser().get(stopping, headers={"Accept-Language": "es"})

    assert '<html lang="es">' in answer.text
    assert "<script" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "form-action 'self'" in policy and "unsafe" not in policy


def test_the_summary_is_ended_in_the_same_way(stopping: str) -> None:
    link = _local(stop_link(tom_id(), "digest"))

    assert Browser().post(link, **ONE_CLICK).status_code == 200

    with db.reading() as session:
        assert session.get_one(NoticeSettings, tom_id()).digest == "never"
    assert chosen() == {"updates": True}


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "?account=x&what=updates&proof=x",
        "?account={tom}&what=updates&proof=0123456789abcdef0123456789abcdef",
        "?account={tom}&what=comments&proof={proof}",
        "?account={other}&what=updates&proof={proof}",
        "?account={tom}&what=sos&proof={sos}",
        "?account={tom}&what=updates&proof=%C3%A9",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_was_not_written_here_ends_nothing(stopping: str, method: str, wrong: str) -> None:
    proof = stopping.partition("proof=")[2]
    sos = stop_link(tom_id(), "sos").partition("proof=")[2]
    query = wrong.format(tom=tom_id(), other=tom_id("ida@example.org"), proof=proof, sos=sos)

    answer = Browser().request(method, f"/api/unsubscribe{query}")

    assert answer.status_code == 404
    assert "This link does not work" in answer.text
    assert chosen() == {"updates": True}


def test_elsewhere_a_post_from_another_website_is_still_refused(stored_site: Cast) -> None:
    browser = Browser("tom")
    browser.headers["Origin"] = "https://elsewhere.example.org"

    assert browser.post("/api/unsubscribe/x").status_code == 403
    assert browser.write("notify.mute_site", {"is_muted": True}).status_code == 403


def chosen() -> dict[str, bool]:
    with db.reading() as session:
        return {each.kind: each.is_on for each in session.exec(select(NoticeChoice))}


def tom_id(address: str = "tom@example.org") -> str:
    with db.reading() as session:
        return session.exec(select(Account.id).where(Account.email == address)).one()


def _local(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"

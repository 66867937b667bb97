"""The digest: what its reader has missed, once, at eight in the morning where they are; and the end of old notices."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from careapp import clock, db, jobs
from careapp.access import Actor, Right, Role, Section
from careapp.journal.commands import OneUpdate
from careapp.journal.operations import delete_update
from careapp.models import (
    Account,
    Alert,
    Audience,
    Delivery,
    Job,
    JoinRequest,
    Member,
    MemberGrant,
    Notice,
    NoticeSettings,
)
from careapp.notify.choices import SetNoticeSettings, set_notice_settings
from careapp.notify.digest import due_digests, hour_before, send_digest
from careapp.notify.jobs import forget_before, send_digests
from careapp.notify.missed import Missed, missed_by
from careapp.notify.tell import tell
from careapp.settings import settings
from careapp.sites.presence import MarkSeen, mark_seen
from tests.cast import Cast, add_site
from tests.journal_writing import post, reply
from tests.notices import HELP, NEWS, account_of, add_device
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("mail_is_set_up")

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def reader(session: Session, rose_site: Cast) -> Actor:
    """Ida, who wants a digest every day, has confirmed her address, and looked at the site on Monday."""
    ida = rose_site.ida
    account = account_of(session, ida)
    account.email_confirmed_at, account.time_zone = MONDAY, "UTC"
    member = session.get_one(Member, ida.member_id)
    member.joined_at = member.seen_at = MONDAY
    with clock.freeze(MONDAY):
        set_notice_settings(session, ida, SetNoticeSettings(digest="daily"))
    return ida


def letters(session: Session, at: datetime) -> list[dict[str, str]]:
    """What is written when the job runs at a moment."""
    session.flush()
    known = set(session.exec(select(Job.id)))
    with clock.freeze(at):
        for due in due_digests(session):
            send_digest(session, due)
    session.flush()
    return [job.payload for job in session.exec(select(Job).order_by(col(Job.id))) if job.id not in known]


def write_at(session: Session, author: Actor, at: datetime, text: str = "A quiet night.", **more: object) -> str:
    with clock.freeze(at):
        return post(session, author, text, **more)


def test_without_a_mail_server_it_waits_until_there_is_one(
    session: Session, rose_site: Cast, reader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "smtp_url", "")
    write_at(session, rose_site.tom, MONDAY + HOUR, "On Monday.")
    assert letters(session, MONDAY + DAY) == []

    monkeypatch.setattr(settings(), "smtp_url", "smtp://mail.example.org")
    (letter,) = letters(session, MONDAY + 2 * DAY)
    assert "1 new update" in letter["text"]


# What it says


@pytest.mark.both_databases
def test_it_says_what_is_new_since_one_last_looked(session: Session, rose_site: Cast, reader: Actor) -> None:
    write_at(session, rose_site.tom, MONDAY - HOUR, "Seen already.")
    mine = write_at(session, reader, MONDAY + HOUR, "Mine.")
    write_at(session, rose_site.tom, MONDAY + HOUR, "One.")
    write_at(session, rose_site.tom, MONDAY + HOUR, "For you, @Ida.")
    write_at(session, rose_site.tom, MONDAY + HOUR, "Not for friends.", audience=Audience.FAMILY)
    with clock.freeze(MONDAY + 2 * HOUR):
        reply(session, rose_site.maya, mine)
        reply(session, reader, mine, "Thank you.")

    (letter,) = letters(session, MONDAY + DAY)

    assert (letter["to"], letter["subject"]) == ("ida@example.org", "What is new: Looking after Rose")
    assert "- 2 new updates\n- You were named once\n- 1 new comment for you\n" in letter["text"]
    assert "http://localhost:8000/today?site=rose" in letter["text"]
    assert "quiet" not in letter["text"] and "One." not in letter["text"]


def test_it_says_more_where_its_reader_wants_that(session: Session, rose_site: Cast, reader: Actor) -> None:
    set_notice_settings(session, reader, SetNoticeSettings(says_more=True))
    for n in range(7):
        write_at(session, rose_site.tom, MONDAY + n * HOUR + HOUR, f"Hour {n}.\n" + "x" * 200)

    (letter,) = letters(session, MONDAY + DAY)

    assert "- 7 new updates\n- Tom Lind: Hour 6. xxx" in letter["text"]
    assert "Hour 2." in letter["text"] and "Hour 1." not in letter["text"]


def test_who_may_answer_hears_of_requests_and_everyone_it_concerns_of_an_sos(session: Session, rose_site: Cast) -> None:
    maya, ida = rose_site.maya, rose_site.ida
    sam = session.exec(select(Account).where(Account.email == "sam@example.org")).one()
    session.add(JoinRequest(site_id=maya.site_id, account_id=sam.id, created_at=MONDAY + HOUR))
    for is_drill in (False, True):
        alert = Alert(site_id=maya.site_id, raised_by_id=rose_site.tom.member_id, kind="fall", is_drill=is_drill)
        alert.created_at = MONDAY + HOUR
        session.add(alert)
    for member in session.exec(select(Member)):
        member.joined_at = MONDAY
    session.flush()

    def missed(actor: Actor) -> tuple[int, int]:
        found = missed_by(session, actor.account_id, MONDAY)
        return (found[0].requests, found[0].alerts) if found else (0, 0)

    assert {name: missed(actor) for name, actor in {"maya": maya, "ida": ida, "tom": rose_site.tom}.items()} == {
        "maya": (1, 1),
        "ida": (0, 1),
        "tom": (0, 0),
    }


def test_nothing_is_missed_by_who_may_not_see_it_any_more(session: Session, rose_site: Cast, reader: Actor) -> None:
    gone = write_at(session, rose_site.tom, MONDAY + HOUR, "For you, @Ida.")
    stays = write_at(session, rose_site.tom, MONDAY + HOUR)
    delete_update(session, rose_site.tom, OneUpdate(update_id=gone))
    assert [site.updates + site.mentions for site in missed_by(session, reader.account_id, MONDAY)] == [1]

    grant = MemberGrant(
        member_id=reader.member_id, site_id=reader.site_id, section=Section.JOURNAL, level=int(Right.NONE)
    )
    session.add(grant)
    session.flush()
    assert missed_by(session, reader.account_id, MONDAY) == []

    session.delete(grant)
    session.get_one(Member, reader.member_id).left_at = MONDAY
    session.flush()
    assert missed_by(session, reader.account_id, MONDAY) == []
    assert stays


def test_a_muted_site_is_not_in_it(session: Session, rose_site: Cast, reader: Actor) -> None:
    write_at(session, rose_site.tom, MONDAY + HOUR)
    session.get_one(Member, reader.member_id).is_muted = True

    assert letters(session, MONDAY + DAY) == []


def test_all_ones_sites_are_in_one_letter(session: Session, rose_site: Cast, reader: Actor) -> None:
    ben = add_site(session, "ben", {"maya": Role.COORDINATOR, "ida": Role.FRIEND})
    session.get_one(Member, ben.ida.member_id).joined_at = MONDAY + HOUR
    for place in (rose_site, ben):
        write_at(session, place.maya, MONDAY + 2 * HOUR)

    (letter,) = letters(session, MONDAY + DAY)

    assert letter["subject"] == "What is new on your sites"
    assert "/today?site=rose" in letter["text"] and "/today?site=ben" in letter["text"]


def test_who_has_seen_everything_gets_no_letter(session: Session, rose_site: Cast, reader: Actor) -> None:
    write_at(session, rose_site.tom, MONDAY + HOUR)
    with clock.freeze(MONDAY + 2 * HOUR):
        mark_seen(session, reader, MarkSeen())

    assert letters(session, MONDAY + DAY) == []


def test_it_is_in_its_readers_language(session: Session, rose_site: Cast, reader: Actor) -> None:
    account_of(session, reader).language = "es"
    write_at(session, rose_site.tom, MONDAY + HOUR)

    (letter,) = letters(session, MONDAY + DAY)

    assert "1 novedad" in letter["text"]


@pytest.mark.both_databases
def test_what_was_missed_takes_as_many_statements_on_ten_sites_as_on_one(
    session: Session, rose_site: Cast, reader: Actor
) -> None:
    write_at(session, rose_site.tom, MONDAY + HOUR)
    with counted_statements() as one:
        assert len(missed_by(session, reader.account_id, MONDAY)) == 1
    for n in range(9):
        place = add_site(session, f"site{n}", {"maya": Role.COORDINATOR, "ida": Role.FRIEND})
        session.get_one(Member, place.ida.member_id).joined_at = MONDAY
        write_at(session, place.maya, MONDAY + HOUR)
    with counted_statements() as ten:
        assert missed_by(session, reader.account_id, MONDAY)[-1] == Missed(
            "site8", "Looking after Rose", updates=1, newest=("Maya Lind: A quiet night.",)
        )
        session.flush()

    assert len(ten) == len(one)


# When


@pytest.mark.parametrize(
    ("moment", "digest", "zone", "hour"),
    [
        ("2026-03-03 07:59", "daily", "UTC", "2026-03-02 08:00"),
        ("2026-03-03 08:00", "daily", "UTC", "2026-03-03 08:00"),
        ("2026-03-03 12:59", "daily", "America/New_York", "2026-03-02 13:00"),
        ("2026-03-03 13:00", "daily", "America/New_York", "2026-03-03 13:00"),
        # Berlin, before and after the clocks go forward.
        ("2026-03-28 12:00", "daily", "Europe/Berlin", "2026-03-28 07:00"),
        ("2026-03-29 12:00", "daily", "Europe/Berlin", "2026-03-29 06:00"),
        ("2026-03-29 05:59", "daily", "Europe/Berlin", "2026-03-28 07:00"),
        # A Monday, and the Sunday before it.
        ("2026-03-09 08:00", "weekly", "UTC", "2026-03-09 08:00"),
        ("2026-03-08 23:00", "weekly", "UTC", "2026-03-02 08:00"),
        ("2026-03-09 07:59", "weekly", "UTC", "2026-03-02 08:00"),
        # Already Monday in Auckland.
        ("2026-03-08 20:00", "weekly", "Pacific/Auckland", "2026-03-08 19:00"),
    ],
)
def test_its_hour_is_eight_in_the_morning_where_its_reader_is(moment: str, digest: str, zone: str, hour: str) -> None:
    assert hour_before(_utc(moment), digest, zone) == _utc(hour)


def test_it_comes_once_a_day_and_says_nothing_twice(session: Session, rose_site: Cast, reader: Actor) -> None:
    tuesday = MONDAY.replace(day=3, hour=8)
    write_at(session, rose_site.tom, MONDAY + HOUR)

    assert letters(session, tuesday - timedelta(minutes=1)) == []
    assert len(letters(session, tuesday + timedelta(minutes=3))) == 1
    assert letters(session, tuesday + timedelta(minutes=8)) == []
    assert letters(session, tuesday + DAY) == []

    write_at(session, rose_site.tom, tuesday + DAY + HOUR)
    (letter,) = letters(session, tuesday + 2 * DAY)
    assert "1 new update" in letter["text"]


def test_after_a_day_without_power_it_comes_once_and_late(session: Session, rose_site: Cast, reader: Actor) -> None:
    write_at(session, rose_site.tom, MONDAY + HOUR)
    write_at(session, rose_site.tom, MONDAY + DAY + HOUR)

    (letter,) = letters(session, MONDAY + 3 * DAY + 5 * HOUR)

    assert "2 new updates" in letter["text"]
    assert letters(session, MONDAY + 3 * DAY + 6 * HOUR) == []


def test_the_first_one_tells_nothing_from_before_it_was_asked_for(
    session: Session, rose_site: Cast, reader: Actor
) -> None:
    set_notice_settings(session, reader, SetNoticeSettings(digest="never"))
    write_at(session, rose_site.tom, MONDAY + HOUR)
    with clock.freeze(MONDAY + 2 * HOUR):
        set_notice_settings(session, reader, SetNoticeSettings(digest="daily"))

    assert letters(session, MONDAY + 3 * HOUR) == []
    assert letters(session, MONDAY + DAY) == []


def test_of_two_workers_one_writes_it(session: Session, rose_site: Cast, reader: Actor) -> None:
    write_at(session, rose_site.tom, MONDAY + HOUR)
    with clock.freeze(MONDAY + DAY):
        (due,) = due_digests(session)
        for _ in range(2):
            send_digest(session, due)

    assert len(session.exec(select(Job).where(Job.kind == "notify.send_mail")).all()) == 1


def test_who_did_not_ask_or_has_no_confirmed_address_gets_none(
    session: Session, rose_site: Cast, reader: Actor
) -> None:
    write_at(session, rose_site.tom, MONDAY + HOUR)
    account_of(session, reader).email_confirmed_at = None
    assert letters(session, MONDAY + DAY) == []

    account_of(session, reader).email_confirmed_at = MONDAY
    set_notice_settings(session, reader, SetNoticeSettings(digest="never"))
    assert letters(session, MONDAY + DAY) == []


def test_the_job_writes_what_is_due_and_one_that_fails_holds_up_no_other(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.unit_of_work() as session:
        cast = replace(stored_site, session=session)
        for account in session.exec(select(Account)):
            account.email_confirmed_at = MONDAY
        for member in session.exec(select(Member)):
            member.joined_at = MONDAY
        for actor in (cast.ida, cast.cole):
            session.add(NoticeSettings(account_id=actor.account_id, digest="daily", digest_sent_at=MONDAY))
        write_at(session, cast.tom, MONDAY + HOUR)
        broken = cast.ida.account_id

    def fail_for_ida(session: Session, account_id: str, since: datetime) -> list[Missed]:
        if account_id == broken:
            raise RuntimeError
        return missed_by(session, account_id, since)

    monkeypatch.setattr("careapp.notify.digest.missed_by", fail_for_ida)
    with clock.freeze(MONDAY + DAY):
        send_digests({})
        assert _written() == ["cole@example.org"]
        monkeypatch.undo()
        send_digests({})
        send_digests({})

    assert sorted(_written()) == ["cole@example.org", "ida@example.org"]


def _written() -> list[str]:
    with db.reading() as session:
        return [job.payload["to"] for job in session.exec(select(Job).where(Job.kind == "notify.send_mail"))]


def test_both_recur() -> None:
    assert {"notify.digests", "notify.forget"} <= jobs.EVERY.keys()


# The end of old notices


def test_notices_are_forgotten_after_three_months_but_not_those_of_an_sos(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    alert = Alert(site_id=tom.site_id, raised_by_id=rose_site.maya.member_id, kind="fall")
    session.add(alert)
    session.flush()
    for days in (91, 89):
        with clock.freeze(MONDAY - days * DAY):
            tell(session, tom.site_id, [tom.member_id], NEWS)
            tell(session, tom.site_id, [tom.member_id], replace(HELP, alert_id=alert.id))

    with clock.freeze(MONDAY):
        forget_before(session)

    session.expire_all()
    kept = session.exec(select(Notice).order_by(col(Notice.created_at), col(Notice.kind))).all()
    assert [(notice.kind, (MONDAY - notice.created_at).days) for notice in kept] == [
        ("sos", 91),
        ("sos", 89),
        ("updates", 89),
    ]
    assert {delivery.notice_id for delivery in session.exec(select(Delivery))} == {notice.id for notice in kept}


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

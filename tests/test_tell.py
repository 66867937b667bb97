"""Who is told what, by which channels and when: the rows that stand before anything is sent."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from careapp import clock
from careapp.access import Actor, Right, Role, Section
from careapp.ids import new_id
from careapp.journal.commands import EditComment, OneComment, OneUpdate
from careapp.journal.operations import delete_comment, delete_update, edit_comment, edit_update, publish_draft
from careapp.models import (
    Audience,
    Delivery,
    DeliveryState,
    Invitation,
    JoinRequest,
    Kind,
    Member,
    MemberGrant,
    Notice,
    Privacy,
    SignIn,
    Site,
)
from careapp.notify.badge import badges
from careapp.notify.choices import ChooseNotice, SetNoticeSettings, choose_notice, set_notice_settings
from careapp.notify.parcels import claim
from careapp.notify.quiet import loud_at
from careapp.notify.tell import Action, Telling, Words, tell
from careapp.notify.words import spoken, stored
from careapp.said import Said, mark
from careapp.settings import settings
from careapp.sites.invitations import secret_of
from careapp.sites.inviting import Invite, Join, invite, join
from careapp.sites.people import ChangeRole, change_role
from careapp.sites.presence import MarkSeen, mark_seen
from careapp.sites.requests import ApproveRequest, AskToJoin, approve_request, ask_to_join
from tests.cast import START, Cast, add_account, add_site
from tests.journal_writing import edit, post, reply
from tests.notices import EMAIL, HELP, NEWS, PUSH, SMS, account_of, add_device, sent, told, waiting, with_phones
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("mail_is_set_up")

# By which channels


@pytest.mark.both_databases
def test_a_member_is_told_on_every_device_where_they_are_signed_in(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom, "phone")
    add_device(session, tom, "tablet")
    add_device(session, rose_site.ida, "hers")

    (notice,) = tell(session, tom.site_id, [tom.member_id], NEWS)

    assert sent(session, notice) == [(PUSH, "phone"), (PUSH, "tablet")]
    assert (notice.account_id, notice.path, notice.expires_at - notice.created_at) == (
        tom.account_id,
        "/journal",
        timedelta(days=2),
    )


def test_who_has_no_device_is_told_nothing_that_nobody_can_carry(session: Session, rose_site: Cast) -> None:
    assert tell(session, rose_site.tom.site_id, [rose_site.tom.member_id], NEWS) == []
    assert waiting(session) == []


def test_a_device_where_its_owner_is_signed_out_is_sent_nothing(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    session.get_one(SignIn, tom.sign_in_id).ended_at = clock.now()

    assert tell(session, tom.site_id, [tom.member_id], NEWS) == []


def test_people_are_told_as_they_chose(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    account_of(session, tom).email_confirmed_at = START
    add_device(session, tom)
    choose_notice(session, tom, ChooseNotice(kind=Kind.UPDATES, channel=PUSH, is_on=False))
    choose_notice(session, tom, ChooseNotice(kind=Kind.UPDATES, channel=EMAIL, is_on=True))

    (updates,) = tell(session, tom.site_id, [tom.member_id], NEWS)
    (comments,) = tell(session, tom.site_id, [tom.member_id], replace(NEWS, kind=Kind.COMMENTS))

    assert sent(session, updates) == [(EMAIL, "")]
    assert sent(session, comments) == [(PUSH, "phone")]


def test_an_address_that_nobody_confirmed_is_written_to_in_an_emergency_alone(
    session: Session, rose_site: Cast
) -> None:
    tom = rose_site.tom
    choose_notice(session, tom, ChooseNotice(kind=Kind.UPDATES, channel=EMAIL, is_on=True))

    assert tell(session, tom.site_id, [tom.member_id], NEWS) == []
    (notice,) = tell(session, tom.site_id, [tom.member_id], HELP)
    assert sent(session, notice) == [(EMAIL, "")]


def test_an_sos_goes_by_all_there_is_or_by_what_its_step_says(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "sms_url", "json://localhost/?to={phone}")
    tom = rose_site.tom
    add_device(session, tom)
    session.get_one(Member, tom.member_id).phone = "+1 555 0100"

    (all_of_it,) = tell(session, tom.site_id, [tom.member_id], HELP)
    (by_push,) = tell(session, tom.site_id, [tom.member_id], replace(HELP, channels=(PUSH,)))

    assert sent(session, all_of_it) == [(EMAIL, ""), (PUSH, "phone"), (SMS, "")]
    assert sent(session, by_push) == [(PUSH, "phone")]
    assert all(delivery.is_urgent for delivery in waiting(session))


def test_where_no_text_messages_are_set_up_none_are_promised(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    session.get_one(Member, tom.member_id).phone = "+1 555 0100"

    (notice,) = tell(session, tom.site_id, [tom.member_id], replace(HELP, channels=(SMS,)))

    assert sent(session, notice) == []


def test_where_no_mail_server_is_set_up_no_letter_is_promised(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "smtp_url", "")
    tom = rose_site.tom
    account_of(session, tom).email_confirmed_at = START
    choose_notice(session, tom, ChooseNotice(kind=Kind.UPDATES, channel=EMAIL, is_on=True))

    (notice,) = tell(session, tom.site_id, [tom.member_id], replace(HELP, channels=(EMAIL,)))

    assert sent(session, notice) == []
    assert tell(session, tom.site_id, [tom.member_id], NEWS) == []


def test_of_an_sos_it_shows_whom_nothing_can_reach(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    (notice,) = tell(session, tom.site_id, [tom.member_id], replace(HELP, channels=(PUSH,)))

    assert session.get_one(Notice, notice.id).member_id == tom.member_id
    assert sent(session, notice) == []


# Who not


def test_who_has_left_is_told_nothing_not_even_an_sos(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    session.get_one(Member, tom.member_id).left_at = START

    assert tell(session, tom.site_id, [tom.member_id], HELP) == []


def test_a_member_of_another_site_is_told_nothing(session: Session, rose_site: Cast) -> None:
    ben = add_site(session, "ben")
    with_phones(session, rose_site)

    assert tell(session, rose_site.tom.site_id, [ben.actor("tom").member_id], HELP) == []


def test_a_deleted_site_tells_nobody(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    session.get_one(Site, tom.site_id).deleted_at = START

    assert tell(session, tom.site_id, [tom.member_id], NEWS) == []


def test_a_muted_site_is_heard_in_an_sos_alone(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    session.get_one(Member, tom.member_id).is_muted = True

    assert tell(session, tom.site_id, [tom.member_id], NEWS) == []
    assert len(tell(session, tom.site_id, [tom.member_id], HELP)) == 1


# When


def quiet(session: Session, actor: Actor, zone: str, begin: str = "22:00", end: str = "07:00") -> None:
    account_of(session, actor).time_zone = zone
    set_notice_settings(session, actor, SetNoticeSettings(quiet_from=begin, quiet_until=end))


def test_in_quiet_hours_everything_waits_for_the_morning_where_the_reader_is_but_an_sos(
    session: Session, rose_site: Cast
) -> None:
    tom, ida = rose_site.tom, rose_site.ida
    with_phones(session, rose_site, "tom", "ida")
    quiet(session, tom, "America/New_York")
    quiet(session, ida, "Europe/Berlin")
    night_in_new_york = datetime(2026, 7, 2, 4, 30, tzinfo=UTC)  # 0:30 there, 6:30 in Berlin

    with clock.freeze(night_in_new_york):
        both = [tom.member_id, ida.member_id]
        tell(session, tom.site_id, both, NEWS)
        tell(session, tom.site_id, both, HELP)

    when = {
        (notice.kind, notice.member_id): delivery.run_at
        for notice, delivery in session.exec(select(Notice, Delivery).join(Delivery).where(Delivery.channel == PUSH))
    }
    assert when == {
        ("updates", tom.member_id): datetime(2026, 7, 2, 11, tzinfo=UTC),
        ("updates", ida.member_id): datetime(2026, 7, 2, 5, tzinfo=UTC),
        ("sos", tom.member_id): night_in_new_york,
        ("sos", ida.member_id): night_in_new_york,
    }


@pytest.mark.parametrize(
    ("moment", "begin", "end", "loud"),
    [
        ("2026-07-01 21:59", "22:00", "07:00", "2026-07-01 21:59"),
        ("2026-07-01 22:00", "22:00", "07:00", "2026-07-02 07:00"),
        ("2026-07-02 06:59", "22:00", "07:00", "2026-07-02 07:00"),
        ("2026-07-02 07:00", "22:00", "07:00", "2026-07-02 07:00"),
        ("2026-07-02 13:30", "13:00", "14:00", "2026-07-02 14:00"),
        ("2026-07-02 12:59", "13:00", "14:00", "2026-07-02 12:59"),
        ("2026-07-02 13:30", "13:00", "13:00", "2026-07-02 13:30"),
        ("2026-07-02 23:30", "", "", "2026-07-02 23:30"),
    ],
)
def test_quiet_hours_begin_and_end_to_the_minute(moment: str, begin: str, end: str, loud: str) -> None:
    assert loud_at(_utc(moment), begin, end, "UTC") == _utc(loud)


@pytest.mark.parametrize(
    ("moment", "begin", "end", "loud"),
    [
        # Berlin, the night that loses 2:00 to 3:00 (at 1:00 UTC): 7:00 comes an hour sooner.
        ("2026-03-28 21:30", "22:00", "07:00", "2026-03-29 05:00"),
        # 2:30 does not exist that night; the hour after it ends the quiet.
        ("2026-03-28 21:30", "22:00", "02:30", "2026-03-29 01:30"),
        # The night in which 2:00 to 3:00 comes twice (until 1:00 UTC): 7:00 comes an hour later.
        ("2026-10-24 20:30", "22:00", "07:00", "2026-10-25 06:00"),
        # 2:30 the first time ends the quiet; at 2:10 the second time, it is 2:30 the second time.
        ("2026-10-25 00:10", "22:00", "02:30", "2026-10-25 00:30"),
        ("2026-10-25 01:10", "22:00", "02:30", "2026-10-25 01:30"),
    ],
)
def test_quiet_hours_follow_the_clock_on_the_wall_when_summer_time_begins_and_ends(
    moment: str, begin: str, end: str, loud: str
) -> None:
    assert loud_at(_utc(moment), begin, end, "Europe/Berlin") == _utc(loud)


@pytest.mark.parametrize("night", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
@pytest.mark.parametrize("hours", [("22:00", "07:00"), ("01:30", "02:30"), ("02:15", "02:45"), ("23:00", "02:00")])
def test_whenever_something_is_told_it_comes_within_a_day_and_not_into_quiet_hours(
    night: datetime, hours: tuple[str, str]
) -> None:
    for minutes in range(0, 36 * 60, 5):
        moment = night + timedelta(minutes=minutes)
        loud = loud_at(moment, *hours, "Europe/Berlin")
        assert moment <= loud < moment + timedelta(hours=24)
        assert loud_at(loud, *hours, "Europe/Berlin") == loud


def test_an_unknown_zone_counts_as_utc() -> None:
    assert loud_at(_utc("2026-07-01 23:00"), "22:00", "07:00", "Mars/Olympus") == _utc("2026-07-02 07:00")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# What it says


def test_a_lock_screen_says_little_unless_its_owner_wants_more(session: Session, rose_site: Cast) -> None:
    add_device(session, rose_site.maya)
    post(session, rose_site.tom, "The blood test was fine.\n\nMore on Monday.")
    words = session.exec(select(Notice)).one().words

    little, more = spoken(words, "en"), spoken(words, "en", says_more=True)

    assert (little.title, little.body) == ("Looking after Rose: a new update", "")
    assert (more.title, more.body) == (
        "Looking after Rose: Tom Lind has written",
        "The blood test was fine. More on Monday.",
    )


def test_words_are_kept_with_their_values_and_put_into_the_readers_language_later() -> None:
    inner = Said("{name} has joined", name="Tom")
    words = stored(Words(Said("{what} ({n})", what=inner, n=3), mark("Save")), [Action("yes", mark("Save"))])

    said = spoken(json.loads(json.dumps(words)), "es")

    assert said.title == "Tom has joined (3)"
    assert (said.body, said.actions) == ("Guardar", (("yes", "Guardar"),))


def test_a_notice_is_no_longer_than_a_screen_shows() -> None:
    words = stored(Words("a" * 500, "b " * 500))

    said = spoken(words, "en")

    assert (len(said.title), len(said.body)) == (120, 240)
    assert said.title.endswith("a…") and said.body.endswith("b…")


# How much it costs


@pytest.mark.both_databases
def test_telling_fifty_takes_as_many_statements_as_telling_one(session: Session, rose_site: Cast) -> None:
    site_id = rose_site.tom.site_id
    people = _guests(session, rose_site, 50)

    with counted_statements() as one:
        tell(session, site_id, people[:1], NEWS)
    with counted_statements() as all_of_them:
        notices = tell(session, site_id, people, NEWS)

    assert len(notices) == 50
    assert len(one) == len(all_of_them) == 5


# The journal


@pytest.mark.both_databases
def test_everyone_who_may_see_an_update_is_told_but_its_author(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    everyone = {"Maya", "Tom", "Ida", "Dr", "Rose"}
    readers = {
        Audience.EVERYONE: everyone - {"Tom"},
        Audience.FAMILY: {"Maya", "Rose"},
        Audience.CARE_TEAM: {"Maya", "Dr", "Rose"},
    }
    for audience, expected in readers.items():
        post(session, rose_site.tom, audience=audience)
        assert set(told(session)) == expected, audience
        _forget(session)

    post(session, rose_site.tom, audience=Audience.NAMED, readers=(rose_site.ida.member_id,))
    assert told(session) == {"Ida": ["Looking after Rose: a new update"]}


def test_who_may_not_see_the_journal_is_not_told_of_it(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    ida = rose_site.ida
    session.add(MemberGrant(member_id=ida.member_id, site_id=ida.site_id, section=Section.JOURNAL, level=Right.NONE))

    update_id = post(session, rose_site.tom)
    assert "Ida" not in told(session)

    session.get_one(MemberGrant, (ida.member_id, Section.JOURNAL)).level = Right.SEE
    _forget(session)
    reply(session, rose_site.maya, update_id)
    assert set(told(session)) == {"Tom"}


def test_a_draft_is_told_once_it_is_published_and_an_edited_update_not_again(session: Session, rose_site: Cast) -> None:
    add_device(session, rose_site.maya)
    draft = post(session, rose_site.tom, is_draft=True)
    assert told(session) == {}

    publish_draft(session, rose_site.tom, OneUpdate(update_id=draft))
    publish_draft(session, rose_site.tom, OneUpdate(update_id=draft))
    edit_update(session, rose_site.tom, edit(draft, "A better night."))
    assert told(session) == {"Maya": ["Looking after Rose: a new update"]}

    _forget(session)
    other = post(session, rose_site.tom, is_draft=True)
    edit_update(session, rose_site.tom, edit(other, "Ready.", publish=True))
    assert told(session) == {"Maya": ["Looking after Rose: a new update"]}


def test_an_update_taken_away_is_told_no_more_and_nothing_of_it_is_kept(session: Session, rose_site: Cast) -> None:
    add_device(session, rose_site.maya)
    stays, goes = post(session, rose_site.tom), post(session, rose_site.tom)
    tell(session, rose_site.maya.site_id, [rose_site.maya.member_id], HELP)

    delete_update(session, rose_site.tom, OneUpdate(update_id=goes))

    paths = [notice.path for notice in session.exec(select(Notice).order_by(col(Notice.id)))]
    assert paths == [f"/update?site=rose&update={stays}", "/alert"]
    assert {session.get_one(Notice, each.notice_id).path for each in waiting(session)} == set(paths)


def test_who_may_see_an_update_no_longer_is_not_told_of_it_in_the_morning(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    update_id = post(session, rose_site.tom)

    edit_update(session, rose_site.tom, edit(update_id, "For the family.", audience=Audience.FAMILY))

    assert set(told(session)) == {"Maya", "Rose"}


def test_who_loses_the_right_or_mutes_the_site_before_it_is_sent_is_not_told(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    post(session, rose_site.tom, "Fine, @Ida.")
    maya, ida, cole = rose_site.maya, rose_site.ida, rose_site.cole
    for member in (ida, cole):
        grant = {"member_id": member.member_id, "site_id": member.site_id, "section": Section.JOURNAL}
        session.add(MemberGrant(**grant, level=Right.NONE))
    session.get_one(Member, maya.member_id).is_muted = True
    tell(session, maya.site_id, [maya.member_id], HELP)
    session.flush()

    sent_to = {(parcel.row.account_id, parcel.row.kind) for parcel in claim(session, [PUSH], 50)}

    assert sent_to == {(rose_site.rose.account_id, Kind.UPDATES), (maya.account_id, Kind.SOS)}
    session.expire_all()
    dropped = [delivery.problem for delivery in waiting(session) if delivery.state == DeliveryState.DROPPED]
    assert sorted(dropped) == ["no longer allowed", "no longer allowed", "the site is muted"]


@pytest.mark.both_databases
def test_what_of_the_schedule_waits_for_morning_is_not_told_to_who_may_no_longer_see_it(
    session: Session, rose_site: Cast
) -> None:
    """A book that was asked for is no matter of the schedule."""
    tom = rose_site.tom
    add_device(session, tom)
    paths = {Kind.SCHEDULE: "/appointment?site=rose", Kind.HELP: "/help-request", Kind.REMINDERS: "/appointment?site=r"}
    for kind, path in paths.items():
        tell(session, tom.site_id, [tom.member_id], replace(NEWS, kind=kind, path=path))
    tell(session, tom.site_id, [tom.member_id], replace(NEWS, kind=Kind.REMINDERS, path="/book?site=rose#book-1"))
    grant = {"member_id": tom.member_id, "site_id": tom.site_id, "section": Section.SCHEDULE}
    session.add(MemberGrant(**grant, level=Right.NONE))
    session.flush()

    assert [parcel.row.path for parcel in claim(session, [PUSH], 50)] == ["/book?site=rose#book-1"]
    session.expire_all()
    dropped = [delivery.problem for delivery in waiting(session) if delivery.state == DeliveryState.DROPPED]
    assert dropped == ["no longer allowed"] * 3


@pytest.mark.both_databases
@pytest.mark.parametrize("telling", [NEWS, HELP])
def test_what_is_switched_off_while_it_waits_is_not_sent(session: Session, rose_site: Cast, telling: Telling) -> None:
    tom = rose_site.tom
    account_of(session, tom).email_confirmed_at = START
    add_device(session, tom)
    choose_notice(session, tom, ChooseNotice(kind=telling.kind, channel=EMAIL, is_on=True))
    tell(session, tom.site_id, [tom.member_id], telling)
    choose_notice(session, tom, ChooseNotice(kind=telling.kind, channel=PUSH, is_on=False))

    assert [parcel.row.channel for parcel in claim(session, [PUSH, EMAIL], 50)] == [EMAIL]
    session.expire_all()
    assert [each.problem for each in waiting(session) if each.channel == PUSH] == ["switched off"]


def test_who_gets_another_role_is_told_nothing_that_was_for_the_old_one(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    post(session, rose_site.maya, audience=Audience.FAMILY)
    tell(session, rose_site.tom.site_id, [rose_site.tom.member_id], HELP)

    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.tom.member_id, role=Role.FRIEND))

    assert told(session) == {"Rose": ["Looking after Rose: a new update"], "Tom": ["Help"]}


def test_in_the_morning_nobody_reads_what_was_corrected_at_night(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    update_id = post(session, rose_site.tom, "Her number is 4711, @Ida.")
    comment_id = reply(session, rose_site.ida, update_id, "Is 4711 right?")

    edit_update(session, rose_site.tom, edit(update_id, "I have her number, @Ida."))
    edit_comment(session, rose_site.ida, EditComment(comment_id=comment_id, text="Call me."))

    bodies = {spoken(notice.words, "en", says_more=True).body for notice in session.exec(select(Notice))}
    assert bodies == {"I have her number, @Ida.", "Call me."}


@pytest.mark.both_databases
def test_posting_for_fifty_takes_as_many_statements_as_posting_for_five(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with counted_statements() as five:
        post(session, rose_site.tom)
    _guests(session, rose_site, 45)
    with counted_statements() as fifty:
        post(session, rose_site.tom)

    assert len(told(session)) == 45 + 4
    assert len(fifty) == len(five)


def test_who_is_named_hears_that_instead_and_once(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    update_id = post(session, rose_site.tom, "Thank you @Ida.")

    assert told(session)["Ida"] == ["Looking after Rose: someone has named you"]
    assert told(session)["Maya"] == ["Looking after Rose: a new update"]

    _forget(session)
    edit_update(session, rose_site.tom, edit(update_id, "Thank you @Ida and @Maya."))
    assert told(session) == {"Maya": ["Looking after Rose: someone has named you"]}


def test_who_does_not_want_to_hear_of_being_named_still_hears_of_the_update(session: Session, rose_site: Cast) -> None:
    add_device(session, rose_site.ida)
    choose_notice(session, rose_site.ida, ChooseNotice(kind=Kind.COMMENTS, channel=PUSH, is_on=False))

    post(session, rose_site.tom, "Thank you @Ida.")

    assert told(session) == {"Ida": ["Looking after Rose: a new update"]}


def test_a_comment_is_told_to_who_wrote_the_update_and_who_is_named_in_it(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    with_phones(session, rose_site)

    comment_id = reply(session, rose_site.ida, update_id, "Shall I come, @Maya?")

    assert told(session) == {
        "Tom": ["Looking after Rose: a new comment"],
        "Maya": ["Looking after Rose: someone has named you"],
    }
    assert {notice.path for notice in session.exec(select(Notice))} == {
        f"/update?site=rose&update={update_id}#said-{comment_id}"
    }

    _forget(session)
    edit_comment(session, rose_site.ida, EditComment(comment_id=comment_id, text="Shall I come, @Maya, or @Rose?"))
    assert told(session) == {"Rose": ["Looking after Rose: someone has named you"]}

    delete_comment(session, rose_site.ida, OneComment(comment_id=comment_id))
    assert told(session) == {}


def test_nobody_is_told_of_what_they_wrote_themselves(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    update_id = post(session, rose_site.tom)
    _forget(session)

    reply(session, rose_site.tom, update_id, "I, @Tom, forgot something.")

    assert told(session) == {}


# People


def test_a_request_to_join_is_told_once_to_who_may_answer_it(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    session.get_one(Site, rose_site.maya.site_id).privacy = Privacy.ASK

    for words in ("I live next door.", "I live next door, with the dog."):
        ask_to_join(session, rose_site.anyone("sam"), AskToJoin(address="rose", words=words))

    assert told(session) == {"Maya": ["Looking after Rose: someone asks to join"]}
    words = session.exec(select(Notice)).one().words
    assert spoken(words, "en", says_more=True).title == "Looking after Rose: Sam asks to join"


def test_that_someone_has_joined_is_told_to_the_coordinators_and_who_invited_them(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    rose = rose_site.rose
    session.add(MemberGrant(member_id=rose.member_id, site_id=rose.site_id, section=Section.PEOPLE, level=Right.WRITE))
    session.flush()
    invited = invite(session, rose_site.rose, Invite(role=Role.FRIEND, invitation_id=new_id()))
    secret = secret_of(session.get_one(Invitation, invited.invitation_id))

    join(session, rose_site.anyone("sam"), Join(invitation=secret, name="Sam"))

    assert told(session) == {
        "Maya": ["Looking after Rose: someone has joined"],
        "Rose": ["Looking after Rose: someone has joined"],
    }


def test_whoever_lets_someone_in_need_not_be_told(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    session.get_one(Site, rose_site.maya.site_id).privacy = Privacy.ASK
    ask_to_join(session, rose_site.anyone("sam"), AskToJoin(address="rose"))
    request_id = session.exec(select(JoinRequest.id)).one()
    _forget(session)

    approve_request(session, rose_site.maya, ApproveRequest(request_id=request_id, role=Role.FRIEND))

    assert told(session) == {}


# The number on the icon


def test_who_looks_at_one_site_learns_how_much_is_new_on_the_others(session: Session, rose_site: Cast) -> None:
    ben = add_site(session, "ben", {"ida": Role.FRIEND})
    with clock.freeze(START):
        for cast in (rose_site, ben):
            session.get_one(Member, cast.ida.member_id).joined_at = START - timedelta(days=1)
            add_device(session, cast.ida)
            tell(session, cast.ida.site_id, [cast.ida.member_id], NEWS)

    with clock.freeze(START + timedelta(minutes=1)):
        assert mark_seen(session, rose_site.ida, MarkSeen()).badge == 1
        assert mark_seen(session, ben.ida, MarkSeen()).badge == 0


def test_the_number_on_the_icon_counts_what_came_since_one_last_looked(session: Session, rose_site: Cast) -> None:
    ida = rose_site.ida
    add_device(session, ida)
    with clock.freeze(START):
        session.get_one(Member, ida.member_id).joined_at = START - timedelta(days=1)
        for tag in ("a", "a", "b"):
            tell(session, ida.site_id, [ida.member_id], replace(NEWS, tag=tag))
        assert badges(session, [ida.account_id, rose_site.tom.account_id]) == {ida.account_id: 2}

    with clock.freeze(START + timedelta(minutes=1)):
        assert mark_seen(session, ida, MarkSeen()).badge == 0
        assert badges(session, [ida.account_id]) == {}
    with clock.freeze(START + timedelta(minutes=2)):
        tell(session, ida.site_id, [ida.member_id], NEWS)
        assert badges(session, [ida.account_id]) == {ida.account_id: 1}

    with clock.freeze(START + timedelta(days=3)):
        assert badges(session, [ida.account_id]) == {}


def _guests(session: Session, place: Cast, how_many: int) -> list[str]:
    """So many more friends, each with a device; their ids as members."""
    people = []
    for n in range(how_many):
        account = add_account(session, f"guest{n}")
        member = Member(site_id=place.tom.site_id, account_id=account.id, role="friend", name=f"Guest{n}")
        session.add(member)
        session.flush()
        people.append(member.id)
        sign_in = session.exec(select(SignIn).where(SignIn.account_id == account.id)).one()
        add_device(session, Actor(account_id=account.id, sign_in_id=sign_in.id))
    return people


def _forget(session: Session) -> None:
    for notice in session.exec(select(Notice)).all():
        session.delete(notice)
    session.flush()

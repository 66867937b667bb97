"""Rose's site with a mark in everything that is not for everyone: "[phone/tom]" is Tom's phone number.

Whoever sees a page is then known by the marks in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, SQLModel, col, select

from careapp import db
from careapp.access import Credentials, Role, visit_proof
from careapp.clock import now
from careapp.feeds.addresses import secret_of as feed_secret_of
from careapp.guests import links as guest_links
from careapp.ids import new_id
from careapp.models import (
    Account,
    Alert,
    AlertEntry,
    Appointment,
    Audience,
    AuditEntry,
    CalendarFeed,
    CalendarSource,
    Comment,
    Delivery,
    DeliveryState,
    Device,
    EmailCode,
    Guest,
    GuestLink,
    Handover,
    HelpOffer,
    HelpRequest,
    HelpSlot,
    Invitation,
    Job,
    JoinRequest,
    KickOff,
    KickOffPoint,
    Kind,
    Media,
    Member,
    Mention,
    Message,
    MessageMedia,
    Notice,
    OpAnswer,
    PersonProfile,
    Privacy,
    Responder,
    Responsibility,
    ResponsibilityEntry,
    SharedLink,
    SignIn,
    Site,
    Status,
    Update,
    UpdateMedia,
    UpdateReader,
    Upload,
    VisitOutcome,
)
from careapp.sharing import links
from careapp.sites.invitations import secret_of
from tests.cast import ROLES, add_account, add_site

MARK = re.compile(r"\[[a-z ]+/[a-z_]+\]")
MEMBERS = {**ROLES, "nora": Role.CO_CAREGIVER}
GONE, ASKING, ELSEWHERE = "olga", "pat", "otto"
PUSHED = ("push address", "push key", "push secret", "push problem", "notice", "notice path", "delivery problem")
VISIT_PARTS = ("provider", "who_went", "medicines", "plan", "next_words", "needs")
WISHES = ("about", "language", "food", "faith", "comforts", "dislikes")


@dataclass
class Marked:
    """`ids` holds what addresses of pages can name; `secrets` are those that cannot be written down as a mark."""

    visit: str = ""
    secrets: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(
        default_factory=lambda: {
            "update": [],
            "member": [],
            "invitation": [],
            "alert": [],
            "appointment": [],
            "message": [],
            "responsibility": [],
            "request": [],
            "source": [],
            "handover": [],
        }
    )

    def credentials(self, name: str) -> Credentials:
        if name == "visitor":
            return Credentials(visit=self.visit)
        return Credentials(session=f"token-of-{name}" if name else "")

    def seen_in(self, text: str) -> set[str]:
        return {*MARK.findall(text), *(name for name, secret in self.secrets.items() if secret in text)}


def mark(kind: str, of: str) -> str:
    return f"[{kind}/{of}]"


def planted() -> set[str]:
    """Every mark in the database."""
    with db.reading() as session:
        return {found for text in _texts(session) for found in MARK.findall(text)}


def plant() -> Marked:
    marked = Marked()
    with db.unit_of_work() as session:
        add_account(session, "sam")
        rose = _site(session, marked, "rose", {**MEMBERS, GONE: Role.FAMILY})
        _site(session, marked, "ben", {ELSEWHERE: Role.COORDINATOR})
        rose.privacy, marked.visit = Privacy.LINK, visit_proof(rose)
        marked.secrets["[visit key/rose]"] = marked.visit
        add_account(session, ASKING)
        session.add(JoinRequest(site_id=rose.id, account_id=_id(session, ASKING), words=mark("asks", ASKING)))
        people = _members(session, rose)
        _remove(people[GONE], people["maya"])
        _updates(session, marked, rose, people)
        _messages(session, marked, rose, people)
        _duties(session, marked, rose, people)
        _appointments(session, marked, rose, people)
        _help(session, marked, rose, people)
        _handover(session, marked, rose, people)
        _alerts(session, marked, rose, people)
        _links(session, marked, rose, people)
        _calendars(session, marked, rose, people)
        _invitations(session, marked, rose, people)
        for account in session.exec(select(Account)):
            _account(session, marked, account)
        _behind(session, rose, people["tom"])
    return marked


def _site(session: Session, marked: Marked, address: str, roles: dict[str, Role]) -> Site:
    add_site(session, address, roles)
    site = session.exec(select(Site).where(Site.address == address)).one()
    site.link_nonce = mark("nonce", address)
    profile = session.get_one(PersonProfile, site.id)
    profile.name = mark("full name", address)
    for wish in WISHES:
        setattr(profile, wish, mark(wish, address))
    for name, member in _members(session, site).items():
        member.phone, member.relation = mark("phone", name), mark("relation", name)
        marked.ids["member"].append(member.id)
    first = next(iter(_members(session, site).values()))
    session.add(Status(site_id=site.id, member_id=first.id, words=mark("status", address)))
    _alert(session, marked, site, first, address)
    return site


def _members(session: Session, site: Site) -> dict[str, Member]:
    rows = session.exec(
        select(Member, Account.email).join(Account).where(Member.site_id == site.id).order_by(col(Member.id))
    )
    return {email.partition("@")[0]: member for member, email in rows}


def _remove(member: Member, by: Member) -> None:
    member.left_at, member.removed_by_id = now(), by.id


def _updates(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Maya writes to each audience, Tom to Ida alone; everyone has a draft and something taken away."""
    for audience in (Audience.EVERYONE, Audience.FAMILY, Audience.CARE_TEAM):
        _update(session, marked, site, people["maya"], audience, audience=audience, published_at=now())
    session.add(
        VisitOutcome(
            update_id=marked.ids["update"][1], site_id=site.id, visited_on=now().date(),
            **{part: mark(part.replace("_", " "), "visit") for part in VISIT_PARTS},
        )
    )  # fmt: skip
    told = _update(session, marked, site, people["tom"], "named", audience=Audience.NAMED, published_at=now())
    session.add(UpdateReader(update_id=told.id, member_id=people["ida"].id))
    for name in MEMBERS:
        _update(session, marked, site, people[name], f"draft_{name}")
        _update(session, marked, site, people[name], f"deleted_{name}", published_at=now(), deleted_at=now())
    session.flush()
    everyone, family = marked.ids["update"][:2]
    for update_id in (everyone, family):
        session.add(Mention(site_id=site.id, update_id=update_id, member_id=people["ida"].id, by_id=people["maya"].id))


def _duties(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Tom looks after something that someone who has left gave him; and a meeting is under way."""
    duty = Responsibility(
        site_id=site.id, title=mark("duty", "tom"), words=mark("duty words", "tom"), owner_id=people["tom"].id
    )
    session.add(duty)
    session.flush()
    marked.ids["responsibility"].append(duty.id)
    meeting = KickOff(site_id=site.id, started_by_id=people["maya"].id)
    session.add(meeting)
    session.flush()
    session.add(KickOffPoint(kick_off_id=meeting.id, point="help", words=mark("decided", "rose")))
    handed = {"responsibility_id": duty.id, "by_id": people[GONE].id, "owner_id": people["tom"].id}
    session.add(ResponsibilityEntry(site_id=site.id, note=mark("duty note", "tom"), **handed))


def _help(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Tom asks twice, once saying where only to whoever takes it on: that is Ida, who offers something too."""
    for of in ("open", "hidden"):
        request = HelpRequest(
            site_id=site.id, author_id=people["tom"].id, kind="meals", title=mark("help", of), zone="UTC",
            words=mark("help words", of), food=mark("help food", of), address=mark("help place", of),
            hides_address=of == "hidden",
        )  # fmt: skip
        session.add(request)
        session.flush()
        marked.ids["request"].append(request.id)
        for done_at in (None, now()):
            slot = HelpSlot(
                request_id=request.id, site_id=site.id, taken_by_id=people["ida"].id, done_at=done_at,
                due_at=now() + timedelta(days=1), starts_at=(now() + timedelta(days=1)).replace(tzinfo=None),
                thanked_at=done_at, thanks=mark("thanks", of) if done_at else "",
            )  # fmt: skip
            session.add(slot)
        _guest(session, marked, request, of)
    session.add(HelpOffer(site_id=site.id, member_id=people["ida"].id, kind="rides", words=mark("offer", "ida")))


def _guest(session: Session, marked: Marked, request: HelpRequest, of: str) -> None:
    """Somebody without an account has taken one time of it on, and written."""
    link = GuestLink(
        site_id=request.site_id, request_id=request.id, created_by_id=request.author_id,
        nonce=mark("nonce", f"guest_{of}"), expires_at=now() + timedelta(days=2),
    )  # fmt: skip
    session.add(link)
    session.flush()
    marked.secrets[mark("guest link", of)] = guest_links.secret_of(link)
    guest = Guest(
        site_id=request.site_id, request_id=request.id, link_id=link.id, name=mark("guest", of),
        contact=mark("guest contact", of), words=mark("guest words", of),
    )  # fmt: skip
    session.add(guest)
    session.flush()
    soon = now() + timedelta(days=1)
    session.add(
        HelpSlot(
            request_id=request.id, site_id=request.site_id, guest_id=guest.id, due_at=soon,
            starts_at=soon.replace(tzinfo=None),
        )
    )  # fmt: skip


def _handover(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Tom has written what matters to whoever comes next."""
    said = {part: mark(f"handed {part}", "tom") for part in ("medicines", "food", "incidents", "words")}
    note = Handover(site_id=site.id, author_id=people["tom"].id, **said)
    session.add(note)
    marked.ids["handover"].append(note.id)


def _appointments(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Tom has written down one for tomorrow, and one that he took away."""
    begins = (now() + timedelta(days=1)).replace(tzinfo=None)
    for of, deleted_at in (("tom", None), ("deleted", now())):
        words = {
            name: mark(f"visit {name}", of) for name in ("title", "provider", "place", "notes", "bring", "questions")
        }
        row = Appointment(
            site_id=site.id, author_id=people["tom"].id, uid=mark("uid", of), zone="UTC", starts_at=begins,
            ends_at=begins + timedelta(hours=1), first_at=now() + timedelta(days=1),
            last_at=now() + timedelta(days=1, hours=1), deleted_at=deleted_at, **words,
        )  # fmt: skip
        session.add(row)
        marked.ids["appointment"].append(row.id)


def _messages(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Ida writes a message that Tom answers, and one that is taken away, with what was answered to it."""
    for of, deleted_at in (("wall", None), ("deleted_wall", now())):
        photo = _photo(site, people["ida"], of)
        message = Message(site_id=site.id, author_id=people["ida"].id, text=mark("message", of), deleted_at=deleted_at)
        session.add_all([photo, message])
        session.flush()
        session.add(MessageMedia(message_id=message.id, media_id=photo.id, position=0, alt=mark("alt", of)))
        tom = people["tom"].id
        for kind, gone_at in (("reply", None), ("deleted reply", now())):
            reply = Message(site_id=site.id, author_id=tom, reply_to_id=message.id, text=mark(kind, of))
            reply.deleted_at = gone_at
            session.add(reply)
            marked.ids["message"].append(reply.id)
        marked.ids["message"].append(message.id)


def _photo(site: Site, by: Member, of: str) -> Media:
    return Media(
        id=new_id(), site_id=site.id, uploader_id=by.id, state="ready", file_name=mark("file", of),
        sha256=mark("digest", of), stored_id=mark("stored", of), size=1, width=4, height=3,
    )  # fmt: skip


def _update(session: Session, marked: Marked, site: Site, author: Member, of: str, **more: object) -> Update:
    update = Update(
        site_id=site.id, author_id=author.id, text=mark("text", of), milestone=mark("milestone", of), **more
    )
    session.add(update)
    marked.ids["update"].append(update.id)
    photo = _photo(site, author, of)
    session.add(photo)
    session.flush()
    session.add(UpdateMedia(update_id=update.id, media_id=photo.id, position=0, alt=mark("alt", of)))
    for kind, deleted_at in (("comment", None), ("deleted comment", now())):
        comment = Comment(site_id=site.id, update_id=update.id, author_id=author.id, text=mark(kind, of))
        comment.deleted_at = deleted_at
        session.add(comment)
    return update


def _alerts(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """One is over, of which Ida was told, and someone who has left since."""
    over = _alert(session, marked, site, people["tom"], "over", ended_at=now(), ending="stood_down")
    for name in ("ida", GONE):
        session.add(Responder(alert_id=over.id, member_id=people[name].id, site_id=site.id, told_at=now()))


def _alert(session: Session, marked: Marked, site: Site, by: Member, of: str, **more: object) -> Alert:
    alert = Alert(site_id=site.id, raised_by_id=by.id, kind="fall", words=mark("sos", of), **more)
    session.add(alert)
    session.flush()
    marked.ids["alert"].append(alert.id)
    note = {"text": mark("sos note", of)}
    session.add(AlertEntry(site_id=site.id, alert_id=alert.id, member_id=by.id, what="note", detail=note))
    return alert


def _links(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Maya has shared what is for everyone, and Tom what he wrote for Ida alone."""
    for name, audience in (("maya", Audience.EVERYONE), ("tom", Audience.NAMED)):
        told = select(Update).where(Update.author_id == people[name].id, Update.audience == audience)
        update = session.exec(told.where(col(Update.published_at).is_not(None), col(Update.deleted_at).is_(None))).one()
        link = SharedLink(
            site_id=site.id, nonce=mark("nonce", f"link_{name}"), update_id=update.id, created_by_id=people[name].id,
            audience=audience, expires_at=now() + timedelta(days=7),
        )  # fmt: skip
        session.add(link)
        session.flush()
        marked.secrets[mark("link", name)] = links.secret_of(link)


def _calendars(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    """Tom follows the site in his calendar; he has looked at one of another, and taken over a second."""
    tom = people["tom"].id
    feed = CalendarFeed(site_id=site.id, member_id=tom, scope="all", nonce=mark("nonce", "feed_tom"))
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20300101\nSUMMARY:{mark('event', 'tom')}\nEND:VEVENT\nEND:VCALENDAR"
    own = {"site_id": site.id, "member_id": tom, "etag": mark("etag", "tom"), "fetched_at": now()}
    looked = CalendarSource(**own, name=mark("calendar", "looked"), waiting=text)
    taken = CalendarSource(
        **own, name=mark("calendar", "taken"), address=f"https://clinic.example/{mark('calendar path', 'tom')}",
        taken_at=now(), problem=[mark("calendar problem", "tom"), {}],
    )  # fmt: skip
    session.add_all([feed, looked, taken])
    session.flush()
    marked.secrets[mark("feed", "tom")] = feed_secret_of(feed)
    marked.ids["source"].extend([looked.id, taken.id])


def _invitations(session: Session, marked: Marked, site: Site, people: dict[str, Member]) -> None:
    for role in (Role.COORDINATOR, Role.FRIEND):
        offered = Invitation(
            site_id=site.id, nonce=mark("nonce", role), role=role, name=mark("invited", role),
            email=mark("invited email", role), invited_by_id=people["maya"].id, expires_at=now() + timedelta(days=9),
        )  # fmt: skip
        session.add(offered)
        session.flush()
        marked.ids["invitation"].append(offered.id)
        marked.secrets[mark("invitation", role)] = secret_of(offered)


def _account(session: Session, marked: Marked, account: Account) -> None:
    name = account.email.partition("@")[0]
    account.email, account.phone = mark("email", name), mark("own phone", name)
    account.password_hash, account.time_zone = mark("password", name), mark("zone", name)
    sign_in = session.exec(select(SignIn).where(SignIn.account_id == account.id)).one()
    sign_in.device = mark("device", name)
    _device(session, sign_in, name)
    marked.secrets |= {
        mark("token", name): f"token-of-{name}",
        mark("token hash", name): sign_in.token_hash,
        mark("account id", name): account.id,
        mark("sign in", name): sign_in.id,
    }


def _device(session: Session, sign_in: SignIn, name: str) -> None:
    """A browser that is told by push, and something it was told."""
    account_id = sign_in.account_id
    device = Device(
        account_id=account_id, sign_in_id=sign_in.id, name=mark("told device", name),
        endpoint=mark("push address", name), p256dh=mark("push key", name), auth=mark("push secret", name),
        problem=mark("push problem", name),
    )  # fmt: skip
    notice = Notice(
        account_id=account_id, kind=Kind.TEST, words={"title": [mark("notice", name), {}]},
        path=mark("notice path", name), tag="test", expires_at=now() + timedelta(hours=1),
    )  # fmt: skip
    session.add_all([device, notice])
    session.flush()
    problem = mark("delivery problem", name)
    session.add(
        Delivery(notice_id=notice.id, device_id=device.id, channel="push", state=DeliveryState.SENT, problem=problem)
    )


def _behind(session: Session, site: Site, tom: Member) -> None:
    """What the house remembers for itself."""
    later = now() + timedelta(hours=1)
    account = tom.account_id
    session.add_all(
        [
            EmailCode(email="tom@example.org", purpose="sign_in", code_hash=mark("code", "tom"), expires_at=later),
            OpAnswer(op_id=new_id(), account_id=account, body_hash=mark("body", "tom"), answer=mark("answer", "tom")),
            AuditEntry(site_id=site.id, account_id=account, operation="x.y", says=mark("audit", "tom")),
            Job(kind="x.y", payload=mark("job", "tom"), state="ended"),
            Upload(id=new_id(), site_id=site.id, member_id=tom.id, length=1, file_name=mark("upload", "tom"),
                   expires_at=later),
        ]
    )  # fmt: skip


def _id(session: Session, name: str) -> str:
    return session.exec(select(Account.id).where(Account.email == f"{name}@example.org")).one()


def _texts(session: Session) -> Iterator[str]:
    for table in SQLModel.metadata.tables.values():
        for row in session.execute(table.select()):
            yield from (str(value) for value in row if isinstance(value, str | dict | list))

"""Two sites with a little of everything on each, by ids alone, and a way to put the database back as it was."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from sqlmodel import Session, select

from careapp import db
from careapp.access import Credentials, Role, visit_proof
from careapp.clock import now
from careapp.feeds.addresses import secret_of as feed_secret_of
from careapp.guests import links as guest_links
from careapp.ids import new_id
from careapp.models import (
    Account,
    Alert,
    Appointment,
    Audience,
    Book,
    BookState,
    CalendarFeed,
    CalendarSource,
    Channel,
    Comment,
    Delivery,
    Device,
    GuestLink,
    Handover,
    HelpOffer,
    HelpRequest,
    HelpSlot,
    HelpSwap,
    Invitation,
    JoinRequest,
    KickOff,
    Kind,
    Media,
    Member,
    Message,
    Notice,
    Privacy,
    Responsibility,
    SharedLink,
    Shift,
    SignIn,
    Site,
    Update,
    VisitOutcome,
)
from careapp.sharing import links
from careapp.sites.invitations import secret_of
from tests.cast import ROLES, add_account, add_site
from tests.tables import put_file, put_tables, whole_file

OURS = {**ROLES, "nora": Role.CO_CAREGIVER, "vera": Role.COORDINATOR, "lee": Role.FRIEND}
THEIRS = {"otto": Role.COORDINATOR, "una": Role.FRIEND, "lee": Role.FRIEND, "kim": Role.COORDINATOR}
KINDS = (
    *(
        "member",
        "update",
        "draft",
        "deleted",
        "media",
        "comment",
        "link",
        "feed",
        "source",
        "message",
        "responsibility",
        "kick_off",
        "device",
    ),
    *("tested", "alert", "visit", "book", "appointment", "series", "gone_appointment"),
    *("help", "slot", "free_slot", "offer", "swap", "guest_link"),
    *("shift", "handover"),
)
VISITOR = "visitor"
STRANGER = "sam"
NOBODY = ""


@dataclass
class Place:
    """One site. `own` holds, for each kind of row, the id of the one by each member; `first` is a coordinator."""

    address: str
    site_id: str
    first: str
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    invitation: str = ""
    request: str = ""

    def by(self, kind: str, name: str) -> str:
        """The row of this kind by this member, or the coordinator's for whoever has none."""
        return self.own[kind].get(name, self.own[kind][self.first])


@dataclass
class Scene:
    ours: Place
    theirs: Place
    asked: str = "ask"
    gone_id: str = ""

    def credentials(self, name: str) -> Credentials:
        """What the browser of a member, the visitor, the stranger or nobody shows."""
        if name == VISITOR:
            with db.reading() as session:
                return Credentials(visit=visit_proof(session.get_one(Site, self.ours.site_id)))
        return Credentials(session=f"token-of-{name}") if name else Credentials()

    def invitation_secret(self, place: Place) -> str:
        with db.reading() as session:
            return secret_of(session.get_one(Invitation, place.invitation))

    def link_secret(self, place: Place) -> str:
        with db.reading() as session:
            return links.secret_of(session.get_one(SharedLink, place.by("link", place.first)))

    def feed_secret(self, place: Place) -> str:
        with db.reading() as session:
            return feed_secret_of(session.get_one(CalendarFeed, place.by("feed", place.first)))

    def guest_link(self, place: Place) -> GuestLink:
        with db.reading() as session:
            return session.get_one(GuestLink, place.by("guest_link", place.first))

    def as_guest(self, place: Place) -> dict[str, str]:
        """What a device that knew the PIN brings along."""
        link = self.guest_link(place)
        return {"link": guest_links.secret_of(link), "key": guest_links.key_of(link, link.id)}

    def account_of(self, name: str) -> str:
        with db.reading() as session:
            return session.exec(select(Account.id).where(Account.email == f"{name}@example.org")).one()

    def sign_in_of(self, name: str) -> str:
        with db.reading() as session:
            return session.exec(select(SignIn.id).join(Account).where(Account.email == f"{name}@example.org")).one()


class Stored:
    """The scene in the database, put there anew as often as wanted. It is built once a process."""

    _built: ClassVar[tuple[Scene, bytes] | None] = None

    def __init__(self) -> None:
        if Stored._built is None:
            Stored._built = _build_and_keep()
        self.scene, self._bytes = Stored._built
        self.restore()

    def restore(self) -> None:
        put_file(self._bytes)


def _build_and_keep() -> tuple[Scene, bytes]:
    put_tables()
    return build(), whole_file()


def build() -> Scene:
    with db.unit_of_work() as session:
        add_account(session, STRANGER)
        scene = Scene(_place(session, "rose", OURS, Privacy.LINK), _place(session, "ben", THEIRS, Privacy.INVITED))
        _place(session, scene.asked, {"otto": Role.COORDINATOR}, Privacy.ASK)
        gone = _place(session, "gone", {"maya": Role.COORDINATOR}, Privacy.INVITED)
        session.get_one(Site, gone.site_id).deleted_at = now()
        scene.gone_id = gone.site_id
        return scene


def _place(session: Session, address: str, roles: dict[str, Role], privacy: Privacy) -> Place:
    add_site(session, address, roles)
    site = session.exec(select(Site).where(Site.address == address)).one()
    site.privacy = privacy
    place = Place(address, site.id, next(iter(roles)))
    place.own = {kind: {} for kind in KINDS}
    members = session.exec(
        select(Member, Account.email).join(Account).where(Member.site_id == site.id).order_by(Member.id)
    ).all()
    place.own["member"] = {email.partition("@")[0]: member.id for member, email in members}
    for name, member_id in place.own["member"].items():
        _write(session, place, name, member_id)
    _appointments(session, place)
    _comment(session, place)
    _links(session, place)
    _help(session, place)
    _calendars(session, place)
    _shifts(session, place)
    _guests(session, place)
    _devices(session, place)
    return place


def _write(session: Session, place: Place, name: str, member_id: str) -> None:
    moments = {"update": {"published_at": now()}, "draft": {}, "deleted": {"published_at": now(), "deleted_at": now()}}
    for kind, moment in moments.items():
        row = Update(site_id=place.site_id, author_id=member_id, text="A quiet night.", **moment)
        session.add(row)
        place.own[kind][name] = row.id
    visit = Update(site_id=place.site_id, author_id=member_id, published_at=now())
    session.add(visit)
    session.flush()
    session.add(VisitOutcome(update_id=visit.id, site_id=place.site_id, visited_on=now().date(), plan="Rest"))
    place.own["visit"][name] = visit.id
    photo = Media(
        id=new_id(),
        site_id=place.site_id,
        uploader_id=member_id,
        state="ready",
        sha256=member_id,
        size=1,
        stored_id=member_id,
        width=4,
        height=3,
    )
    session.add(photo)
    place.own["media"][name] = photo.id
    duty = Responsibility(site_id=place.site_id, title="The garden", owner_id=member_id)
    session.add(duty)
    place.own["responsibility"][name] = duty.id
    meeting = KickOff(site_id=place.site_id, started_by_id=member_id)
    session.add(meeting)
    place.own["kick_off"][name] = meeting.id
    message = Message(site_id=place.site_id, author_id=member_id, text="I think of you.")
    session.add(message)
    place.own["message"][name] = message.id
    book = Book(site_id=place.site_id, member_id=member_id, title="The journal of Rose", state=BookState.FAILED)
    session.add(book)
    place.own["book"][name] = book.id
    alert = Alert(site_id=place.site_id, raised_by_id=member_id, kind="fall", next_step_at=now())
    session.add(alert)
    place.own["alert"][name] = alert.id
    session.flush()


def _appointments(session: Session, place: Place) -> None:
    """Each has made one, a series, and one that they took away."""
    begins = datetime(2030, 1, 1, 10)
    for kind in ("appointment", "series", "gone_appointment"):
        for name, member_id in place.own["member"].items():
            row = Appointment(
                site_id=place.site_id, author_id=member_id, uid=new_id(), title="Dr Meyer", zone="UTC",
                starts_at=begins, ends_at=begins + timedelta(hours=1), first_at=begins.replace(tzinfo=UTC),
                rule="FREQ=WEEKLY;BYDAY=TU" if kind == "series" else "",
            )  # fmt: skip
            row.last_at = None if row.rule else row.first_at + timedelta(hours=1)
            row.deleted_at = now() if kind == "gone_appointment" else None
            session.add(row)
            place.own[kind][name] = row.id


def _comment(session: Session, place: Place) -> None:
    for name, member_id in place.own["member"].items():
        row = Comment(
            site_id=place.site_id, update_id=place.by("update", place.first), author_id=member_id, text="Thank you."
        )
        session.add(row)
        place.own["comment"][name] = row.id


def _links(session: Session, place: Place) -> None:
    """Each has shared their own update."""
    for name, member_id in place.own["member"].items():
        row = SharedLink(
            site_id=place.site_id, update_id=place.own["update"][name], created_by_id=member_id,
            audience=Audience.EVERYONE, expires_at=now() + timedelta(days=7),
        )  # fmt: skip
        session.add(row)
        place.own["link"][name] = row.id


def _help(session: Session, place: Place) -> None:
    """Each has asked for something and taken one time of it on, has made a link for guests to the other, offers
    something, and is asked by a friend to take over."""
    later = now() + timedelta(days=9)
    for name, member_id in place.own["member"].items():
        asked = HelpRequest(site_id=place.site_id, author_id=member_id, kind="meals", title="Dinner", zone="UTC")
        offer = HelpOffer(site_id=place.site_id, member_id=member_id, kind="rides", words="I can drive.")
        session.add_all([asked, offer])
        session.flush()
        begins = later.replace(tzinfo=None)
        slot, free = (
            HelpSlot(request_id=asked.id, site_id=place.site_id, starts_at=begins, due_at=later, taken_by_id=holder)
            for holder in (member_id, None)
        )
        link = GuestLink(site_id=place.site_id, request_id=asked.id, created_by_id=member_id, expires_at=later)
        session.add_all([slot, free, link])
        place.own["help"][name], place.own["offer"][name] = asked.id, offer.id
        place.own["slot"][name], place.own["free_slot"][name] = slot.id, free.id
        place.own["guest_link"][name] = link.id
    session.flush()
    friend = place.own["member"].get("lee", "")
    for name, member_id in place.own["member"].items():
        if friend:
            swap = HelpSwap(site_id=place.site_id, slot_id=place.own["slot"]["lee"], from_id=friend, to_id=member_id)
            session.add(swap)
            place.own["swap"][name] = swap.id


def _calendars(session: Session, place: Place) -> None:
    """Each follows the site in their own calendar, and has looked at another."""
    for name, member_id in place.own["member"].items():
        feed = CalendarFeed(site_id=place.site_id, member_id=member_id, scope="busy", nonce="nonce")
        source = CalendarSource(site_id=place.site_id, member_id=member_id, waiting="BEGIN:VCALENDAR", fetched_at=now())
        session.add_all([feed, source])
        place.own["feed"][name], place.own["source"][name] = feed.id, source.id


def _shifts(session: Session, place: Place) -> None:
    """Each is on duty soon, and has handed over before."""
    begins = now() + timedelta(hours=1)
    for name, member_id in place.own["member"].items():
        shift = Shift(
            site_id=place.site_id, series_id=new_id(), author_id=member_id, member_id=member_id, zone="UTC",
            starts_at=begins.replace(tzinfo=None), ends_at=begins.replace(tzinfo=None) + timedelta(hours=12),
            begins_at=begins, until_at=begins + timedelta(hours=12),
        )  # fmt: skip
        note = Handover(site_id=place.site_id, author_id=member_id, food="Soup")
        session.add_all([shift, note])
        place.own["shift"][name], place.own["handover"][name] = shift.id, note.id


def _guests(session: Session, place: Place) -> None:
    coordinator = place.by("member", place.first)
    offered = Invitation(
        site_id=place.site_id,
        nonce="nonce",
        role=Role.FRIEND,
        invited_by_id=coordinator,
        expires_at=now() + timedelta(days=10),
    )
    asked = JoinRequest(site_id=place.site_id, account_id=add_account(session, "pat").id)
    session.add_all([offered, asked])
    session.flush()
    place.invitation, place.request = offered.id, asked.id


def _devices(session: Session, place: Place) -> None:
    """A device of each member, which has been sent a test."""
    for name, member_id in place.own["member"].items():
        sign_in = session.exec(select(SignIn).join(Account).where(Account.email == f"{name}@example.org")).one()
        endpoint = f"https://updates.push.services.mozilla.com/wpush/v2/{member_id}"
        device = Device(account_id=sign_in.account_id, sign_in_id=sign_in.id, endpoint=endpoint, p256dh="", auth="")
        test = Notice(
            account_id=sign_in.account_id, kind=Kind.TEST, words={"title": ["A test", {}]}, path="/", tag="t",
            expires_at=now() + timedelta(hours=1),
        )  # fmt: skip
        session.add_all([device, test])
        session.flush()
        sent = Delivery(notice_id=test.id, device_id=device.id, channel=Channel.PUSH)
        session.add(sent)
        place.own["device"][name], place.own["tested"][name] = device.id, sent.id

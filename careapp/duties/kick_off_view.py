"""What the page of the family meeting shows: the agenda with what was decided, and the people to choose from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, right_of_member
from careapp.duties.agenda import AGENDA
from careapp.duties.kick_off import newest_kick_off
from careapp.duties.kick_off_post import Post, post_of
from careapp.duties.lists import open_duties
from careapp.duties.starters import STARTERS
from careapp.duties.summary import summary
from careapp.duties.views import Duty
from careapp.models import KickOff, KickOffPoint, Member
from careapp.operation import Params, query
from careapp.sites.frame import Face, Frame, face_of, frame, photo_of
from careapp.sites.invitation_view import PendingInvitation, pending_invitations
from careapp.sites.people_view import role_options
from careapp.sites.qr import QrCode, qr_of
from careapp.sites.roles import ROLE_WORDS
from careapp.sites.tables import Option
from careapp.sites.wishes import Wishes, wishes

MOST, MOST_SHOWN, MOST_TO_TAP, MOST_MISSING = 1000, 40, 10, 10


@dataclass(frozen=True)
class PointCard:
    """`is_current`: the first that is not ticked off."""

    key: str = ""
    number: int = 1
    title: str = ""
    why: str = ""
    how: str = ""
    example: str = ""
    words: str = ""
    version: int = 0
    is_done: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Here:
    """A member: as what they are here, and whether one may tap them to take something on."""

    member_id: str = ""
    face: Face = field(default_factory=Face)
    first_name: str = ""
    role: str = ""
    role_words: str = ""
    is_contact: bool = False
    is_stand_in: bool = False
    takes_on: bool = False


@dataclass(frozen=True)
class Tap:
    """A person to tap for something; `wanted` is who has it after that, nobody where they have it now."""

    member_id: str = ""
    words: str = ""
    is_chosen: bool = False
    wanted: str = ""


@dataclass(frozen=True)
class ToHandOut:
    """Something to be looked after, on the list (`id`) or of the starter set."""

    id: str = ""
    kind: str = ""
    title: str = ""
    owner_id: str = ""
    owner: str = ""
    people: tuple[Tap, ...] = ()


@dataclass(frozen=True)
class KickOffView:
    """`is_open`: a meeting is under way; else `points` are what the last one decided, where there was one. `everyone`
    counts all members where `people` are only the first of them; `others` can take on as much as those to tap.
    `missing` are invited and not here yet; `qr` and `link` belong to the first of them. `summary` is what to post of it
    where nothing was posted."""

    frame: Frame = field(default_factory=Frame)
    wishes: Wishes = field(default_factory=Wishes)
    id: str = ""
    is_open: bool = False
    started_at: datetime | None = None
    points: tuple[PointCard, ...] = ()
    done: int = 0
    total: int = len(AGENDA)
    people: tuple[Here, ...] = ()
    everyone: int = 0
    to_tap: tuple[Here, ...] = ()
    others: tuple[Option, ...] = ()
    missing: tuple[PendingInvitation, ...] = ()
    link: str = ""
    qr: QrCode = field(default_factory=QrCode)
    duties: tuple[ToHandOut, ...] = ()
    roles: tuple[Option, ...] = ()
    post: Post = field(default_factory=Post)
    summary: str = ""
    can_lead: bool = False
    can_note: bool = False
    can_hand_out: bool = False


@query(section=Section.SCHEDULE)
def kick_off(session: Session, actor: Actor, params: Params) -> KickOffView:
    """The meeting that is under way, or what came of the last one, in twelve statements at most."""
    around = frame(session, actor)
    meeting = newest_kick_off(session, actor)
    is_member = bool(actor.member_id)
    view = KickOffView(
        frame=around,
        wishes=wishes(session, actor),
        id=meeting.id if meeting else "",
        is_open=bool(meeting and not meeting.finished_at),
        started_at=meeting.started_at if meeting else None,
        points=_points(session, meeting) if meeting else (),
        post=post_of(session, actor, meeting) if meeting else Post(),
        can_lead=is_member and actor.may(Section.SCHEDULE, Right.WRITE),
        can_note=is_member and actor.may(Section.SCHEDULE, Right.TAKE_PART),
        can_hand_out=is_member and actor.may(Section.SCHEDULE, Right.MANAGE),
    )
    if not meeting:
        return view
    people, duties = _people(session, actor), open_duties(session, actor)
    whole = _with_people(session, actor, view, people, duties) if view.is_open else view
    if whole.post.is_there or not around.can_write:
        return whole
    said = _said(view, people, duties)
    return replace(whole, summary=summary(actor.language, actor.time_zone, view.started_at, said, around.called))


def _with_people(
    session: Session, actor: Actor, view: KickOffView, people: tuple[Here, ...], duties: Sequence[Duty]
) -> KickOffView:
    to_tap, others = _to_tap(people)
    missing = _missing(session, actor) if view.frame.can_invite else ()
    link = missing[0].link if missing else ""
    return replace(
        view,
        done=sum(point.is_done for point in view.points),
        people=people[:MOST_SHOWN],
        everyone=len(people) if len(people) > MOST_SHOWN else 0,
        to_tap=to_tap,
        others=others,
        missing=missing,
        link=link,
        qr=qr_of(link) if link else QrCode(),
        duties=tuple(_to_hand_out(duties, to_tap)),
        roles=role_options(session, actor),
    )


def _points(session: Session, meeting: KickOff) -> tuple[PointCard, ...]:
    rows = select(KickOffPoint).where(col(KickOffPoint.kick_off_id) == meeting.id)
    kept = {row.point: row for row in session.execute(rows).scalars()}
    current = next((key for key in AGENDA if key not in kept or kept[key].done_at is None), "")
    return tuple(
        PointCard(
            key=key,
            number=number,
            title=point.title,
            why=point.why,
            how=point.how,
            example=point.example,
            words=kept[key].words if key in kept else "",
            version=kept[key].version if key in kept else 0,
            is_done=key in kept and kept[key].done_at is not None,
            is_current=key == current,
        )
        for number, (key, point) in enumerate(AGENDA.items(), 1)
    )


def _people(session: Session, actor: Actor) -> tuple[Here, ...]:
    if not actor.may(Section.PEOPLE, Right.SEE):
        return ()
    takes_on = right_of_member(Section.SCHEDULE) >= Right.TAKE_PART
    statement = (
        select(Member, photo_of(Member.photo_media_id), takes_on)
        .where(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None))
        .order_by(col(Member.joined_at), col(Member.id))
        .limit(MOST)
    )
    return _told_apart(
        Here(
            member_id=member.id,
            face=face_of(member.id, member.name, photo),
            first_name=_short(member.name),
            role=member.role,
            role_words=ROLE_WORDS[Role(member.role)],
            is_contact=member.is_contact,
            is_stand_in=member.is_stand_in,
            takes_on=bool(may_take),
        )
        for member, photo, may_take in session.execute(statement)
    )


def _told_apart(people: Iterable[Here]) -> tuple[Here, ...]:
    """Two of one first name are called by their whole names."""
    there = tuple(people)
    times = Counter(one.first_name for one in there)
    return tuple(replace(one, first_name=one.face.name) if times[one.first_name] > 1 else one for one in there)


def _to_tap(people: Sequence[Here]) -> tuple[tuple[Here, ...], tuple[Option, ...]]:
    """The first of those who take things on, beside whoever is called first already; and all the others by name."""
    able = [one for one in people if one.takes_on]
    near = tuple(one for n, one in enumerate(able) if n < MOST_TO_TAP or one.is_contact or one.is_stand_in)
    far = sorted((one for one in able if one not in near), key=lambda one: one.face.name.casefold())
    return near, tuple(Option(one.member_id, one.face.name) for one in far)


def _short(name: str) -> str:
    """As people at a table call each other; a title alone would name nobody."""
    first = name.split(" ")[0]
    return name if len(first) < 3 or first.endswith(".") else first


def _missing(session: Session, actor: Actor) -> tuple[PendingInvitation, ...]:
    """Those whose link the reader may show, the newest first."""
    return tuple(one for one in pending_invitations(session, actor) if one.link)[:MOST_MISSING]


def _to_hand_out(duties: Sequence[Duty], people: Sequence[Here]) -> Iterator[ToHandOut]:
    """What is on the list, and what of the starter set is not, in the order of the list."""
    by_kind = {duty.kind: duty for duty in duties if duty.kind}
    for kind, starter in STARTERS.items():
        yield _handing(by_kind.get(kind, Duty(kind=kind, title=starter.title)), people)
    yield from (_handing(duty, people) for duty in duties if not duty.kind)


def _handing(duty: Duty, people: Sequence[Here]) -> ToHandOut:
    owner_id, owner = duty.owner.member_id, duty.owner.face.name
    taps = [
        Tap(one.member_id, one.first_name, is_mine := one.member_id == owner_id, "" if is_mine else one.member_id)
        for one in people
    ]
    if owner_id and not any(tap.is_chosen for tap in taps):
        taps.append(Tap(owner_id, _short(owner), is_chosen=True))
    return ToHandOut(duty.id, duty.kind, duty.title, owner_id, owner, tuple(taps))


def _said(
    view: KickOffView, people: Sequence[Here], duties: Sequence[Duty]
) -> Mapping[str, tuple[PointCard, list[tuple[str, str]]]]:
    """Each point with the names that were chosen on it, as pairs of what and who."""
    chosen = {
        "contact": [
            *((one.face.name, "contact") for one in people if one.is_contact),
            *((one.face.name, "stand_in") for one in people if one.is_stand_in),
        ],
        "duties": [(duty.title, duty.owner.face.name) for duty in duties if duty.owner.member_id],
    }
    return {point.key: (point, chosen.get(point.key, [])) for point in view.points}

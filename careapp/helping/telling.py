"""Who hears what of help outside the app. A lock screen shows little of it, unless its owner wants more."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_site, right_of_member
from careapp.helping.kinds import KINDS, title_of
from careapp.helping.times import time_for
from careapp.journal.text import one_line
from careapp.models import Guest, HelpOffer, HelpRequest, HelpSlot, HelpSwap, Kind, Member
from careapp.notify.tell import Action, Telling, Words, page_of, take_back, tell
from careapp.said import Said, mark
from careapp.schedule.readers import by_reader

CAN_DO = Action("can_do", mark("I can do this"))
TAKES_OVER = (Action("take_over", mark("I take it over")), Action("cannot_take_over", mark("I cannot")))


def tell_of_asking(session: Session, actor: Actor, request: HelpRequest, slots: Sequence[HelpSlot]) -> None:
    """Tell whoever may take it. Where there is one time, one tap on the notice takes it."""
    only = slots[0] if len(slots) == 1 else None
    session.flush()
    words = Words(
        Said("{site}: help is wanted", site=_site_name(session, actor)),
        more_title=Said("{name} asks for help: {what}", name=actor.name, what=title_of(request)),
        more_body="" if only else Said("{n} times to choose from", n=len(slots)),
    )
    told = _members(session, actor, Right.TAKE_PART)
    _tell(session, actor, request, only, told, words, actions=(CAN_DO,) if only else ())


def take_back_asking(session: Session, request: HelpRequest) -> None:
    """Nobody is told any more that it is wanted."""
    take_back(session, request.site_id, request.id)


def tell_of_taking(session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot) -> None:
    """Tell whoever asked; of a guest, also who looks after the schedule."""
    words = Words(
        Said("{site}: someone helps", site=_site_name(session, actor)),
        more_title=Said("{name} takes this on: {what}", name=actor.name, what=title_of(request)),
    )
    told = {request.author_id} | (set() if actor.member_id else _members(session, actor, Right.MANAGE))
    _tell(session, actor, request, slot, told, words, tag=f"help-taken-{slot.id}")


def tell_of_release(
    session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot, holder_id: str, why: str, *, is_late: bool
) -> None:
    """Tell whoever asked and, where others let go of it, who had it; when it is late, or it was
    a guest, who looks after the schedule."""
    little = mark("{site}: soon, and open again") if is_late else mark("{site}: help is wanted again")
    own, others = mark("{name} cannot do this after all: {what}"), mark("{name} has made this open again: {what}")
    words = Words(
        Said(little, site=_site_name(session, actor)),
        more_title=Said(own if holder_id == actor.member_id else others, name=actor.name, what=title_of(request)),
        more_body=why,
    )
    told = {request.author_id, holder_id}
    if is_late or not actor.member_id:
        told |= _members(session, actor, Right.MANAGE)
    _tell(session, actor, request, slot, told, words, tag=f"help-taken-{slot.id}")


def tell_of_guest_words(session: Session, actor: Actor, request: HelpRequest, guest: Guest) -> None:
    """Tell whoever asked, and who looks after the schedule, what a guest has written."""
    words = Words(
        Said("{site}: a guest has written", site=_site_name(session, actor)),
        more_title=Said("{name} writes about this: {what}", name=guest.name, what=title_of(request)),
        more_body=one_line(guest.words),
    )
    told = {request.author_id} | _members(session, actor, Right.MANAGE)
    _tell(session, actor, request, None, told, words, tag=f"help-guest-{guest.id}", page="/guests")


def tell_of_change(session: Session, actor: Actor, request: HelpRequest, slots: Sequence[HelpSlot]) -> None:
    """Tell whoever has taken a part of it that it says something else now."""
    words = Words(
        Said("{site}: what you have taken on has changed", site=_site_name(session, actor)),
        more_title=Said("{name} has changed this: {what}", name=actor.name, what=title_of(request)),
        more_body=one_line(request.words) or request.address,
    )
    _tell(session, actor, request, None, {slot.taken_by_id or "" for slot in slots}, words)


def tell_of_end(session: Session, actor: Actor, request: HelpRequest, slots: Sequence[HelpSlot]) -> None:
    """Tell whoever had taken a part of it that they are free again."""
    words = Words(
        Said("{site}: help is no longer needed", site=_site_name(session, actor)),
        more_title=Said("No longer needed: {what}", what=title_of(request)),
        more_body=mark("Thank you for having been ready."),
    )
    told = {slot.taken_by_id for slot in slots if slot.taken_by_id}
    _tell(session, actor, request, slots[0] if len(slots) == 1 else None, told, words)


def tell_of_done(session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot) -> None:
    words = Words(
        Said("{site}: help was given", site=_site_name(session, actor)),
        more_title=Said("{name} has done it: {what}", name=actor.name, what=title_of(request)),
    )
    if slot.taken_by_id == actor.member_id:
        _tell(session, actor, request, slot, {request.author_id}, words, tag=f"help-taken-{slot.id}")


def tell_of_thanks(session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot) -> None:
    words = Words(
        Said("{site}: thank you", site=_site_name(session, actor)),
        more_title=Said("{name} thanks you: {what}", name=actor.name, what=title_of(request)),
        more_body=one_line(slot.thanks),
    )
    _tell(session, actor, request, slot, {slot.taken_by_id or ""}, words, tag=f"help-thanks-{slot.id}")


def tell_of_swap(session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot, swap: HelpSwap) -> None:
    """Ask whom it concerns; they answer with one tap on the notice."""
    words = Words(
        Said("{site}: can you take something over?", site=_site_name(session, actor)),
        more_title=Said("{name} asks you to take over: {what}", name=actor.name, what=title_of(request)),
    )
    tag = f"help-swap-{slot.id}"
    _tell(session, actor, request, slot, {swap.to_id}, words, tag=tag, actions=TAKES_OVER, swap_id=swap.id)


def tell_of_swap_answer(session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot, swap: HelpSwap) -> None:
    """Tell who asked; and of a change of hands whoever wants the help."""
    yes, no = mark("{name} takes it over from you: {what}"), mark("{name} cannot take it over: {what}")
    little = mark("{site}: an answer about taking over")
    site_name, what = _site_name(session, actor), title_of(request)
    words = Words(
        Said(little, site=site_name),
        more_title=Said(yes if swap.is_accepted else no, name=actor.name, what=what),
    )
    _tell(session, actor, request, slot, {swap.from_id}, words, tag=f"help-swap-{slot.id}")
    if swap.is_accepted and request.author_id != swap.from_id:
        tell_of_taking(session, actor, request, slot)


def tell_of_offer(session: Session, actor: Actor, offer: HelpOffer) -> None:
    """Tell who looks after the schedule."""
    words = Words(
        Said("{site}: someone offers help", site=_site_name(session, actor)),
        more_title=Said("{name} offers help: {what}", name=actor.name, what=Said(KINDS[offer.kind].title)),
        more_body=one_line(offer.words),
    )
    site = access_site(session, actor)
    told = sorted(_members(session, actor, Right.MANAGE) - {actor.member_id})
    tell(session, site, told, Telling(Kind.HELP, words, page_of("/help-wanted", site), f"help-offer-{offer.id}"))


def tell_of_acceptance(session: Session, actor: Actor, request: HelpRequest, slot: HelpSlot, member_id: str) -> None:
    words = Words(
        Said("{site}: your offer is welcome", site=_site_name(session, actor)),
        more_title=Said("{name} gladly takes you up on it: {what}", name=actor.name, what=title_of(request)),
    )
    _tell(session, actor, request, slot, {member_id}, words)


def _tell(
    session: Session,
    actor: Actor,
    request: HelpRequest,
    slot: HelpSlot | None,
    told: Collection[str],
    words: Words,
    *,
    tag: str = "",
    actions: tuple[Action, ...] = (),
    page: str = "/help-request",
    swap_id: str = "",
) -> None:
    """What concerns one slot, or one request, collapses on a screen, unless it has a tag of its own. Where the words do
    not say more, they say to each when the slot is."""
    site = access_site(session, actor)
    more = {name: value for name, value in (("slot", slot.id if slot else ""), ("swap", swap_id)) if value}
    path = page_of(page, site, request=request.id, **more)
    member_ids = sorted({*told} - {actor.member_id, ""})
    for reader, ids in by_reader(session, member_ids).items():
        body = words.more_body or (time_for(slot, request.zone, reader) if slot else "")
        said = replace(words, more_body=body)
        tell(session, site, ids, Telling(Kind.HELP, said, path, tag or f"help-{(slot or request).id}", actions=actions))


def _site_name(session: Session, actor: Actor) -> str:
    return access_site(session, actor).name


def _members(session: Session, actor: Actor, right: Right) -> set[str]:
    """The members with this right in the schedule."""
    statement = select(col(Member.id)).where(
        col(Member.site_id) == actor.site_id,
        col(Member.left_at).is_(None),
        right_of_member(Section.SCHEDULE) >= right,
    )
    return set(session.scalars(statement))

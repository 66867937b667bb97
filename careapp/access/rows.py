"""The only ways from an id to a row, but for those of the journal, which depend on each update's audience."""

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlmodel import Session, col

from careapp.access.actor import Actor
from careapp.access.journal import sees_update
from careapp.access.messages import sees_message
from careapp.access.roles import Right, Section
from careapp.access.schedule import sees_appointment
from careapp.errors import NotFound
from careapp.models import (
    Alert,
    Appointment,
    AppointmentMedia,
    Book,
    Device,
    Invitation,
    JoinRequest,
    Media,
    Member,
    Message,
    MessageMedia,
    PersonProfile,
    Site,
    Update,
    UpdateMedia,
)


def access_site(session: Session, actor: Actor) -> Site:
    """The site the actor is on."""
    site = session.get(Site, actor.site_id)
    if site is None:
        raise NotFound
    return site


def lock_site(session: Session, actor: Actor) -> Site:
    """The actor's site, held until the transaction ends: for rules over several of its members, such as that one of
    them is a coordinator, which two changes at once could otherwise break between them."""
    site = session.get(Site, actor.site_id, with_for_update=True, populate_existing=True)
    if site is None or site.deleted_at:
        raise NotFound
    return site


def access_profile(session: Session, actor: Actor) -> PersonProfile:
    """The profile of the person the actor's site is for."""
    actor.require(Section.PROFILE, Right.SEE)
    profile = session.get(PersonProfile, actor.site_id)
    if profile is None:
        raise NotFound
    return profile


def access_member(session: Session, actor: Actor, member_id: str) -> Member:
    """A current member of the actor's site. Members see each other by PEOPLE; everyone sees themselves."""
    member = session.get(Member, member_id)
    if member is None or member.site_id != actor.site_id or member.left_at:
        raise NotFound
    if member.id != actor.member_id:
        actor.require(Section.PEOPLE, Right.SEE)
    return member


def access_device(session: Session, actor: Actor, device_id: str) -> Device:
    """A device of the actor's own."""
    device = session.get(Device, device_id)
    if device is None or not actor.account_id or device.account_id != actor.account_id:
        raise NotFound
    return device


def access_invitation(session: Session, actor: Actor, invitation_id: str) -> Invitation:
    """An invitation to the actor's site, for those who invite."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.site_id != actor.site_id:
        raise NotFound
    actor.require(Section.PEOPLE, Right.WRITE)
    return invitation


def access_join_request(session: Session, actor: Actor, request_id: str) -> JoinRequest:
    """A request to join the actor's site, for those who answer it."""
    request = session.get(JoinRequest, request_id)
    if request is None or request.site_id != actor.site_id:
        raise NotFound
    actor.require(Section.PEOPLE, Right.MANAGE)
    return request


def access_alert(session: Session, actor: Actor, alert_id: str, is_held: bool = False) -> Alert:
    """An SOS of the actor's site, for everyone whose role takes part in one. `is_held`: nobody else changes it until
    the transaction ends, so that a step of the ladder and a stand-down follow each other."""
    found = select(Alert).where(col(Alert.id) == alert_id, col(Alert.site_id) == actor.site_id)
    statement = found.with_for_update().execution_options(populate_existing=True) if is_held else found
    alert: Alert | None = session.execute(statement).scalar_one_or_none()
    if alert is None:
        raise NotFound
    actor.require(Section.SOS, Right.TAKE_PART)
    return alert


def access_book(session: Session, actor: Actor, book_id: str) -> Book:
    """A book that was made for the actor; nobody else's, whatever their right."""
    book = session.get(Book, book_id)
    if book is None or not actor.member_id or book.member_id != actor.member_id:
        raise NotFound
    actor.require(Section.JOURNAL, Right.SEE)
    return book


def access_media(session: Session, actor: Actor, media_id: str) -> Media:
    """A photo the actor uploaded, or that stands where the actor may look."""
    statement = select(Media).where(col(Media.id) == media_id, col(Media.site_id) == actor.site_id, _sees_media(actor))
    media: Media | None = session.execute(statement).scalar_one_or_none()
    if media is None:
        raise NotFound
    return media


def _sees_media(actor: Actor) -> ColumnElement[bool]:
    in_update = (
        exists()
        .where(col(UpdateMedia.media_id) == col(Media.id), col(UpdateMedia.update_id) == col(Update.id))
        .where(sees_update(actor))
    )
    in_message = (
        exists()
        .where(col(MessageMedia.media_id) == col(Media.id), col(MessageMedia.message_id) == col(Message.id))
        .where(sees_message(actor))
    )
    in_appointment = (
        exists()
        .where(
            col(AppointmentMedia.media_id) == col(Media.id), col(AppointmentMedia.appointment_id) == col(Appointment.id)
        )
        .where(sees_appointment(actor))
    )
    is_cover = exists().where(col(Site.id) == actor.site_id, col(Site.cover_media_id) == col(Media.id))
    is_person = exists().where(
        col(PersonProfile.site_id) == actor.site_id, col(PersonProfile.photo_media_id) == col(Media.id)
    )
    is_member = exists().where(col(Member.site_id) == actor.site_id, col(Member.photo_media_id) == col(Media.id))
    return or_(
        and_(col(Media.uploader_id) == actor.member_id, literal(bool(actor.member_id))),
        in_update,
        in_message,
        in_appointment,
        is_cover,
        is_person,
        and_(is_member, literal(actor.may(Section.PEOPLE, Right.SEE))),
    )

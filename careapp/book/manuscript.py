"""What goes into a book: the journal as one member sees it at this moment, in words and dates of their language."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from babel.dates import format_date, format_time
from sqlalchemy import Select, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.book.layout import in_rows
from careapp.book.span import told_in
from careapp.book.texts import breakable, is_right_to_left, paragraphs
from careapp.book.visits import visit_in_print
from careapp.book.words import Wording
from careapp.journal.choices import AUDIENCES, UPDATE_MOODS
from careapp.journal.photos import spoken_length
from careapp.journal.visit_cards import visits_of
from careapp.media import places
from careapp.models import (
    Audience,
    Book,
    Comment,
    Media,
    MediaState,
    Member,
    PersonProfile,
    Site,
    Update,
    UpdateMedia,
)
from careapp.said import mark

FONTS = ("Atkinson Hyperlegible Next", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Twemoji Mozilla")
MOST_UPDATES, MOST_PHOTOS = 3000, 2000
IN_TEXT, ON_COVER = "960", "2048"
COVER = "cover.jpg"
ABOUT = mark(
    "This book holds what {name} could see of the journal on the day it was made. Please keep it as you would keep the "
    "journal itself."
)

Shown = tuple[UpdateMedia, Media]
Said = tuple[Comment, Member]


class TooLong(Exception):
    """More than one book holds."""


@dataclass(frozen=True)
class Manuscript:
    """`book` is what the template reads; `pictures` says under which name each file of the storage is to lie there."""

    book: dict[str, Any]
    pictures: dict[str, str] = field(default_factory=dict)


def manuscript(session: Session, actor: Actor, book: Book) -> Manuscript:
    """In seven statements, however much there is. Raises TooLong."""
    say = Wording(actor)
    updates = session.execute(_updates(actor, book, say)).all()
    ids = [update.id for update, _ in updates]
    media, comments = _media_of(session, ids), _comments_of(session, ids) if book.has_comments else {}
    shown = [one for some in media.values() for one in some]
    if len(updates) > MOST_UPDATES or len(shown) > MOST_PHOTOS:
        raise TooLong
    cover = _cover(session, actor, shown)
    visits = visits_of(session, actor, ids, is_whole=True)
    written = [
        (update, {**_update(say, update, author, media, comments), "visit": visit_in_print(say, visits.get(update.id))})
        for update, author in updates
    ]
    pictures = {places.key(one.site_id, one.stored_id, IN_TEXT): _name(one) for _, one in shown}
    if cover:
        pictures[places.key(cover.site_id, cover.stored_id, ON_COVER)] = COVER
    return Manuscript(
        {
            **_front(session, actor, book, say),
            "cover": {"file": COVER, "alt": ""} if cover else None,
            "months": list(_by_month(say, written)),
        },
        pictures,
    )


def with_pictures(book: dict[str, Any], there: Collection[str]) -> dict[str, Any]:
    """The book without those pictures that are not there."""

    def kept(update: dict[str, Any]) -> dict[str, Any]:
        rows = ([one for one in row if one["file"] in there] for row in update["photos"])
        return {**update, "photos": [row for row in rows if row]}

    months = [{**month, "updates": [kept(update) for update in month["updates"]]} for month in book["months"]]
    return {**book, "months": months, "cover": book["cover"] if COVER in there else None}


def _updates(actor: Actor, book: Book, say: Wording) -> Select[*tuple[Any, ...]]:
    span = say.span(book)
    found = select(Update, Member).join(Member, col(Member.id) == col(Update.author_id))
    told = found.where(told_in(actor, span, say.zone))
    return told.order_by(col(Update.published_at), col(Update.id)).limit(MOST_UPDATES + 1)


def _media_of(session: Session, ids: Sequence[str]) -> Mapping[str, list[Shown]]:
    statement = (
        select(UpdateMedia, Media)
        .join(Media, col(Media.id) == col(UpdateMedia.media_id))
        .where(col(UpdateMedia.update_id).in_(ids), col(Media.deleted_at).is_(None))
        .where(col(Media.state) == MediaState.READY)
        .order_by(col(UpdateMedia.position))
    )
    media = defaultdict(list)
    for placed, one in session.execute(statement):
        media[placed.update_id].append((placed, one))
    return media


def _comments_of(session: Session, ids: Sequence[str]) -> Mapping[str, list[Said]]:
    statement = (
        select(Comment, Member)
        .join(Member, col(Member.id) == col(Comment.author_id))
        .where(col(Comment.update_id).in_(ids), col(Comment.deleted_at).is_(None))
        .order_by(col(Comment.created_at), col(Comment.id))
    )
    comments = defaultdict(list)
    for comment, author in session.execute(statement):
        comments[comment.update_id].append((comment, author))
    return comments


def _cover(session: Session, actor: Actor, shown: Sequence[Shown]) -> Media | None:
    """The site's own, else the person's portrait, else the first photo of the book."""
    site = session.get_one(Site, actor.site_id)
    profile = session.get(PersonProfile, actor.site_id)
    chosen = [one for one in (site.cover_media_id, profile.photo_media_id if profile else None) if one]
    ready = col(Media.id).in_(chosen), col(Media.state) == MediaState.READY, col(Media.deleted_at).is_(None)
    found = {one.id: one for one in session.execute(select(Media).where(*ready)).scalars()} if chosen else {}
    photos = [one for _, one in shown if not one.is_video]
    return next((found[one] for one in chosen if one in found), photos[0] if photos else None)


def _front(session: Session, actor: Actor, book: Book, say: Wording) -> dict[str, Any]:
    profile = session.get(PersonProfile, actor.site_id)
    may_know = actor.may(Section.PROFILE, Right.SEE)
    person = (profile.name if may_know else profile.called or profile.name) if profile else ""
    return {
        "title": breakable(book.title),
        "person": person if person != book.title else "",
        "span": say.spoken_span(book),
        "made": say(mark("Made for {name} on {day}"), name=actor.name, day=say.day(book.created_at)),
        "author": actor.name,
        "language": actor.language,
        "fonts": FONTS,
        "words": {
            "months": say(mark("Months")),
            "milestone": say(mark("Milestone")),
            "about": say(ABOUT, name=actor.name),
        },
    }


def _by_month(say: Wording, written: Iterable[tuple[Update, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for name, some in groupby(written, lambda one: say.month(_at(one[0]))):
        yield {"name": name, "updates": [update for _, update in some]}


def _update(
    say: Wording,
    update: Update,
    author: Member,
    media: Mapping[str, Sequence[Shown]],
    comments: Mapping[str, Sequence[Said]],
) -> dict[str, Any]:
    local = _at(update).astimezone(say.zone)
    audience = "" if update.audience == Audience.EVERYONE else say(AUDIENCES[update.audience])
    under = (author.name, author.relation, str(format_time(local, "short", locale=say.language)), audience)
    weekday = str(format_date(local, "EEEE", locale=say.language))
    return {
        "day": f"{weekday[:1].upper()}{weekday[1:]}, {say.day(local)}",
        "by": breakable(" · ".join(word for word in under if word)),
        "milestone": {"text": breakable(update.milestone), "rtl": is_right_to_left(update.milestone)},
        "mood": say(UPDATE_MOODS[update.mood]) if update.mood in UPDATE_MOODS else "",
        "paragraphs": paragraphs(update.text),
        "photos": _rows(say, media.get(update.id, ())),
        "comments": [_comment(say, one, by) for one, by in comments.get(update.id, ())],
    }


def _rows(say: Wording, shown: Sequence[Shown]) -> list[list[dict[str, Any]]]:
    shapes = [((placed, one), one.width / one.height) for placed, one in shown if one.width and one.height]
    return [[_photo(say, *one, share) for one, share in row] for row in in_rows(shapes)]


def _photo(say: Wording, placed: UpdateMedia, media: Media, share: float) -> dict[str, Any]:
    length = say(mark("Video, {length}"), length=spoken_length(media.duration_ms)) if media.is_video else ""
    caption = " · ".join(word for word in (placed.alt, length) if word)
    return {
        "file": _name(media),
        "alt": caption,
        "caption": breakable(caption),
        "share": share,
        "rtl": is_right_to_left(caption),
    }


def _comment(say: Wording, comment: Comment, author: Member) -> dict[str, Any]:
    return {"author": author.name, "at": say.day(comment.created_at), "paragraphs": paragraphs(comment.text)}


def _name(media: Media) -> str:
    return f"{media.stored_id}.jpg"


def _at(update: Update) -> datetime:
    assert update.published_at
    return update.published_at

"""Who is named in a text by @: found here, so that typing a name works as well as choosing it."""

import re
from collections.abc import Collection, Iterable

from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp.access import member_sees
from careapp.journal.marks import names_pattern
from careapp.models import Comment, Member, Mention, Update

TITLES = frozenset({"dr", "dra", "prof", "mr", "mrs", "ms", "mx", "sr", "sra", "srta", "don", "doña", "frau", "herr"})


def spellings(name: str) -> tuple[str, ...]:
    """What may follow the @ for a member: the whole name, or the first name; after a title, the last name."""
    words = name.split()
    if len(words) < 2:
        return (name,) if words else ()
    is_titled = words[0].rstrip(".").casefold() in TITLES
    return (" ".join(words), words[-1] if is_titled else words[0])


def mentioned(text: str, members: Iterable[Member]) -> list[Member]:
    """The members named in the text. Two with the same first name are both meant by it."""
    by_spelling: dict[str, list[Member]] = {}
    for member in members:
        for spelling in spellings(member.name):
            by_spelling.setdefault(spelling.casefold(), []).append(member)
    if not by_spelling or "@" not in text:
        return []
    found = re.finditer(names_pattern(by_spelling), text, re.IGNORECASE)
    named = [member for match in found for member in by_spelling.get(match.group("name").casefold(), [])]
    return list({member.id: member for member in named}.values())


def keep_mentions(session: Session, update: Update, comment: Comment | None = None) -> list[str]:
    """Make the stored mentions of an update, or of a comment to it, those of its text. Returns the members to be told:
    those who may see the update, and were not named before."""
    wanted = _to_tell(session, update, comment or update) if update.published_at else set()
    before = _told(session, update, comment)
    _forget(session, [mention_id for member_id, mention_id in before.items() if member_id not in wanted])
    fresh = sorted(wanted - before.keys())
    for member_id in fresh:
        session.add(
            Mention(
                site_id=update.site_id,
                update_id=update.id,
                comment_id=comment.id if comment else None,
                member_id=member_id,
                by_id=(comment or update).author_id,
            )
        )
    return fresh


def _to_tell(session: Session, update: Update, written: Update | Comment) -> set[str]:
    if "@" not in written.text:
        return set()
    session.flush()
    others = select(Member).where(
        col(Member.site_id) == update.site_id, col(Member.left_at).is_(None), col(Member.id) != written.author_id
    )
    named = mentioned(written.text, session.execute(others).scalars())
    return {member.id for member in named if member_sees(session, member, update.id)}


def _told(session: Session, update: Update, comment: Comment | None) -> dict[str, str]:
    where = col(Mention.comment_id) == comment.id if comment else col(Mention.comment_id).is_(None)
    told = select(col(Mention.member_id), col(Mention.id)).where(col(Mention.update_id) == update.id, where)
    return dict(session.execute(told).all())


def _forget(session: Session, mention_ids: Collection[str]) -> None:
    if mention_ids:
        session.execute(delete(Mention).where(col(Mention.id).in_(mention_ids)))

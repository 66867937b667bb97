"""Who is told of what is written in the journal. A lock screen shows little of it, unless its owner wants more."""

from collections.abc import Collection

from sqlmodel import Session

from careapp.access import Actor, access_site, who_sees
from careapp.journal.text import one_line
from careapp.models import Comment, Kind, Site, Update
from careapp.notify.tell import Telling, Words, page_of, reword, take_back, tell
from careapp.said import Said


def tell_of_update(session: Session, actor: Actor, update: Update, named: Collection[str]) -> None:
    """Tell everyone who may see the update but its author. Who is named in it hears of that, and only once."""
    site = access_site(session, actor)
    heard = tell_of_mention(session, actor, update, None, named)
    others = [member_id for member_id in who_sees(session, update.id) if member_id not in {*heard, update.author_id}]
    words = Words(
        Said("{site}: a new update", site=site.name),
        more_title=Said("{site}: {name} has written", site=site.name, name=actor.name),
        more_body=_excerpt(update),
    )
    tell(session, site, others, Telling(Kind.UPDATES, words, _path(site, update), f"updates-{site.id}"))


def tell_of_comment(
    session: Session, actor: Actor, update: Update, comment: Comment, named: Collection[str], *, is_new: bool
) -> None:
    """Tell who is named, and of a new comment whoever wrote the update, if they may still see it."""
    heard = tell_of_mention(session, actor, update, comment, named)
    author_id = update.author_id
    if not is_new:
        reword(session, update.site_id, comment.id, _excerpt(comment))
    if not is_new or author_id in {*heard, comment.author_id} or author_id not in who_sees(session, update.id):
        return
    site = access_site(session, actor)
    words = Words(
        Said("{site}: a new comment", site=site.name),
        more_title=Said("{site}: {name} has answered you", site=site.name, name=actor.name),
        more_body=_excerpt(comment),
    )
    tell(session, site, [author_id], _comment_telling(site, update, comment, words))


def tell_of_mention(
    session: Session, actor: Actor, update: Update, comment: Comment | None, named: Collection[str]
) -> set[str]:
    """Tell those who are named in an update, or in a comment to it. Returns the members who hear of it."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: someone has named you", site=site.name),
        more_title=Said("{site}: {name} has named you", site=site.name, name=actor.name),
        more_body=_excerpt(comment or update),
    )
    told = tell(session, site, sorted(named), _comment_telling(site, update, comment, words))
    return {notice.member_id for notice in told if notice.member_id}


def tell_as_it_is_now(session: Session, update: Update) -> None:
    """The update was changed: who may not see it any more is not told of it, and nobody of what it said before."""
    take_back(session, update.site_id, update.id, but=who_sees(session, update.id))
    reword(session, update.site_id, update.id, _excerpt(update))


def tell_no_more(session: Session, written: Update | Comment) -> None:
    """What was taken away is no longer told, nor kept in what was."""
    take_back(session, written.site_id, written.id)


def _comment_telling(site: Site, update: Update, comment: Comment | None, words: Words) -> Telling:
    return Telling(Kind.COMMENTS, words, _path(site, update, comment), f"update-{update.id}")


def _path(site: Site, update: Update, comment: Comment | None = None) -> str:
    return page_of("/update", site, update=update.id) + (f"#said-{comment.id}" if comment else "")


def _excerpt(written: Update | Comment) -> str:
    return one_line(written.text or (written.milestone if isinstance(written, Update) else ""))

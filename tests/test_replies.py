"""What people answer: comments, reactions, and naming each other."""

import pytest
from sqlmodel import Session, select

from careapp import clock, db
from careapp.access import Right, Section
from careapp.blank import is_blank
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound
from careapp.ids import new_id
from careapp.journal.commands import EditComment, MarkMentionsSeen, OneComment, OneUpdate, React, WriteComment
from careapp.journal.operations import delete_update, edit_update, publish_draft
from careapp.journal.replies import comment, delete_comment, edit_comment, mark_mentions_seen, react
from careapp.journal.text import parts
from careapp.models import Audience, Member, Mention, RoleGrant, Site
from careapp.today.queries import Nothing, today
from tests.cast import START, Cast
from tests.journal_writing import alone, edit, feed, plain, post, reply, send, stored_feed

# Comments


def test_friends_comment(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)

    reply(session, rose_site.ida, update_id, "I will bring soup. 🍲")

    card = feed(session, rose_site.maya).updates[0].comments[0]
    assert (card.author.name, plain(card.parts), card.can_edit, card.can_delete) == (
        "Ida Berg",
        "I will bring soup. 🍲",
        False,
        True,
    )
    assert feed(session, rose_site.ida).updates[0].comments[0].can_edit


def test_the_feed_shows_the_last_two_comments_and_how_many_came_before(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    for n in range(5):
        reply(session, rose_site.ida, update_id, str(n))

    card = feed(session, rose_site.maya).updates[0]
    assert [plain(each.parts) for each in card.comments] == ["3", "4"]
    assert (card.comment_total, card.more_comments) == (5, 3)


def test_a_phone_whose_clock_is_wrong_does_not_change_the_order(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    from_tomorrow = "ffffffff-ffff-7fff-bfff-ffffffffffff"
    comment(session, rose_site.ida, WriteComment(id=from_tomorrow, update_id=update_id, text="first"))
    reply(session, rose_site.maya, update_id, "second")

    assert [plain(each.parts) for each in alone(session, rose_site.tom, update_id).comments] == ["first", "second"]


@pytest.mark.both_databases
def test_all_comments_are_on_the_updates_page_fifty_at_a_time(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    with clock.freeze(START):
        written = [reply(session, rose_site.ida, update_id, str(n)) for n in range(120)]

    shown: list[str] = []
    before = ""
    while before or not shown:
        view = alone(session, rose_site.maya, update_id, before)
        shown = [each.id for each in view.comments] + shown
        before = view.earlier
    assert shown == sorted(written)


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_an_empty_comment_is_refused(session: Session, rose_site: Cast, text: str) -> None:
    update_id = post(session, rose_site.tom)

    with pytest.raises(Invalid):
        reply(session, rose_site.ida, update_id, text)


def test_only_its_author_edits_a_comment_and_who_manages_takes_it_away(session: Session, rose_site: Cast) -> None:
    comment_id = reply(session, rose_site.ida, post(session, rose_site.tom))

    for name in ("maya", "tom"):
        with pytest.raises(NotAllowed):
            edit_comment(session, rose_site.actor(name), EditComment(comment_id=comment_id, text="Other words"))
    edit_comment(session, rose_site.ida, EditComment(comment_id=comment_id, text="My words"))
    assert feed(session, rose_site.tom).updates[0].comments[0].is_edited

    with pytest.raises(NotAllowed):
        delete_comment(session, rose_site.tom, OneComment(comment_id=comment_id))
    delete_comment(session, rose_site.maya, OneComment(comment_id=comment_id))
    assert feed(session, rose_site.tom).updates[0].comment_total == 0


def test_nothing_can_be_said_to_what_one_does_not_see(session: Session, rose_site: Cast) -> None:
    hidden = post(session, rose_site.tom, audience=Audience.FAMILY)
    comment_id = reply(session, rose_site.maya, hidden)

    for act in (
        lambda: reply(session, rose_site.ida, hidden),
        lambda: react(session, rose_site.ida, React(update_id=hidden, kind="hug")),
        lambda: edit_comment(session, rose_site.ida, EditComment(comment_id=comment_id, text="x")),
        lambda: delete_comment(session, rose_site.cole, OneComment(comment_id=comment_id)),
        lambda: mark_mentions_seen(session, rose_site.ida, MarkMentionsSeen(update_id=hidden)),
        lambda: reply(session, rose_site.ida, new_id()),
    ):
        with pytest.raises(NotFound):
            act()


def test_who_may_only_see_says_nothing(stored_site: Cast) -> None:
    update_id = new_id()
    send(stored_site, "tom", "post_update", id=update_id, text="A quiet night")
    _let_friends_only_see()

    assert not stored_feed(stored_site, "ida").updates[0].can_comment
    for operation, more in [("comment", {"text": "Hello"}), ("react", {"kind": "hug"})]:
        with pytest.raises(NotAllowed):
            send(stored_site, "ida", operation, update_id=update_id, **more)


def test_a_draft_is_not_answered(session: Session, rose_site: Cast) -> None:
    draft = post(session, rose_site.tom, is_draft=True)

    with pytest.raises(Conflict):
        reply(session, rose_site.tom, draft)
    with pytest.raises(Conflict):
        react(session, rose_site.tom, React(update_id=draft, kind="hug"))


# Reactions


@pytest.mark.both_databases
def test_a_reaction_is_what_it_was_last_wanted_to_be(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    for kind in ("heart", "heart", "hug"):
        react(session, rose_site.ida, React(update_id=update_id, kind=kind))  # type: ignore[arg-type]
    react(session, rose_site.maya, React(update_id=update_id, kind="hug"))

    card = feed(session, rose_site.ida).updates[0]
    assert {each.kind: each.n for each in card.reactions if each.n} == {"hug": 2}
    assert (card.reaction_total, card.my_reaction) == (2, "hug")
    assert {each.kind: each.wanted for each in card.reactions}["hug"] == ""
    assert {each.kind: each.wanted for each in card.reactions}["heart"] == "heart"

    for _ in range(2):
        react(session, rose_site.ida, React(update_id=update_id, kind=""))
    assert feed(session, rose_site.ida).updates[0].my_reaction == ""
    assert feed(session, rose_site.ida).updates[0].reaction_total == 1


def test_an_update_says_who_reacted(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    react(session, rose_site.ida, React(update_id=update_id, kind="strength"))

    reactor = alone(session, rose_site.rose, update_id).reactors[0]
    assert (reactor.face.name, reactor.words) == ("Ida Berg", "Strength")


# Mentions


@pytest.mark.both_databases
def test_whoever_is_named_is_told_until_they_have_seen_it(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.maya, "Could you call the surgeon, @tom? @Ida, thank you.")
    reply(session, rose_site.rose, update_id, "@Tom Lind and bring my glasses")

    told = today(session, rose_site.tom, Nothing()).mentions
    assert [(each.by.name, each.is_comment) for each in told] == [("Rose Lind", True), ("Maya Lind", False)]
    assert len(today(session, rose_site.ida, Nothing()).mentions) == 1
    marked = [part.text for part in feed(session, rose_site.ida).updates[0].parts if part.is_mention]
    assert marked == ["@tom", "@Ida"]

    mark_mentions_seen(session, rose_site.tom, MarkMentionsSeen(update_id=update_id))
    mark_mentions_seen(session, rose_site.tom, MarkMentionsSeen())
    assert today(session, rose_site.tom, Nothing()).mentions == ()
    assert len(today(session, rose_site.ida, Nothing()).mentions) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Tom", {"tom"}),
        ("@TOM LIND!", {"tom"}),
        ("(@Tom), @ida.", {"tom", "ida"}),
        ("@Dr Cole, @Cole", {"cole"}),
        ("mail to maya@tom.org", set()),
        ("@Tommy", set()),
        ("@Dr", set()),
        ("@ Tom", set()),
        ("@Maya", set()),
        ("Tom", set()),
        ("@@Tom", set()),
        ("@Tom's", {"tom"}),
        ("\u202b@Tom", {"tom"}),
    ],
)
def test_names_are_found_as_whole_words(session: Session, rose_site: Cast, text: str, named: set[str]) -> None:
    post(session, rose_site.maya, text)

    assert {name for name in ("maya", "tom", "ida", "cole", "rose") if _is_told(session, rose_site, name)} == named


def test_two_of_one_name_are_both_meant_unless_the_whole_name_says_who(session: Session, rose_site: Cast) -> None:
    session.get_one(Member, rose_site.ida.member_id).name = "Tom Berg"

    post(session, rose_site.maya, "Thank you, @Tom Berg")
    assert (_is_told(session, rose_site, "tom"), _is_told(session, rose_site, "ida")) == (False, True)
    post(session, rose_site.maya, "Thank you, @Tom")
    assert _is_told(session, rose_site, "tom")


def test_only_those_who_may_see_it_are_told(session: Session, rose_site: Cast) -> None:
    post(session, rose_site.maya, "@Tom @Ida @Cole", audience=Audience.FAMILY)
    post(session, rose_site.tom, "@Rose", is_draft=True)

    assert [name for name in ("tom", "ida", "cole", "rose") if _is_told(session, rose_site, name)] == ["tom"]
    assert [mention.member_id for mention in session.exec(select(Mention))] == [rose_site.tom.member_id]


def test_a_draft_tells_those_it_names_once_it_is_published(session: Session, rose_site: Cast) -> None:
    draft = post(session, rose_site.tom, "@Rose, look", is_draft=True)

    publish_draft(session, rose_site.tom, OneUpdate(update_id=draft))

    assert _is_told(session, rose_site, "rose")


def test_an_edit_tells_whom_it_adds_and_forgets_whom_it_drops(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.maya, "@Tom and @Ida")
    mark_mentions_seen(session, rose_site.tom, MarkMentionsSeen())

    edit_update(session, rose_site.maya, edit(update_id, "@Tom and @Cole"))

    assert [name for name in ("tom", "ida", "cole") if _is_told(session, rose_site, name)] == ["cole"]


def test_what_was_taken_away_tells_nobody(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.maya, "@Tom")
    comment_id = reply(session, rose_site.maya, post(session, rose_site.maya, "x"), "@Ida")

    delete_update(session, rose_site.maya, OneUpdate(update_id=update_id))
    delete_comment(session, rose_site.maya, OneComment(comment_id=comment_id))

    assert not _is_told(session, rose_site, "tom")
    assert not _is_told(session, rose_site, "ida")


# Text


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.org/a?b=c&d=1.", "https://example.org/a?b=c&d=1"),
        ("(https://example.org/x_(y))", "https://example.org/x_(y)"),
        ("HTTP://EXAMPLE.ORG, please", "HTTP://EXAMPLE.ORG"),
        ("https://example.org\u202egro.live", "https://example.org"),
        ('https://example.org"onmouseover="x', "https://example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,hi", ""),
        ("https://", ""),
        ("https://...", ""),
    ],
)
def test_addresses_become_links_and_nothing_else_does(text: str, url: str) -> None:
    found = parts(text)

    assert next((part.url for part in found if part.url), "") == url
    assert plain(found) == text


@pytest.mark.parametrize(("text", "blank"), [("a", False), ("🙂", False), ("\u0301", False), ("\u200e\u00a0", True)])
def test_what_can_be_seen_is_not_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


def _is_told(session: Session, cast: Cast, name: str) -> bool:
    return bool(today(session, cast.actor(name), Nothing()).mentions)


def _let_friends_only_see() -> None:
    with db.unit_of_work() as session:
        site = session.exec(select(Site)).one()
        session.add(RoleGrant(site_id=site.id, role="friend", section=Section.JOURNAL, level=Right.SEE))

"""The family to look around with: made through the real doors, whole, and never twice."""

from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from careapp import clock, db
from careapp.access import Credentials
from careapp.accounts.passwords import prove
from careapp.demo import people, story
from careapp.demo.fill import PASSWORD, _today, fill
from careapp.demo.photos import SCENES
from careapp.journal.choices import REACTIONS, STATUS_MOODS, UPDATE_MOODS
from careapp.journal.views import JournalView
from careapp.models import AlertEntry, Delivery, Device, Job, Media, SignIn, Status, Update
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.today.views import TodayView


def test_the_demo_is_a_family_one_can_look_around_with(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _today.cache_clear()
    fill()
    said = capsys.readouterr().out
    rows = _rows()
    fill()

    assert "is there already" in capsys.readouterr().out
    assert _rows() == rows
    assert all(person.email in said for person in people.PEOPLE)
    assert PASSWORD in said
    with db.reading() as session:
        assert set(session.execute(select(col(Media.state))).scalars()) == {"ready"}
        assert session.execute(select(func.max(Update.published_at))).scalar_one() < clock.now()
        assert session.execute(select(func.max(Status.since))).scalar_one() < clock.now()
        assert session.execute(select(SignIn).where(col(SignIn.ended_at).is_(None))).all() == []
        assert session.execute(select(Job).where(col(Job.state) == "failed")).all() == []
        told = session.scalars(select(AlertEntry).where(col(AlertEntry.what).in_(("told", "nobody")))).all()
        assert [(entry.what, entry.detail["n"]) for entry in told] == [("told", 2)]
        assert session.execute(select(Device)).all() == []
        assert set(session.scalars(select(col(Delivery.state)))) == {"sent"}
    _look_as_each()


def _look_as_each() -> None:
    maya, tom, ida = (_signed_in(key) for key in (people.MAYA, people.TOM, people.IDA))
    everyone = [post for post in story.POSTS if post.audience == "everyone"]

    home = _today_of(maya)
    assert (home.status.place, home.frame.contact.name, home.frame.stand_in.name) == (
        "Home, by the kitchen window",
        "Maya Lind",
        "Tom Lind",
    )
    assert (len(home.requests), len(home.mentions), home.hints) == (1, 1, ())
    assert _journal_of(maya).draft_count == 1
    assert len(_journal_of(maya).pinned) == 1
    assert all(card.photos for card in _journal_of(ida).updates if card.milestone == "Home again")
    assert len(_all(ida)) == len(everyone) + 1
    assert len(_all(tom)) == len(everyone) + 3
    _look_at_the_work(maya, ida)


def _look_at_the_work(maya: Credentials, ida: Credentials) -> None:
    (video,) = read(QUERIES["messages.wall"], ida, "rose", {}).messages[0].photos
    assert (video.is_video, video.is_ready, video.duration) == (True, True, "0:05")
    help_wanted = read(QUERIES["helping.help_wanted"], ida, "rose", {})
    assert ([card.title for card in help_wanted.mine], len(help_wanted.offers)) == (
        ["Supper for two, the first week at home", "An hour at the piano"],
        1,
    )
    assert [card.is_thanked for card in help_wanted.done] == [True]
    assert {card.title for day in help_wanted.days for card in day.slots} >= {"To the blood test and back"}
    duties = read(QUERIES["duties.responsibilities"], maya, "rose", {})
    assert {"Transport", "Pets"} <= {duty.title for duty in duties.gaps}
    assert "Medicines" in [duty.title for duty in duties.settled]


def _all(who: Credentials) -> list[str]:
    view = _journal_of(who)
    return [card.id for card in (*view.pinned, *view.updates)]


def _journal_of(who: Credentials) -> JournalView:
    view = read(QUERIES["journal.journal"], who, "rose", {})
    assert isinstance(view, JournalView)
    return view


def _today_of(who: Credentials) -> TodayView:
    view = read(QUERIES["today.today"], who, "rose", {})
    assert isinstance(view, TodayView)
    return view


def _signed_in(key: str) -> Credentials:
    email = f"{key}@example.org"
    proof = {"email": email, "proof": prove(email, PASSWORD).stored}
    return Credentials(do(Asked("accounts.sign_in", proof), Credentials())["token"])


def _rows() -> dict[str, int]:
    with db.reading() as session:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def test_the_story_uses_only_what_there_is() -> None:
    assert {scene for post in story.POSTS for scene, _ in post.photos} <= SCENES.keys()
    assert {post.mood for post in story.POSTS} <= {"", *UPDATE_MOODS}
    assert {status.mood for status in story.STATUSES} <= STATUS_MOODS.keys()
    assert {kind for post in story.POSTS for _, kind in post.reactions} <= REACTIONS.keys()
    assert all(alt for _, alt in chain.from_iterable(post.photos for post in story.POSTS))

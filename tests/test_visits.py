"""What came of an appointment: an update with its parts, for those it is meant for, safe to correct."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from careapp import clock
from careapp.access import Actor
from careapp.errors import CareError, Invalid, NotFound
from careapp.helping.lists import Asking, asking
from careapp.ids import new_id
from careapp.journal.commands import OneUpdate
from careapp.journal.composing import Nothing, drafts
from careapp.journal.jobs import erase
from careapp.journal.operations import delete_update, edit_visit_outcome, post_visit_outcome, publish_draft
from careapp.journal.text import without_marks
from careapp.journal.visit_commands import EditVisitOutcome, PostVisitOutcome
from careapp.journal.visit_composing import VisitComposing, visit_composer
from careapp.journal.visit_text import whole_text
from careapp.models import Audience, Update, VisitOutcome
from careapp.schedule.commands import CancelAppointment, Scope
from careapp.schedule.composing import Composing as Planned
from careapp.schedule.composing import appointment_composer
from careapp.schedule.one import AppointmentPage, appointment
from careapp.schedule.operations import cancel_appointment
from careapp.sharing.share import WhatToShare, share
from careapp.sharing.views import ShareView
from tests.calendar_writing import TWICE_A_WEEK, added, changed
from tests.cast import START, Cast
from tests.journal_writing import alone, chosen, feed, photo, plain, post
from tests.notices import told, with_phones
from tests.statements import counted_statements

TOLD: dict[str, Any] = {
    "text": "The valve is **better** than in spring.",
    "visited_on": "2026-03-02",
    "provider": "Dr Meyer, heart clinic",
    "who_went": "Tom and Rose",
    "medicines": "- Ramipril 5 mg, from Monday\n- no more aspirin",
    "plan": "Walk every day",
    "condition": "better",
    "next_words": "Echo again",
    "next_on": "2026-06-04",
    "needs": "Someone who drives",
}


@pytest.fixture(autouse=True)
def _on_that_day() -> Any:
    with clock.freeze(START):
        yield


def tell(session: Session, actor: Actor, **more: Any) -> str:
    given = {"audience": Audience.FAMILY, **TOLD, **more}
    return post_visit_outcome(session, actor, PostVisitOutcome(id=new_id(), **given)).id


def correct(session: Session, actor: Actor, update_id: str, version: int = 1, **more: Any) -> None:
    given = {"audience": Audience.FAMILY, **TOLD, **more}
    edit_visit_outcome(session, actor, EditVisitOutcome(update_id=update_id, version=version, **given))


def test_an_outcome_stands_in_the_journal_with_its_parts(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom, photos=chosen(photo(session, rose_site.tom)))

    card = alone(session, rose_site.maya, update_id).update
    visit = card.visit
    assert (card.is_visit, plain(card.parts), len(card.photos)) == (True, "The valve is better than in spring.", 1)
    assert (visit.day, visit.provider, visit.who_went) == (
        "Monday, 2 March 2026", "Dr Meyer, heart clinic", "Tom and Rose",
    )  # fmt: skip
    assert [plain(item.parts) for item in visit.medicines[0].points] == [
        "Ramipril 5 mg, from Monday",
        "no more aspirin",
    ]
    assert (plain(visit.plan), visit.condition_words, plain(visit.needs)) == (
        "Walk every day", "A little better", "Someone who drives",
    )  # fmt: skip
    assert (plain(visit.next_words), visit.next_day) == ("Echo again", "Thursday, 4 June 2026")


def test_its_dates_and_parts_are_stored_for_what_is_planned_from_them(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom)

    row = session.exec(select(VisitOutcome).where(col(VisitOutcome.update_id) == update_id)).one()
    assert (row.site_id, row.visited_on, row.next_on, row.needs) == (
        rose_site.tom.site_id, date(2026, 3, 2), date(2026, 6, 4), "Someone who drives",
    )  # fmt: skip


def test_a_friend_sees_nothing_of_an_outcome_for_the_family(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom)

    assert feed(session, rose_site.ida).updates == ()
    for look in (
        lambda: alone(session, rose_site.ida, update_id),
        lambda: visit_composer(session, rose_site.ida, VisitComposing(update=update_id)),
        lambda: correct(session, rose_site.ida, update_id),
    ):
        with pytest.raises(CareError):
            look()


def test_it_begins_as_one_for_the_family(session: Session, rose_site: Cast) -> None:
    view = visit_composer(session, rose_site.tom, VisitComposing())

    assert [one.key for one in view.audiences if one.is_chosen] == ["family"]
    assert view.visited_on == ""


@pytest.mark.parametrize(
    "part", [{"text": "Fine."}, {"medicines": "None new"}, {"condition": "well"}, {"next_on": "2026-03-09"}]
)
def test_one_part_is_enough(session: Session, rose_site: Cast, part: dict[str, str]) -> None:
    command = PostVisitOutcome(visited_on="2026-03-02", **part)  # type: ignore[arg-type]
    post_visit_outcome(session, rose_site.tom, command)

    assert feed(session, rose_site.tom).updates[0].is_visit


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", {name: "" for name in TOLD if name != "visited_on"}),
        ("visited_on", {"visited_on": (START + timedelta(days=3)).date().isoformat()}),
        ("next_on", {"next_on": "2026-03-01"}),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    session: Session, rose_site: Cast, field: str, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        tell(session, rose_site.tom, **wrong)

    assert refused.value.fields.keys() == {field}
    assert feed(session, rose_site.tom).is_empty


@pytest.mark.parametrize("day", ["", "2026-13-01", "yesterday", "20260302x"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match="check the date"):
        PostVisitOutcome(visited_on=day, text="Fine.")


def test_a_correction_changes_every_part(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom)
    started = visit_composer(session, rose_site.tom, VisitComposing(update=update_id))
    assert (started.visited_on, started.next_on, started.medicines) == (
        "2026-03-02", "2026-06-04", TOLD["medicines"],
    )  # fmt: skip
    correct(session, rose_site.tom, update_id, medicines="", next_on="", plan="Rest", condition="")

    card = alone(session, rose_site.tom, update_id).update
    assert (card.is_edited, card.visit.medicines, card.visit.next_day, plain(card.visit.plan)) == (True, (), "", "Rest")
    assert card.visit.condition_words == ""


def test_what_is_told_of_an_appointment_starts_with_its_day_and_whom_it_was_with(
    session: Session, rose_site: Cast
) -> None:
    at = datetime(2026, 3, 6, 10)
    series = added(session, rose_site, provider="Dr Meyer", **TWICE_A_WEEK)
    asked = VisitComposing(appointment=series, at=at.isoformat())

    started = visit_composer(session, rose_site.tom, asked)
    assert (started.visited_on, started.provider) == ("2026-03-06", "Dr Meyer")
    changed(
        session, rose_site, "maya", series, at.isoformat(), scope=Scope.THIS, starts_on=date(2026, 3, 7), provider="Ida"
    )
    started = visit_composer(session, rose_site.tom, asked)
    assert (started.visited_on, started.provider) == ("2026-03-07", "Ida")
    assert started.told_of != visit_composer(session, rose_site.tom, VisitComposing()).told_of


def test_who_shares_an_outcome_sees_what_goes_out(session: Session, rose_site: Cast) -> None:
    def shown(update_id: str) -> ShareView:
        return share(session, rose_site.tom, WhatToShare(update=update_id))

    outcome = shown(tell(session, rose_site.tom, text="", needs="", condition=""))
    assert outcome.excerpt.startswith("After the appointment on Monday, 2 March 2026 Dr Meyer")
    assert outcome.parts == "Medicines, Plan, What is next"
    assert shown(post(session, rose_site.tom)).parts == ""


def test_what_is_next_and_what_is_needed_lead_to_the_calendar_and_to_asking(session: Session, rose_site: Cast) -> None:
    needs = "Someone who drives. " * 20
    update_id = tell(session, rose_site.tom, audience=Audience.EVERYONE, needs=needs)

    planned = appointment_composer(session, rose_site.tom, Planned(visit=update_id))
    assert (planned.starts_on, planned.title, planned.notes) == ("2026-06-04", "Echo again", "")
    asked = asking(session, rose_site.tom, Asking(visit=update_id))
    assert (len(asked.title) <= 120, asked.words) == (True, needs.strip())
    assert asked.title.startswith("Someone who drives.") and asked.title.endswith("…")


def test_the_ways_on_are_offered_to_who_may_write_the_schedule_while_the_day_is_to_come(
    session: Session, rose_site: Cast
) -> None:
    tom = rose_site.tom
    update_id = tell(session, tom, audience=Audience.EVERYONE)

    def offered(actor: Actor) -> tuple[bool, bool]:
        visit = alone(session, actor, update_id).update.visit
        return visit.can_plan, visit.is_ahead

    assert (offered(tom), offered(rose_site.ida)) == ((True, True), (False, True))
    with clock.freeze(START + timedelta(days=120)):
        assert offered(tom) == (True, False)


def test_what_follows_is_taken_from_what_its_reader_may_see(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom, is_draft=True)

    for look in (
        lambda: appointment_composer(session, rose_site.maya, Planned(visit=update_id)),
        lambda: asking(session, rose_site.maya, Asking(visit=update_id)),
        lambda: appointment_composer(session, rose_site.maya, Planned(visit=post(session, rose_site.maya))),
    ):
        with pytest.raises(NotFound):
            look()


def test_only_what_took_place_is_told_of(session: Session, rose_site: Cast) -> None:
    one = added(session, rose_site)
    asked = AppointmentPage(appointment=one)

    assert not appointment(session, rose_site.tom, asked).can_tell
    with clock.freeze(START + timedelta(days=3)):
        assert appointment(session, rose_site.tom, asked).can_tell
        cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=one))
        assert not appointment(session, rose_site.tom, asked).can_tell


def test_a_plain_update_cannot_be_made_an_outcome(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)

    with pytest.raises(NotFound):
        correct(session, rose_site.tom, update_id)
    with pytest.raises(NotFound):
        visit_composer(session, rose_site.tom, VisitComposing(update=update_id))


def test_a_draft_of_it_is_kept_for_its_author_and_taken_up_again(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom, is_draft=True)
    assert feed(session, rose_site.maya).is_empty
    assert [(one.id, one.is_visit) for one in drafts(session, rose_site.tom, Nothing()).drafts] == [(update_id, True)]

    publish_draft(session, rose_site.tom, OneUpdate(update_id=update_id))
    assert feed(session, rose_site.maya).updates[0].visit.provider == "Dr Meyer, heart clinic"


def test_it_is_told_as_any_update_to_those_it_is_for_without_saying_what_it_is(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    tell(session, rose_site.tom)

    assert told(session) == {name: ["Looking after Rose: a new update"] for name in ("Maya", "Rose")}


def test_long_parts_are_cut_in_the_feed_and_whole_alone(session: Session, rose_site: Cast) -> None:
    update_id = tell(session, rose_site.tom, plan="walk a little " * 100)

    (in_feed,) = feed(session, rose_site.maya).updates
    whole = alone(session, rose_site.maya, update_id).update
    assert in_feed.visit.is_cut and len(plain(in_feed.visit.plan)) <= 400
    assert not whole.visit.is_cut and len(plain(whole.visit.plan)) > 1300


def test_it_costs_the_feed_one_statement_whatever_their_number(session: Session, rose_site: Cast) -> None:
    def cost() -> int:
        session.expire_all()
        with counted_statements() as seen:
            feed(session, rose_site.maya)
        return len(seen)

    tell(session, rose_site.tom)
    one = cost()
    for _ in range(10):
        tell(session, rose_site.tom)

    assert cost() == one


def test_what_is_taken_away_is_erased_with_its_parts(stored_site: Cast) -> None:
    from careapp import db

    with db.unit_of_work() as session:
        cast = Cast(session)
        update_id = tell(session, cast.tom)
        delete_update(session, cast.tom, OneUpdate(update_id=update_id))
    with clock.freeze(START + timedelta(days=90)):
        erase({"update_id": update_id})

    with db.reading() as session:
        assert list(session.exec(select(VisitOutcome))) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("After the appointment on Monday, 2 March 2026", "Thursday, 4 June 2026", "A little better")),
        ("es", ("Después de la cita del lunes, 2 de marzo de 2026", "jueves, 4 de junio de 2026", "Un poco mejor")),
    ],
)
def test_behind_a_shared_link_it_is_written_out_in_the_readers_language(
    session: Session, rose_site: Cast, language: str, words: tuple[str, ...]
) -> None:
    update = session.get_one(Update, tell(session, rose_site.tom))

    read = without_marks(whole_text(session, update, language))
    for said in (
        *words,
        "Dr Meyer, heart clinic",
        "The valve is better than in spring.",
        "no more aspirin",
        "Echo again",
    ):
        assert said in read
    assert "**" not in read
    assert whole_text(session, session.get_one(Update, post(session, rose_site.tom, "Fine.")), language) == "Fine."

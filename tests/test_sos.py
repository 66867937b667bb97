"""Raising an SOS, answering it, standing it down, and what everyone sees of it."""

from typing import Any

from sqlmodel import Session

from careapp.models import Answer
from careapp.sos.alert_view import OneAlertPage
from careapp.sos.commands import AnswerAlert, RaiseAlert, StandDown
from careapp.sos.operations import answer_alert, raise_alert, stand_down
from careapp.sos.queries import alert
from careapp.sos.views import AlertView
from tests.cast import Cast


def call(session: Session, cast: Cast, name: str = "maya", **more: Any) -> str:
    return raise_alert(session, cast.actor(name), RaiseAlert(**more)).id


def look(session: Session, cast: Cast, name: str, alert_id: str = "") -> AlertView:
    return alert(session, cast.actor(name), OneAlertPage(alert=alert_id))


def test_a_call_for_help_is_answered_and_ends(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site, kind="fall", words="In the garden")
    assert (look(session, rose_site, "tom").mode, look(session, rose_site, "maya").mode) == ("receiver", "board")

    answer_alert(session, rose_site.tom, AnswerAlert(alert_id=raised, answer=Answer.ON_MY_WAY, minutes=10))
    view = look(session, rose_site, "maya")
    assert (view.people[0].name, view.people[0].state, view.people[0].minutes) == ("Tom Lind", "on_my_way", 10)

    stand_down(session, rose_site.tom, StandDown(alert_id=raised))
    assert look(session, rose_site, "maya").id == ""
    assert look(session, rose_site, "maya", raised).mode == "record"

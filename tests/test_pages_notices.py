"""The page about notifications as the server paints it, what the worker says, and devices that stay away."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import reflex as rx
from sqlmodel import Session

from careapp import catalogue, db
from careapp.models import Account, Device
from careapp.notices.page import notifications_page
from careapp.notify import devices
from careapp.notify.queries import notices_page
from careapp.notify.views import ChannelChoice, DeviceCard, KindRow, MutedSite, NoticesView
from careapp.notify.worker_words import SAID
from careapp.operation import Params
from careapp.settings import settings
from careapp.today.page import today_page
from careapp.today.queries import Nothing, today
from careapp.ui.el import Painting, painting
from careapp.ui.page import PAGES
from scripts.messages import ROOT
from tests.cast import Cast
from tests.client import Browser
from tests.push_keys import subscription

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PHONE = DeviceCard("d1", "Chrome, Android", AT, AT, AT, was_reached=True, is_confirmed=True, is_this=True)
TABLET = DeviceCard("d2", "<b>Safari</b>, iPad", AT, has_problem=True, problem="The last message did not get through.")
SOS = KindRow("sos", "SOS", "Someone calls for help.", (ChannelChoice("sos", "push", "SOS", "Push", True),))
VIEW = NoticesView(vapid_public_key="key", kinds=(SOS,), sites=(MutedSite("rose", "Rose", True),), has_sites=True)
ON = replace(VIEW, devices=(PHONE, TABLET), has_devices=True, has_this=True)
WORKER = [ROOT / "assets" / "sw" / name for name in ("clicks.js", "notice.js", "push.js")]


def painted(draw: Any, view: Any, language: str = "en") -> str:
    with painting(Painting(language, "UTC", "rose")):
        return str(draw(view))


def test_reflex_can_build_it() -> None:
    page = PAGES["/notifications"]

    built = page.draw(page.state.view)

    assert isinstance(built, rx.Component)
    assert built.render()


def test_without_a_device_the_reason_stands_before_the_button_that_asks() -> None:
    html = painted(notifications_page, VIEW)

    assert html.index("Hear at once when you are needed") < html.index("Switch on notifications")
    assert "Your devices" not in html
    assert "Send me a test" not in html


def test_a_device_says_when_it_was_reached_and_only_others_are_removed_from_here() -> None:
    html = painted(notifications_page, ON)

    assert "On for this device" in html
    assert "Switch on notifications" not in html
    phone, tablet = re.findall(r"<li[^>]*>.*?</li>", html[html.index("Your devices") :], re.S)[:2]
    assert "This device" in phone and "Confirmed" in phone and "Remove" not in phone
    assert "Nothing has reached it yet" in tablet and "did not get through" in tablet and "Remove" in tablet


def test_a_kind_says_what_one_hears_where_its_choices_do_not() -> None:
    words = "You hear of every change."

    assert words not in painted(notifications_page, VIEW)
    assert words in painted(notifications_page, replace(VIEW, kinds=(replace(SOS, note=words),)))


def test_what_a_browser_calls_itself_is_text() -> None:
    assert "&lt;b&gt;Safari&lt;/b&gt;, iPad" in painted(notifications_page, ON)


def test_a_silenced_site_says_that_an_sos_still_comes() -> None:
    assert "Silent but for an SOS" in painted(notifications_page, VIEW)


def test_letters_and_text_messages_are_offered_only_where_they_are_set_up(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offered() -> list[str]:
        view = notices_page(session, rose_site.tom, Params())
        assert {tuple(each.channel for each in kind.choices) for kind in view.kinds} == {
            tuple(channel.channel for channel in view.channels)
        }
        return [channel.channel for channel in view.channels]

    assert offered() == ["push"]

    monkeypatch.setattr(settings(), "smtp_url", "smtp://mail.example.org")
    assert offered() == ["push", "email"]

    monkeypatch.setattr(settings(), "sms_url", "json://sms.example.org")
    assert offered() == ["push", "email", "sms"]


def test_a_summary_says_where_none_is_sent() -> None:
    words = "E-mail is not set up on this server"

    assert words in painted(notifications_page, VIEW)
    assert words not in painted(notifications_page, replace(VIEW, has_mail=True))


def test_the_first_paint_invites_nobody(session: Session, rose_site: Cast) -> None:
    """Only the browser knows whether it was asked before."""
    assert "Not now" not in painted(today_page, today(session, rose_site.tom, Nothing()))


def test_the_catalogues_have_what_the_worker_says() -> None:
    code = "\n".join(file.read_text() for file in WORKER)
    sentences = set(re.findall(r'"([A-Z][^"]*\.)"', code))

    assert sentences == set(SAID)
    assert all(catalogue.translate("es", words) != words for words in SAID)


def test_what_its_owner_took_away_does_not_add_itself_again(stored_site: Cast) -> None:
    browser = Browser("tom")
    added = _registered(browser)
    assert browser.write("notify.remove_device", {"device_id": added["device_id"]}, site=None).status_code == 200

    assert _registered(browser, device_id=added["device_id"])["is_removed"]
    again = browser.write("notify.replace_device", subscription("phone", device_id=added["device_id"]), site=None)
    assert again.json()["answer"]["is_removed"]
    assert not _registered(browser)["is_removed"]  # switched on anew


def test_what_a_push_service_has_dropped_comes_back_at_the_next_start(stored_site: Cast) -> None:
    browser = Browser("tom")
    added = _registered(browser)
    with db.unit_of_work() as session:
        devices.forget(session, [added["device_id"]])

    again = _registered(browser, device_id=added["device_id"])

    assert (again["is_removed"], again["device_id"] != added["device_id"]) == (False, True)
    with db.reading() as session:
        assert session.get(Device, again["device_id"])


def _registered(browser: Browser, **more: str) -> dict[str, Any]:
    return browser.write("notify.register_device", subscription("phone", **more), site=None).json()["answer"]


def test_the_page_says_by_which_clock_hours_are_quiet(session: Session, rose_site: Cast) -> None:
    session.get_one(Account, rose_site.tom.account_id).time_zone = "Europe/Madrid"
    page = painted(notifications_page, notices_page(session, rose_site.tom, Params()))

    assert "The hours are by the clock in Madrid." in page
    assert 'href="/account"' in page
    assert "by the clock in UTC" in painted(notifications_page, notices_page(session, rose_site.ida, Params()))

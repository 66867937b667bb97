"""/who-can: who has said that they can at a time, on any day."""

from typing import Any

import reflex as rx

from careapp.availability.queries import who_can
from careapp.availability.views import WhoCanView
from careapp.pwa.keep import keeps_page
from careapp.ui.avatar import avatar
from careapp.ui.banner import banner
from careapp.ui.buttons import button, button_link
from careapp.ui.card import page_title, section_title
from careapp.ui.el import all_of, each, el, fragment, no, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge, row, row_words, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t


class WhoCanState(Reading, rx.State):
    view: WhoCanView = WhoCanView()


@page("/who-can", title="Who can when", state=WhoCanState, query=who_can)
def who_can_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/calendar"), t("Calendar")),
        page_title(t("Who can when")),
        show(view.shows_people, _answer(view), banner("info", t("You can see the calendar, but not who is here."))),
        show(view.frame.can_take_on, fragment(_mine(), keeps_page("/availability"))),
        place="calendar",
    )


def _answer(view: Any) -> Any:
    return el.div(
        _time(view),
        el.h2(view.words, class_name="mt-6 text-lg"),
        el.p(t("As the clock shows it in {place}", place=view.zone_words), class_name="text-sm text-muted"),
        show(all_of(no(view.is_any), no(view.cannot)), _nobody_yet()),
        show(view.can, _group(t("Can then"), view.can, badge(t("free"), "good", "check"))),
        show(view.could, _group(t("At other hours of that day"), view.could)),
        show(view.cannot, _group(t("Cannot that day"), view.cannot, badge(t("busy"), "plain"))),
        show(view.unsaid, _group(t("Have not said when they can"), view.unsaid)),
    )


def _time(view: Any) -> Any:
    """A plain form: it leads to an address, so it works before any script has run."""
    return el.form(
        el.input(type="hidden", name="site", value=view.frame.site),
        _field("on", t("Day"), view.on, "date", "col-span-2"),
        _field("at", t("From"), view.at, "time"),
        _field("until", t("Until"), view.until, "time"),
        button(t("Who can then?"), type="submit", class_name="col-span-2"),
        method="get",
        action="/who-can",
        key=view.on + view.at + view.until,
        class_name="grid grid-cols-2 gap-3",
    )


def _field(name: str, label: Any, value: Any, kind: str, look: str = "") -> Any:
    return el.label(
        el.span(label, class_name="mb-1 block text-sm font-semibold"),
        el.input(type=kind, name=name, default_value=value, required=True, class_name="field min-w-0"),
        class_name=f"block min-w-0 {look}",
    )


def _group(words: Any, people: Any, sign: Any = None) -> Any:
    return el.section(section_title(words), rows(each(people, lambda one: _person(one, sign))))


def _person(one: Any, sign: Any) -> Any:
    name = fragment(el.bdi(one.face.name), show(one.is_me, fragment(" ", badge(t("you"), "own"))))
    return row(
        avatar(one.face),
        row_words(name, *([one.hours])),
        *([sign] if sign is not None else []),
        key=one.member_id,
    )


def _nobody_yet() -> Any:
    return empty(
        "people",
        t("Nobody has said yet when they can. Begin with your own hours, and ask the others to say theirs."),
        example=t("For example: Tuesday and Thursday afternoon, and every second weekend."),
    )


def _mine() -> Any:
    return el.p(
        button_link(t("Say when I can"), to("/availability"), "secondary", "clock", wide=True), class_name="mt-6"
    )

"""The frame around every page: where one is, where one can go, what one can add, and whom to call."""

from typing import Any

from careapp.pwa.bars import offline_bar, unsent_sos_bar, update_bar
from careapp.pwa.keep import keeps_page
from careapp.pwa.waiting import refused_bar
from careapp.ui.avatar import avatar
from careapp.ui.banner import toasts
from careapp.ui.buttons import button_link, outside_link
from careapp.ui.el import all_of, each, el, fragment, link, no, show
from careapp.ui.icons import icon
from careapp.ui.mark import mark
from careapp.ui.nav import SITES_SHEET, add_sheet, bottom_bar, site_row, site_switch
from careapp.ui.photo import viewer
from careapp.ui.places import to
from careapp.ui.sheet import sheet
from careapp.ui.words import t

SOS_PAGE = "/sos"


def site_frame(frame: Any, *content: Any, place: str = "", aside: Any = None, shows_sos: bool = True) -> Any:
    """The frame of a site's page. `place`: today, journal, people or more, the one that is marked; sos where none is.

    `frame` is what the query `careapp.sites.frame.frame` answers. On a desktop
    `aside` stands in the right column under the point of contact. `shows_sos=False` on the page of an SOS itself.
    """
    return el.div(
        skip_link(),
        _top(frame, shows_sos),
        el.div(
            bottom_bar(place, frame),
            el.main(*content, id="main", tab_index=-1, class_name="frame-main"),
            el.aside(
                contacts(frame),
                *([aside] if aside is not None else []),
                aria_label=t("Who to turn to"),
                class_name="frame-aside",
            ),
            class_name="frame-in",
        ),
        add_sheet(frame),
        _sites_sheet(frame),
        viewer(),
        toasts(),
        data_colour=frame.colour,
        class_name="frame",
    )


def plain_frame(*content: Any, wide: bool = False, colour: Any = "teal", end: Any = None, sos_of: Any = None) -> Any:
    """The frame of a page outside any site: landing, signing in, starting a site, joining. `end` stands top right.

    For a page of a site that is to be free of the places, `sos_of` is its frame: the way to an SOS is there too.
    """
    width = "max-w-5xl" if wide else "max-w-xl"
    ends = [*([end] if end is not None else []), *([sos_pill(sos_of)] if sos_of is not None else [])]
    return el.div(
        skip_link(),
        el.header(
            link("/", brand(), class_name="flex min-h-12 items-center"),
            *ends,
            data_chrome="",
            class_name=f"mx-auto flex w-full flex-wrap items-center justify-between gap-x-3 px-4 py-2 {width}",
        ),
        *([sos_bar(sos_of), sos_elsewhere(sos_of)] if sos_of is not None else []),
        unsent_sos_bar(SOS_PAGE),
        offline_bar(class_name="bar bg-sunken"),
        refused_bar(class_name="bg-accent-soft"),
        update_bar(class_name="bar bg-tint"),
        el.main(
            *content,
            id="main",
            tab_index=-1,
            class_name=f"mx-auto w-full flex-1 px-4 pt-4 pb-16 outline-none {width}",
        ),
        toasts(),
        data_colour=colour,
        class_name="flex min-h-dvh flex-col",
    )


def contacts(frame: Any) -> Any:
    """The point of contact and who stands in, as cards; nothing for those who may not see them."""
    return el.div(
        show(frame.contact.name, contact_card(frame.contact, t("Point of contact"))),
        show(frame.stand_in.name, contact_card(frame.stand_in, t("Stands in"))),
        class_name="flex flex-col gap-4",
    )


def contact_card(contact: Any, what: Any) -> Any:
    """Whom to turn to, with what they are to the person, and buttons to call and to write where a number is known."""
    return el.section(
        el.h2(what, class_name="text-sm font-semibold text-muted"),
        el.div(
            avatar(contact, "lg"),
            el.div(
                el.p(contact.name, class_name="text-lg font-semibold"),
                show(contact.is_me, el.p(t("That is you"), class_name="text-sm text-muted")),
                show(
                    all_of(contact.relation != "", no(contact.is_me)),
                    el.p(contact.relation, class_name="text-sm text-muted"),
                ),
                class_name="min-w-0",
            ),
            class_name="mt-2 flex items-center gap-3",
        ),
        show(
            all_of(contact.call_href != "", no(contact.is_me)),
            el.div(
                outside_link(t("Call"), contact.call_href, "primary", "phone", class_name="flex-1"),
                outside_link(t("Message"), contact.message_href, "secondary", "message", class_name="flex-1"),
                class_name="mt-4 flex flex-wrap gap-3",
            ),
        ),
        class_name="card p-4",
    )


def sos_pill(frame: Any) -> Any:
    """The way to the SOS page, in the same corner of every page of a site: one touch, the second one raises.

    The page is kept on the device, so that it opens with its numbers where there is no connection.
    """
    pill = link(
        to(SOS_PAGE),
        el.span(t("SOS"), class_name="rounded-full bg-sos px-4 py-2.5 font-bold leading-none text-on-sos"),
        el.span(" ", t("call for help"), class_name="sr-only"),
        class_name="-my-2 -me-2 flex h-16 min-w-16 flex-none items-center justify-center px-2",
    )
    return show(frame.can_raise_sos, fragment(pill, keeps_page(SOS_PAGE)))


def sos_bar(frame: Any) -> Any:
    """An open SOS, on top of every page: what happened and who comes. A drill says that it is one."""
    sos = frame.sos
    name = show(sos.is_drill, t("Drill"), t("SOS"))
    look = "flex min-h-12 items-center gap-3 px-4 py-2 leading-snug"
    words = el.span(
        el.strong(name, ": "),
        t(sos.happened, name=frame.called),
        " ",
        t(sos.answer_words, name=sos.by),
        class_name="min-w-0 flex-1",
    )
    bar = link(
        to("/alert", alert=sos.id),
        icon("warning"),
        words,
        icon("forward", class_name="icon-sm"),
        class_name=show(sos.is_drill, f"{look} bg-accent-soft text-ink", f"{look} bg-sos text-on-sos"),
    )
    return el.div(show(sos.id, bar), role="status")


def sos_elsewhere(frame: Any) -> Any:
    """An SOS that is open on another site of the member's."""
    return el.div(each(frame.sites, _sos_of), role="status")


def _sos_of(other: Any) -> Any:
    bar = link(
        other.sos_href,
        icon("warning"),
        el.span(
            el.strong(t("SOS"), ": "), t("{name} needs help now.", name=other.person.name), class_name="min-w-0 flex-1"
        ),
        icon("forward", class_name="icon-sm"),
        class_name="flex min-h-12 items-center gap-3 bg-sos px-4 py-2 leading-snug text-on-sos",
    )
    return el.div(show(all_of(other.sos_href != "", no(other.is_current)), bar), key=other.href)


def skip_link() -> Any:
    """The first stop of the keyboard: past the frame to the page itself."""
    return el.a(
        t("Skip to the page"),
        href="#main",
        data_skips="main",
        class_name="button button-primary fixed start-2 top-2 z-50 -translate-y-24 focus:translate-y-0",
    )


def brand() -> Any:
    """The mark and the name."""
    return el.span(
        mark(),
        el.span("Careapp", class_name="text-lg font-bold"),
        class_name="flex items-center gap-2.5",
    )


def back_link(target: Any, words: Any) -> Any:
    """The way back, on top of a page that is not one of the places."""
    return link(
        target,
        icon("back"),
        words,
        class_name="-ms-2 mb-2 inline-flex min-h-12 items-center gap-2 px-2 font-medium wrap-anywhere text-primary",
    )


def _top(frame: Any, shows_sos: bool) -> Any:
    """The person, and the bars that must never cover what one came for: they push the page down."""
    return el.header(
        el.div(site_switch(frame), sos_pill(frame), class_name="frame-top-in"),
        *([sos_bar(frame)] if shows_sos else []),
        sos_elsewhere(frame),
        unsent_sos_bar(SOS_PAGE),
        offline_bar(class_name="bar bg-sunken"),
        refused_bar(class_name="bg-accent-soft"),
        update_bar(class_name="bar bg-tint"),
        data_chrome="",
        class_name="frame-top",
    )


def _sites_sheet(frame: Any) -> Any:
    return sheet(
        SITES_SHEET,
        t("Your sites"),
        el.nav(each(frame.sites, site_row), aria_label=t("Your sites"), class_name="-mx-3 grid gap-1"),
        button_link(t("Start another site"), "/start", "quiet", "plus", class_name="mt-3"),
    )

"""/guests: a link with a PIN for people without an account, and who came by it to one request for help."""

from typing import Any

import reflex as rx

from careapp.guests.operations import make_guest_link, revoke_guest_link
from careapp.guests.queries import guests
from careapp.guests.views import GuestsView
from careapp.helping.parts import guest_contact
from careapp.pwa.send import action_button, care_form, form_words
from careapp.said import mark
from careapp.sharing.parts import hand_on, how_long, opened
from careapp.ui.banner import banner
from careapp.ui.buttons import submit_button
from careapp.ui.card import card, card_title, page_title, section_title
from careapp.ui.el import each, el, join, no, show
from careapp.ui.facts import small_facts
from careapp.ui.fields import form_stack
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge, qr_code
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, when

DAYS = ((2, mark("2 days")), (14, mark("2 weeks")), (60, mark("2 months")))


class GuestsState(Reading, rx.State):
    view: GuestsView = GuestsView()


@page("/guests", title="Guests", state=GuestsState, query=guests)
def guests_page(view: Any) -> Any:
    about = t(
        "By a link and its PIN someone without an account can take one time of this, or write to you once. "
        "They see nothing else of the site."
    )
    return site_frame(
        view.frame,
        back_link(to("/help-request", request=view.request_id), said(view.title)),
        page_title(t("Guests"), about),
        show(view.made.id, lambda: _made(view)),
        show(view.guests, lambda: _guests(view)),
        show(view.links, lambda: _links(view)),
        show(no(view.is_closed), _form(view)),
        place="calendar",
    )


def _made(view: Any) -> Any:
    one = view.made
    return card(
        card_title(t("The link is ready")),
        el.p(t("It works until"), " ", when(one.expires_at, "day"), ".", class_name="mt-1 text-muted"),
        el.div(
            el.p(t("PIN"), class_name="text-sm text-muted"),
            el.p(one.pin, class_name="text-2xl font-semibold tracking-[0.2em] tabular-nums"),
            el.p(t("It is shown this once. Tell it by another way than the link, for example by phone.")),
            class_name="my-4 rounded-card bg-accent-soft px-4 py-3",
        ),
        hand_on(one),
        el.div(qr_code(view.qr.path, view.qr.view_box, t("The link as a code to scan")), class_name="mt-5"),
        el.p(one.address, class_name="mt-4 break-all text-sm text-muted"),
        role="status",
        class_name="mb-6 border-2 border-primary",
    )


def _form(view: Any) -> Any:
    form = care_form(
        form_stack(how_long(DAYS, 14), submit_button(t("Make the link"))),
        form_words(),
        operation=make_guest_link,
        fixed={"request_id": view.request_id},
        next=join(to("/guests", request=view.request_id), "&link={link_id}"),
        offline=False,
        key=join("guests-", view.request_id),
    )
    return el.section(section_title(t("A link for guests")), card(form))


def _links(view: Any) -> Any:
    return el.section(section_title(t("Open links")), el.ul(each(view.links, _link), class_name="flex flex-col gap-3"))


def _link(one: Any) -> Any:
    take_back = action_button(
        t("Take it back"),
        revoke_guest_link,
        {"link_id": one.id},
        t("Take this link back? From then on it leads nowhere. What guests have taken on stays theirs."),
        class_name="button button-quiet px-3",
    )
    return el.li(
        small_facts(
            (True, opened(one)),
            (True, el.span(t("until"), " ", when(one.expires_at, "day"))),
            (True, el.span(t("made by {name}", name=one.by), " ", when(one.made_at))),
        ),
        el.div(hand_on(one, "quiet"), take_back, class_name="-mx-3 mt-1 flex flex-wrap gap-1"),
        key=one.id,
        class_name="card p-4",
    )


def _guests(view: Any) -> Any:
    return el.section(
        section_title(t("Who came by a link")),
        banner("info", t("Careapp cannot reach guests. If something changes, please tell them."), class_name="mb-3"),
        el.ul(each(view.guests, _guest), class_name="card divide-y divide-line"),
    )


def _guest(one: Any) -> Any:
    """What they have taken, or what they wrote, or that they let go again."""
    nothing = el.p(t("has let go again"), class_name="text-sm text-muted")
    return el.li(
        el.div(
            el.bdi(one.name, class_name="font-semibold"),
            show(one.is_done, badge(t("done"), "good", "check")),
            class_name="flex flex-wrap items-center gap-2",
        ),
        show(one.takes, el.p(one.takes)),
        show(one.words, el.p(one.words, dir="auto", class_name="prose-words")),
        show(one.has_let_go, nothing),
        show(one.contact, guest_contact(one.contact, one.contact_href)),
        el.p(when(one.at), class_name="text-sm text-muted"),
        key=one.id,
        class_name="px-4 py-3",
    )

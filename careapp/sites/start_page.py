"""/start: a site in four steps, one question each."""

from typing import Any

import reflex as rx

from careapp.accounts.sign_in_page import WAY, register_form
from careapp.journal.operations import post_update
from careapp.pwa.picker import photo_picker
from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.pwa.share import copy_button, share_button
from careapp.pwa.waiting import waiting_list
from careapp.sites.operations import invite, set_privacy, start_site
from careapp.sites.starting import NAME, PRIVACY, REGISTER, SHARE, Starting, starting
from careapp.ui.buttons import button_link, submit_button
from careapp.ui.card import card, card_title, page_title
from careapp.ui.el import choose, el, join, link, show
from careapp.ui.empty import steps
from careapp.ui.fields import choice_cards, form_stack, text_area, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import qr_code
from careapp.ui.shell import plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t

TOTAL = 4


class StartState(Reading, rx.State):
    view: Starting = Starting()


@page("/start", title="Start a site", state=StartState, query=starting, skeleton=plain_skeleton)
def start_page(view: Any) -> Any:
    drawn = {
        REGISTER: lambda: _register(),
        NAME: lambda: _name(view),
        PRIVACY: lambda: _privacy(view),
        SHARE: lambda: _share(view),
    }
    return plain_frame(steps(view.step, TOTAL), choose(view.step, drawn))


def _register() -> Any:
    return el.div(
        page_title(t("First, an account for you"), t("So that you can come back on any phone or computer.")),
        register_form("/start?step=2"),
        link("/sign-in?next=%2Fstart%3Fstep%3D2", t("I have an account already"), class_name=f"mt-6 {WAY}"),
    )


def _name(view: Any) -> Any:
    """Sent twice, or again after coming back, it is the same site."""
    called = t("What they like to be called")
    hint = t("For example: Looking after Rose")
    return el.div(
        page_title(t("Who is this site for?"), t("The person you look after. You can change all of this later.")),
        care_form(
            el.input(type="hidden", name="site_id", data_type="id", default_value=view.site_id),
            el.input(type="hidden", name="privacy", default_value=view.privacy),
            form_stack(
                text_field("person_name", t("Their name"), value=view.person_name, auto_complete="off"),
                text_field("called", called, value=view.nickname, optional=True, auto_complete="off"),
                text_field("name", t("Name of the site"), value=view.site_name, optional=True, hint=hint),
            ),
            form_words(),
            _onward(t("Continue")),
            operation=start_site,
            next="/start?site={site}&step=3",
            behind="/start?site={site}&step=2",
            draft=join("start", view.site_id),
            offline=False,
            key=view.site_id,
        ),
    )


def _privacy(view: Any) -> Any:
    return el.div(
        page_title(t("Who may visit?"), t("You can change this at any time.")),
        care_form(
            choice_cards(
                "privacy",
                t("Who may visit"),
                [
                    ("invited", t("Only people I invite"), t("Nobody else learns that the site exists.")),
                    (
                        "ask",
                        t("People who ask, and whom I let in"),
                        t("They see the name of the site, and a button to ask."),
                    ),
                    ("link", t("Anyone with the link"), t("They read what is for everyone. They cannot write.")),
                ],
                value=view.privacy,
            ),
            form_words(),
            _onward(t("Continue")),
            operation=set_privacy,
            next=join("/start?step=4&site=", view.site),
            offline=False,
        ),
    )


def _share(view: Any) -> Any:
    return el.div(
        page_title(
            t("The first news, and the first guests"),
            t("A few words are enough. The others see them as soon as they join."),
        ),
        card(show(view.posted, lambda: _posted(view), lambda: _first_update(view)), class_name="mb-5"),
        card(_invitation(view), class_name="mb-5"),
        button_link(t("Go to the site"), join("/today?site=", view.site), "secondary", wide=True),
    )


def _first_update(view: Any) -> Any:
    return care_form(
        form_stack(
            text_area("text", t("How are things?"), rows=3, optional=True),
            el.div(field_error("photos"), photo_picker()),
            submit_button(t("Post")),
        ),
        form_words(),
        operation=post_update,
        draft="first-update",
        next=join("/start?step=4&posted=yes&site=", view.site, "&invitation=", view.invitation),
    )


def _posted(view: Any) -> Any:
    return el.div(
        el.p(t("The first news is written."), class_name="font-semibold"),
        waiting_list(post_update, edit_at=to("/write"), class_name="mt-3 grid gap-3"),
        button_link(t("See it in the journal"), join("/journal?site=", view.site), "quiet", class_name="mt-1"),
    )


def _invitation(view: Any) -> Any:
    return el.div(
        card_title(t("Invite someone")),
        show(view.has_link, lambda: _link(view), lambda: _make_link(view)),
    )


def _make_link(view: Any) -> Any:
    return el.div(
        el.p(t("A link for one person. Send it by any messenger, or let them scan it."), class_name="mt-1 text-muted"),
        action_button(
            t("Make an invitation for family"),
            invite,
            {"role": "family"},
            next=join("/start?step=4&site=", view.site, "&posted=", view.posted, "&invitation={invitation_id}"),
            offline=False,
            class_name="button button-secondary mt-4 w-full",
        ),
    )


def _link(view: Any) -> Any:
    return el.div(
        el.p(t("One person can join with this link within 10 days."), class_name="mt-1 text-muted"),
        el.div(qr_code(view.qr.path, view.qr.view_box, t("The invitation as a code to scan")), class_name="mt-4"),
        el.div(
            share_button(
                t("Share the link"),
                url=view.link,
                title=t("Looking after {name} together", name=view.called),
                class_name="button button-primary flex-1",
            ),
            copy_button(t("Copy"), text=view.link, class_name="button button-secondary flex-1"),
            class_name="mt-4 flex flex-wrap gap-3",
        ),
    )


def _onward(label: Any) -> Any:
    return el.div(submit_button(label), class_name="mt-8")

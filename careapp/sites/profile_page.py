"""/profile: who the person is and what they wish, so that it is at hand where decisions are made."""

from typing import Any

import reflex as rx

from careapp.pwa.picker import photo_field
from careapp.pwa.send import care_form, form_words
from careapp.sites.operations import edit_profile
from careapp.sites.site_view import ProfileView, profile
from careapp.sites.wishes_card import wish, wish_list
from careapp.ui.avatar import avatar
from careapp.ui.buttons import submit_button
from careapp.ui.card import card
from careapp.ui.el import el, show
from careapp.ui.empty import empty
from careapp.ui.fields import form_stack, text_area, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, tn


class ProfileState(Reading, rx.State):
    view: ProfileView = ProfileView()


@page("/profile", title="Wishes and preferences", state=ProfileState, query=profile)
def profile_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        _who(view),
        show(view.is_empty, lambda: _nothing_yet(), lambda: _wishes(view)),
        show(view.can_edit, lambda: _edit(view)),
        place="more",
    )


def _who(view: Any) -> Any:
    return el.header(
        avatar(view.frame.person, "xl"),
        el.h1(view.frame.called, class_name="mt-3 text-2xl"),
        el.p(
            view.name,
            show(view.age, el.span(" · ", tn("{n} year old", "{n} years old", view.age))),
            class_name="text-muted",
        ),
        class_name="mb-5 flex flex-col items-center text-center",
    )


def _nothing_yet() -> Any:
    return empty(
        "home", t("Nothing is written here yet. What comforts them, what they like to eat, what matters to them?")
    )


def _wishes(view: Any) -> Any:
    return card(
        el.dl(
            wish(t("About them"), view.about),
            *wish_list(view),
            class_name="divide-y divide-line",
        )
    )


def _edit(view: Any) -> Any:
    return el.details(
        el.summary(t("Edit"), class_name="button button-secondary mt-5 w-full"),
        card(
            care_form(
                form_stack(
                    photo_field("photo_media_id", t("Choose a photo"), view.photo),
                    text_field("name", t("Name"), value=view.name, id="profile-name"),
                    text_field("called", t("What they like to be called"), value=view.called, optional=True),
                    text_field("born_on", t("Date of birth"), value=view.born_on, type="date", optional=True),
                    text_area("about", t("About them"), value=view.about, optional=True, max_length=2000),
                    text_area("comforts", t("What comforts them"), value=view.comforts, optional=True, max_length=1000),
                    text_area(
                        "dislikes", t("What they do not like"), value=view.dislikes, optional=True, max_length=1000
                    ),
                    text_area("food", t("Food and drink"), value=view.food, optional=True, max_length=1000),
                    text_field("language", t("Language"), value=view.language, optional=True, max_length=200),
                    text_area(
                        "faith", t("Faith and customs"), value=view.faith, optional=True, rows=2, max_length=1000
                    ),
                    submit_button(t("Save")),
                ),
                form_words(),
                operation=edit_profile,
                draft="profile",
                reset=False,
                next=to("/profile"),
            ),
            class_name="mt-4",
        ),
    )

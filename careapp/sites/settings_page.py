"""/settings: the name, address and look of the site, who may visit, and its end."""

from typing import Any

import reflex as rx

from careapp.pwa.picker import photo_field
from careapp.pwa.send import care_form, form_words
from careapp.pwa.share import copy_button, share_button
from careapp.sites.operations import delete_site, edit_site, set_privacy
from careapp.sites.site_view import SettingsView, site_settings
from careapp.ui.buttons import button, submit_button
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import each, el, join, show
from careapp.ui.fields import form_stack, select_each, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t


class SettingsState(Reading, rx.State):
    view: SettingsView = SettingsView()


@page("/settings", title="Settings of this site", state=SettingsState, query=site_settings)
def settings_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(t("Settings of this site"), view.name),
        card(_address(view)),
        show(view.can_edit, lambda: _look(view)),
        show(view.can_manage, lambda: _visitors(view), lambda: el.p(said(view.privacy_words), class_name="mt-6")),
        show(view.can_manage, lambda: _room(view)),
        show(view.can_manage, lambda: _ending(view)),
        place="more",
    )


def _address(view: Any) -> Any:
    return el.div(
        el.h2(t("Address"), class_name="text-lg"),
        el.p(view.link, class_name="mt-1 break-all text-muted"),
        el.div(
            share_button(t("Share"), url=view.link, title=view.name, class_name="button button-secondary flex-1"),
            copy_button(t("Copy"), text=view.link, class_name="button button-secondary flex-1"),
            class_name="mt-4 flex flex-wrap gap-3",
        ),
    )


def _look(view: Any) -> Any:
    return el.div(
        section_title(t("Name and look")),
        card(
            care_form(
                form_stack(
                    text_field("name", t("Name of the site"), value=view.name),
                    text_field(
                        "address",
                        t("Address"),
                        value=view.address,
                        hint=join(view.starts_with, "…"),
                        auto_capitalize="none",
                    ),
                    el.fieldset(
                        el.legend(t("Colour"), class_name="font-semibold"),
                        el.div(each(view.colours, _colour), class_name="mt-2 flex flex-wrap gap-2"),
                    ),
                    photo_field("cover_media_id", t("Choose a cover photo"), view.cover),
                    select_each(
                        "country",
                        t("Country"),
                        view.countries,
                        value=view.country,
                        hint=t("For the right emergency number."),
                    ),
                    submit_button(t("Save")),
                ),
                form_words(),
                operation=edit_site,
                reset=False,
                offline=False,
                next="/settings?site={site}",
            )
        ),
    )


def _colour(option: Any) -> Any:
    return el.label(
        el.input(
            type="radio", name="colour", value=option.value, default_checked=option.is_chosen, class_name="sr-only"
        ),
        el.span(class_name="size-5 rounded-full bg-primary"),
        said(option.words),
        data_colour=option.value,
        key=option.value,
        class_name="chip gap-2",
    )


def _visitors(view: Any) -> Any:
    return el.div(
        section_title(t("Who may visit")),
        card(
            care_form(
                el.fieldset(
                    el.legend(t("Who may visit"), class_name="sr-only"),
                    el.div(each(view.privacies, _privacy), class_name="grid gap-3"),
                ),
                form_words(),
                submit_button(t("Save")),
                operation=set_privacy,
                reset=False,
                offline=False,
                class_name="grid gap-4",
            )
        ),
    )


def _privacy(option: Any) -> Any:
    return el.label(
        el.input(type="radio", name="privacy", value=option.value, default_checked=option.is_chosen, class_name="tick"),
        el.span(said(option.words)),
        key=option.value,
        class_name="choice",
    )


def _room(view: Any) -> Any:
    return el.div(
        section_title(t("Photos, videos and books")),
        card(
            el.p(t("{taken} of {most} are taken.", taken=view.taken, most=view.most)),
            el.p(
                t("What stood in a deleted update frees its room after {days} days.", days=view.restore_days),
                " ",
                t("Whoever runs this server can allow more (CAREAPP_MAX_SITE_BYTES)."),
                class_name="mt-1 text-sm text-muted",
            ),
        ),
    )


def _ending(view: Any) -> Any:
    return el.details(
        el.summary(t("Delete this site"), class_name="button button-quiet mt-8"),
        card(
            el.p(
                t(
                    "Nobody sees it any more. For {days} days a coordinator can bring it back; then it is erased.",
                    days=view.restore_days,
                )
            ),
            care_form(
                text_field("name", t("Type the name of the site to delete it"), id="delete-name", auto_complete="off"),
                form_words(),
                button(t("Delete this site"), "danger", type="submit"),
                operation=delete_site,
                offline=False,
                next="/sites",
                class_name="mt-4 grid gap-4",
            ),
            class_name="mt-3",
        ),
    )

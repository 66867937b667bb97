"""/share: an update, or one photo of it, by a link that works without an account, for a while."""

from typing import Any

import reflex as rx

from careapp.pwa.send import care_form, field_error, form_words
from careapp.said import mark
from careapp.sharing.operations import share_by_link
from careapp.sharing.parts import LEGEND, hand_on, how_long, link_row, thumbnail
from careapp.sharing.queries import share
from careapp.sharing.views import ShareView
from careapp.ui.banner import banner
from careapp.ui.buttons import QUIET_LINK, submit_button
from careapp.ui.card import card, card_title, page_title, section_title
from careapp.ui.el import each, el, join, link, no, show
from careapp.ui.fields import form_stack, switch
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import day_and_time, said, t, when

DAYS = ((1, mark("1 day")), (7, mark("7 days")), (30, mark("30 days")))


class ShareState(Reading, rx.State):
    view: ShareView = ShareView()


@page("/share", title="Share by a link", state=ShareState, query=share)
def share_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/update", update=view.update_id), t("The update")),
        page_title(
            t("Share by a link"), t("Whoever has the link sees this, without an account, and nothing else of the site.")
        ),
        show(view.made.id, lambda: _made(view.made)),
        _what_it_is(view),
        _form(view),
        show(view.links, lambda: _open_links(view)),
        link(to("/links"), t("All open links"), class_name=f"mt-4 {QUIET_LINK}"),
        place="journal",
    )


def _made(one: Any) -> Any:
    return card(
        card_title(t("The link is ready")),
        el.p(t("It works until"), " ", day_and_time(one.expires_at), ".", class_name="mt-1 mb-4 text-muted"),
        hand_on(one),
        el.p(one.address, class_name="mt-4 break-all text-sm text-muted"),
        role="status",
        class_name="mb-6 border-2 border-primary",
    )


def _what_it_is(view: Any) -> Any:
    written = el.blockquote(
        el.p(view.author, " · ", when(view.at, "day"), class_name="text-sm text-muted"),
        el.p(view.excerpt, dir="auto", class_name="wrap-anywhere"),
        show(view.parts, el.p(t("Whole, it also shows: {parts}", parts=view.parts), class_name="mt-1 font-semibold")),
        class_name="border-s-4 border-line ps-3",
    )
    narrow = banner(
        "warm",
        el.p(t("Not everyone on the site sees this update:"), " ", said(view.audience_words), "."),
        el.p(t("Whoever gets the link will see it all the same, and can pass it on."), class_name="mt-1 font-semibold"),
        class_name="mt-4",
    )
    return el.div(written, show(no(view.is_for_everyone), narrow), class_name="mb-6")


def _form(view: Any) -> Any:
    return care_form(
        form_stack(
            show(view.photos, lambda: _whole_or_one(view)),
            how_long(DAYS, 7),
            show(view.photos, lambda: _preview()),
            submit_button(t("Make the link")),
        ),
        form_words(),
        operation=share_by_link,
        fixed={"update_id": view.update_id},
        next=join(to("/share", update=view.update_id), "&link={link_id}"),
        offline=False,
        key=join("share-", view.update_id),
    )


def _whole_or_one(view: Any) -> Any:
    return el.fieldset(
        el.legend(t("What do you share?"), class_name=LEGEND),
        field_error("media_id"),
        el.div(
            el.label(
                _pick("", no(view.is_photo_chosen)),
                el.span(t("The whole update"), class_name="font-semibold"),
                class_name="choice",
            ),
            el.div(each(view.photos, _one_photo), class_name="mt-3 grid grid-cols-3 gap-3"),
            class_name="mt-2",
        ),
    )


def _one_photo(photo: Any) -> Any:
    return el.label(
        _pick(photo.id, photo.is_chosen),
        thumbnail(photo.id, "aspect-square w-full"),
        el.span(show(photo.alt, photo.alt, t("Only this photo or video")), class_name="sr-only"),
        key=photo.id,
        class_name="choice flex-col p-2",
    )


def _pick(value: Any, is_chosen: Any) -> Any:
    return el.input(
        type="radio", name="media_id", value=value, data_type="optional", default_checked=is_chosen, class_name="tick"
    )


def _preview() -> Any:
    return switch(
        "previews_photo",
        t("Show the photo beside the link"),
        hint=t("Chats then show it to everyone who is in them. A link to one photo always does."),
    )


def _open_links(view: Any) -> Any:
    return el.section(
        section_title(t("Open links of this update")),
        el.ul(each(view.links, link_row), class_name="flex flex-col gap-3"),
    )

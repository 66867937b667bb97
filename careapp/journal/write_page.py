"""/write: tell how it goes, in words and photos; also for drafts, and for updates that need correcting."""

from typing import Any

import reflex as rx

from careapp.journal.browser import name_picker, photos_at_once
from careapp.journal.composing import composer
from careapp.journal.operations import edit_update, post_update
from careapp.journal.views import ComposerView
from careapp.journal.writing import (
    TO_THE_END,
    action_bar,
    audience,
    end_of_draft,
    kept_audience,
    milestone_field,
    mood_chips,
    submit_as,
    text_of_update,
)
from careapp.pwa.editing import started_from
from careapp.pwa.picker import photo_picker
from careapp.pwa.send import care_form, field_error
from careapp.pwa.share_in import left_out, shared_in
from careapp.ui.banner import banner
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.card import page_title
from careapp.ui.el import el, join, link, show
from careapp.ui.fields import form_stack
from careapp.ui.page import Reading, page
from careapp.ui.places import param, to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t


class WriteState(Reading, rx.State):
    view: ComposerView = ComposerView()


@page("/write", title="Write an update", state=WriteState, query=composer, skeleton=plain_skeleton)
def write_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/journal"), t("Journal")),
        show(view.update_id != "", _edit(view), _new(view)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _new(view: Any) -> Any:
    form = care_form(
        shared_in(),
        _fields(view),
        action_bar(submit_as(t("Post"), "is_draft", False), submit_as(t("Keep as a draft"), "is_draft", True, "quiet")),
        operation=post_update,
        next=to("/journal"),
        draft="update",
        label=t("An update"),
        key="new",
        class_name=TO_THE_END,
    )
    cannot = banner(
        "info",
        el.p(t("You can read the journal and comment; others write the updates.")),
        show(
            param("shared"),
            link(to("/write-message", shared=param("shared")), t("Put it into a message"), class_name=QUIET_LINK),
        ),
    )
    return el.div(page_title(t("Write an update")), show(view.can_write, form, cannot))


def _edit(view: Any) -> Any:
    return el.div(
        page_title(show(view.is_draft, t("Go on writing"), t("Edit the update"))),
        show(param("left"), banner("warm", left_out(param("left")), role="alert", class_name="mb-4 wrap-anywhere")),
        care_form(
            started_from(view.version, view.text, nothing=t("Nothing, only photos or a mood.")),
            _fields(view),
            show(view.is_draft, end_of_draft(view), action_bar(submit_as(t("Save"), "publish", False))),
            operation=edit_update,
            fixed={"update_id": view.update_id},
            next=to("/journal"),
            draft=join("update-", view.update_id),
            label=t("An update"),
            key=view.update_id,
            class_name=TO_THE_END,
        ),
    )


def _fields(view: Any) -> Any:
    return el.div(
        form_stack(
            el.div(text_of_update(view), name_picker(view.people, "field-text")),
            el.div(field_error("photos"), photo_picker(there=view.photos), photos_at_once("photos"), id="photos"),
            mood_chips(t("Mood"), view.moods),
            milestone_field(view),
            show(view.is_mine, audience(view), kept_audience(view)),
        ),
    )

"""/account: one's own name, password and sign-ins."""

from typing import Any

import reflex as rx

from careapp.accounts.operations import change_password, end_other_sign_ins, end_sign_in, update_account
from careapp.accounts.queries import AccountView, account
from careapp.accounts.sign_in_page import password_hint
from careapp.pwa.bars import sign_out_button
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.times import own_zone_field
from careapp.ui.buttons import submit_button
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import each, el, show
from careapp.ui.fields import form_stack, password_field, phone_field, text_field
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.rows import badge, row, row_link, row_words, rows
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t, when


class AccountState(Reading, rx.State):
    view: AccountView = AccountView()


@page("/account", title="Your account", state=AccountState, query=account, skeleton=plain_skeleton)
def account_page(view: Any) -> Any:
    return plain_frame(
        back_link("/sites", t("To your sites")),
        page_title(t("Your account"), view.email),
        card(_about(view)),
        rows(_notifications(), class_name="mt-4"),
        section_title(t("Password")),
        card(_password(view)),
        section_title(t("Where you are signed in")),
        rows(each(view.sign_ins, _sign_in)),
        show(view.has_other_sign_ins, _end_others()),
        sign_out_button(t("Sign out"), class_name="button button-secondary mt-8 w-full"),
    )


def _notifications() -> Any:
    words = row_words(t("Notifications"), t("What you are told, and on which devices"))
    return row_link("/notifications", icon("bell", class_name="size-6 text-primary"), words)


def _about(view: Any) -> Any:
    return care_form(
        form_stack(
            text_field("name", t("Your name"), value=view.name, auto_complete="name"),
            phone_field("phone", t("Telephone"), value=view.phone, optional=True),
            _language(view),
            own_zone_field(view),
            submit_button(t("Save")),
        ),
        form_words(),
        operation=update_account,
        reset=False,
        offline=False,
        anew=True,
        next="/account",
    )


def _language(view: Any) -> Any:
    return el.div(
        el.label(t("Language"), html_for="field-language", class_name="mb-1.5 block font-semibold"),
        el.select(
            each(view.languages, lambda one: el.option(one.name, value=one.code, key=one.code)),
            id="field-language",
            name="language",
            default_value=view.language,
            class_name="field",
        ),
    )


def _password(view: Any) -> Any:
    return care_form(
        form_stack(
            show(view.has_password, password_field("current", t("Present password"))),
            password_field("password", t("New password"), is_new=True, hint=password_hint()),
            submit_button(t("Change password")),
        ),
        form_words(),
        operation=change_password,
        offline=False,
    )


def _sign_in(one: Any) -> Any:
    return row(
        row_words(one.device, t("Used"), " ", when(one.seen_at)),
        show(one.is_this, badge(t("This device"), "own"), lambda: _end(one)),
        key=one.id,
    )


def _end(one: Any) -> Any:
    return action_button(
        t("End"),
        end_sign_in,
        {"sign_in_id": one.id},
        t(
            "End the session on this device? What it has seen of your sites is erased there. What was written there "
            "and not sent yet stays, for when you sign in on it again."
        ),
        offline=False,
        class_name="button button-quiet",
    )


def _end_others() -> Any:
    return action_button(
        t("End all others"),
        end_other_sign_ins,
        {},
        t("End the sessions on all your other devices?"),
        offline=False,
        class_name="button button-quiet mt-3",
    )

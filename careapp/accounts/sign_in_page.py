"""/sign-in, /code, /register, /forgot: the ways in, each one short form."""

from typing import Any

from careapp.pwa.send import care_form, form_words
from careapp.ui.banner import banner
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title
from careapp.ui.el import el, link, show
from careapp.ui.fields import code_field, email_field, form_stack, password_field, text_field
from careapp.ui.page import static_page
from careapp.ui.places import param, with_next
from careapp.ui.shell import plain_frame
from careapp.ui.words import t

WHO = "who"


@static_page("/sign-in", title="Sign in")
def sign_in_page() -> Any:
    return _page(
        page_title(t("Sign in")),
        _form(
            "/auth/sign-in",
            email_field("email", t("E-mail address"), auto_complete="username"),
            password_field("password", t("Password")),
            submit_button(t("Sign in")),
        ),
        _ways(
            link(with_next("/code"), t("Send me a code instead"), class_name=WAY),
            link(with_next("/forgot"), t("I forgot my password"), class_name=WAY),
            link(with_next("/register"), t("I have no account yet"), class_name=WAY),
        ),
    )


@static_page("/register", title="Register")
def register_page() -> Any:
    return _page(
        page_title(t("Your account"), t("So that you can come back on any phone or computer.")),
        register_form(param("next")),
        _ways(link(with_next("/sign-in"), t("I have an account already"), class_name=WAY)),
    )


@static_page("/code", title="Sign in with a code")
def code_page() -> Any:
    return _page(
        page_title(t("Sign in with a code"), t("We send six digits to your e-mail address.")),
        _form(
            "/auth/ask-code",
            email_field("email", t("E-mail address")),
            submit_button(t("Send me a code")),
            is_last=False,
        ),
        _ways(link(with_next("/sign-in"), t("Use my password"), class_name=WAY)),
    )


@static_page("/code-sent", title="Enter the code")
def code_sent_page() -> Any:
    return _page(
        page_title(t("Enter the code"), _where_it_is()),
        _form(
            "/auth/sign-in-code",
            email_field("email", t("E-mail address"), auto_complete="username"),
            code_field("code", t("Six digits")),
            submit_button(t("Sign in")),
        ),
        _ways(link(with_next("/code"), t("Send another code"), class_name=WAY)),
    )


@static_page("/forgot", title="Forgotten password")
def forgot_page() -> Any:
    return _page(
        page_title(t("Forgotten password"), t("We send six digits to your e-mail address, to choose a new password.")),
        _form(
            "/auth/forgot",
            email_field("email", t("E-mail address")),
            submit_button(t("Send me a code")),
            is_last=False,
        ),
        _ways(link(with_next("/sign-in"), t("Back to signing in"), class_name=WAY)),
    )


@static_page("/new-password", title="Choose a new password")
def new_password_page() -> Any:
    return _page(
        page_title(t("Choose a new password"), _where_it_is()),
        _form(
            "/auth/reset",
            email_field("email", t("E-mail address"), auto_complete="username"),
            code_field("code", t("Six digits")),
            password_field("password", t("New password"), is_new=True, hint=password_hint()),
            submit_button(t("Save and sign in")),
        ),
        _ways(link(with_next("/forgot"), t("Send another code"), class_name=WAY)),
    )


def _where_it_is() -> Any:
    on_its_way = t("If we know this address, the code is on its way. It is good for 10 minutes.")
    no_mail = t(
        "No mail goes out from here yet. If we know this address, whoever runs this server finds the code in its mail "
        "folder, and can tell you. It is good for 10 minutes."
    )
    return show(param("mail") == "none", no_mail, on_its_way)


def register_form(following: Any) -> Any:
    """The form that makes an account, and the address it leads on to; also the first step of starting a site."""
    return _form(
        "/auth/register",
        text_field("name", t("Your name"), auto_complete="name", hint=t("As the others should see it.")),
        email_field("email", t("E-mail address"), auto_complete="username"),
        password_field("password", t("Password"), is_new=True, hint=password_hint()),
        submit_button(t("Continue")),
        following=following,
    )


WAY = "inline-flex min-h-12 items-center text-primary underline underline-offset-4"


def password_hint() -> Any:
    return t("At least 10 characters. Three or four words make a good one.")


def _form(action: str, *fields: Any, following: Any = None, is_last: bool = True) -> Any:
    """Posted to `action`. What was typed stays on this device until one is in: the next form knows the address."""
    onward = el.input(
        type="hidden", name="next", value=param("next") if following is None else following, read_only=True
    )
    return care_form(
        _why_refused(),
        form_stack(*fields),
        onward,
        form_words(),
        action=action,
        draft=WHO,
        reset=is_last,
        offline=False,
    )


def _why_refused() -> Any:
    """What became of a form that was sent before any script had run."""
    why = show(
        param("refused") == "too_many",
        t("That was tried too often. Please wait a little."),
        t("That did not work. Please look at what you typed, and try again."),
    )
    return show(param("refused") != "", banner("warm", el.p(why, role="alert"), class_name="mb-5"))


def _ways(*links: Any) -> Any:
    return el.nav(*[el.div(way) for way in links], aria_label=t("Other ways"), class_name="mt-6")


def _page(*content: Any) -> Any:
    return plain_frame(*content)

"""What the page about notifications is made of."""

from typing import Any

from careapp.notify.choices import DIGEST_WORDS, choose_notice, mute_site, set_notice_settings
from careapp.notify.devices import remove_device, test_device
from careapp.pwa.push import invitation, not_now, notice_switch
from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.ui.buttons import QUIET_LINK, button_link, submit_button
from careapp.ui.card import card
from careapp.ui.el import each, el, fragment, link, no, show
from careapp.ui.fields import chips, form_stack, switch
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import badge, row, row_words
from careapp.ui.words import said, t, when

CHOICE = (
    "group relative inline-flex min-h-12 items-center justify-center rounded-card border-[1.5px] border-edge "
    "bg-surface px-1 text-sm leading-tight font-medium "
    "aria-pressed:border-primary aria-pressed:bg-tint aria-pressed:text-primary"
)
SLIDE = "block h-8 w-13 flex-none rounded-full bg-edge p-1 transition group-aria-pressed:bg-primary"
NOTE = "mt-1 text-sm font-medium"
UNDER = "mt-2 text-sm text-muted"
KNOB = "block size-6 rounded-full bg-surface transition-[margin] group-aria-pressed:ms-5"


def this_device(view: Any) -> Any:
    """Where it is switched on: here and now, on the device in one's hand."""
    guide = button_link(t("How to put it on the home screen"), to("/install"), wide=True, class_name="mt-4")
    return card(
        el.div(
            icon("bell", class_name="mt-0.5 size-7 flex-none text-primary"),
            notice_switch(view.vapid_public_key, view.has_this, guide, class_name="min-w-0 flex-1"),
            class_name="flex gap-4",
        )
    )


def device(one: Any) -> Any:
    """A device, what is known of it, and what can be done with it; the one in one's hand has a card of its own."""
    return el.li(
        row_words(show(one.name, one.name, t("A browser")), _known_of(one), sign=_device_sign(one)),
        show(no(one.is_this), lambda: el.div(_test(one), _remove(one), class_name="-ms-3 mt-1 flex flex-wrap")),
        class_name="px-4 py-3",
        key=one.id,
    )


def _device_sign(one: Any) -> Any:
    this = show(one.is_this, badge(t("This device"), "own"))
    return fragment(this, show(one.is_confirmed, badge(t("Confirmed"), "good", "check"), badge(t("Not confirmed yet"))))


def _known_of(one: Any) -> Any:
    reached = show(
        one.was_reached,
        fragment(t("Last reached"), " ", when(one.reached_at)),
        t("Nothing has reached it yet"),
    )
    confirmed = fragment(" · ", t("a test was answered"), " ", when(one.confirmed_at))
    problem = el.p(said(one.problem), class_name="mt-1 font-medium text-accent-ink")
    return fragment(reached, show(one.is_confirmed, confirmed), show(one.has_problem, problem))


def _test(one: Any) -> Any:
    words = t("Test")
    return action_button(
        words,
        test_device,
        {"device_id": one.id},
        offline=False,
        pending=t("Sending"),
        class_name="button button-quiet px-3",
    )


def _remove(one: Any) -> Any:
    asked = t("Send nothing to this device any more?")
    return action_button(
        t("Remove"), remove_device, {"device_id": one.id}, asked, class_name="button button-quiet px-3"
    )


def kind_row(kind: Any) -> Any:
    """A kind of notice, with a button for each way it can come."""
    return el.li(
        el.p(said(kind.title), class_name="font-semibold"),
        el.p(said(kind.about), class_name="text-sm text-muted"),
        show(kind.note, el.p(said(kind.note), class_name=show(kind.is_silent, f"{NOTE} text-alert", NOTE))),
        el.div(
            each(kind.choices, _choice),
            role="group",
            aria_label=said(kind.title),
            class_name="mt-2 grid auto-cols-fr grid-flow-col gap-2",
        ),
        class_name="px-4 py-3",
        key=kind.kind,
    )


def _choice(one: Any) -> Any:
    return action_button(
        [
            icon("check", class_name="absolute end-1 top-1 hidden size-3.5 group-aria-pressed:block"),
            said(one.channel_title),
        ],
        choose_notice,
        {"kind": one.kind, "channel": one.channel, "is_on": no(one.is_on)},
        pressed=one.is_on,
        key=one.channel,
        class_name=CHOICE,
    )


def digest_and_night(view: Any) -> Any:
    """Quiet hours, how much a lock screen says, and the digest: one form."""
    return care_form(
        form_stack(
            el.div(
                el.p(t("Quiet hours"), class_name="font-semibold"),
                el.p(
                    show(
                        view.has_quiet,
                        t("What comes in between waits for their end."),
                        t("None are set. With them, what comes in between waits for their end."),
                    ),
                    " ",
                    t("The hours are by the clock in {place}.", place=view.clock),
                    class_name="text-sm text-muted",
                ),
                link("/account", t("Change the time zone"), class_name=QUIET_LINK),
                el.div(
                    _hour("quiet_from", t("From"), view.quiet_from),
                    _hour("quiet_until", t("Until"), view.quiet_until),
                    class_name="mt-1 grid grid-cols-2 gap-4",
                ),
            ),
            switch(
                "says_more",
                t("Say more on the lock screen"),
                hint=t("Names, and what it is about. Whoever sees the screen can read it."),
                checked=view.says_more,
            ),
            el.div(
                chips("digest", t("A summary by e-mail"), list(_digests()), value=view.digest),
                show(
                    no(view.has_mail),
                    el.p(t("E-mail is not set up on this server: none is sent until it is."), class_name=UNDER),
                ),
            ),
            submit_button(t("Save")),
        ),
        form_words(),
        operation=set_notice_settings,
        reset=False,
    )


def _hour(name: str, label: Any, value: Any) -> Any:
    field_id = f"field-{name}"
    return el.div(
        el.label(label, html_for=field_id, class_name="mb-1.5 block font-medium"),
        field_error(name, class_name="mb-2 text-sm font-medium text-alert"),
        el.input(id=field_id, name=name, type="time", default_value=value, class_name="field"),
        data_field=name,
    )


def _digests() -> Any:
    return ((value, said(words)) for value, words in DIGEST_WORDS.items())


def muted_site(one: Any) -> Any:
    """A site, and whether one hears of it."""
    switched = el.span(el.span(class_name=KNOB), class_name=SLIDE)
    words = show(one.is_muted, t("Silent but for an SOS"), t("You hear of it"))
    return row(
        row_words(one.name, words),
        action_button(
            [el.span(t("Hear of {name}", name=one.name), class_name="sr-only"), switched],
            mute_site,
            {"is_muted": no(one.is_muted)},
            pressed=no(one.is_muted),
            site=one.site,
            class_name="group flex min-h-12 items-center",
        ),
        key=one.site,
    )


def notice_invitation() -> Any:
    """A calm card on the home page, once: what notifications are for, and where to switch them on."""
    return fragment(
        invitation(
            "ask",
            _card(
                t("Hear at once when you are needed"),
                t("This device can tell you when someone calls for help or has news. You choose what."),
                button_link(t("Show me"), to("/notifications"), "secondary"),
            ),
        ),
        invitation(
            "install",
            _card(
                t("Put Careapp on your home screen"),
                t("Then this iPhone or iPad can tell you when someone calls for help or has news."),
                button_link(t("Show me how"), to("/install"), "secondary"),
            ),
        ),
    )


def _card(title: Any, words: Any, way: Any) -> Any:
    return el.section(
        icon("bell", class_name="mt-1 flex-none text-primary"),
        el.div(
            el.h2(title, class_name="font-semibold"),
            el.p(words, class_name="mt-1 text-muted"),
            el.div(
                way,
                not_now(t("Not now"), class_name="button button-quiet"),
                class_name="mt-3 flex flex-wrap gap-2",
            ),
            class_name="min-w-0 flex-1",
        ),
        class_name="card mt-4 flex gap-4 p-4",
    )

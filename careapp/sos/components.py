"""What the SOS pages have in common: the number to call first, people with their numbers, alerts in a list."""

from typing import Any

from careapp.ui.avatar import avatar
from careapp.ui.buttons import outside_link
from careapp.ui.el import all_of, each, el, fragment, link, no, show
from careapp.ui.facts import small_facts
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import badge, row, row_words, rows
from careapp.ui.words import said, t, when

SOS_LINK = "flex min-h-16 w-full items-center gap-3 rounded-card px-4 py-3 text-start"
CALL = "button size-12 flex-none rounded-full p-0 button-secondary"
CHIP = "chip aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-on-primary"
# How sure it is that help comes, as a sign beside a name: its words say it, the colour only helps.
STATES = {
    "on_my_way": ("good", "check"),
    "can_call": ("good", "phone"),
    "seen": ("own", "eye"),
    "reached": ("own", "bell"),
    "unreached": ("warm", "warning"),
}


def emergency_call(emergency: Any) -> Any:
    """The local number before anything else: one tap calls it."""
    return show(
        emergency.number,
        el.a(
            icon("phone", class_name="size-7!"),
            el.span(
                el.span(
                    t("Call {number}", number=emergency.number), class_name="block text-xl font-bold leading-tight"
                ),
                el.span(
                    said(emergency.words),
                    show(emergency.country, el.span(" · ", emergency.country)),
                    class_name="block text-sm",
                ),
                class_name="min-w-0 flex-1",
            ),
            href=emergency.href,
            class_name=f"{SOS_LINK} mb-5 border-2 border-sos bg-surface text-sos",
        ),
    )


def call_list(people: Any) -> Any:
    """People to call or to text by hand, each with two large buttons."""
    return rows(each(people, _call_row))


def call_buttons(person: Any) -> Any:
    """A round button to call and one to text, where a number is known."""
    return show(
        person.call_href,
        fragment(
            _round("phone", t("Call {name}", name=person.name), person.call_href),
            _round("message", t("Text {name}", name=person.name), person.message_href),
        ),
    )


def person_row(person: Any) -> Any:
    """One person on the board: the furthest that is known of them, and how to call them."""
    return _person_row(person, call_buttons(person))


def told_row(person: Any) -> Any:
    """The same in the record, when nobody has to be called any more."""
    return _person_row(person)


def state_sign(person: Any) -> Any:
    words = said(person.state_words)
    signs = [show(person.state == state, badge(words, kind, name)) for state, (kind, name) in STATES.items()]
    others = [person.state != state for state in STATES]
    return fragment(*signs, show(all_of(*others), badge(words)))


def there_about(person: Any) -> Any:
    return fragment(t("there about"), " ", when(person.arrives_at, "time"))


def alert_rows(alerts: Any) -> Any:
    """Alerts, each a way to its page."""
    return rows(each(alerts, _alert_row))


def what_happened(alert: Any) -> Any:
    """The kind of an alert in words, or that it was not said; a drill says so first."""
    kind = show(alert.kind_words, said(alert.kind_words), t("Help needed"))
    return fragment(drill_sign(alert), kind)


def drill_sign(alert: Any) -> Any:
    return show(alert.is_drill, fragment(badge(t("Drill"), "warm"), " "))


def section(title: Any, *content: Any, **attrs: Any) -> Any:
    return el.section(el.h2(title, class_name="mb-3 text-lg"), *content, class_name="mt-8", **attrs)


def big_link(label: Any, href: Any, icon_name: str = "phone") -> Any:
    return outside_link(label, href, "secondary", icon_name, wide=True, class_name="min-h-16")


def _person_row(person: Any, *end: Any) -> Any:
    detail = small_facts(
        (person.relation, el.bdi(person.relation)),
        (person.arrives_at, there_about(person)),
        (all_of(person.seen_at, no(person.arrives_at)), fragment(t("seen"), " ", when(person.seen_at))),
        (person.has_left, t("has left this site")),
        (all_of(no(person.has_push), no(person.is_reached)), t("no notifications")),
    )
    return row(
        avatar(person),
        row_words(_name(person), detail, sign=state_sign(person)),
        *end,
        key=person.member_id,
        data_state=person.state,
    )


def _call_row(person: Any) -> Any:
    return row(
        avatar(person),
        row_words(_name(person), el.bdi(person.relation)),
        call_buttons(person),
        key=person.member_id,
    )


def _name(person: Any) -> Any:
    return el.bdi(person.name, class_name="wrap-anywhere")


def _round(icon_name: str, label: Any, href: Any) -> Any:
    return el.a(icon(icon_name, class_name="icon-sm"), href=href, aria_label=label, title=label, class_name=CALL)


def _alert_row(alert: Any) -> Any:
    outcome = t(alert.outcome_words, name=alert.name)
    under = fragment(t("Raised by {name}", name=alert.by.name), " ", when(alert.raised_at), el.br(), outcome)
    look = "flex min-h-14 w-full items-center gap-3 px-4 py-2.5 text-start hover:bg-sunken"
    return el.li(
        link(
            to("/alert", alert=alert.id),
            avatar(alert.by),
            row_words(what_happened(alert), under),
            icon("forward", class_name="icon-sm text-muted"),
            class_name=look,
        ),
        key=alert.id,
    )

"""What is offered unasked, as it is drawn: accepting it, taking it off the list, and offering something."""

from typing import Any

from careapp.helping.acts import QUIET
from careapp.helping.kinds import KINDS
from careapp.helping.operations import accept_offer, close_offer, offer_help
from careapp.helping.parts import BUTTONS
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.times import times
from careapp.pwa.unfold import unfold
from careapp.ui.avatar import avatar
from careapp.ui.buttons import submit_button
from careapp.ui.el import any_of, el, join, show
from careapp.ui.fields import form_stack, select_field, text_area
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.words import said, t, when


def offer_row(offer: Any, view: Any) -> Any:
    draft, fixed = join("accept-", offer.id), {"offer_id": offer.id}
    form = care_form(
        form_stack(times(view, zone_id=join("zone-", offer.id)), submit_button(t("Accept gladly"))),
        form_words(),
        operation=accept_offer,
        fixed=fixed,
        draft=draft,
        label=t("An offer accepted"),
        next=to("/help-request", request="{id}"),
        class_name="card w-full p-4",
    )
    accept = unfold(t("Accept"), form, accept_offer, fixed, draft, class_name="button button-secondary px-4")
    close = action_button(
        t("Take it off the list"), close_offer, fixed, t("Take this offer off the list?"), class_name=QUIET
    )
    return el.li(
        el.div(
            avatar(offer.by),
            el.div(
                el.p(el.bdi(offer.by.name), " · ", said(offer.title), class_name="leading-snug font-semibold"),
                el.p(offer.words, dir="auto", class_name="prose-words"),
                el.p(when(offer.at), class_name="text-sm text-muted"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-start gap-3",
        ),
        show(
            any_of(offer.can_accept, offer.can_close),
            el.div(show(offer.can_accept, accept), show(offer.can_close, close), class_name=f"mt-2 {BUTTONS}"),
        ),
        class_name="px-4 py-3",
        key=offer.id,
    )


def offer_form() -> Any:
    draft = "offer-help"
    form = care_form(
        form_stack(
            select_field(
                "kind", t("What with?"), [(key, t(about.title)) for key, about in KINDS.items()], value="other"
            ),
            text_area(
                "words",
                t("What can you do, and when?"),
                hint=t("For example: I drive past the pharmacy every Friday."),
                rows=3,
                max_length=1000,
                dir="auto",
            ),
            submit_button(t("Offer it")),
        ),
        form_words(),
        operation=offer_help,
        draft=draft,
        label=t("An offer of help"),
        class_name="card w-full p-4",
    )
    face = [icon("hand", class_name="icon-sm"), t("Offer help")]
    return unfold(face, form, offer_help, {}, draft, class_name="button button-secondary w-full")

"""/handovers: everything that was handed over, the newest first."""

from typing import Any

import reflex as rx

from careapp.pwa.waiting import refused_list
from careapp.shifts.operations import confirm_handover
from careapp.shifts.parts import handover_card
from careapp.shifts.queries import handovers
from careapp.shifts.views import HandoversView
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title
from careapp.ui.el import each, el, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t


class HandoversState(Reading, rx.State):
    view: HandoversView = HandoversView()


@page("/handovers", title="Handed over", state=HandoversState, query=handovers)
def handovers_page(view: Any) -> Any:
    earlier = button_link(t("Earlier notes"), to("/handovers", after=view.later), "secondary", wide=True)
    return site_frame(
        view.frame,
        back_link(to("/on-duty"), t("On duty")),
        page_title(t("Handed over")),
        refused_list(confirm_handover, class_name="mb-4 flex flex-col gap-3"),
        show(
            view.handovers,
            el.div(each(view.handovers, handover_card), class_name="flex flex-col gap-4"),
            empty("journal", t("Nothing was handed over yet. What the next one has to know will stand here.")),
        ),
        show(view.later, el.p(earlier, class_name="mt-5")),
        place="calendar",
    )

"""/video-check: camera, microphone and speaker before a video visit, and how one goes. It needs no network."""

from typing import Any

from careapp.pwa.video_check import video_check
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import el
from careapp.ui.page import static_page
from careapp.ui.places import param, to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.words import t


@static_page("/video-check", title="Before a video visit")
def video_check_page() -> Any:
    return plain_frame(
        back_link(to("/appointment", appointment=param("appointment"), at=param("at")), t("The appointment")),
        page_title(
            t("Before a video visit"),
            t("Nothing is recorded or sent: picture and sound stay on this device."),
        ),
        video_check(),
        section_title(t("How it goes well")),
        card(el.ul(*(el.li(words) for words in _advice()), class_name="flex list-disc flex-col gap-2 ps-5")),
    )


def _advice() -> tuple[Any, ...]:
    return (
        t("Sit where it is quiet, with the light in front of you and not behind."),
        t("Plug the device in, and stay near the Wi-Fi."),
        t("Put it where it stands by itself, at the height of your eyes."),
        t("Have medicines, measurements and questions at hand, and something to write."),
        t("Join a few minutes early. The button shows 15 minutes before."),
        t("If it does not work, call the practice: they can go on by telephone."),
    )

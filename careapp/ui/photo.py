"""Photos: the heroes of the journal. Their room is kept before they load, and a tap shows them large.

A photo is anything with `id`, `width`, `height`, `blur` (a tiny data address, or ""), `is_own` (the reader sent
it, and may have the original again) and `alt`, which the query fills even where nobody wrote one ("Photo by Tom").
"""

from typing import Any

from careapp.ui.el import el, join, show
from careapp.ui.icons import icon
from careapp.ui.words import t

FEED = "(min-width: 64rem) 720px, 100vw"


def photo(picture: Any, sizes: str = FEED, first: bool = False, class_name: str = "") -> Any:
    """One photo that opens large. `first`: it is on the first screen, so it loads at once."""
    return el.a(
        *still(picture, sizes, first),
        href=join("/media/", picture.id, "/2048"),
        data_photo=picture.id,
        data_own=show(picture.is_own, "yes", ""),
        class_name=f"photo {class_name}".strip(),
    )


def photos(pictures: Any, more: Any = "") -> Any:
    """One to five photos of an update; `pictures` is each(…, photo). `more` ("+3") says how many are not shown here."""
    return el.div(
        pictures,
        show(more, el.span(more, aria_hidden="true", class_name="photos-more")),
        data_photos="",
        class_name="photos",
    )


def cover(picture: Any) -> Any:
    """A wide, low photo across the top of a page, not opened by a tap."""
    return el.div(
        *still(picture, first=True),
        class_name="photo h-40 w-full rounded-card sm:h-56 [&_img]:h-full",
    )


def still(picture: Any, sizes: str = FEED, first: bool = False) -> tuple[Any, Any]:
    """The picture itself, in the size that fits, over its blur: within something of the class `photo`."""
    blur = el.img(src=picture.blur, alt="", aria_hidden="true", class_name="blur-under")
    return show(picture.blur, blur), _img(picture, sizes, first)


def viewer() -> Any:
    """The full screen that `assets/js/viewer.js` fills; once a page, as part of the frame."""
    control = "button size-12 rounded-full p-0 bg-veil text-white"
    way = "inline-flex min-h-12 items-center font-medium underline underline-offset-4 [&[hidden]]:hidden"
    return el.dialog(
        el.div(data_track="", tab_index=0, role="group", aria_label=t("Photo"), class_name="viewer-track"),
        el.p(data_count="", aria_live="polite", class_name="viewer-count"),
        el.div(
            el.p(data_words="", dir="auto"),
            el.p(
                t("The video could not be loaded. Please try again when there is a connection."),
                data_failed="",
                hidden=True,
                role="alert",
            ),
            el.p(data_by="", dir="auto", class_name="text-sm opacity-80"),
            el.p(
                el.a(t("See where it was shown"), data_way="", hidden=True, class_name=way),
                el.a(t("Download the original"), data_original="", hidden=True, download=True, class_name=way),
                class_name="flex flex-wrap gap-x-5",
            ),
            class_name="viewer-words",
        ),
        el.button(
            icon("close"), type="button", data_closes="", aria_label=t("Close"), class_name=f"{control} viewer-close"
        ),
        el.button(
            icon("previous"),
            type="button",
            data_step="-1",
            aria_label=t("Previous photo"),
            class_name=f"{control} viewer-back",
        ),
        el.button(
            icon("forward"),
            type="button",
            data_step="1",
            aria_label=t("Next photo"),
            class_name=f"{control} viewer-next",
        ),
        id="viewer",
        aria_label=t("Photo"),
        class_name="viewer",
    )


def _img(picture: Any, sizes: str, first: bool) -> Any:
    address = ("/media/", picture.id)
    return el.img(
        src=join(*address, "/960"),
        src_set=join(*address, "/320 320w, ", *address, "/960 960w, ", *address, "/2048 2048w"),
        sizes=sizes,
        width=picture.width,
        height=picture.height,
        alt=picture.alt,
        loading="eager" if first else "lazy",
        decoding="async",
        **({"fetch_priority": "high"} if first else {}),
    )

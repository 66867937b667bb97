"""A person's face: their photo, or their initials on a colour of their own."""

from typing import Any

from careapp.ui.el import el, join, show

SIZES = {
    "sm": "size-8 text-[13px]",
    "md": "size-11 text-[16px]",
    "lg": "size-16 text-[22px]",
    "xl": "size-24 text-[32px]",
}


def avatar(person: Any, size: str = "md", named: bool = False) -> Any:
    """Draw `person`, which has `name`, `initials`, `photo_id` (or "") and `tint` ("1" to "6", decided by the query).

    The name usually stands beside the face, so the face is silent unless `named`.
    """
    spoken = {"role": "img", "aria_label": person.name} if named else {"aria_hidden": "true"}
    return el.span(
        show(
            person.photo_id,
            el.img(
                src=join("/media/", person.photo_id, "/320"),
                alt="",
                width="96",
                height="96",
                loading="lazy",
                class_name="size-full object-cover",
            ),
            person.initials,
        ),
        data_tint=person.tint,
        class_name=f"face {SIZES[size]}",
        **spoken,
    )


def faces(people: Any) -> Any:
    """Faces overlapping in a row: who is here, who has seen it. Pass `each(people, face)`."""
    return el.span(people, class_name="flex -space-x-2 rtl:space-x-reverse")


def byline(person: Any, *under: Any, size: str = "md") -> Any:
    """A face, a name, and small words under the name (when, for whom)."""
    return el.div(
        avatar(person, size),
        el.div(
            el.div(person.name, class_name="font-semibold leading-snug"),
            *([el.div(*under, class_name="text-sm text-muted")] if under else []),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-3",
    )

"""Empty states, and how far one is in something longer."""

from typing import Any

from careapp.ui.el import el, show
from careapp.ui.illustrations import illustration
from careapp.ui.words import t


def empty(drawing: str, words: Any, *action: Any, example: Any = None) -> Any:
    """Teach with one drawing, one sentence, one action, and an example where it helps."""
    return el.div(
        illustration(drawing),
        el.p(words, class_name="max-w-[36ch] text-lg text-balance"),
        *([el.p(example, class_name="max-w-[44ch] text-muted")] if example is not None else []),
        *action,
        class_name="flex flex-col items-center gap-4 px-4 py-10 text-center",
    )


def steps(current: Any, total: int) -> Any:
    """Progress on top of a form in several steps; `current` counts from 1."""
    return el.div(
        el.p(t("Step {step} of {total}", step=current, total=total), class_name="text-sm font-semibold text-muted"),
        el.div(
            *[show(current >= step, _bar("bg-primary"), _bar("bg-line")) for step in range(1, total + 1)],
            class_name="mt-2 flex gap-1.5",
            aria_hidden="true",
        ),
        class_name="mb-6",
    )


def progress(percent: Any, words: Any) -> Any:
    """How far long work is, with its number in `words` ("Photo 2 of 5, 40 %"); `percent` is 0 to 100."""
    return el.div(
        el.p(words, class_name="text-sm text-muted", role="status"),
        el.progress(value=percent, max="100", aria_label=words, class_name="bar-progress mt-1.5"),
    )


def _bar(colour: str) -> Any:
    return el.span(class_name=f"h-1.5 flex-1 rounded-full {colour}")

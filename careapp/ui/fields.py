"""Form fields: a label above, a hint, the field, and what the server found wrong with it.

Every field's id is `field-<name>` unless `id` says otherwise, so that a page with two forms can keep them apart. Values
are given as `value` and stay with the browser from then on: forms read them when they are sent.
"""

from typing import Any

from careapp.pwa.send import field_error
from careapp.ui.buttons import icon_button
from careapp.ui.el import each, el
from careapp.ui.icons import icon
from careapp.ui.words import said, t

# Fields of a long form that belong together, below a line.
GROUP = "flex flex-col gap-5 border-t border-line pt-5"


def text_field(
    name: str, label: Any, *, hint: Any = None, value: Any = "", optional: bool = False, **attrs: Any
) -> Any:
    """One line of text. `type`, `auto_complete`, `max_length` … pass through to the input; `required` too, where only
    the server knows whether it is."""
    field_id = attrs.pop("id", f"field-{name}")
    control = el.input(
        id=field_id,
        name=name,
        default_value=value,
        required=attrs.pop("required", not optional),
        class_name=f"field {attrs.pop('class_name', '')}".strip(),
        aria_describedby=_described(field_id, hint),
        **{"type": "text", **attrs},
    )
    return _labelled(field_id, name, label, hint, optional, control)


def email_field(name: str, label: Any, **attrs: Any) -> Any:
    """An e-mail address, with the keyboard for it."""
    return text_field(
        name,
        label,
        **{"type": "email", "auto_complete": "email", "input_mode": "email", "auto_capitalize": "none", **attrs},
    )


def phone_field(name: str, label: Any, **attrs: Any) -> Any:
    """A telephone number, with the keyboard for it."""
    return text_field(name, label, **{"type": "tel", "auto_complete": "tel", "input_mode": "tel", **attrs})


def code_field(name: str, label: Any, **attrs: Any) -> Any:
    """Six digits that came by e-mail; phones offer to fill them in."""
    look = "max-w-56 text-2xl tracking-[0.3em] tabular-nums"
    digits = {"auto_complete": "one-time-code", "input_mode": "numeric", "max_length": 12, "class_name": look}
    return text_field(name, label, **{**digits, **attrs})


def password_field(name: str, label: Any, *, is_new: bool = False, hint: Any = None, **attrs: Any) -> Any:
    """A password with a button that shows it; `is_new` tells password managers to offer one."""
    field_id = attrs.pop("id", f"field-{name}")
    control = el.div(
        el.input(
            id=field_id,
            name=name,
            type="password",
            required=True,
            auto_complete="new-password" if is_new else "current-password",
            class_name="field pe-14",
            aria_describedby=_described(field_id, hint),
            **attrs,
        ),
        icon_button(
            "eye",
            t("Show password"),
            data_reveals=field_id,
            aria_pressed="false",
            class_name="absolute end-0.5 top-0.5",
        ),
        class_name="relative",
    )
    return _labelled(field_id, name, label, hint, False, control)


def text_area(
    name: str, label: Any, *, hint: Any = None, value: Any = "", optional: bool = False, rows: int = 4, **attrs: Any
) -> Any:
    """Several lines of text; the field grows with them."""
    field_id = attrs.pop("id", f"field-{name}")
    control = el.textarea(
        id=field_id,
        name=name,
        default_value=value,
        required=not optional,
        rows=str(rows),
        class_name=f"field {attrs.pop('class_name', '')}".strip(),
        aria_describedby=_described(field_id, hint),
        **attrs,
    )
    return _labelled(field_id, name, label, hint, optional, control)


def select_field(
    name: str,
    label: Any,
    options: list[tuple[str, Any]],
    *,
    hint: Any = None,
    value: Any = "",
    optional: bool = False,
    **attrs: Any,
) -> Any:
    """One of a list too long for choice cards; `options` are (value, words)."""
    field_id = attrs.pop("id", f"field-{name}")
    control = el.div(
        el.select(
            *[el.option(words, value=option) for option, words in options],
            id=field_id,
            name=name,
            default_value=value,
            required=not optional,
            class_name="field",
            aria_describedby=_described(field_id, hint),
            **attrs,
        ),
        el.span(icon("down"), class_name="pointer-events-none absolute inset-y-0 end-3 flex items-center text-muted"),
        class_name="relative",
    )
    return _labelled(field_id, name, label, hint, optional, control)


def choice_cards(
    name: str,
    legend: Any,
    options: list[tuple[str, Any, Any]],
    *,
    hint: Any = None,
    value: Any = "",
    columns: bool = False,
) -> Any:
    """One of a few, each a large card; `options` are (value, words, small words or None)."""
    return el.fieldset(
        el.legend(legend, class_name="font-semibold"),
        *_hint(f"field-{name}", hint),
        _error(name),
        el.div(
            *[_choice(name, option, words, detail, value == option) for option, words, detail in options],
            class_name=f"mt-2 grid gap-3 {'sm:grid-cols-2' if columns else ''}".strip(),
        ),
        id=f"field-{name}",
        aria_describedby=_described(f"field-{name}", hint),
    )


def chips(name: str, legend: Any, options: list[tuple[str, Any]], *, value: Any = "", several: bool = False) -> Any:
    """One of a few short words, or several of them, as chips that wrap; `options` are (value, words)."""
    return el.fieldset(
        el.legend(legend, class_name="font-semibold"),
        _error(name),
        el.div(
            *[_chip(name, option, words, value == option, several) for option, words in options],
            class_name="mt-2 flex flex-wrap gap-2",
        ),
        id=f"field-{name}",
    )


def checkbox(name: str, label: Any, *, hint: Any = None, checked: Any = False, value: Any = "on", **attrs: Any) -> Any:
    """A thing to agree to or to pick."""
    return _ticked("tick", name, label, hint, type="checkbox", default_checked=checked, value=value, **attrs)


def switch(name: str, label: Any, *, hint: Any = None, checked: Any = False, **attrs: Any) -> Any:
    """A setting that is on or off and takes effect at once."""
    return _ticked("switch", name, label, hint, type="checkbox", role="switch", default_checked=checked, **attrs)


def form_stack(*fields: Any) -> Any:
    """Fields one under the other, far enough apart to be told apart."""
    return el.div(*fields, class_name="flex flex-col gap-6")


def _labelled(field_id: str, name: str, label: Any, hint: Any, optional: bool, control: Any) -> Any:
    extra = [el.span(" ", t("(optional)"), class_name="font-normal text-muted")] if optional else []
    return el.div(
        el.label(label, *extra, html_for=field_id, class_name="mb-1.5 block font-semibold"),
        *_hint(field_id, hint),
        _error(name),
        control,
        data_field=name,
    )


def _hint(field_id: str, hint: Any) -> list[Any]:
    return [el.p(hint, id=f"{field_id}-hint", class_name="mb-2 text-sm text-muted")] if hint is not None else []


def _error(name: str) -> Any:
    return field_error(name, class_name="mb-2 font-medium text-sm text-alert")


def _described(field_id: str, hint: Any) -> str | None:
    """The hint; the words of an error are added by the form (`assets/js/forms.js`) when there are some."""
    return f"{field_id}-hint" if hint is not None else None


def _choice(name: str, option: str, words: Any, detail: Any, is_chosen: Any) -> Any:
    under = [el.span(detail, class_name="block text-sm text-muted")] if detail is not None else []
    return el.label(
        el.input(type="radio", name=name, value=option, default_checked=is_chosen, class_name="tick mt-0.5"),
        el.span(el.span(words, class_name="block font-semibold"), *under),
        class_name="choice",
    )


def _chip(name: str, option: str, words: Any, is_chosen: Any, several: bool) -> Any:
    kind = "checkbox" if several else "radio"
    return el.label(
        el.input(type=kind, name=name, value=option, default_checked=is_chosen, class_name="sr-only"),
        words,
        class_name="chip",
    )


def _ticked(look: str, name: str, label: Any, hint: Any, **attrs: Any) -> Any:
    field_id = attrs.pop("id", f"field-{name}")
    box = el.input(id=field_id, name=name, class_name=look, aria_describedby=_described(field_id, hint), **attrs)
    under = [el.span(hint, id=f"{field_id}-hint", class_name="block text-sm text-muted")] if hint is not None else []
    words = el.div(
        el.label(label, *under, html_for=field_id, class_name="block py-2"),
        _error(name),
        class_name="min-w-0 flex-1",
    )
    order = [words, box] if look == "switch" else [box, words]
    return el.div(*order, class_name="flex min-h-12 items-center gap-3", data_field=name)


def select_each(name: str, label: Any, options: Any, *, value: Any = "", hint: Any = None, **attrs: Any) -> Any:
    """One of a list that a query made: each with `value` and `words`, a message id."""
    field_id = attrs.pop("id", f"field-{name}")
    control = el.div(
        el.select(
            each(options, lambda option: el.option(said(option.words), value=option.value, key=option.value)),
            id=field_id,
            name=name,
            default_value=value,
            key=value,
            class_name="field",
            aria_describedby=_described(field_id, hint),
            **attrs,
        ),
        el.span(icon("down"), class_name="pointer-events-none absolute inset-y-0 end-3 flex items-center text-muted"),
        class_name="relative",
    )
    return _labelled(field_id, name, label, hint, False, control)

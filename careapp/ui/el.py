"""Elements that can be drawn twice: by the browser's React, and by the server for the first paint.

A component is a function of its data. At build time its data are Reflex variables, and `el.div(…)` is `rx.el.div(…)`.
When a member opens a page, the same function is called with that member's rows while painting, and `el.div(…)` is
HTML. So what a person sees before any JavaScript ran is what they see afterwards, and it is written once.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from html import escape
from inspect import Parameter, Signature
from typing import Any

import reflex as rx
from reflex_components_core.el.element import Element
from reflex_components_core.el.elements.inline import A
from reflex_components_core.el.elements.media import Svg
from reflex_components_core.react_router.dom import ReactRouterLink

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
ATTRIBUTES = {
    "class_name": "class",
    "html_for": "for",
    "default_value": "value",
    "default_checked": "checked",
    "view_box": "viewBox",
    "preserve_aspect_ratio": "preserveAspectRatio",
    "http_equiv": "http-equiv",
}
KEBAB = ("aria_", "data_", "stroke_", "fill_", "clip_", "font_", "text_anchor", "dominant_")


class _Form(Element):
    """Reflex's own form leads nowhere: it prevents what a browser does with its address."""

    tag = "form"


# Reflex's own `a` is the router's link, which would look for a page behind a photo or a telephone number.
CLASSES: Mapping[str, Any] = {"a": A, "form": _Form, "svg": Svg}
PASSED_ON = ("on_", "aria_", "data_")
NOT_PAINTED = frozenset({"key", "ref", "custom_attrs"})


@dataclass(frozen=True)
class Painting:
    """For whom the server draws: their language, their time zone, the site they look at, and the page's address."""

    language: str = "en"
    time_zone: str = "UTC"
    site: str = ""
    address: str = ""


class Html(str):
    """Markup that needs no escaping any more."""


_painting: ContextVar[Painting | None] = ContextVar("painting", default=None)


@contextmanager
def painting(whom: Painting) -> Iterator[None]:
    """While this holds, components become HTML for `whom`."""
    token = _painting.set(whom)
    try:
        yield
    finally:
        _painting.reset(token)


def painted_for() -> Painting | None:
    """For whom the server is drawing just now; None while the browser's components are built."""
    return _painting.get()


class _Elements:
    """`el.<tag>(*children, **props)` for every HTML and SVG element."""

    def __getattr__(self, tag: str) -> Callable[..., Any]:
        def element(*children: Any, **props: Any) -> Any:
            if painted_for() is None:
                return _build(tag, children, props)
            return paint(tag, *children, **props)

        element.__name__ = tag
        setattr(self, tag, element)
        return element


def _build(tag: str, children: tuple[Any, ...], props: dict[str, Any]) -> Any:
    component = CLASSES.get(tag) or getattr(rx.el, tag).__self__
    return component.create(*children, **as_attributes(component, props))


def as_attributes(component: Any, props: dict[str, Any]) -> dict[str, Any]:
    """Reflex makes a style of every property that it does not know, a photo's width and height among them."""
    known = component.get_fields()
    extra = {name for name in props if name not in known and not name.startswith(PASSED_ON)}
    attributes = {_in_camel_case(name): props[name] for name in extra if props[name] is not None}
    kept = {name: value for name, value in props.items() if name not in extra}
    return {**kept, "custom_attrs": {**attributes, **kept.get("custom_attrs", {})}} if attributes else kept


def _in_camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


el = _Elements()


def show(condition: Any, then: Any, otherwise: Any = None) -> Any:
    """`then` where the condition holds, else `otherwise`. Either may be a function without parameters."""
    if painted_for() is not None:
        return _made(then if condition else otherwise)
    return rx.cond(condition, _made(then), rx.fragment() if otherwise is None else _made(otherwise))


def choose(value: Any, cases: Mapping[Any, Any], otherwise: Any = None) -> Any:
    """The case whose key equals the value."""
    if painted_for() is not None:
        return _made(cases.get(value, otherwise))
    last = rx.fragment() if otherwise is None else _made(otherwise)
    return rx.match(value, *((case, _made(drawn)) for case, drawn in cases.items()), last)


def each(items: Any, draw: Callable[[Any], Any]) -> Any:
    """`draw` of every item, in order. Give the drawn element a `key`."""
    if painted_for() is not None:
        return Html("".join(_text(draw(item)) for item in items))

    def drawn(item: Any) -> Any:
        return draw(item)

    drawn.__signature__ = Signature([_parameter(items)])  # type: ignore[attr-defined]
    return rx.foreach(items, drawn)


def _parameter(items: Any) -> Parameter:
    """What the browser's code calls an item: never the same within each other, or the inner would hide the outer."""
    digest = md5(str(items).encode(), usedforsecurity=False).hexdigest()[:8]
    return Parameter(f"item_{digest}", Parameter.POSITIONAL_OR_KEYWORD)


def some(items: Any) -> Any:
    """Whether there are any."""
    return bool(items) if painted_for() is not None else items.length() > 0


def no(condition: Any) -> Any:
    return (not condition) if painted_for() is not None else ~condition


def all_of(first: Any, *others: Any) -> Any:
    for other in others:
        first = (first and other) if painted_for() is not None else (first & other)
    return first


def any_of(first: Any, *others: Any) -> Any:
    for other in others:
        first = (first or other) if painted_for() is not None else (first | other)
    return first


def join(*parts: Any) -> Any:
    """Texts and values one after another, as one text."""
    if painted_for() is not None:
        return "".join(str(part) for part in parts)
    joined: Any = rx.Var.create("")
    for part in parts:
        joined = joined + (part if isinstance(part, str) else part.to(str))
    return joined


def fragment(*children: Any) -> Any:
    """Children without an element around them."""
    if painted_for() is not None:
        return Html("".join(_text(child) for child in children))
    return rx.fragment(*children)


def link(href: Any, *children: Any, **props: Any) -> Any:
    """A way to another page of the app, walked by the router without loading the page anew."""
    if painted_for() is not None:
        return paint("a", *children, href=href, **props)
    return ReactRouterLink.create(*children, to=href, **as_attributes(ReactRouterLink, props))


def paint(tag: str, *children: Any, **props: Any) -> Html:
    """An element as HTML: texts escaped, event handlers left out."""
    if tag in ("textarea", "select") and "default_value" in props:
        children, props = _filled(tag, children, props)
    attributes = "".join(_attribute(name, value) for name, value in props.items())
    if tag in VOID:
        return Html(f"<{tag}{attributes}>")
    return Html(f"<{tag}{attributes}>{''.join(_text(child) for child in children)}</{tag}>")


def _filled(tag: str, children: tuple[Any, ...], props: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """These two hold their value in their content, where React takes it as a property."""
    value = props.pop("default_value")
    if tag == "textarea":
        return (value,), props
    chosen = f' value="{escape(str(value))}"'
    return (Html("".join(_text(child) for child in children).replace(chosen, f"{chosen} selected", 1)),), props


def _made(drawn: Any) -> Any:
    return drawn() if callable(drawn) else drawn


def _text(child: Any) -> str:
    if type(child) is Html:
        return child
    if child is None or child is False or child is True:
        return ""
    if isinstance(child, list | tuple):
        return "".join(_text(part) for part in child)
    return escape(str(child), quote=False)


def _attribute(name: str, value: Any) -> str:
    if type(value) is str and name not in NOT_PAINTED and not name.startswith("on_"):  # nearly all are
        return f' {_spelled(name)}="{escape(value)}"'
    if value is None or value is False or name in NOT_PAINTED or name.startswith("on_"):
        return _custom(value) if name == "custom_attrs" and value else _falsy_aria(name, value)
    if isinstance(value, Mapping):
        value = ";".join(f"{key.replace('_', '-')}:{part}" for key, part in value.items())
    if value is True:
        return f' {_spelled(name)}="true"' if name.startswith("aria_") else f" {_spelled(name)}"
    return f' {_spelled(name)}="{escape(str(value))}"'


def _custom(attributes: Mapping[str, Any]) -> str:
    return "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())


def _falsy_aria(name: str, value: Any) -> str:
    """aria-expanded="false" says something; a missing attribute does not."""
    return f' {_spelled(name)}="false"' if value is False and name.startswith("aria_") else ""


@cache
def _spelled(name: str) -> str:
    if name in ATTRIBUTES:
        return ATTRIBUTES[name]
    return name.replace("_", "-") if name.startswith(KEBAB) else name.replace("_", "")

"""Addresses: of the page one is on, and of the other pages of its site. Drawn and painted like elements (`el.py`)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import reflex as rx

from careapp.ui.el import painted_for

_PLACE = "$/public/js/place.js"


def here() -> Any:
    """The address of the site that the page shows."""
    whom = painted_for()
    if whom is not None:
        return whom.site
    place = rx.vars.VarData(imports={_PLACE: ["useSite"]}, hooks={"const site = useSite()": None})
    return rx.Var("site", _var_type=str, _var_data=place).to(str)


def param(name: str) -> Any:
    """A parameter of the page's own address."""
    whom = painted_for()
    if whom is not None:
        return dict(parse_qsl(urlsplit(whom.address).query)).get(name, "")
    hook = f"const param_{name} = useParam({name!r})"
    place = rx.vars.VarData(imports={_PLACE: ["useParam"]}, hooks={hook: None})
    return rx.Var(f"param_{name}", _var_type=str, _var_data=place).to(str)


def here_address(encoded: bool = False) -> Any:
    """The page's own address, to come back to; `encoded` to stand within another."""
    whom = painted_for()
    if whom is not None:
        return quote(whom.address, safe="") if encoded else whom.address
    place = rx.vars.VarData(imports={_PLACE: ["useHere"]}, hooks={"const hereAddress = useHere()": None})
    spelled = "encodeURIComponent(hereAddress)" if encoded else "hereAddress"
    return rx.Var(spelled, _var_type=str, _var_data=place).to(str)


def with_next(path: str) -> Any:
    """The address of another way in, which leads on to where this one would have led."""
    return to(path, next=param("next"))


def to(path: str, **params: Any) -> Any:
    """The address of another page of the same site."""
    whom = painted_for()
    if whom is not None:
        return address(path, whom.site, params)
    query = rx.Var.create(params)
    place = rx.vars.VarData(imports={_PLACE: ["useAddress"]}, hooks={"const address = useAddress()": None})
    data = rx.vars.VarData.merge(place, query._get_all_var_data())
    return rx.Var(f"address({rx.Var.create(path)!s}, {query!s})", _var_type=str, _var_data=data).to(str)


def address(path: str, site: str, params: Mapping[str, Any]) -> str:
    """A path with its site and parameters as a query."""
    query = {"site": site, **params}
    text = urlencode({name: value for name, value in query.items() if value not in ("", None)})
    return f"{path}?{text}" if text else path

"""A page is a query and a picture of its answer.

The State holds what the screen shows: one frozen dataclass from one query. It only reads; whatever a person changes
goes through the front door. The same picture is drawn by React and, for the first paint, by the server.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex_base.registry import RegistrationContext

from careapp import recent
from careapp.cookies import reader_of
from careapp.errors import CareError, NotSignedIn
from careapp.ids import new_id
from careapp.operation import QUERIES, Registered, name_of
from careapp.pwa.bars import last_view, later, live, not_seen
from careapp.threads import in_thread
from careapp.ui.el import el, fragment, show
from careapp.ui.missing import missing
from careapp.ui.places import here
from careapp.ui.refused import refused
from careapp.ui.skeletons import page_skeleton
from careapp.ui.words import t

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why a page shows nothing: the code of the refusal, and its words."""

    code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Page:
    """One route. `query` and `state` are None for a page that says the same to everyone."""

    route: str
    title: str
    draw: Callable[..., Any]
    skeleton: Callable[[], Any]
    state: type[rx.State] | None = None
    query: Registered | None = None

    @property
    def is_of_a_site(self) -> bool:
        return self.query is not None and self.query.is_of_a_site


PAGES: dict[str, Page] = {}
_by_state: dict[str, Page] = {}


class Reading(rx.State, mixin=True):
    """What every page's State does: read its view. Mixed into each, so that each has its own vars and handler."""

    is_loaded: bool = False
    refusal: Refusal = Refusal()
    as_of: int = 0

    @rx.event
    async def load(self) -> Any:
        """Read the view for whoever holds the cookie of this connection, as of this moment."""
        page = _by_state[type(self).get_full_name()]
        url = self.router.url
        answer = await in_thread("page", ask, page, self.router.headers.raw_headers, dict(url.query_parameters))
        if isinstance(answer, Refusal):
            if answer.code == CareError.code and self.is_loaded:
                return None  # our own trouble takes nothing away from anybody; the page asks again
            self.refusal = answer
            if answer.code == NotSignedIn.code:
                return rx.redirect(sign_in_address(page.route, dict(url.query_parameters)))
            return None
        self.view, self.as_of, self.refusal, self.is_loaded = answer.view, answer.as_of, Refusal(), True
        return None


def page(route: str, *, title: str, state: type[rx.State], query: Any, skeleton: Any = page_skeleton) -> Any:
    """Register the decorated picture as a page of the app. `state.view` is what it draws."""

    def register(draw: Callable[[Any], Any]) -> Callable[[Any], Any]:
        made = Page(route, title, draw, skeleton, state, QUERIES[name_of(query)])
        PAGES[route] = _by_state[state.get_full_name()] = made
        return draw

    return register


def static_page(route: str, *, title: str) -> Any:
    """Register a picture that needs no data."""

    def register(draw: Callable[[], Any]) -> Callable[[], Any]:
        PAGES[route] = Page(route, title, draw, page_skeleton)
        return draw

    return register


def add_pages(app: rx.App) -> None:
    """Give every registered page to Reflex, and what stands where there is none."""
    app.add_page(missing, route="404", title=t("There is no page here"))
    for made in PAGES.values():
        on_load = made.state.load if made.state else None  # type: ignore[attr-defined]
        app.add_page(_builder(made), route=made.route, title=t(made.title), on_load=on_load)


def _builder(made: Page) -> Callable[[], rx.Component]:
    """Reflex puts what it builds beside other things of the same module: so a page brings its own and no other's."""

    def build() -> rx.Component:
        return _component(made)

    build.__module__ = made.draw.__module__
    return build


def close_setters() -> None:
    """Take away the handler by which anyone could set any var of any State from the browser's console."""
    handlers = RegistrationContext.ensure_context().event_handlers
    for name in [name for name in handlers if name.endswith(".setvar")]:
        del handlers[name]


def ask(page: Page, headers: Mapping[str, str], params: dict[str, Any]) -> recent.Answer | Refusal:
    """What the page shows. Never raises."""
    try:
        asked = recent.question(page.query, reader_of(headers), params)
        return recent.recalled(asked) or recent.read(asked)
    except CareError as refusal:
        return Refusal(refusal.code, refusal.words)
    except Exception:
        incident = new_id()
        log.exception("incident %s on %s", incident, page.route)
        return Refusal(CareError.code, CareError.default_words)


def draw_page(page: Page, view: Any) -> Any:
    """What stands inside the page's frame for a view that was read, or a refusal."""
    if page.state is None:
        return page.draw()
    return refused(view) if isinstance(view, Refusal) else page.draw(view)


def sign_in_address(route: str, params: dict[str, Any]) -> str:
    """Where to sign in, and come back from to where one was."""
    here = f"{route}?{urlencode(params)}" if params else route
    return f"/sign-in?{urlencode({'next': here})}"


def _component(made: Page) -> rx.Component:
    if made.state is None:
        return rx.fragment(last_view(), el.div(made.draw(), id="page"))
    state: Any = made.state
    skeleton = made.skeleton()
    drawn = show(state.is_loaded, later(made.draw(state.view), skeleton), fragment(not_seen(), skeleton))
    shown = el.div(show(state.refusal.code != "", refused(state.refusal), drawn), id="page")
    following = [live(here(), state.load)] if made.is_of_a_site else []
    return rx.fragment(last_view(state.get_full_name()), *following, shown)

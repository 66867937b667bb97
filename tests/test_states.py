"""What the browser holds: the handlers anyone may call from it, the vars it is given, and what those hold for whom."""

import json
import os
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from careapp import build, features
from careapp.api.pages import view_route
from careapp.cookies import session_cookie, visit_cookie
from careapp.ui.page import PAGES
from tests.canaries import ASKING, ELSEWHERE, GONE, MEMBERS, PUSHED, VISIT_PARTS, WISHES, Marked, mark, plant, planted
from tests.client import Browser

FRAMEWORK_HANDLERS = {
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "reflex___state____frontend_event_exception_state.handle_frontend_exception",
    "reflex___state____on_load_internal_state.on_load_internal",
    "reflex___state____on_load_internal_state.set_is_hydrated",
    "reflex___state____update_vars_internal_state.update_vars_internal",
}
PAGE_STATES = {
    "accounts.account_page.account_state",
    "availability.page.availability_state",
    "availability.who_can_page.who_can_state",
    "duties.kick_off_page.kick_off_state",
    "duties.responsibilities_page.responsibilities_state",
    "duties.responsibility_page.responsibility_state",
    "book.page.book_state",
    "feeds.calendars_page.calendars_state",
    "feeds.import_calendar_page.import_calendar_state",
    "gallery.page.gallery_state",
    "guests.guests_page.guests_state",
    "guides.page.guides_state",
    "helping.ask_for_help_page.ask_for_help_state",
    "helping.help_request_page.help_request_state",
    "helping.help_wanted_page.help_wanted_state",
    "helping.meals_page.meals_state",
    "journal.drafts_page.drafts_state",
    "journal.page.journal_state",
    "journal.update_page.update_state",
    "journal.visit_page.visit_outcome_state",
    "journal.write_page.write_state",
    "messages.message_page.message_state",
    "messages.page.wall_state",
    "messages.write_page.write_message_state",
    "notices.page.notifications_state",
    "schedule.appointment_page.appointment_state",
    "schedule.edit_page.edit_appointment_state",
    "schedule.month_page.month_state",
    "schedule.page.calendar_state",
    "schedule.taken_away_page.taken_away_state",
    "schedule.week_page.week_state",
    "sharing.links_page.links_state",
    "sharing.share_page.share_state",
    "shifts.hand_over_page.hand_over_state",
    "shifts.handovers_page.handovers_state",
    "shifts.on_duty_page.on_duty_state",
    "shifts.plan_shifts_page.plan_shifts_state",
    "sites.door_page.door_state",
    "sites.invitation_page.invitation_state",
    "sites.join_page.join_state",
    "sites.member_page.me_state",
    "sites.member_page.member_state",
    "sites.more_page.more_state",
    "sites.people_page.people_state",
    "sites.profile_page.profile_state",
    "sites.roles_page.roles_state",
    "sites.settings_page.settings_state",
    "sites.sites_page.sites_state",
    "sites.start_page.start_state",
    "sos.alert_page.alert_state",
    "sos.ladder_page.ladder_state",
    "sos.page.sos_state",
    "today.page.today_state",
    "today.status_page.status_state",
    "words.page.words_state",
}
ROUTER_VARS = [f"rx_router_{part}" for part in ("headers", "page", "route_id", "session", "url")]
PAGE_VARS = {"view", "is_loaded", "refusal", "as_of"}

TELL = """
import json
import careapp.careapp
import reflex as rx
from reflex_base.registry import RegistrationContext

def states(state):
    yield state
    for each in state.get_substates():
        yield from states(each)

all_states = list(states(rx.State))
own = {each.get_full_name(): sorted([*each.base_vars, *each.computed_vars]) for each in all_states}
stored = [f"{each}.{name}" for each in all_states for name in each.vars if each._is_client_storage(name)]
handlers = list(RegistrationContext.ensure_context().event_handlers)
print(json.dumps({"handlers": handlers, "vars": own, "stored": stored}))
"""

EVERYONE = set(MEMBERS)
FAMILY = {"maya", "nora", "tom", "rose"}
CARE_TEAM = {"maya", "nora", "cole", "rose"}
MANAGE_JOURNAL = {"maya", "nora", "rose"}
READERS = {
    "everyone": EVERYONE | {"visitor"},
    "family": FAMILY,
    "care_team": CARE_TEAM,
    "named": {"tom", "ida"},
}
VIEWERS = [*MEMBERS, "visitor", "sam", GONE, ASKING, ELSEWHERE, ""]


def gets() -> dict[str, set[str]]:
    """Every mark on the site, and who is shown it."""
    return {
        **_of_people(),
        **_of_writing(),
        **_of_messages(),
        **_of_duties(),
        **_of_appointments(),
        **_of_help(),
        **_of_duty(),
        **_of_alerts(),
        **_of_sites(),
        **_of_joining(),
        **_of_links(),
        **_of_calendars(),
        **_of_nobody(),
    }


def _of_people() -> dict[str, set[str]]:
    accounts = [*MEMBERS, "sam", GONE, ASKING, ELSEWHERE]
    mine = ("own phone", "device", "zone", "sign in", "told device")
    behind = ("password", "token", "token hash", "account id", *PUSHED)
    own = {mark(kind, name): {name} for kind in mine for name in accounts}
    hidden = {mark(kind, name): set() for kind in behind for name in accounts}
    emails = {mark("email", name): {name} | ({"maya"} if name in {*MEMBERS, ASKING} else set()) for name in accounts}
    cards = {mark(kind, name): EVERYONE for kind in ("phone", "relation") for name in MEMBERS}
    for name in ("maya", "ida"):  # it stands beside what they wrote for everyone
        cards[mark("relation", name)] = READERS["everyone"]
    gone = {mark(kind, GONE): set() for kind in ("phone", "relation")}
    elsewhere = {mark(kind, ELSEWHERE): set() for kind in ("phone", "relation")}
    return {**own, **hidden, **emails, **cards, **gone, **elsewhere}


def _of_writing() -> dict[str, set[str]]:
    seen = ("text", "milestone", "alt", "comment")
    read = {mark(kind, of): readers for kind in seen for of, readers in READERS.items()}
    drafts = {mark(kind, f"draft_{name}"): {name} for kind in seen for name in MEMBERS}
    deleted = {mark(kind, f"deleted_{name}"): set() for kind in seen for name in MEMBERS}
    back = {mark("text", f"deleted_{name}"): MANAGE_JOURNAL | {name} for name in MEMBERS}
    visit = {mark(part.replace("_", " "), "visit"): FAMILY for part in VISIT_PARTS}
    return {**read, **drafts, **deleted, **back, **visit}


def _of_duties() -> dict[str, set[str]]:
    duty = {mark(kind, "tom"): EVERYONE for kind in ("duty", "duty words", "duty note")}
    return {**duty, mark("decided", "rose"): EVERYONE}


def _of_help() -> dict[str, set[str]]:
    """Where it is hidden, only who asked, who has taken something of it, and who keeps order see that."""
    seen = {
        mark(kind, of): EVERYONE for kind in ("help", "help words", "help food", "thanks") for of in ("open", "hidden")
    }
    places = {
        mark("help place", "open"): EVERYONE,
        mark("help place", "hidden"): {"maya", "nora", "rose", "tom", "ida"},
    }
    return {**seen, **places, **_of_guests(), mark("offer", "ida"): EVERYONE}


def _of_guests() -> dict[str, set[str]]:
    """Who has taken a time everyone sees; how to reach them, what they wrote and their link only who asked and who
    keeps order."""
    tend = {"maya", "nora", "rose", "tom"}
    kinds = {"guest": EVERYONE, "guest contact": tend, "guest words": tend, "guest link": tend}
    return {mark(kind, of): who for kind, who in kinds.items() for of in ("open", "hidden")}


def _of_duty() -> dict[str, set[str]]:
    """What is handed over says how the person is: a friend who is not on duty does not read it."""
    parts = ("medicines", "food", "incidents", "words")
    return {mark(f"handed {part}", "tom"): EVERYONE - {"ida"} for part in parts}


def _of_appointments() -> dict[str, set[str]]:
    words = [f"visit {name}" for name in ("title", "provider", "place", "notes", "bring", "questions")]
    there = {mark(kind, "tom"): EVERYONE for kind in words}
    gone = {mark(kind, "deleted"): set[str]() for kind in words}
    back = {mark("visit title", "deleted"): {"tom", "maya", "nora", "rose"}}
    return {**there, **gone, **back, **{mark("uid", of): set[str]() for of in ("tom", "deleted")}}


def _of_messages() -> dict[str, set[str]]:
    """The wall is for everyone on the site, and for visitors of one that is open."""
    seen = {mark(kind, "wall"): READERS["everyone"] for kind in ("message", "reply", "alt")}
    gone = {mark(kind, "deleted_wall"): set[str]() for kind in ("message", "reply", "alt")}
    return {**seen, **gone, **{mark("deleted reply", of): set() for of in ("wall", "deleted_wall")}}


def _of_alerts() -> dict[str, set[str]]:
    """Whoever takes part in an SOS sees all of the site's, and nobody else does."""
    readers = {"rose": EVERYONE, "over": EVERYONE, "ben": set()}
    return {mark(kind, of): who for kind in ("sos", "sos note") for of, who in readers.items()}


def _of_sites() -> dict[str, set[str]]:
    profile = {mark(kind, "rose"): EVERYONE for kind in ("full name", *WISHES)}
    other = {mark(kind, "ben"): set() for kind in ("full name", "status", *WISHES)}
    return {**profile, **other, mark("status", "rose"): READERS["everyone"], mark("visit key", "rose"): {"maya"}}


def _of_links() -> dict[str, set[str]]:
    """What is for everyone is handed on by who manages the journal; what is for some, by its author."""
    return {mark("link", "maya"): MANAGE_JOURNAL, mark("link", "tom"): {"tom"}}


def _of_calendars() -> dict[str, set[str]]:
    """One's own address is one's own; where appointments come from is for who adds to the schedule, and what waits to
    be taken over for whoever looks at it and who manages the schedule."""
    writers = EVERYONE - {"ida"}
    listed = {mark("calendar", of): writers for of in ("looked", "taken")}
    return {
        **listed,
        mark("calendar problem", "tom"): writers,
        mark("event", "tom"): writers - {"cole"},
        mark("feed", "tom"): {"tom"},
        **{mark(kind, "tom"): set() for kind in ("calendar path", "etag")},
    }


def _of_joining() -> dict[str, set[str]]:
    """A co-caregiver sees who is to come, but the link of a coordinator's place only a coordinator."""
    may_give = {"coordinator": {"maya"}, "friend": {"maya", "nora"}}
    links = {mark(kind, role): who for kind in ("invited email", "invitation") for role, who in may_give.items()}
    names = {mark("invited", role): {"maya", "nora"} for role in may_give}
    return {**links, **names, mark("asks", ASKING): {"maya"}}


def _of_nobody() -> dict[str, set[str]]:
    walls = ("wall", "deleted_wall")
    written = [*READERS, *walls, *(f"{kind}_{name}" for kind in ("draft", "deleted") for name in MEMBERS)]
    behind = ("code", "body", "answer", "audit", "job", "upload")
    nonces = (
        *("rose", "ben", "coordinator", "friend", "link_maya", "link_tom", "feed_tom"),
        *("guest_open", "guest_hidden"),
    )
    return {
        **{mark(kind, of): set() for kind in ("file", "digest", "stored") for of in written},
        **{mark("deleted comment", of): set() for of in written if of not in walls},
        **{mark("nonce", of): set() for of in nonces},
        **{mark(kind, "tom"): set() for kind in behind},
    }


@pytest.fixture
def marked(data: Path) -> Marked:
    return plant()


def test_the_browser_can_call_these_handlers_and_no_others() -> None:
    loads = {f"{_full(state)}.load" for state in PAGE_STATES}
    framework = {f"reflex___state____state.{name}" for name in FRAMEWORK_HANDLERS}

    assert set(_told()["handlers"]) == loads | framework


def test_a_page_has_its_view_how_it_was_read_and_nothing_else() -> None:
    own = {name: set(found) for name, found in _told()["vars"].items() if ".careapp___" in name}

    assert own == {_full(state): PAGE_VARS for state in PAGE_STATES}


def test_the_framework_keeps_no_more_than_where_one_is() -> None:
    own = {name: found for name, found in _told()["vars"].items() if ".careapp___" not in name and found}

    assert own == {"reflex___state____state": ["is_hydrated", *ROUTER_VARS]}


def test_no_var_can_be_set_from_the_browsers_storage() -> None:
    assert _told()["stored"] == []


def test_every_mark_has_someone_who_sees_it_or_is_said_to_be_nobodys(marked: Marked) -> None:
    assert planted() | set(marked.secrets) == set(gets())


@pytest.mark.parametrize("who", VIEWERS, ids=lambda who: who or "nobody")
def test_each_is_given_what_they_may_see_and_nothing_of_the_rest(marked: Marked, who: str) -> None:
    seen = _seen_by(who, marked)

    assert seen == {found for found, viewers in gets().items() if who in viewers}


def _seen_by(who: str, marked: Marked) -> set[str]:
    """The marks in every page that has a query, asked for everything an address can name."""
    features.load_pages()
    with Browser(app=Starlette(routes=[view_route("build")])) as browser:
        shown = marked.credentials(who)
        browser.cookies.update({name: value for name, value in _cookies(shown).items() if value})
        texts = [browser.get(f"/api/view{page}", params=params).text for page, params in _asked(marked)]
    assert all(texts)
    return {found for text in texts for found in marked.seen_in(text)}


def _asked(marked: Marked) -> list[tuple[str, dict[str, str]]]:
    named = {**marked.ids, "step": ["4"], "address": ["rose", "ben"]}
    wanted = []
    for route, page in PAGES.items():
        if page.query is None:
            continue
        names = [name for name in page.query.asks.model_fields if name in named]
        for values in product(*([*named[name]] for name in names)):
            wanted.append((route, {"site": "rose", **dict(zip(names, values, strict=True))}))
        wanted.append((route, {"site": "rose"}))
    return wanted


def _cookies(shown: Any) -> dict[str, str]:
    return {session_cookie(): shown.session, visit_cookie(): shown.visit}


@cache
def _told() -> Any:
    """What Reflex has registered, in a process where nothing but the app is."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CAREAPP_", "REFLEX_"))}
    done = subprocess.run(
        [sys.executable, "-c", TELL], cwd=build.ROOT, env=clean, capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(done.stdout.splitlines()[-1])


def _full(state: str) -> str:
    *module, name = state.split(".")
    return f"reflex___state____state.careapp___{'___'.join(module)}____{name}"

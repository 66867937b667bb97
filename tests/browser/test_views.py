"""A page shows at once what it showed last, offline too, and never what this person may not see any more."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import kept, wait_for
from tests.browser.fake_server import FakeServer

AT = "2026-11-22T08:30:00+00:00"
TODAY = "/api/view/today?site=rose"
SEEN = "caches.open('seen').then((c) => c.keys()).then((all) => all.map((one) => one.url.replace(location.origin, '')))"


PAINTED_FIELDS = (
    '<input aria-label="Note" value="">'
    '<select aria-label="Language"><option selected>en</option><option>es</option></select>'
)


def view(build: str, rows: list[str], name: str = "today", at: str = AT) -> dict[str, Any]:
    state = {f"state.{name}": {"view_rx_state_": {"rows": rows}, "is_loaded_rx_state_": True}}
    return {"build": build, "at": at, "language": "en", "site": "rose", "state": state, "painted": painted(rows)}


def painted(rows: list[str]) -> str:
    return "<h1>painted</h1>" + "".join(f"<p>{row}</p>" for row in rows) + PAINTED_FIELDS


def with_paint(shell: bytes, last: dict[str, Any]) -> bytes:
    """The page as the server answers it."""
    state = json.dumps({name: value for name, value in last.items() if name != "painted"})
    shadow = (
        f'<div id="page"><template shadowrootmode="open"><div id="painted">{last["painted"]}</div>'
        "<slot hidden></slot></template>"
    )
    page = shell.decode().replace('<div id="page">', shadow)
    return page.replace("</body>", f'<script type="application/json" id="last-view">{state}</script></body>').encode()


OUTDATED = "dispatchEvent(new Event('careapp:outdated'))"


def go(page: Page, server: FakeServer, path: str) -> None:
    page.goto(server.url + path)
    page.wait_for_function("window.care?.outbox")


@pytest.fixture
def build(web_dir: Path) -> str:
    return str(json.loads((web_dir / "env.json").read_text())["BUILD"])


@pytest.fixture
def tab(browser: Callable[[], BrowserContext]) -> Page:
    return browser().new_page()


@pytest.fixture
def worked(tab: Page, server: FakeServer, build: str) -> Page:
    """Today was visited: the worker is there and has kept it."""
    server.views[TODAY] = (200, view(build, ["Rose is home"]))
    go(tab, server, "/today?site=rose")
    tab.wait_for_function("navigator.serviceWorker.controller")
    tab.evaluate("care.answer('state.today', ['Rose is home'])")
    wait_for(tab, f"{SEEN}.then((all) => all.includes('{TODAY}'))")
    return tab


def test_the_first_paint_gives_way_to_the_same_rows(tab: Page, server: FakeServer, build: str) -> None:
    server.files["/today"] = with_paint(server.files["/today/index.html"], view(build, ["Rose is home"]))
    go(tab, server, "/today?site=rose")

    expect(tab.locator("#page > p").first).to_have_text("Rose is home")
    expect(tab.locator("#page > p").first).to_be_visible()
    assert tab.evaluate("document.getElementById('page').shadowRoot.getElementById('painted')") is None
    expect(tab.locator("#seen")).to_have_text(AT)


def test_what_was_typed_into_the_first_paint_is_not_lost(tab: Page, server: FakeServer, build: str) -> None:
    script = """<script>addEventListener("DOMContentLoaded", () => {
      const note = document.getElementById("page").shadowRoot.querySelector("input");
      note.value = "quick fingers"; note.focus();
    })</script></head>"""
    shell = with_paint(server.files["/today/index.html"], view(build, ["Rose is home"]))
    server.files["/today"] = shell.replace(b"</head>", script.encode())
    go(tab, server, "/today?site=rose")

    expect(tab.locator("#page > input")).to_have_value("quick fingers")
    expect(tab.locator("#page > input")).to_be_focused()


def test_what_was_chosen_in_the_first_paint_is_not_lost(tab: Page, server: FakeServer, build: str) -> None:
    script = """<script>addEventListener("DOMContentLoaded", () => {
      document.getElementById("page").shadowRoot.querySelector("select").value = "es";
    })</script></head>"""
    shell = with_paint(server.files["/today/index.html"], view(build, ["Rose is home"]))
    server.files["/today"] = shell.replace(b"</head>", script.encode())
    go(tab, server, "/today?site=rose")

    expect(tab.locator("#page > select")).to_have_value("es")


def test_a_first_paint_of_another_build_stays_until_the_server_answers(tab: Page, server: FakeServer) -> None:
    server.files["/today"] = with_paint(server.files["/today/index.html"], view("older", ["Rose is home"]))
    go(tab, server, "/today?site=rose")
    expect(tab.get_by_role("heading", name="painted")).to_be_visible()

    tab.evaluate("care.answer('state.today', ['Rose is resting'])")

    expect(tab.get_by_text("Rose is resting")).to_be_visible()
    expect(tab.get_by_role("heading", name="painted")).to_have_count(0)


def test_a_first_paint_stays_until_the_finger_on_it_is_lifted(tab: Page, server: FakeServer) -> None:
    server.files["/today"] = with_paint(server.files["/today/index.html"], view("older", ["Rose is home"]))
    go(tab, server, "/today?site=rose")
    tab.get_by_text("Rose is home").hover()
    tab.mouse.down()
    tab.evaluate("care.answer('state.today', ['Rose sleeps'])")
    tab.wait_for_timeout(500)
    expect(tab.locator("#painted")).to_have_count(1)

    tab.mouse.up()
    expect(tab.locator("#painted")).to_have_count(0)
    expect(tab.get_by_text("Rose sleeps")).to_be_visible()


def test_with_the_server_gone_a_cold_start_shows_what_was_seen(worked: Page, server: FakeServer) -> None:
    server.stop()
    worked.goto("about:blank")
    go(worked, server, "/today?site=rose")

    expect(worked.locator("#page > p").first).to_have_text("Rose is home")
    expect(worked.locator("#seen")).to_have_text(AT)
    assert worked.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 1000
    expect(worked.locator("[data-bar]")).to_contain_text("No connection. As of")


def test_the_home_screen_and_shared_addresses_lead_to_the_last_site(worked: Page, server: FakeServer) -> None:
    server.stop()
    for path, asked in (("/today?source=home", "source=home&site=rose"), ("/s/rose", "site=rose")):
        go(worked, server, path)
        assert worked.url == f"{server.url}/today?{asked}"
        expect(worked.locator("#page > p").first).to_have_text("Rose is home")


def test_another_site_can_be_started_and_what_an_address_asks_for_is_kept(worked: Page, server: FakeServer) -> None:
    put = "(all) => caches.open('seen').then((c) => Promise.all(all.map((one) => c.put(one, new Response('{}')))))"
    worked.evaluate(put, ["/api/view/start?site=rose", "/api/view/journal?site=rose"])
    server.stop()

    worked.goto(server.url + "/start")
    assert worked.url == server.url + "/start"
    worked.goto(server.url + "/journal?by=tom")
    assert worked.url == server.url + "/journal?by=tom&site=rose"


def test_a_page_never_seen_opens_its_shell_without_a_server(worked: Page, server: FakeServer) -> None:
    server.stop()
    go(worked, server, "/journal?site=bill")
    expect(worked.locator("#page")).to_be_attached()


def test_walking_to_a_seen_page_shows_it_without_a_server(worked: Page, server: FakeServer, build: str) -> None:
    server.views["/api/view/journal?site=rose"] = (200, view(build, ["Soup on Monday"], "journal"))
    worked.evaluate("navigator.serviceWorker.controller.postMessage({keep: '/api/view/journal?site=rose'})")
    wait_for(worked, f"{SEEN}.then((all) => all.length === 2)")
    server.stop()
    worked.get_by_role("link", name="Journal").click()

    expect(worked.get_by_text("Soup on Monday")).to_be_visible()


def test_one_sites_rows_are_not_shown_under_anothers_address(worked: Page) -> None:
    expect(worked.get_by_text("Rose is home")).to_be_visible()
    worked.evaluate("history.pushState({}, '', '/today?site=bill'); dispatchEvent(new PopStateEvent('popstate'))")

    expect(worked.get_by_text("Rose is home")).to_have_count(0)


def test_what_comes_for_a_page_that_was_left_is_not_shown_at_another_address(worked: Page) -> None:
    worked.get_by_role("link", name="Journal").click()
    worked.wait_for_url("**/journal?site=rose")
    worked.evaluate("care.answer('state.today', ['Late news of Rose'])")
    worked.evaluate("history.pushState({}, '', '/today?site=ben'); dispatchEvent(new PopStateEvent('popstate'))")
    worked.wait_for_function("!document.querySelector('#page a')")

    expect(worked.get_by_text("Late news of Rose")).to_have_count(0)
    worked.evaluate("care.answer('state.today', ['Ben is well'])")
    expect(worked.get_by_text("Ben is well")).to_be_visible()


def test_a_blank_new_session_does_not_blank_the_page(worked: Page) -> None:
    worked.evaluate("care.blank('state.today')")
    expect(worked.get_by_text("Rose is home")).to_be_visible()


@pytest.mark.parametrize("status", [403, 404])
def test_what_may_not_be_seen_any_more_is_erased_with_its_photos(
    worked: Page, server: FakeServer, build: str, status: int
) -> None:
    shown = view(build, ['<img src="/media/p1/320">'])
    worked.evaluate(
        "([at, body]) => caches.open('seen').then((c) => c.put(at, new Response(body)))", [TODAY, json.dumps(shown)]
    )
    keep = "one => caches.open('media').then((c) => c.put(`/media/${one}`, new Response('x')))"
    for one in ("p1/320", "p1/960", "p2/320"):
        worked.evaluate(keep, one)
    server.views[TODAY] = (status, {"code": "not_found"})
    worked.evaluate("care.refuse('state.today', 'not_found')")

    wait_for(worked, f"{SEEN}.then((all) => all.length === 0)")
    left = (
        "caches.open('media').then((c) => c.keys()).then((all) => all.map((one) => new URL(one.url).pathname).join())"
    )
    wait_for(worked, f"{left}.then((all) => all === '/media/p2/320')")


def test_photos_that_a_page_no_longer_shows_go_unless_they_may_still_be_seen(
    worked: Page, server: FakeServer, build: str
) -> None:
    paths = [f"/media/{one}" for one in ("taken/320", "taken/960", "taken/2048", "moved/320", "stays/320")]
    for path in paths:
        server.files[path], server.kinds[path] = b"GIF89a", "image/webp"
    photos = [f'<img src="/media/{one}/320">' for one in ("taken", "moved", "stays")]
    server.views[TODAY] = (200, view(build, photos))
    worked.evaluate("care.answer('state.today', ['with photos'])")
    wait_for(worked, f"caches.match('{TODAY}').then((r) => r?.text()).then((text) => !!text?.includes('taken'))")
    statuses = "all => Promise.all(all.map((one) => fetch(one).then((answer) => answer.status)))"
    assert worked.evaluate(statuses, paths) == [200] * 5

    for path in paths[:3]:
        del server.files[path]
    server.views[TODAY] = (200, view(build, photos[2:]))
    worked.evaluate("care.answer('state.today', ['with one photo'])")

    left = "caches.open('media').then((c) => c.keys()).then((all) => all.map(({url}) => url.split('media/')[1]).sort())"
    wait_for(worked, f"{left}.then((all) => all.join() === 'moved/320,stays/320')")
    server.until(lambda: ("/api/forget", None) in server.posted)
    wait_for(worked, "fetch('/media/taken/2048').then((answer) => answer.status === 404)")
    assert worked.evaluate(statuses, paths) == [404] * 3 + [200] * 2

    forget_here = "caches.delete('media')"
    worked.evaluate(forget_here)
    assert worked.evaluate(statuses, paths[3:]) == [200] * 2
    worked.evaluate(forget_here)
    server.files.pop("/media/stays/320")
    assert worked.evaluate(statuses, paths[3:]) == [200, 404], "nor does the browser keep them by itself"


def test_signed_out_elsewhere_erases_all_views_and_keeps_what_was_written(worked: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (401, {"code": "not_signed_in"})
    worked.evaluate("care.outbox.keep('journal.comment', {site: 'rose', command: {text: 'x'}})")
    server.views[TODAY] = (401, {"code": "not_signed_in"})
    worked.evaluate("caches.open('seen').then((c) => c.put('/api/view/journal?site=rose', new Response('{}')))")
    worked.evaluate("care.refuse('state.today', 'not_signed_in')")

    wait_for(worked, f"{SEEN}.then((all) => all.length === 0)")
    assert len(kept(worked)) == 1


def test_removed_from_a_site_everything_of_it_goes(worked: Page, server: FakeServer) -> None:
    worked.evaluate("care.outbox.keep('journal.comment', {site: 'rose', command: {text: 'x'}})")
    server.counter = None

    worked.wait_for_url(server.url + "/sites")
    wait_for(worked, f"{SEEN}.then((all) => all.length === 0)")
    assert worked.evaluate("caches.has('media')") is False
    assert "/api/forget" in [path for path, _ in server.posted]


def test_a_session_that_was_ended_elsewhere_takes_what_was_seen_and_leaves_what_was_written(
    worked: Page, server: FakeServer
) -> None:
    server.refuse = lambda asked: (401, {"code": "not_signed_in"})
    worked.evaluate("care.outbox.keep('journal.comment', {site: 'rose', command: {text: 'x'}})")
    worked.evaluate("care.store.write('drafts', {site: 'rose', who: '', fields: [], files: []}, '@/rose/new')")
    server.counter, server.gone = None, "not_signed_in"

    worked.wait_for_url(server.url + "/sign-in?next=%2Ftoday%3Fsite%3Drose")
    wait_for(worked, f"{SEEN}.then((all) => all.length === 0)")
    server.counter = 0
    go(worked, server, "/today?site=rose")
    assert [len(kept(worked, store)) for store in ("outbox", "drafts")] == [1, 1]


@pytest.mark.parametrize(
    ("status", "code", "way"),
    [(404, "not_found", "/sites"), (401, "not_signed_in", "/sign-in?next=%2Ftoday%3Fsite%3Drose")],
)
def test_a_page_that_looks_again_after_its_member_was_removed_or_signed_out_is_left(
    worked: Page, server: FakeServer, status: int, code: str, way: str
) -> None:
    server.unfollowed = (status, {"code": code})
    server.views["/api/view/more?site=rose"] = (status, {"code": code})
    worked.evaluate("dispatchEvent(new Event('online'))")

    worked.wait_for_url(server.url + way)
    wait_for(worked, f"{SEEN}.then((all) => all.length === 0)")


def test_a_stream_that_is_refused_for_a_moment_is_no_lost_connection(worked: Page, server: FakeServer) -> None:
    server.unfollowed = (429, {"code": "too_many"})
    server.views["/api/view/more?site=rose"] = (200, {})
    before = server.followed
    worked.evaluate("dispatchEvent(new Event('online'))")

    server.until(lambda: server.followed >= before + 3, seconds=15)
    expect(worked.locator("[data-bar]")).to_have_count(0)


BILLS = """() => {
    document.cookie = "who=maya;path=/";
    const entry = { operation: "journal.comment", site: "bill", command: {}, files: [], state: "waiting" };
    return Promise.all([
        ...["maya", "tom"].map((who) => care.store.write("outbox", { ...entry, op_id: who, who })),
        care.store.write("drafts", { site: "bill", who: "maya", fields: [], files: [] }, "@maya/bill/new"),
        caches.open("seen").then((c) => c.put("/api/view/journal?site=bill", new Response("{}"))),
    ]);
}"""
WHOSE = "care.store.readAll('outbox').then((all) => all.map(({who}) => who))"


def test_whoever_was_removed_meanwhile_loses_their_copy_at_the_next_start(worked: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (503, {"code": "away"})
    worked.evaluate(BILLS)
    worked.reload()
    worked.wait_for_function("window.care?.outbox")

    wait_for(worked, f"{WHOSE}.then((all) => all.join() === 'tom')")
    wait_for(worked, f"{SEEN}.then((all) => all.join() === '{TODAY}')")
    assert kept(worked, "drafts") == []


def test_nobody_loses_anything_by_not_being_signed_in(worked: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (503, {"code": "away"})
    server.views["/api/view/more?site=bill"] = (401, {"code": "not_signed_in"})
    worked.evaluate(BILLS)
    worked.reload()
    worked.wait_for_function("window.care?.outbox")

    server.until(lambda: "/api/view/more?site=bill" in server.view_reads)
    worked.wait_for_timeout(200)
    assert worked.evaluate(WHOSE) == ["maya", "tom"]
    assert len(kept(worked, "drafts")) == 1


def test_signing_out_erases_all_views_although_the_server_ends_the_page_first(worked: Page, server: FakeServer) -> None:
    server.views["POST /auth/sign-out"] = (200, {"next": "/"})
    worked.route("**/auth/sign-out", lambda route: end_the_page(route, server))
    worked.get_by_role("button", name="Sign out").click()

    worked.wait_for_url(server.url + "/")
    assert worked.evaluate(SEEN) == []


def end_the_page(route: Route, server: FakeServer) -> None:
    server.counter = None
    time.sleep(0.3)
    route.continue_()


def test_another_members_change_reloads_the_page_within_two_seconds(tab: Page, server: FakeServer) -> None:
    go(tab, server, "/today?site=rose")
    tab.evaluate("care.answer('state.today', ['Rose is home'])")
    assert tab.evaluate("care.reloads") == 0

    def has_reloaded_after_another_change() -> bool:
        server.counter = (server.counter or 0) + 1
        return bool(tab.evaluate("care.reloads"))

    server.until(has_reloaded_after_another_change, seconds=2)


def test_what_changed_while_the_page_was_on_its_way_is_looked_at(tab: Page, server: FakeServer) -> None:
    server.counter = 7
    go(tab, server, "/today?site=rose")
    tab.wait_for_timeout(300)  # the stream has told its figure
    assert tab.evaluate("care.reloads") == 0
    tab.evaluate("care.answer('state.today', ['Read a moment ago'], 6)")
    wait_for(tab, "care.reloads === 1")

    tab.evaluate("care.answer('state.today', ['Read now'], 7)")
    tab.wait_for_timeout(300)
    assert tab.evaluate("care.reloads") == 1


def test_photos_seen_are_there_without_a_server(worked: Page, server: FakeServer) -> None:
    for path in ("/media/a/320", "/media/a/original"):
        server.files[path] = b"GIF89a"
    fetched = "(path) => fetch(path, { cache: 'no-store' }).then((r) => r.status, () => 0)"
    server.kinds = {"/media/a/320": "image/webp", "/media/a/original": "image/jpeg"}
    assert [worked.evaluate(fetched, path) for path in server.kinds] == [200, 200]
    wait_for(worked, "caches.open('media').then((c) => c.keys()).then((all) => all.length === 1)")
    server.stop()

    assert [worked.evaluate(fetched, path) for path in server.kinds] == [200, 0]


def test_a_new_version_offers_itself_and_takes_over_when_asked(worked: Page, server: FakeServer) -> None:
    server.files["/sw.js"] = server.files["/sw.js"].replace(b"one", b"two")
    worked.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    expect(worked.get_by_text("New version")).to_be_visible()
    worked.evaluate("window.before = true")
    worked.get_by_role("button", name="Use it").click()

    worked.wait_for_function("!window.before && window.care")
    assert "shell-two" in worked.evaluate("caches.keys()")
    expect(worked.get_by_text("New version")).to_have_count(0)


def test_a_page_that_the_server_has_outgrown_looks_for_the_new_version_and_stays(
    worked: Page, server: FakeServer
) -> None:
    worked.evaluate("window.before = true")
    server.files["/sw.js"] = server.files["/sw.js"].replace(b"one", b"two")
    worked.evaluate(OUTDATED)
    expect(worked.get_by_text("New version")).to_be_visible()
    assert worked.evaluate("window.before && care.worker.newVersion() !== true")

    worked.get_by_role("button", name="Use it").click()
    worked.wait_for_function("!window.before && window.care")
    worked.evaluate(OUTDATED)
    expect(worked.get_by_text("New version")).to_be_visible()


def test_a_build_that_cannot_be_fetched_whole_does_not_take_over(worked: Page, server: FakeServer) -> None:
    server.files["/sw.js"] = server.files["/sw.js"].replace(b"one", b"two")
    del server.files["/journal/index.html"]
    worked.evaluate("navigator.serviceWorker.ready.then((found) => found.update()).catch(() => {})")

    wait_for(worked, "navigator.serviceWorker.ready.then((r) => !r.installing && !r.waiting && !!r.active)")
    expect(worked.get_by_text("New version")).to_have_count(0)


def test_words_and_days_are_in_the_readers_language(tab: Page, server: FakeServer, build: str) -> None:
    server.files["/words/es.json"] = json.dumps({"Save": "Guardar", "{n} hug": ["{n} abrazo", "{n} abrazos"]}).encode()
    spanish = with_paint(server.files["/today/index.html"], view(build, ["Rosa"]))
    server.files["/today"] = spanish.replace(b'lang="en"', b'lang="es"')
    go(tab, server, "/today?site=rose")

    expect(tab.locator("#words")).to_have_text("Guardar 3 abrazos")
    expect(tab.locator("time")).to_have_text(re.compile("1 marzo 2026"))


def test_words_that_never_come_leave_no_page_that_can_only_be_read(tab: Page, server: FakeServer, build: str) -> None:
    spanish = with_paint(server.files["/today/index.html"], view(build, ["Rosa"]))
    server.files["/today"] = spanish.replace(b'lang="en"', b'lang="es"')
    tab.route("**/words/es.json", lambda _held: None)
    go(tab, server, "/today?site=rose")

    expect(tab.locator("#words")).to_have_text("Save 3 hugs")
    expect(tab.locator("#painted")).to_have_count(0)


AGENDA = """async (pages) => {
  const cache = await caches.open("seen");
  for (const [begins, view] of pages)
    await cache.put(`/api/view/calendar?${begins && `begins=${begins}&`}site=rose`,
      Response.json({ at: begins || "first", state: { "state.calendar": { view_rx_state_: view } } }));
}"""


def test_what_no_page_is_kept_of_is_looked_for_on_every_page_of_the_agenda(tab: Page, server: FakeServer) -> None:
    day = {"words": "Friday", "listed": [{"id": "a", "at": "", "title": "Dentist"}]}
    first = {"days": [], "further": "2026-03-20", "frame": {}}
    go(tab, server, "/today?site=rose")
    tab.evaluate(AGENDA, [["", first], ["2026-03-20", {**first, "days": [day]}]])

    found = tab.evaluate("care.brief.inBrief('/appointment?site=rose&appointment=a')")
    assert (found["at"], found["view"]["item"]["title"], found["view"]["when"]) == ("2026-03-20", "Dentist", "Friday")
    assert tab.evaluate("care.brief.inBrief('/appointment?site=rose&appointment=b')") is None


def test_a_page_for_no_site_in_particular_is_that_of_the_site_that_was_looked_at_last(
    worked: Page, server: FakeServer, build: str
) -> None:
    for site in ("bill", "rose"):
        server.views[f"/api/view/journal?site={site}"] = (200, view(build, [f"{site}'s"], "journal"))
        worked.evaluate(f"care.worker.keepOther('/journal?site={site}')")
        wait_for(worked, f"{SEEN}.then((all) => all.includes('/api/view/journal?site={site}'))")
    server.views["/api/view/today?site=bill"] = (200, view(build, ["Bill is home"]))
    go(worked, server, "/today?site=bill")
    wait_for(worked, "care.store.read('marks', 'last /journal').then((last) => last?.site === 'bill')")

    worked.goto(server.url + "/journal")

    assert worked.url.endswith("/journal?site=bill")


def test_a_site_that_one_has_left_is_not_the_last(worked: Page, server: FakeServer) -> None:
    there = "care.store.read('marks', 'last /journal').then((last) => {})"
    wait_for(worked, there.format("last?.site === 'rose'"))

    worked.evaluate("care.worker.wipe('rose')")

    wait_for(worked, there.format("!last"))

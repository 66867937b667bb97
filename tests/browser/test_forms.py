"""A form becomes one command, loses nothing that was typed, and says what was refused."""

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NOTHING_WAITS, kept, opened, wait_for
from tests.browser.fake_server import FakeServer

IS_WHOLE = """care.store.readAll('drafts').then(([draft]) =>
  draft?.files[0]?.alt === 'Mum and the dog' && draft.files[0].saved === null)"""

KEEP = "entry => care.store.write('outbox', { ...entry, who: care.who.whoIsHere() })"

ONLY = "name => care.navigate(`/?site=rose&form=${name}`)"


def photo(name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> dict[str, Any]:
    drawn = BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(drawn, "JPEG", quality=90)
    return {"name": name, "mimeType": kind, "buffer": drawn.getvalue()}


def pick(page: Page, *files: dict[str, Any]) -> None:
    page.locator("input[type=file]").set_input_files(list(files))


def test_the_named_fields_are_the_command(page: Page, server: FakeServer) -> None:
    page.get_by_label("Text").fill("Good morning")
    page.get_by_label("Count").fill("3")
    page.get_by_label("Pinned").check()
    page.get_by_label("friends").check()
    page.get_by_role("button", name="Post").click()

    server.until(lambda: len(server.commands) == 1)
    assert server.commands[0]["operation"] == "journal.post_update"
    assert server.commands[0]["site"] == "rose"
    assert server.commands[0]["command"] == {
        "text": "Good morning",
        "count": 3,
        "is_pinned": True,
        "who": ["friends"],
        "photos": [],
        "kind": "text",
    }
    expect(page.get_by_label("Text")).to_have_value("")
    assert kept(page, "drafts") == []


def test_what_is_sent_in_the_middle_of_typing_leaves_no_draft(page: Page, server: FakeServer) -> None:
    page.evaluate(
        """() => {
          const slow = IDBObjectStore.prototype.add;
          IDBObjectStore.prototype.add = function (...args) {
            const request = slow.apply(this, args);
            const end = performance.now() + 600; // as a slow disk
            const wait = () => performance.now() < end && (this.get(0).onsuccess = wait);
            wait();
            return request;
          };
        }"""
    )
    page.get_by_label("Text").fill("quick")
    page.get_by_role("button", name="Post").click()

    server.until(lambda: server.texts() == ["quick"])
    wait_for(page, NOTHING_WAITS)
    assert kept(page, "drafts") == []


def test_two_taps_are_one_command(page: Page, server: FakeServer) -> None:
    page.get_by_label("Text").fill("once")
    page.evaluate("() => { const b = document.querySelector('form button:not([type])'); b.click(); b.click(); }")

    server.until(lambda: len(server.commands) == 1)
    wait_for(page, NOTHING_WAITS)
    assert len(server.arrivals) == 1


def test_a_refusal_gives_the_input_back_and_marks_the_field(page: Page, server: FakeServer) -> None:
    problem = {"code": "invalid", "words": "Please look.", "fields": {"text": "Too long."}}
    server.refuse = lambda asked: (422, problem)
    page.get_by_label("Text").fill("x" * 100)
    page.get_by_role("button", name="Post").click()

    expect(page.get_by_text("Too long.")).to_be_visible()
    expect(page.get_by_text("Please look.")).to_be_visible()
    field = page.get_by_label("Text")
    expect(field).to_have_value("x" * 100)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "error-text")
    expect(field).to_be_focused()
    wait_for(page, NOTHING_WAITS)

    field.fill("shorter")
    expect(page.get_by_text("Too long.")).to_have_count(0)


def test_a_half_written_form_survives_closing_the_browser(
    browser: Callable[[], BrowserContext], server: FakeServer
) -> None:
    context = browser()
    page = opened(context, server)
    page.get_by_label("Text").press_sequentially("half a sentence")
    page.get_by_label("Pinned").check()
    pick(page, photo())
    expect(page.locator("form img")).to_have_count(1)
    page.get_by_role("textbox", name="What is in this picture").fill("Mum and the dog")
    wait_for(page, IS_WHOLE)
    context.close()

    page = opened(browser(), server)

    expect(page.get_by_label("Text")).to_have_value("half a sentence")
    expect(page.get_by_label("Pinned")).to_be_checked()
    expect(page.get_by_role("img", name="Mum and the dog")).to_be_visible()
    page.get_by_role("button", name="Post").click()
    server.until(lambda: server.texts() == ["half a sentence"])
    [shown] = server.commands[0]["command"]["photos"]
    assert shown["alt"] == "Mum and the dog"
    assert server.uploads[shown["media_id"]]["bytes"] == photo_bytes(server, shown["media_id"])


def photo_bytes(server: FakeServer, media_id: str) -> bytes:
    sent: bytes = server.uploads[media_id]["bytes"]
    assert len(sent) == server.uploads[media_id]["length"]
    assert Image.open(BytesIO(sent)).size == (1600, 1200)
    return sent


def test_typing_is_kept_within_a_moment_and_lost_by_nothing(page: Page) -> None:
    page.get_by_label("Text").fill("quick")
    page.evaluate("care.navigate('/elsewhere?site=rose')")
    page.evaluate("care.navigate('/?site=rose')")

    expect(page.get_by_label("Text")).to_have_value("quick")


def test_drafts_of_two_sites_are_kept_apart(browser: Callable[[], BrowserContext], server: FakeServer) -> None:
    context = browser()
    page = opened(context, server)
    page.get_by_label("Text").fill("for Rose")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length)")

    other = opened(context, server, "/?site=bill")

    expect(other.get_by_label("Text")).to_have_value("")


def test_the_next_account_on_a_device_begins_with_an_empty_form(page: Page) -> None:
    sign_in(page, "maya")
    page.get_by_label("Text").fill("by Maya")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length)")

    sign_in(page, "tom")
    expect(page.get_by_label("Text")).to_have_value("")
    page.get_by_label("Text").fill("by Tom")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length === 2)")
    sign_in(page, "maya")
    expect(page.get_by_label("Text")).to_have_value("by Maya")


def test_a_draft_from_before_accounts_were_told_apart_is_whose_it_was_then(page: Page) -> None:
    sign_in(page, "maya")
    page.get_by_label("Text").fill("by Maya")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length)")
    page.evaluate(
        """async () => {
            const [{ who, ...draft }] = await care.store.readAll("drafts");
            await care.store.erase("drafts", care.drafts.draftKey("rose", "new"));
            await care.store.write("drafts", draft, "rose/new");
            await care.who.belongsTo("maya");
        }"""
    )

    sign_in(page, "tom")
    expect(page.get_by_label("Text")).to_have_value("")
    page.get_by_label("Text").fill("by Tom")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length === 2)")
    sign_in(page, "maya")
    expect(page.get_by_label("Text")).to_have_value("by Maya")


def sign_in(page: Page, who: str) -> None:
    """As another page of the app does it, which then loads this one."""
    page.evaluate("(who) => void (document.cookie = `who=${who};path=/`)", who)
    page.reload()
    page.wait_for_function("window.care")


def test_leaving_a_site_takes_everything_of_it(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: None if asked["operation"] == "sites.leave" else (503, {"code": "away"})
    for site in ("rose", "rosemary"):
        page.evaluate("(site) => void care.outbox.send('journal.comment', {site, command: {text: 'x'}})", site)
        page.evaluate(
            "(site) => caches.open('seen').then((c) => c.put(`/api/view/today?site=${site}`, new Response('{}')))", site
        )
    wait_for(page, "care.store.readAll('outbox').then((all) => all.length === 2)")
    page.get_by_role("button", name="Move out").click()

    expect(page.get_by_text("elsewhere")).to_be_visible()
    assert {entry["site"] for entry in kept(page)} <= {"rosemary"}
    wait_for(page, "caches.open('seen').then((c) => c.keys()).then((all) => !all.length)")
    wait_for(page, NOTHING_WAITS)


def test_posting_without_a_network_shows_the_photo_as_waiting_at_once(page: Page, server: FakeServer) -> None:
    server.stop()
    page.get_by_label("Text").fill("from the ward")
    pick(page, photo())
    expect(page.locator("form img")).to_have_count(1)
    page.get_by_role("button", name="Post").click()

    waiting = page.get_by_role("list", name="Waiting")
    expect(waiting).to_contain_text("from the ward")
    expect(waiting.locator("img")).to_have_count(1)
    expect(page.get_by_label("Text")).to_have_value("")

    server.start()
    server.until(lambda: server.texts() == ["from the ward"])
    expect(page.get_by_role("list", name="Waiting")).to_have_count(0)


def test_what_was_refused_later_can_be_edited_and_sent(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (
        (422, {"code": "invalid", "words": "Too long."}) if asked["command"]["text"] == "too long" else None
    )
    command = {"text": "too long", "kind": "text"}
    page.evaluate("(command) => care.outbox.send('journal.post_update', {site: 'rose', command})", command)

    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Text")).to_have_value("too long")
    page.get_by_label("Text").fill("short")
    page.get_by_role("button", name="Post").click()

    server.until(lambda: server.texts() == ["short"])
    wait_for(page, NOTHING_WAITS)


def test_what_was_written_about_something_else_fills_no_form(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (422, {"code": "invalid", "words": "Too long."})
    for text, kind in (("of a letter", "letter"), ("mine", "text")):
        command = {"text": text, "kind": kind}
        page.evaluate("(command) => care.outbox.send('journal.post_update', {site: 'rose', command})", command)
        expect(page.locator("li", has_text=text)).to_contain_text("Too long.")
        page.evaluate("(seq) => care.drafts.editLater({seq})", kept(page)[-1]["seq"])
        page.reload()

    expect(page.get_by_label("Text")).to_have_value("mine")
    expect(page.get_by_role("list", name="Waiting")).to_contain_text("of a letter")


def test_what_needs_a_connection_says_so_and_keeps_the_input(page: Page, server: FakeServer) -> None:
    server.stop()
    invite = page.get_by_role("form", name="Invite")
    invite.get_by_label("Name").fill("Ida")
    invite.get_by_role("button", name="Invite").click()

    expect(invite.get_by_text("No connection here.")).to_be_visible()
    expect(invite.get_by_label("Name")).to_have_value("Ida")
    assert kept(page) == []

    server.start()
    invite.get_by_role("button", name="Invite").click()
    server.until(lambda: [c["command"] for c in server.commands] == [{"name": "Ida"}])


def test_the_same_content_after_a_lost_answer_is_the_same_act(page: Page, server: FakeServer) -> None:
    server.lose_answers = 100  # Chromium itself tries a few times more
    invite = page.get_by_role("form", name="Invite")
    invite.get_by_label("Name").fill("Ida")
    invite.get_by_role("button", name="Invite").click()
    expect(invite.get_by_text("No connection here.")).to_be_visible()
    server.lose_answers = 0
    invite.get_by_role("button", name="Invite").click()

    expect(invite.get_by_label("Name")).to_have_value("")
    assert len(server.commands) == 1


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("letter.pdf", "application/pdf", "letter.pdf is not a photo."),
        ("plan.svg", "image/svg+xml", "plan.svg is not a photo."),
        ("scan.tif", "image/tiff", "scan.tif is not a photo."),
        ("empty.jpg", "image/jpeg", "empty.jpg is not a photo."),
        ("huge.jpg", "image/jpeg", "huge.jpg is too large."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(page: Page, name: str, kind: str, words: str) -> None:
    size = {"empty.jpg": 0, "huge.jpg": 5_000_001}.get(name, 100)
    pick(page, {"name": name, "mimeType": kind, "buffer": b"x" * size})

    expect(page.get_by_text(words)).to_be_visible()


def test_a_photo_the_browser_cannot_draw_shows_its_name_and_is_sent(page: Page, server: FakeServer) -> None:
    pick(page, {"name": "IMG_2.HEIC", "mimeType": "", "buffer": base64.b64decode("AAAAGGZ0eXBoZWlj")})
    expect(page.get_by_text("IMG_2.HEIC")).to_be_visible()
    page.get_by_role("button", name="Post").click()

    server.until(lambda: len(server.commands) == 1)
    assert len(server.uploads) == 1


def test_photos_go_in_the_order_they_were_put_in(page: Page, server: FakeServer) -> None:
    pick(page, photo("a.jpg"), photo("b.jpg"), photo("c.jpg"), photo("d.jpg"))
    expect(page.get_by_text("At most 3.")).to_be_visible()
    page.get_by_role("button", name="Earlier: c.jpg").click()
    page.get_by_role("button", name="Remove: a.jpg").click()
    page.get_by_role("button", name="Post").click()

    server.until(lambda: len(server.commands) == 1)
    ids = [sent["media_id"] for sent in server.commands[0]["command"]["photos"]]
    assert [server.uploads[media_id]["told"]["filename"] for media_id in ids] == ["c.jpg", "b.jpg"]


def test_a_toggle_turns_at_once_and_back_when_refused(page: Page, server: FakeServer) -> None:
    server.stop()
    heart = page.get_by_role("button", name="Heart")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(heart).to_have_attribute("data-waiting", "waiting")

    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")
    assert kept(page) == []

    server.refuse = lambda asked: (403, {"code": "not_allowed", "words": "Not for you."})
    server.start()
    heart.click()
    expect(page.get_by_text("Not for you.")).to_be_visible()
    expect(heart).to_have_attribute("aria-pressed", "false")
    assert kept(page) == []


def test_a_press_shows_within_60_ms(page: Page) -> None:
    waited = page.evaluate(
        """() => new Promise((resolve) => {
          const heart = document.querySelector("[aria-label=Heart]");
          const began = performance.now();
          new MutationObserver(() => requestAnimationFrame(() => resolve(performance.now() - began)))
            .observe(heart, { attributes: true });
          heart.click();
        })"""
    )
    assert waited < 60


def test_what_cannot_be_undone_is_asked_once_more(page: Page, server: FakeServer) -> None:
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("Really?")
    page.get_by_role("button", name="No", exact=True).click()
    assert server.commands == []

    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes").click()
    server.until(lambda: len(server.commands) == 1)


def test_what_was_tapped_offline_and_refused_later_is_said_where_its_button_is_gone(
    page: Page, server: FakeServer
) -> None:
    server.stop()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes").click()
    wait_for(page, "care.store.readAll('outbox').then((all) => all.length)")
    page.evaluate("care.navigate('/elsewhere?site=rose')")
    problem = {"code": "invalid", "words": "Please look.", "fields": {"id": "Tom has pinned it."}}
    server.refuse = lambda asked: (422, problem)
    server.start()
    page.evaluate("care.outbox.flush().catch(() => {})")

    expect(page.get_by_role("listitem")).to_contain_text("Good morningTom has pinned it.", timeout=15_000)
    page.get_by_role("button", name="All right").click()
    expect(page.get_by_role("listitem")).to_have_count(0)
    wait_for(page, NOTHING_WAITS)


def test_signing_out_warns_of_what_waits_and_then_erases_all_but_what_another_account_wrote(
    page: Page, server: FakeServer
) -> None:
    server.stop()
    page.get_by_label("Text").fill("unsent")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("list", name="Waiting")).to_contain_text("unsent")
    page.evaluate("caches.open('seen').then((c) => c.put('/api/view/today', new Response('{}')))")
    page.evaluate("care.store.write('outbox', {op_id: 'b', who: 'tom', site: 'bill', files: [], command: {}})")
    page.evaluate("care.store.write('drafts', {who: 'tom', site: 'bill', files: [], fields: []}, '@tom/bill/new')")
    server.refuse = lambda asked: (503, {})
    server.views["POST /auth/sign-out"] = (200, {"next": "/"})
    server.start()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog").filter(has_text="1 lost")).to_be_visible()
    page.get_by_role("button", name="Leave").click()

    page.wait_for_url(server.url + "/")
    page.wait_for_function("window.care")
    assert [[one["who"] for one in kept(page, store)] for store in ("outbox", "drafts")] == [["tom"], ["tom"]]
    assert page.evaluate("caches.has('seen')") is False


def test_a_photo_picked_just_before_sending_goes_along(page: Page, server: FakeServer) -> None:
    limits: list[Route] = []
    page.route("**/api/uploads?site=*", lambda route: limits.append(route))
    picture = photo()
    pick(page, picture)
    page.get_by_label("Text").fill("look")
    page.get_by_role("button", name="Post").click()
    expect(page.locator("form[aria-busy]")).to_have_count(1)

    limits[0].fulfill(json={})

    server.until(lambda: server.texts() == ["look"])
    [shown] = server.commands[0]["command"]["photos"]
    assert server.uploads[shown["media_id"]]["bytes"] == picture["buffer"]


def test_nothing_is_sent_without_a_photo_that_turns_out_too_large(page: Page, server: FakeServer) -> None:
    limits: list[Route] = []
    page.route("**/api/uploads?site=*", lambda route: limits.append(route))
    pick(page, photo())
    page.get_by_label("Text").fill("look")
    page.get_by_role("button", name="Post").click()
    expect(page.locator("form[aria-busy]")).to_have_count(1)

    limits[0].fulfill(json={"photo_bytes": 1000})

    expect(page.get_by_text("IMG_1.jpg is too large.")).to_be_visible()
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    expect(page.get_by_label("Text")).to_have_value("look")
    assert page.locator("form li").count() == 0
    assert server.commands == []


def test_signing_out_warns_of_what_is_half_written_or_was_shared(page: Page, server: FakeServer) -> None:
    server.views["POST /auth/sign-out"] = (200, {"next": "/"})
    for key in ("rose/new", "shared/1"):
        page.evaluate("key => care.store.write('drafts', { site: 'rose', fields: [], files: [] }, key)", key)

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog").filter(has_text="2 lost")).to_be_visible()
    page.get_by_role("button", name="Stay").click()
    assert len(kept(page, "drafts")) == 2

    page.evaluate("['rose/new', 'shared/1'].forEach((key) => care.store.erase('drafts', key))")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(server.url + "/")


def test_a_form_that_does_not_wait_sends_its_photo_first(page: Page, server: FakeServer) -> None:
    page.evaluate(ONLY, "settings")
    server.refuse = lambda asked: (
        None if server.uploads else (422, {"code": "invalid", "fields": {"cover": "Your own, please."}})
    )
    picture = photo()
    pick(page, picture)
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved")).to_be_visible()
    [command] = server.commands
    assert server.uploads[command["command"]["cover"]]["bytes"] == picture["buffer"]
    server.until(lambda: kept(page, "files") == [])
    page.get_by_role("button", name="Save").click()
    server.until(lambda: len(server.arrivals) == 2)


def test_a_photo_that_is_there_can_be_taken_away(page: Page, server: FakeServer) -> None:
    page.evaluate(ONLY, "settings")
    page.get_by_role("button", name="Save").click()
    server.until(lambda: len(server.commands) == 1)
    page.get_by_role("button", name="Remove: The present one").click()
    page.get_by_role("button", name="Save").click()

    server.until(lambda: len(server.commands) == 2)
    assert [done["command"]["cover"] for done in server.commands] == [None, ""]


def test_the_words_about_a_photo_stand_at_its_picker(page: Page, server: FakeServer) -> None:
    page.evaluate(ONLY, "settings")
    problem = {"code": "invalid", "words": "Please look.", "fields": {"cover": "Your own, please."}}
    server.refuse = lambda asked: (422, problem)
    pick(page, photo())
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Your own, please.")).to_be_visible()
    expect(page.locator("input[type=file]")).to_be_focused()


def test_what_is_made_has_one_id_also_when_an_answer_was_lost(page: Page, server: FakeServer) -> None:
    page.goto(f"{server.url}/?form=begin")
    page.get_by_label("Name").fill("Rose")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length === 1)")
    page.route("**/api/do/sites.start_site", lambda route: (route.fetch(), route.abort()), times=1)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("No connection here.")).to_be_visible()
    page.reload()

    expect(page.get_by_label("Name")).to_have_value("Rose")
    page.get_by_role("button", name="Continue").click()

    page.wait_for_url("**/elsewhere?site=made-2")
    first, second = (done["command"]["site_id"] for done in server.commands)
    assert first == second
    assert len(first) == 36
    page.go_back()
    page.wait_for_url("**/?begun=made-2")


def test_a_time_may_be_meant_by_the_clock_of_any_place_and_stays_so_in_a_draft(page: Page, server: FakeServer) -> None:
    page.evaluate(ONLY, "zone")
    page.get_by_text("The clock in Berlin").click()
    page.get_by_label("Clock").select_option(label="Tokyo")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length === 1)")
    page.reload()

    expect(page.get_by_text("The clock in Tokyo")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    server.until(lambda: [c["command"] for c in server.commands] == [{"zone": "Asia/Tokyo"}])


def test_another_language_loads_everything_anew(page: Page, server: FakeServer) -> None:
    server.files["/words/es.json"] = b"{}"
    page.goto(f"{server.url}/?form=account")
    page.evaluate("caches.open('seen').then((cache) => cache.put('/api/view/today?site=rose', new Response('{}')))")
    page.get_by_label("Language").select_option("es")
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/?site=rose")
    page.wait_for_function("window.care && document.documentElement.lang === 'es'")
    assert "lang=es" in page.evaluate("document.cookie")
    page.context.clear_cookies()
    assert page.evaluate("caches.has('seen')") is False


def test_another_clock_does_so_too_and_the_server_is_told_in_its_own_spelling(page: Page, server: FakeServer) -> None:
    page.goto(f"{server.url}/?form=account")
    page.evaluate("caches.open('seen').then((cache) => cache.put('/api/view/today?site=rose', new Response('{}')))")
    page.get_by_label("Clock").select_option(label="Tokyo")
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/?site=rose")
    page.wait_for_function("window.care && document.cookie.includes('tz=Asia/Tokyo')")
    assert server.commands[0]["command"] == {"language": "en", "time_zone": "Asia/Tokyo"}
    assert page.evaluate("caches.has('seen')") is False


def test_times_are_said_by_the_clock_of_the_account(page: Page) -> None:
    page.evaluate("document.cookie = 'tz=\"Europe/Berlin\";path=/'")
    page.evaluate("care.words.goBy('Asia/Tokyo')")

    assert page.evaluate("care.words.sayWhen('2026-03-02T09:00:00Z', 'time')").startswith("6:00")
    assert "tz=Asia/Tokyo" in page.evaluate("document.cookie")
    assert page.evaluate("care.words.isSpoken({ language: 'en', time_zone: 'Asia/Tokyo' })") is True


def test_the_same_language_and_clock_stay_on_the_page(page: Page, server: FakeServer) -> None:
    page.goto(f"{server.url}/?form=account")
    page.evaluate('document.cookie = `tz="${Intl.DateTimeFormat().resolvedOptions().timeZone}";path=/`')
    page.evaluate("isTheSame = true")
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/?site=rose")
    assert page.evaluate("window.isTheSame") is True


def test_what_was_refused_is_told_of_on_every_page_and_not_as_waiting(page: Page, server: FakeServer) -> None:
    server.stop()
    page.get_by_label("Text").fill("a word from the tunnel")
    page.get_by_role("button", name="Post").click()
    wait_for(page, "care.store.readAll('outbox').then((all) => all.length)")
    page.evaluate("care.navigate('/elsewhere?site=rose')")
    server.refuse = lambda asked: (404, {"code": "not_found", "words": "It is not there any more."})
    server.start()
    page.evaluate("care.outbox.flush().catch(() => {})")

    page.get_by_text("1 refused").click(timeout=15_000)
    refused = page.get_by_role("listitem")
    expect(refused).to_contain_text("a word from the tunnel")
    expect(refused).to_contain_text("It is not there any more.")

    server.stop()
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Text")).to_have_value("a word from the tunnel")
    wait_for(page, NOTHING_WAITS)


def test_what_was_refused_and_is_listed_on_the_page_is_not_told_of_twice(page: Page, server: FakeServer) -> None:
    command = {"op_id": "x", "site": "rose", "files": [], "command": {}, "state": "refused"}
    listed = {**command, "operation": "journal.delete_update", "label": "Good morning", "words": "Pinned."}
    page.evaluate(KEEP, listed)
    page.evaluate("care.navigate('/elsewhere?site=rose')")

    expect(page.get_by_role("listitem")).to_contain_text("Good morning")
    expect(page.get_by_text("1 refused")).to_have_count(0)


def test_a_tap_that_was_refused_later_is_told_of_once(page: Page, server: FakeServer) -> None:
    server.stop()
    page.get_by_role("button", name="Heart").click()
    wait_for(page, "care.store.readAll('outbox').then((all) => all.length)")
    page.evaluate("care.navigate('/elsewhere?site=rose')")
    server.refuse = lambda asked: (404, {"code": "not_found", "words": "It is not there any more."})
    server.start()
    page.evaluate("care.outbox.flush().catch(() => {})")

    expect(page.locator("#toasts")).to_have_text("It is not there any more.", timeout=15_000)
    wait_for(page, NOTHING_WAITS)
    expect(page.get_by_text("1 refused")).to_have_count(0)


def test_what_was_written_on_another_page_is_edited_there_also_in_a_form_that_is_folded(page: Page) -> None:
    refused = {"op_id": "x", "site": "rose", "files": [], "state": "refused", "written": ["a hug"]}
    command = {"update_id": "u1", "text": "a hug"}
    entry = {**refused, "operation": "journal.comment", "command": command, "page": "/elsewhere?site=rose"}
    page.evaluate(KEEP, entry)
    page.reload()

    page.get_by_role("button", name="Edit").click()

    expect(page.get_by_label("Comment")).to_have_value("a hug")


@pytest.mark.parametrize(("form", "left"), [("signin", 0), ("code", 1)])
def test_the_address_typed_to_sign_in_is_kept_until_one_is_in(page: Page, form: str, left: int) -> None:
    page.route("**/auth/sign-in", lambda route: route.fulfill(json={"next": "/?form=account"}))
    page.evaluate(ONLY, form)
    page.get_by_label("E-mail").fill("tom@example.org")
    wait_for(page, "care.store.readAll('drafts').then((all) => all.length === 1)")

    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Language")).to_be_visible()

    assert len(kept(page, "drafts")) == left

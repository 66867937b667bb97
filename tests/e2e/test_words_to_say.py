"""What to say: three choices lead to a message that is one's own, also without a connection."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from careapp.ids import new_id
from tests.e2e.conftest import Visit, found_by_axe, ready, walk
from tests.servers import Running, wait_until

WORDS = "/words?site=rose"
NARROW = {"width": 320, "height": 640}
IS_KEPT = "view => caches.match(view).then(Boolean)"
IS_READY = "() => navigator.serviceWorker.controller !== null"
LINE = "We can talk about it, or about anything else."
OFFER = "I'll leave soup at the door on Wednesday at six. I won't ring."
ROOM = 30_000


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("main").get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()


def toms_words(page: Page) -> None:
    """To Rose, from someone close, after a diagnosis."""
    ready(page)
    choose(page, "Close family", "To Rose", "A diagnosis")
    expect(page.get_by_role("heading", name="A diagnosis")).to_be_focused()


def do(
    server: Running, who: str, operation: str, command: dict[str, object], site: str | None = "rose"
) -> dict[str, str]:
    headers = {"Origin": server.url, "Cookie": f"careapp=token-of-{who}"}
    body = {"op_id": new_id(), "site": site, "command": command}
    answer = httpx.post(f"{server.url}/api/do/{operation}", json=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["answer"] or {})


def an_update(server: Running) -> str:
    return do(server, "maya", "journal.post_update", {"id": new_id(), "text": "The doctors have a name for it now."})[
        "id"
    ]


def test_three_choices_lead_to_sentences_that_are_tapped_together(visit: Visit) -> None:
    page = visit("tom", WORDS)
    toms_words(page)

    page.get_by_role("button", name=LINE).click()
    page.get_by_role("button", name=OFFER).click()

    message = page.get_by_label("Your message")
    expect(message).to_have_value(f"{LINE}\n\n{OFFER}")
    page.get_by_role("button", name="Go to your message").click()
    expect(message).to_be_focused()
    expect(message).to_be_in_viewport()
    expect(page.get_by_role("button", name=LINE)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=LINE).click()
    expect(message).to_have_value(OFFER)
    expect(page.get_by_role("button", name=LINE)).to_have_attribute("aria-pressed", "false")


def test_who_writes_and_how_it_should_sound_change_what_is_suggested(visit: Visit) -> None:
    page = visit("ida", WORDS)
    toms_words(page)
    own = page.get_by_role("button", name="You are still you to me, with or without this word.")
    expect(own).to_be_visible()
    expect(page.locator("[aria-pressed]").first).to_contain_text("Rose, I put the phone down")
    expect(page.get_by_role("radio", name="Light")).to_have_count(0)

    choose(page, "Change: Close family")
    choose(page, "A neighbour")

    expect(own).to_have_count(0)
    knock = page.get_by_role("button", name="Knock, with or without a reason")
    expect(knock).to_be_visible()
    page.get_by_text("Practical help").click()
    expect(knock).to_have_count(0)
    expect(page.get_by_role("button", name=OFFER)).to_be_visible()


def test_faith_is_offered_where_the_profile_has_one(visit: Visit, server: Running) -> None:
    page = visit("tom", WORDS)
    toms_words(page)
    expect(page.get_by_role("radio", name="Warm")).to_be_checked()
    expect(page.get_by_role("radio", name="With faith")).to_have_count(0)

    do(server, "maya", "sites.edit_profile", {"faith": "Goes to church on Sundays"})
    page = visit("tom", WORDS)
    toms_words(page)

    page.get_by_text("With faith").click()
    expect(page.get_by_role("button", name="I lit a candle tonight. You are in it.")).to_be_visible()


def test_it_says_what_is_better_not_said_and_why(visit: Visit) -> None:
    page = visit("tom", WORDS)
    toms_words(page)

    page.get_by_text("Better not said here, and why").click()

    expect(page.get_by_text("It turns illness into a contest")).to_be_visible()
    page.get_by_text("What helps nobody, anywhere").click()
    expect(page.get_by_text("Let me know if you need anything.")).to_be_visible()


def test_a_half_written_message_is_there_when_one_comes_back(visit: Visit) -> None:
    page = visit("tom", WORDS)
    toms_words(page)
    page.get_by_role("button", name=LINE).click()
    page.get_by_label("Your message").press_sequentially(" Tom")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_text("Kept on this device. You find it here")).to_be_visible()

    page.goto("/today?site=rose")
    walk(page, WORDS)

    expect(page.get_by_label("Your message")).to_have_value(f"{LINE} Tom")
    expect(page.get_by_role("heading", name="A diagnosis")).to_be_visible()


def test_it_is_copied_or_emptied_and_brought_back(visit: Visit) -> None:
    page = visit("tom", WORDS, permissions=["clipboard-read", "clipboard-write"])
    toms_words(page)
    page.get_by_role("button", name=LINE).click()

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == LINE
    page.get_by_role("button", name="Empty the text").click()
    expect(page.get_by_label("Your message")).to_have_value("")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Your message")).to_have_value(LINE)


@pytest.mark.needs_worker
def test_a_message_built_without_a_connection_arrives_as_a_comment(visit: Visit, server: Running) -> None:
    update = an_update(server)
    page = visit("ida", f"/update?site=rose&update={update}")
    page.wait_for_function(IS_READY)
    wait_until(lambda: page.evaluate(IS_KEPT, "/api/view/words?site=rose") is True)
    page.context.set_offline(True)

    page.get_by_role("main").get_by_role("link", name="What to say").click()
    expect(page.get_by_role("heading", name="What to say")).to_be_visible()
    page.reload()
    toms_words(page)
    page.get_by_role("button", name=LINE).click()
    page.get_by_role("button", name="Post as a comment").click()

    page.wait_for_url(f"**/update?site=rose&update={update}")
    expect(page.get_by_text("Waiting to be sent")).to_be_visible(timeout=ROOM)
    page.context.set_offline(False)
    expect(page.get_by_text("Waiting to be sent")).to_have_count(0, timeout=ROOM)
    expect(page.get_by_role("main").get_by_text(LINE)).to_be_visible(timeout=ROOM)
    reader = visit("maya", f"/update?site=rose&update={update}")
    expect(reader.get_by_text(LINE)).to_be_visible(timeout=ROOM)
    walk(page, f"{WORDS}#update={update}")
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()


def test_an_offer_goes_onto_the_list_of_help(visit: Visit) -> None:
    page = visit("tom", WORDS)
    toms_words(page)
    choose(page, OFFER, LINE, "Offer this as help")  # what is tapped after an offer stands in its paragraph

    page.wait_for_url("**/help-wanted?site=rose")
    expect(page.get_by_label("What can you do, and when?")).to_have_value(OFFER)
    expect(page.get_by_label("What with?")).to_have_value("meals")
    page.get_by_role("button", name="Offer it").click()
    expect(page.get_by_text(OFFER)).to_be_visible()


def test_who_writes_updates_builds_a_hard_one(visit: Visit) -> None:
    page = visit("maya", WORDS)
    page.get_by_role("link", name="A hard update").click()
    choose(page, "A setback")
    expect(page.get_by_role("heading", name="A setback")).to_be_focused()

    choose(page, "This is not the update that I wanted to write.", "No questions about numbers and chances.")
    page.get_by_label("What we know").fill("The new plan begins on Monday.")
    choose(page, "Put into an update")

    page.wait_for_url("**/write?site=rose")
    expect(page.get_by_label("How are things?")).to_have_value(
        "This is not the update that I wanted to write.\n\nThe new plan begins on Monday.\n\n"
        "No questions about numbers and chances."
    )
    walk(page, f"{WORDS}#hard")
    expect(page.get_by_role("heading", name="What do you have to tell?")).to_be_visible()


def test_who_writes_no_updates_is_not_asked_to(visit: Visit) -> None:
    page = visit("ida", f"{WORDS}#hard")

    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    expect(page.get_by_role("link", name="A hard update")).to_have_count(0)


def test_no_other_page_loads_the_sentences(visit: Visit) -> None:
    asked: list[str] = []
    page = visit("", "/install", service_workers="block")
    page.context.add_cookies([{"name": "careapp", "value": "token-of-tom", "url": page.url}])
    page.on("request", lambda request: asked.append(request.url))
    walk(page, "/today?site=rose")
    expect(page.get_by_role("navigation").first).to_be_visible()
    assert [url for url in asked if "/say/" in url or re.search(r"/say[-.\w]*\.js", url)] == []

    walk(page, WORDS)

    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    wait_until(lambda: any(url.endswith("/say/en.json") for url in asked))


def test_in_spanish_everything_is_spanish(visit: Visit, server: Running) -> None:
    do(server, "cole", "accounts.update_account", {"name": "Dr Cole", "language": "es"}, site=None)
    page = visit("cole", WORDS)

    choose(page, "Familia cercana", "Para toda la familia", "Una muerte")

    expect(page.get_by_text("Voy a seguir nombrando a Rose.")).to_be_visible()
    page.get_by_role("button", name="No tienen que estar bien.").click()
    expect(page.get_by_label("Tu mensaje")).to_have_value("No tienen que estar bien.")


@pytest.mark.parametrize("step", ["first", "last", "hard"])
def test_axe_finds_nothing_and_it_fits_the_narrowest_phone_with_large_text(visit: Visit, step: str) -> None:
    page = visit("maya", WORDS, bypass_csp=True, viewport=NARROW)
    if step == "last":
        toms_words(page)
        page.get_by_text("Better not said here, and why").click()
        page.get_by_role("button", name=LINE).click()
    if step == "hard":
        page.get_by_role("link", name="A hard update").click()
        choose(page, "A setback")

    assert found_by_axe(page) == []
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], size

"""What a family does together: updates count as seen, work is shared out, a meeting is followed on several phones."""

import re

import httpx
from playwright.sync_api import Page, expect

from careapp.ids import new_id
from tests.e2e.conftest import Visit, ready
from tests.servers import Running, wait_until

ROOM = 30_000


def do(server: Running, who: str, operation: str, **command: object) -> None:
    headers = {"Origin": server.url, "Cookie": f"careapp=token-of-{who}"}
    body = {"op_id": new_id(), "site": "rose", "command": command}
    answer = httpx.post(f"{server.url}/api/do/{operation}", json=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text


def seen_by(server: Running, who: str) -> int:
    """How many have seen the newest update, as its author's journal says."""
    headers = {"Cookie": f"careapp=token-of-{who}"}
    text = httpx.get(f"{server.url}/api/view/journal?site=rose", headers=headers, timeout=60).text
    found = re.search(r'"seen_by": ?(\d+)', text)
    return int(found[1]) if found else -1


def test_an_update_that_was_looked_at_counts_as_seen_also_when_that_was_without_a_connection(
    visit: Visit, server: Running
) -> None:
    do(server, "tom", "journal.post_update", id=new_id(), text="A quiet night.")
    assert seen_by(server, "tom") == 0
    page = visit("ida", "/journal?site=rose")
    expect(page.get_by_text("A quiet night.").first).to_be_visible()
    page.context.set_offline(True)
    ready(page)
    wait_until(lambda: page.evaluate(KEPT))
    expect(page.get_by_text("No connection.")).to_be_visible()
    expect(page.get_by_text("waits to be sent")).to_have_count(0)

    page.context.set_offline(False)
    wait_until(lambda: seen_by(server, "tom") == 1, server, 60)
    toms = visit("tom", "/journal?site=rose")
    expect(toms.get_by_text("seen by 1 of 4").first).to_be_visible()


def test_what_nobody_has_is_taken_on_without_a_connection(visit: Visit, server: Running) -> None:
    do(server, "maya", "duties.add_responsibility", kind="transport")
    page = visit("ida", "/responsibilities?site=rose")

    page.context.set_offline(True)
    page.get_by_role("button", name="I will do this").click()
    expect(page.get_by_role("button", name="Being sent")).to_be_visible()
    page.context.set_offline(False)

    expect(page.get_by_text("Ida Berg")).to_be_visible(timeout=ROOM)
    expect(page.get_by_role("button", name="I will do this")).to_have_count(0)


def test_a_meeting_is_followed_on_two_phones_and_goes_on_after_a_reload(visit: Visit) -> None:
    maya = visit("maya", "/kick-off?site=rose")
    maya.get_by_role("button", name="Begin").click()
    expect(maya.get_by_role("heading", name="Who is here, who is missing")).to_be_visible(timeout=ROOM)
    toms = visit("tom", "/kick-off?site=rose")

    _decide(maya, "Anna could not come.")
    expect(toms.get_by_text("1 of 8 points are done")).to_be_visible(timeout=ROOM)
    expect(toms.locator("#point-story")).to_have_attribute("open", "")
    _decide(toms, "Home as long as it goes.")
    maya.reload()
    ready(maya)

    expect(maya.locator("#point-contact")).to_have_attribute("open", "")
    expect(maya.get_by_text("2 of 8 points are done")).to_be_visible(timeout=ROOM)
    maya.get_by_role("button", name="Put together what you decided").click()
    expect(maya.get_by_label("This is posted for the family only. Change what you like.")).to_have_value(
        _containing("Anna could not come.", "Home as long as it goes.")
    )

    access = maya.locator("#point-access")
    access.locator("summary").click()
    access.get_by_role("button", name="Friend Ida Berg").click()
    access.get_by_label("Role").select_option(label="Family")
    access.get_by_role("button", name="Change the role").click()
    expect(toms.locator("#point-access li").filter(has_text="Ida Berg")).to_contain_text("Family", timeout=ROOM)
    toms.get_by_role("button", name="Put together what you decided").click()
    toms.get_by_role("button", name="Post it in the journal").click()
    toms.wait_for_url("**/journal?**")
    expect(maya.get_by_role("link", name="Edit the update")).to_be_visible(timeout=ROOM)


KEPT = """async () => {
    const open = indexedDB.open("careapp");
    const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const rows = db.transaction("outbox").objectStore("outbox").getAll();
    const found = await new Promise((done) => { rows.onsuccess = () => done(rows.result); });
    db.close();
    return found.some((entry) => entry.operation === "journal.mark_seen");
}"""


def _decide(page: Page, words: str) -> None:
    point = page.locator("details[open]").first
    point.get_by_label("What we decide").fill(words)
    point.get_by_role("button", name="Done, go on").click()


def _containing(*texts: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(text) for text in texts), re.DOTALL)

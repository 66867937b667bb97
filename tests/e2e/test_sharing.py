"""What leaves the site by a link, and what comes in from the phone's share menu."""

from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Visit, ready, walk
from tests.phone import a_photo
from tests.servers import wait_until

PATIENCE = 15_000
IN_CHARGE = "() => navigator.serviceWorker.controller !== null"
IS_KEPT = "view => caches.match(view).then(Boolean)"
SHARE = """({text, photo, name}) => {
    const form = Object.assign(document.createElement("form"), {
        method: "post", action: "/share-target", enctype: "multipart/form-data" });
    const field = () => form.appendChild(document.createElement("input"));
    const add = (type, name) => Object.assign(field(), { type, name });
    add("text", "text").value = text;
    if (photo) {
        const bytes = Uint8Array.from(atob(photo), (sign) => sign.charCodeAt(0));
        const files = new DataTransfer();
        files.items.add(new File([bytes], name, { type: name.endsWith(".jpg") ? "image/jpeg" : "" }));
        add("file", "files").files = files.files;
    }
    document.body.append(form);
    form.submit();
}"""


def share(page: Page, text: str, photo: bytes = b"", name: str = "lake.jpg") -> None:
    """As the phone's share menu does it: a form that is sent to the app."""
    page.wait_for_function(IN_CHARGE)
    page.evaluate(SHARE, {"text": text, "photo": b64encode(photo).decode(), "name": name})


def test_who_gets_the_link_sees_the_update_without_an_account_until_it_is_taken_back(
    visit: Visit, phone: Callable[..., BrowserContext]
) -> None:
    page = visit("maya", "/write?site=rose")
    page.locator("textarea[name=text]").fill("She walked to the lake.")
    page.locator("input[type=file]").set_input_files(
        {"name": "lake.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(page.locator("#photos img")).to_be_visible()
    page.get_by_role("button", name="Post").click()
    page.wait_for_url("**/journal**")
    card = page.locator("article").filter(has_text="She walked to the lake.")
    expect(card.locator("[data-photo]")).to_be_visible(timeout=PATIENCE)
    card.locator("summary").click()
    card.get_by_role("link", name="Share by a link").click()
    page.wait_for_url("**/share?**")
    page.get_by_role("button", name="Make the link").click()
    made = page.get_by_role("status").filter(has_text="The link is ready")
    address = made.locator("p.break-all").inner_text()

    stranger = phone(java_script_enabled=False).new_page()
    stranger.goto(address)
    expect(stranger.get_by_role("heading", name="Maya shared this with you")).to_be_visible()
    expect(stranger.get_by_text("She walked to the lake.")).to_be_visible()
    assert stranger.get_by_role("img").evaluate("image => image.complete && image.naturalWidth") > 0

    walk(page, "/links?site=rose")
    expect(page.get_by_text("opened 1 time")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("dialog").get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_text("No link is open.")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_role("heading", name="This link shows nothing")).to_be_visible()


@pytest.mark.needs_worker
def test_what_is_shared_from_the_gallery_waits_in_the_composer_even_offline(
    visit: Visit, phone: Callable[..., BrowserContext]
) -> None:
    page = visit("tom", "/write?site=rose")
    wait_until(lambda: page.evaluate(IS_KEPT, "/api/view/write?site=rose") is True)
    page.wait_for_function(IN_CHARGE)
    page.goto("/today?site=rose")
    page.context.set_offline(True)

    for _ in range(2):  # a second tap shares the same again
        share(page, "From the train", a_photo(seed=7))
        page.wait_for_url("**/write?**shared=**")
        ready(page)
        expect(page.locator("textarea[name=text]")).to_have_value("From the train", timeout=PATIENCE)
        expect(page.locator("#photos img")).to_have_count(1)
    page.context.set_offline(False)
    page.get_by_role("button", name="Post").click()

    page.wait_for_url("**/journal**")
    card = page.locator("article").filter(has_text="From the train")
    expect(card.locator("[data-photo]")).to_be_visible(timeout=PATIENCE)
    walk(page, "/write?site=rose")
    expect(page.locator("textarea[name=text]")).to_have_value("")
    share(page, "", b"MZ not a photo", "tool.exe")
    expect(page.get_by_role("alert")).to_contain_text("Only photos, videos and text can be shared here.")


@pytest.mark.needs_worker
def test_what_is_shared_while_signed_out_waits_until_somebody_has_signed_in(
    phone: Callable[..., BrowserContext],
) -> None:
    context = phone()
    page = context.new_page()
    page.goto("/")
    share(page, "A letter from Ida", a_photo(seed=8))

    page.wait_for_url("**/received?shared=**")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    context.add_cookies([{"name": "careapp", "value": "token-of-maya", "url": page.url}])
    page.reload()

    page.wait_for_url("**/write?**")
    expect(page.locator("textarea[name=text]")).to_have_value("A letter from Ida", timeout=PATIENCE)
    expect(page.locator("#photos img")).to_have_count(1)

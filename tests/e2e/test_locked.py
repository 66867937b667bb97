"""The real server, from outside: what a stranger with a browser, a socket or curl gets."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from tests.servers import Running

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}

# Speaks to the framework as its own script would, and answers with all that came back until the state had come.
ASK_FOR_STATE = """(address) => new Promise((answer) => {
  const socket = new WebSocket(address), said = [];
  const hydrate = {name: "reflex___state____state.hydrate", payload: {},
                   router_data: {pathname: "/account", query: {}, asPath: "/account"}};
  socket.onclose = () => answer(said.join("\\n"));
  socket.onmessage = (message) => {
    said.push(message.data);
    if (message.data.startsWith("0")) socket.send("40/_event,");
    if (message.data.startsWith("40")) socket.send("42/_event," + JSON.stringify(["event", hydrate]));
    if (message.data.includes("delta")) socket.close();
  };
})"""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/today?site=rose", 303),
        ("/missing", 404),
        ("/assets/missing.js", 404),
        ("/sw.js", 200),
        ("/manifest.webmanifest", 200),
        ("/api/health", 200),
        ("/api/missing", 404),
        ("/media/missing/320", 401),
        ("/ping", 200),
        ("/_upload", 404),
        ("/_upload/x", 404),
        ("/_all_routes", 404),
        ("/auth-codespace", 404),
        ("/_health", 404),
    ],
)
def test_every_answer_carries_the_headers(server: Running, path: str, status: int) -> None:
    answer = httpx.get(server.url + path)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert answer.headers["cache-control"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/ping", "/_event/", "/api/do/sites.leave", "/auth/sign-in", "/api/uploads"])
def test_another_website_cannot_write_anywhere(server: Running, method: str, path: str) -> None:
    assert httpx.request(method, server.url + path, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_socket_from_another_website_is_refused_with_the_headers(server: Running) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": "https://evil.example",
    }

    answer = httpx.get(f"{server.url}/_event/?token=abc&EIO=4&transport=websocket", headers=handshake)

    assert answer.status_code == 403
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_a_stolen_page_token_shows_nothing_of_its_owner(phone: Callable[..., BrowserContext], server: Running) -> None:
    maya, sam = phone("maya"), phone("sam")
    address = _open_until_shown(maya.new_page(), "/account", "maya@example.org")

    assert "maya@example.org" in _state(maya, address)
    assert "maya@example.org" not in _state(sam, address)


def _open_until_shown(page: Page, path: str, words: str) -> str:
    """Open a page until its state holds the words, and close it; the address of its socket."""
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    with page.expect_websocket() as opened:
        page.goto(path)
    while not any(words in frame for frame in heard):
        page.wait_for_timeout(20)
    page.close()
    return opened.value.url


def _state(context: BrowserContext, address: str) -> str:
    """What the framework tells this browser's session about the page with that token."""
    page = context.new_page()
    page.goto("/manifest.webmanifest")
    return str(page.evaluate(ASK_FOR_STATE, address))

"""The middleware around everything that is served. Every guard has a test that fails without it."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from careapp import limits
from careapp.api.headers import Policies
from careapp.api.problems import answering
from careapp.api.security import Security
from careapp.settings import settings
from tests.client import HOME, Browser

pytestmark = pytest.mark.usefixtures("data")

SCRIPT = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


async def _page(request: Request) -> Response:
    return HTMLResponse("<h1>Rose</h1>")


async def _strict(request: Request) -> Response:
    return PlainTextResponse("", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=5"})


async def _address(request: Request) -> Response:
    return PlainTextResponse(request.scope["careapp.address"])


async def _take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _fall(request: Request) -> Response:
    raise RuntimeError("the canary's password is hunter2hunter2")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.query_params.get("token", ""))
    await socket.close()


async def _talk(socket: WebSocket) -> None:
    await socket.accept()
    async for said in socket.iter_text():
        await socket.send_text(said)
    await socket.send_text("too late")


ROUTES = [
    Route("/", _page, methods=["GET", "POST"]),
    Route("/strict", _strict),
    Route("/api/address", _address),
    Route("/api/take", answering(_take), methods=["POST", "PATCH"]),
    Route("/api/uploads/one", _take, methods=["POST", "PATCH"]),
    Route("/fall", _fall),
    Route("/assets/app-1a2b.js", _page),
    *(
        Route(path, _page)
        for path in ("/_upload", "/_upload/secret.pdf", "/_all_routes", "/auth-codespace", "/_health")
    ),
    WebSocketRoute("/_event/", _socket),
    WebSocketRoute("/_event/talk", _talk),
    WebSocketRoute("/elsewhere", _socket),
]


def app() -> Any:
    return Security(Starlette(routes=ROUTES), Policies({"/": {SCRIPT}}))


@pytest.fixture
def browser() -> Browser:
    return Browser(app=app(), raise_server_exceptions=False)


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def change(**values: str) -> Browser:
        for name, value in values.items():
            monkeypatch.setenv(f"CAREAPP_{name.upper()}", value)
        settings.cache_clear()
        return Browser(app=app(), raise_server_exceptions=False)

    yield change
    monkeypatch.undo()
    settings.cache_clear()


EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/missing", 404),
        ("DELETE", "/", 405),
        ("GET", "/api/nothing", 404),
        ("GET", "/fall", 500),
        ("GET", "/_upload", 404),
        ("OPTIONS", "/", 405),
        ("HEAD", "/", 200),
    ],
)
def test_every_answer_carries_the_headers(browser: Browser, method: str, path: str, status: int) -> None:
    answer = browser.request(method, path)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=(), microphone=(), geolocation=(self)" in answer.headers["permissions-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/video-check", "/video-check/", "/video-check/index.html"])
def test_one_page_may_use_the_camera(browser: Browser, path: str) -> None:
    policy = browser.request("GET", path).headers["permissions-policy"]

    assert policy.startswith("camera=(self), microphone=(self), geolocation=(self)")


def test_refused_requests_carry_the_headers_too(browser: Browser) -> None:
    refused = browser.post("/", headers={"Origin": "https://evil.example"})
    too_large = browser.post("/api/take", content=b"x" * 2_000_000)

    for answer in (refused, too_large):
        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_pages_run_only_their_own_scripts(browser: Browser) -> None:
    policy = _policy(browser.get("/"))

    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == f"'self' {SCRIPT}"
    assert "'unsafe" not in " ".join(policy.values())
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["img-src"] == "'self' blob: data:"
    assert "ws://localhost:8000" in policy["connect-src"].split()
    assert "*" not in " ".join(policy.values())


def test_a_page_does_not_run_the_scripts_of_another(browser: Browser) -> None:
    assert _policy(browser.get("/assets/app-1a2b.js"))["script-src"] == "'self'"


def test_files_carry_a_short_policy(browser: Browser) -> None:
    assert (
        browser.get("/strict.txt").headers["content-security-policy"].startswith("default-src 'self'; frame-ancestors")
    )


def test_data_runs_nothing_at_all(browser: Browser) -> None:
    assert _policy(browser.get("/api/address"))["default-src"] == "'none'"


def test_a_route_may_be_stricter(browser: Browser) -> None:
    answer = browser.get("/strict")

    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["cache-control"] == "max-age=5"


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-cache"),
        ("/assets/app-1a2b.js", "public, max-age=31536000, immutable"),
        ("/assets/missing.js", "no-cache"),
        ("/api/address", "private, no-store"),
        ("/media/x/320", "private, no-store"),
        ("/auth/sign-in", "private, no-store"),
    ],
)
def test_caching_is_said_for_everything(browser: Browser, path: str, caching: str) -> None:
    assert browser.get(path).headers["cache-control"] == caching


def test_https_is_kept_to(set_to: Any) -> None:
    assert "strict-transport-security" not in Browser(app=app()).get("/").headers

    answer = set_to(url="https://care.example.org").get("/")

    assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert "wss://care.example.org" in _policy(answer)["connect-src"].split()


@pytest.mark.parametrize("path", ["/_upload", "/_upload/secret.pdf", "/_all_routes", "/auth-codespace", "/_health"])
def test_what_the_framework_leaves_open_is_not_there(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404


def test_a_fault_shows_its_incident_and_nothing_else(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/fall")

    assert answer.status_code == 500
    assert "hunter2" not in answer.text


# Where it comes from


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8001", "file://", ""])
def test_writes_from_another_website_are_refused(browser: Browser, origin: str) -> None:
    assert browser.post("/", headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_this_machine_goes_by_several_names(browser: Browser, origin: str) -> None:
    assert browser.post("/", headers={"Origin": origin}).status_code == 200


def test_a_public_address_has_no_other_names(set_to: Any) -> None:
    public = set_to(url="https://care.example.org")

    assert public.post("/", headers={"Origin": "https://care.example.org"}).status_code == 200
    assert public.post("/", headers={"Origin": "http://care.example.org"}).status_code == 403
    assert public.post("/", headers={"Origin": HOME}).status_code == 403


LAN = "http://192.168.1.5:8000"


@pytest.mark.parametrize(
    ("allowed", "origin", "host", "status"),
    [
        ("1", LAN, "192.168.1.5:8000", 200),
        ("1", "http://careapp.local:8000", "careapp.local:8000", 200),
        ("", LAN, "192.168.1.5:8000", 403),
        ("1", LAN, "192.168.1.6:8000", 403),
        ("1", "http://evil.example", "evil.example", 403),
        ("1", "http://8.8.8.8:8000", "8.8.8.8:8000", 403),
    ],
)
def test_a_phone_in_the_own_network_may_be_let_in(
    set_to: Any, allowed: str, origin: str, host: str, status: int
) -> None:
    phone = set_to(allow_http_lan=allowed)

    assert phone.post("/", headers={"Origin": origin, "Host": host}).status_code == status


# Sockets and the state behind them


def said_on(browser: Browser, path: str = "/_event/?token=abc&EIO=4", **headers: str) -> str:
    with browser.websocket_connect(path, headers=headers) as socket:
        return str(socket.receive_text())


def test_a_socket_from_our_page_is_let_in(browser: Browser) -> None:
    assert said_on(browser)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_socket_from_another_website_is_refused(browser: Browser, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect):
        said_on(browser, Origin=origin)


def test_a_socket_that_does_not_say_where_it_comes_from_is_refused(browser: Browser) -> None:
    del browser.headers["Origin"]

    with pytest.raises(WebSocketDisconnect):
        said_on(browser)


def test_there_is_one_socket_only(browser: Browser) -> None:
    with pytest.raises(WebSocketDisconnect):
        said_on(browser, "/elsewhere")


def test_a_refused_socket_carries_the_headers() -> None:
    answer = _refused_socket({"websocket.http.response": {}})[0]

    headers = {name.decode(): value.decode() for name, value in answer["headers"]}
    assert answer["status"] == 403
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_a_server_that_cannot_answer_a_refused_socket_closes_it() -> None:
    assert _refused_socket({}) == [{"type": "websocket.close", "code": 1008}]


def test_the_same_session_finds_its_page_again(browser: Browser) -> None:
    browser.cookies.set("careapp", "token-of-tom")

    assert said_on(browser) == said_on(browser)


def test_a_page_token_is_worth_nothing_in_another_browser() -> None:
    tom, sam, nobody = (Browser(who, app()) for who in ("tom", "sam", ""))

    assert len({said_on(tom), said_on(sam), said_on(nobody), "abc"}) == 4


def test_all_tokens_in_an_address_are_bound(browser: Browser) -> None:
    """A second one could otherwise be the one that is looked at."""
    assert said_on(browser, "/_event/?token=abc&token=abc") == said_on(browser)
    assert said_on(browser, "/_event/?token=abc&%74oken=abc") == said_on(browser)


# How much and how often


def test_a_body_may_be_as_large_as_the_limit(set_to: Any) -> None:
    small = set_to(max_body_bytes="1000")

    assert small.post("/api/take", content=b"x" * 1000).text == "1000"
    assert small.post("/api/take", content=b"x" * 1001).status_code == 413


def test_a_body_of_unknown_length_is_counted_as_it_comes(set_to: Any) -> None:
    small = set_to(max_body_bytes="1000")

    assert small.post("/api/take", content=(b"x" * 100 for _ in range(11))).status_code == 413


def test_uploads_have_limits_of_their_own(set_to: Any) -> None:
    small = set_to(max_body_bytes="1000")

    assert small.patch("/api/uploads/one", content=b"x" * 5000).text == "5000"
    assert small.post("/api/uploads/one", content=b"x" * 5000).status_code == 413
    assert small.patch("/api/take", content=b"x" * 5000).status_code == 413


@pytest.mark.usefixtures("one_moment")
def test_a_flood_from_one_address_is_held_back(set_to: Any) -> None:
    set_to(max_requests_per_minute="5")
    one = app()
    near, far = Browser(app=one, address="203.0.113.7"), Browser(app=one, address="203.0.113.8")

    statuses = [near.get("/").status_code for _ in range(7)]

    assert statuses == [200] * 5 + [429] * 2
    assert near.get("/").headers["retry-after"]
    assert near.get("/assets/app-1a2b.js").status_code == 200
    assert far.get("/").status_code == 200


@pytest.mark.usefixtures("one_moment")
def test_a_flood_does_not_hold_back_a_call_for_help_nor_that_one_has_arrived(set_to: Any) -> None:
    set_to(max_requests_per_minute="5")
    near = Browser(app=app(), address="203.0.113.7")
    assert [near.get("/").status_code for _ in range(6)][-1] == 429

    for path in ("/api/do/sos.raise_alert", "/api/received"):
        assert near.post(path, json={}).status_code != 429
    assert [near.post("/api/received", json={}).status_code for _ in range(6)][-1] == 429


@pytest.mark.usefixtures("one_moment")
def test_a_flood_of_one_session_is_held_back_wherever_it_comes_from(set_to: Any) -> None:
    set_to(max_requests_per_minute="5")
    one = app()

    statuses = [Browser("tom", one, f"203.0.113.{n}").get("/").status_code for n in range(7)]

    assert statuses == [200] * 5 + [429] * 2
    assert Browser("ida", one, "203.0.113.1").get("/").status_code == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1, 127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "nonsense"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(peer: str, forwarded: str, counted: str) -> None:
    browser = Browser(app=app(), address=peer)

    assert browser.get("/api/address", headers={"X-Forwarded-For": forwarded}).text == counted
    assert limits.address_of(peer, forwarded) == counted


def test_a_proxy_elsewhere_can_be_named(set_to: Any) -> None:
    set_to(trusted_proxies="10.1.0.0/16")

    assert limits.address_of("10.1.2.3", "198.51.100.1") == "198.51.100.1"
    assert limits.address_of("127.0.0.1", "198.51.100.1") == "127.0.0.1"


def _policy(answer: Any) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))


def _refused_socket(extensions: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "websocket",
        "path": "/_event/",
        "query_string": b"token=abc",
        "headers": [(b"host", b"localhost:8000"), (b"origin", b"https://evil.example")],
        "extensions": extensions,
        "client": ("127.0.0.1", 5),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app()(scope, receive, send))
    return [message for message in sent if "body" not in message["type"]]


def test_an_open_socket_is_closed_by_who_says_too_much(set_to: Any) -> None:
    tom, ida = (Browser(who, app()) for who in ("tom", "ida"))
    set_to(max_requests_per_minute="5")

    with tom.websocket_connect("/_event/talk?token=a") as socket:
        for word in "abcd":
            socket.send_text(word)
            assert socket.receive_text() == word
        socket.send_text("e")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()

    assert closed.value.code == 1008
    with ida.websocket_connect("/_event/talk?token=a") as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"

"""The one door for writes: what comes in, how often, from whom, and what the answer gives away."""

import copy
import json
import math
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import col, select

from careapp import db, features
from careapp.accounts.codes import account_of
from careapp.accounts.passwords import hashed
from careapp.api.door import Envelope
from careapp.ids import new_id
from careapp.models import Comment, Status, Update
from careapp.operation import OPERATIONS
from careapp.perform import Asked, do
from tests.cast import Cast, add_site
from tests.client import Browser, front
from tests.examples import EXAMPLES
from tests.scene import Stored

pytestmark = pytest.mark.usefixtures("stored_site")
features.load("operations")

POST = "journal.post_update"
STATUS = "journal.set_status"


def an_update(text: str = "The operation went well.") -> dict[str, Any]:
    return {"id": new_id(), "text": text}


def updates() -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(col(Update.text)).order_by(col(Update.id))))


def test_a_member_posts_an_update() -> None:
    answer = Browser("tom").write(POST, an_update())

    assert answer.status_code == 200, answer.text
    assert "answer" in answer.json()
    assert updates() == ["The operation went well."]


def test_the_same_op_id_has_one_effect_and_one_answer() -> None:
    tom, op_id, command = Browser("tom"), new_id(), {"text": "Home again."}

    first = tom.write(POST, command, op_id=op_id)
    second = tom.write(POST, command, op_id=op_id)

    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert updates() == ["Home again."]


def test_the_same_op_id_with_another_body_is_refused() -> None:
    tom, op_id = Browser("tom"), new_id()
    tom.write(POST, {"text": "Home again."}, op_id=op_id)

    answer = tom.write(POST, {"text": "Not home yet."}, op_id=op_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert updates() == ["Home again."]


def test_another_member_may_use_the_same_op_id() -> None:
    op_id = new_id()
    Browser("tom").write(POST, {"text": "From Tom."}, op_id=op_id)

    assert Browser("maya").write(POST, {"text": "From Maya."}, op_id=op_id).status_code == 200
    assert len(updates()) == 2


def test_a_refused_write_may_be_tried_again_with_the_same_op_id() -> None:
    tom, op_id = Browser("tom"), new_id()
    assert tom.write(POST, {"text": "x" * 100_001}, op_id=op_id).status_code == 422

    assert tom.write(POST, {"text": "Shorter."}, op_id=op_id).status_code == 200
    assert updates() == ["Shorter."]


@pytest.mark.both_databases
def test_the_same_write_sent_twice_at_once_has_one_effect(stored_site: Cast) -> None:
    asked = Asked(POST, {"text": "Sent by two tabs."}, new_id(), "rose")
    together = threading.Barrier(4)

    def send(_: int) -> Any:
        together.wait()
        return do(asked, stored_site.credentials("tom"))

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, range(4)))

    assert all(answer == answers[0] for answer in answers)
    assert updates() == ["Sent by two tabs."]


def test_writes_that_arrive_in_another_order_all_count() -> None:
    tom = Browser("tom")
    op_ids = [new_id() for _ in range(5)]

    for op_id in reversed(op_ids):
        assert tom.write(STATUS, {"words": op_id[-4:]}, op_id=op_id).status_code == 200
    for op_id in op_ids:
        assert tom.write(STATUS, {"words": op_id[-4:]}, op_id=op_id).status_code == 200

    with db.reading() as session:
        assert len(session.scalars(select(Status)).all()) == 5


@pytest.mark.parametrize("op_id", ["none", "x", "0", "1234", "{}", "00000000-0000-0000-0000-00000000000G"])
def test_a_write_needs_a_proper_op_id(op_id: str) -> None:
    assert Browser("tom").write(POST, an_update(), op_id=op_id).status_code == 422
    assert updates() == []


BROKEN = {
    "nothing": b"",
    "no JSON": b"<xml/>",
    "half of it": b'{"op_id": "x", "comm',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "NUL": b"\x00",
    "no UTF-8": b'{"command": {"text": "\xff\xfe"}}',
    "a lone surrogate": b'{"command": {"text": "\\ud800"}}',
    "an unknown key": b'{"command": {}, "as": "maya"}',
    "a site that is no text": b'{"command": {}, "site": 7}',
    "a site with a path": b'{"command": {}, "site": "../rose"}',
    "a command that is no object": b'{"command": "text"}',
    "very deep": b'{"command": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    "a huge number": b'{"command": {"text": 1' + b"0" * 5000 + b"}}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_refused_in_words(body: bytes) -> None:
    answer = Browser("tom").post(f"/api/do/{POST}", content=body)

    assert answer.status_code == 422
    assert set(answer.json()) <= {"code", "words", "fields"}
    assert updates() == []


@pytest.mark.parametrize("text", [7, None, True, ["text"], {"text": "x"}, 1.5])
def test_types_are_not_guessed(text: Any) -> None:
    answer = Browser("tom").write(POST, {"text": text})

    assert answer.status_code == 422
    assert "text" in answer.json()["fields"]


def test_extra_keys_are_refused_by_name() -> None:
    answer = Browser("tom").write(POST, {"text": "x", "author_id": "maya"})

    assert answer.json()["fields"] == {"author_id": "This is not known here."}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "👩‍👧 ❤️‍🩹",
        "שלום، مرحبا",
        "zero​width",
        "a\u202eb",
        "𝒻𝒶𝓃𝒸𝓎",
        "line\nbreak",
        "x" * 10_000,
    ],
)
def test_whatever_people_write_is_kept_as_it_is(text: str) -> None:
    assert Browser("tom").write(POST, {"text": text}).status_code == 200
    assert updates() == [text]


def test_control_characters_are_left_out() -> None:
    assert Browser("tom").write(POST, {"text": "be\x00fore\x1b[2J"}).status_code == 200
    assert updates() == ["before[2J"]


def test_too_long_a_text_is_refused_with_its_limit() -> None:
    answer = Browser("tom").write(POST, {"text": "x" * 100_001})

    assert answer.status_code == 422
    assert "100000" in answer.json()["fields"]["text"].replace(",", "").replace(" ", "")


def test_a_huge_body_is_refused_before_it_is_read() -> None:
    answer = Browser("tom").write(POST, {"text": "x" * 2_000_000})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_whose_length_is_not_announced_is_refused_when_it_grows_too_large() -> None:
    answer = Browser("tom").post(f"/api/do/{POST}", content=(b"x" * 100_000 for _ in range(20)))

    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["journal.nothing", "post_update", "", "journal", "__class__.__init__", "sites.home"])
def test_what_is_not_an_operation_is_not_found(name: str) -> None:
    assert Browser("maya").write(name, {}).status_code == 404


@pytest.mark.parametrize("way", ["register", "sign_in", "sign_in_with_code", "reset_password", "ask_code", "forgot"])
def test_the_ways_in_are_not_at_the_door(way: str) -> None:
    assert f"accounts.{way}" in OPERATIONS
    assert Browser().write(f"accounts.{way}", {}, site=None).status_code == 404


def test_who_is_not_signed_in_is_asked_to() -> None:
    answer = Browser().write(POST, an_update())

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_a_member_without_the_right_is_told_so() -> None:
    answer = Browser("ida").write(STATUS, {"words": "At home"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("who", ["sam", ""])
def test_a_private_site_answers_exactly_as_a_missing_one(who: str) -> None:
    stranger = Browser(who)

    private, missing = stranger.write(POST, an_update(), "rose"), stranger.write(POST, an_update(), "nowhere")

    assert private.status_code == missing.status_code
    assert private.content == missing.content
    assert _without_length(private.headers) == _without_length(missing.headers)


def test_a_member_of_another_site_cannot_write_here() -> None:
    with db.unit_of_work() as session:
        add_site(session, "ben", {"nora": "coordinator"})  # type: ignore[dict-item]

    assert Browser("nora").write(POST, an_update(), "rose").status_code == 404
    assert Browser("nora").write(POST, an_update(), "ben").status_code == 200


def test_a_comment_cannot_be_carried_into_another_site() -> None:
    with db.unit_of_work() as session:
        add_site(session, "ben", {"nora": "coordinator"})  # type: ignore[dict-item]
    update_id = Browser("tom").write(POST, an_update()).json()["answer"]["id"]

    answer = Browser("nora").write("journal.add_comment", {"update_id": update_id, "text": "Hello"}, "ben")

    assert answer.status_code == 404
    with db.reading() as session:
        assert session.scalars(select(Comment)).all() == []


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:8001",
        "https://localhost:8000",
        "http://localhost:8000.evil.example",
    ],
)
def test_another_website_cannot_write(origin: str) -> None:
    answer = Browser("tom").write(POST, an_update(), headers={"Origin": origin})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert updates() == []


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("same-site", 403), ("cross-site", 403), ("none", 403)]
)
def test_without_origin_the_browser_says_which_site_it_comes_from(site: str, status: int) -> None:
    tom = Browser("tom")
    del tom.headers["Origin"]

    assert tom.write(POST, an_update(), headers={"Sec-Fetch-Site": site}).status_code == status


def test_a_write_that_does_not_say_where_it_comes_from_is_refused() -> None:
    tom = Browser("tom")
    del tom.headers["Origin"]

    assert tom.write(POST, an_update()).status_code == 403


def test_refusals_are_in_the_language_of_the_person() -> None:
    stranger = Browser()
    english = stranger.write(POST, an_update()).json()["words"]
    spanish = stranger.write(POST, an_update(), headers={"Accept-Language": "es-MX,en;q=0.5"}).json()["words"]
    stranger.cookies.set("lang", "es")

    assert english != spanish
    assert stranger.write(POST, an_update()).json()["words"] == spanish


def test_an_unexpected_fault_says_only_its_incident(caplog: pytest.LogCaptureFixture) -> None:
    with db.writer().begin() as connection:
        connection.exec_driver_sql("DROP TABLE op_answer")

    answer = Browser("tom").write(POST, {"text": "canary in the mine"})

    assert answer.status_code == 500
    assert set(answer.json()) == {"code", "words", "incident"}
    assert "op_answer" not in answer.text
    assert answer.json()["incident"] in caplog.text


@pytest.mark.usefixtures("one_moment")
def test_a_limit_counts_refused_tries_and_says_when_to_come_back() -> None:
    tom = Browser("tom")
    command = {"current": "not my password", "password": "three quiet otters"}
    with db.unit_of_work() as session:
        account = account_of(session, "tom@example.org")
        assert account
        account.password_hash = hashed("four loud ravens")

    tried = [tom.write("accounts.change_password", command, None).status_code for _ in range(11)]
    last = tom.write("accounts.change_password", command, None)

    assert tried == [422] * 10 + [429]
    assert 0 < int(last.headers["Retry-After"]) <= 900


def test_the_door_is_described_for_other_programs() -> None:
    described = Browser().get("/api/openapi.json").json()

    assert f"/api/do/{POST}" in described["paths"]
    assert "/api/do/accounts.sign_in" not in described["paths"]
    asked = described["paths"][f"/api/do/{POST}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert asked["properties"].keys() == Envelope.model_fields.keys()
    references = [part.split('"')[0] for part in json.dumps(described).split('"$ref": "')[1:]]
    assert references
    for reference in references:
        assert reference.removeprefix("#/components/schemas/") in described["components"]["schemas"], reference


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("age", [-1, 1.5, "5", None, True])
def test_what_was_said_was_said_before(age: Any) -> None:
    command = {"op_id": new_id(), "site": "rose", "command": {"words": "At home"}}

    assert Browser("tom").post("/api/do/journal.set_status", json={**command, "age": age}).status_code == 422
    assert Browser("tom").post("/api/do/journal.set_status", json={**command, "age": 10**30}).status_code == 200


def test_no_body_whatever_makes_the_door_fall_over() -> None:
    tom = Browser("tom", front())

    @hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(OPERATIONS)), JSON, JSON, st.text(max_size=10))
    def send(operation: str, command: Any, op_id: Any, site: str) -> None:
        body = {"op_id": op_id or new_id(), "site": site or "rose", "command": command}
        answer = tom.post(f"/api/do/{operation}", content=json.dumps(body))
        assert answer.status_code in (200, 401, 403, 404, 409, 413, 422, 429), (operation, answer.text)

    send()


def figures(schema: dict[str, Any], kinds: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Where in a command a figure stands, and its own schema; of lists the first element."""
    schema = kinds[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if schema.get("type") in ("integer", "number"):
        yield (), schema
    parts = [((name,), part) for name, part in schema.get("properties", {}).items()]
    parts += [((), part) for part in schema.get("anyOf", ())]
    parts += [((0,), schema["items"])] if "items" in schema else []
    for path, part in parts:
        yield from (((*path, *rest), found) for rest, found in figures(part, kinds))


FIGURES = [
    (name, path, found)
    for name in sorted(OPERATIONS)
    for schema in [OPERATIONS[name].asks.model_json_schema()]
    for path, found in figures(schema, schema.get("$defs", {}))
]


@pytest.mark.parametrize(("name", "path", "kind"), FIGURES, ids=[f"{name} {path}" for name, path, _ in FIGURES])
def test_a_figure_that_cannot_be_is_refused_and_the_largest_that_can_is_not_too_large(
    name: str, path: tuple[str | int, ...], kind: dict[str, Any]
) -> None:
    scene, maya = Stored().scene, Browser("maya")
    is_whole = kind["type"] == "integer"

    def answered(figure: Any) -> int:
        command = copy.deepcopy(EXAMPLES[name](scene, scene.ours, "maya"))
        *way, last = path
        inner: Any = command
        for step in way:
            inner = inner[step]
        inner[last] = figure
        answer = maya.write(name, command)
        if answer.status_code == 422:
            assert list(answer.json()["fields"]) == [".".join(map(str, path))]
        return answer.status_code

    for figure in (10**30, -(10**30), False, math.nan, math.inf, "1", *((-1, 1.5) if is_whole else ())):
        assert answered(figure) == 422, figure
    largest = max(kind["enum"]) if "enum" in kind else kind["maximum"]
    assert answered(largest) in (200, 409)


def _without_length(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "content-length"}

"""What is pushed: one JSON for every browser, declarative web push that our service worker reads as well."""

import json
from typing import Any

from careapp.notify.devices import proof_of
from careapp.notify.parcels import Parcel
from careapp.notify.words import Spoken, spoken
from careapp.settings import settings

DECLARATIVE = 8030
MOST_BYTES = 3000
SHORT_BODY = 60
ICON = "/icons/icon-192.png"


def payload(parcel: Parcel, *, is_short: bool = False) -> bytes:
    """At most 3 kB. `is_short` is for a push service that finds even that too large: no buttons, few words."""
    words = _words(parcel)
    actions = (
        []
        if is_short
        else [_action(words.ways.get(key) or parcel.row.path, key, title) for key, title in words.actions]
    )
    body = words.body[:SHORT_BODY] if is_short else words.body
    whole = _json(_message(parcel, words.title, body, actions))
    while len(whole) > MOST_BYTES and (body or actions):
        body, actions = (body[: len(body) * 2 // 3], actions) if body else ("", [])
        whole = _json(_message(parcel, words.title, body, actions))
    return whole


def address(path: str, action: str = "") -> str:
    """The whole address of a page: some browsers open it by themselves, and know no address to start from."""
    chosen = f"{'&' if '?' in path else '?'}answer={action}" if action else ""
    return settings().public_url + path + chosen


def _words(parcel: Parcel) -> Spoken:
    return spoken(parcel.row.words, parcel.row.language, says_more=parcel.row.says_more)


def _message(parcel: Parcel, title: str, body: str, actions: list[dict[str, str]]) -> dict[str, Any]:
    """`mutable`: a browser that shows it by itself lets our worker know, which tells the server that it has arrived."""
    row = parcel.row
    return {
        "web_push": DECLARATIVE,
        "app_badge": parcel.badge,
        "mutable": True,
        "notification": {
            "title": title,
            "body": body,
            "navigate": address(row.path),
            "tag": row.tag,
            "lang": row.language,
            "dir": "auto",
            "icon": address(ICON),
            "silent": False,
            "actions": actions,
            "data": _data(parcel),
            "app_badge": str(parcel.badge),
            "mutable": True,
        },
    }


def _action(path: str, key: str, title: str) -> dict[str, str]:
    """Where the browser acts by itself, the page is told what was chosen. A whole address leads out of the app."""
    return {"action": key, "title": title, "navigate": path if path.startswith("https://") else address(path, key)}


def _data(parcel: Parcel) -> dict[str, str]:
    row = parcel.row
    return {
        "delivery": parcel.id,
        "proof": proof_of(parcel.id),
        "kind": row.kind,
        "site": row.site or "",
        "alert": row.alert_id or "",
        "path": row.path,
    }


def _json(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()

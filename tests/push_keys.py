"""A browser's push subscription, as it answers when it subscribes: an address, a point on P-256 and a secret."""

import base64

POINT = base64.urlsafe_b64encode(b"\x04" + bytes(range(64))).decode().rstrip("=")
SECRET = base64.urlsafe_b64encode(bytes(range(16))).decode().rstrip("=")
SUBSCRIPTION = {
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/of-this-browser",
    "p256dh": POINT,
    "auth": SECRET,
    "name": "Firefox, Linux",
}


def subscription(of: str, **other: str) -> dict[str, str]:
    """The subscription of another browser, as its address says."""
    return {**SUBSCRIPTION, "endpoint": f"https://updates.push.services.mozilla.com/wpush/v2/{of}", **other}

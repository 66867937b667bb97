"""What a browser calls itself, in words that its owner recognises."""

# Most claim to be others as well; the rarer name comes first and is the true one.
BROWSERS = {
    "Edg/": "Edge",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "OPR/": "Opera",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """A browser and a device as people call them, such as "Chrome, Android"; empty when neither is known."""
    return ", ".join(part for part in (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)) if part)


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")

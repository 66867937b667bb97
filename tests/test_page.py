"""What a page's handler makes of an answer."""

import asyncio
from types import SimpleNamespace

import pytest

from careapp import features, recent
from careapp.errors import NotAllowed
from careapp.ui.page import PAGES, Reading, Refusal

features.load()
features.load_pages()


class Shown:
    """As much of Today's State as its handler touches, with a view that was read before."""

    router = SimpleNamespace(
        headers=SimpleNamespace(raw_headers={"cookie": "careapp=token-of-tom"}),
        url=SimpleNamespace(query_parameters={"site": "rose"}),
    )
    view, as_of, refusal, is_loaded = "what was read before", 1, Refusal(), True

    @classmethod
    def get_full_name(cls) -> str:
        return PAGES["/today"].state.get_full_name()


@pytest.mark.parametrize(("trouble", "code"), [(RuntimeError("ours"), ""), (NotAllowed(), "not_allowed")])
def test_trouble_of_ours_takes_nothing_away_that_is_shown(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception, code: str
) -> None:
    def read(_asked: recent.Question) -> None:
        raise trouble

    monkeypatch.setattr(recent, "read", read)
    shown = Shown()

    asyncio.run(Reading.load(shown))

    assert (shown.view, shown.refusal.code) == ("what was read before", code)


def test_what_was_read_says_as_of_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "read", lambda _asked: recent.Answer("what is read now", 7))
    shown = Shown()

    asyncio.run(Reading.load(shown))

    assert (shown.view, shown.as_of) == ("what is read now", 7)

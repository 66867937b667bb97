"""The guides: long enough to help, short enough to be read, in both languages, and spoken to everyone."""

import re

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from careapp.access import enter, visit_proof
from careapp.catalogue import LANGUAGES
from careapp.cookies import reader_of
from careapp.guides.library import CONTENT, guides
from careapp.guides.queries import guides as query
from careapp.guides.queries import in_language
from careapp.guides.schema import Guide
from careapp.models import Account, Privacy, Site
from careapp.operation import Params
from careapp.sites.site import SetPrivacy, set_privacy
from careapp.ui.icons import PATHS
from careapp.words.library import never
from tests.cast import Cast
from tests.test_words_to_say import GENDERED

FILLER = re.compile(
    r"it is important to|remember that|journey|at the end of the day|in conclusion|"
    r"es importante|recuerda que|al final del día|en conclusión",
    re.IGNORECASE,
)
READ = [(key, language) for key in guides() for language in LANGUAGES]


def test_there_are_eight_to_ten_and_what_was_asked_for_is_among_them() -> None:
    assert 8 <= len(guides()) <= 10
    assert [one.order for one in guides().values()] == list(range(1, len(guides()) + 1))


@pytest.mark.parametrize(("key", "language"), READ)
def test_each_takes_about_two_minutes(key: str, language: str) -> None:
    assert 250 <= len(guides()[key].text(language).split()) <= 450


@pytest.mark.parametrize(("key", "language"), READ)
def test_none_shouts_preaches_or_says_what_is_better_not_said(key: str, language: str) -> None:
    text = guides()[key].text(language)

    assert not re.search(r"[!¡]", text)
    assert not FILLER.search(text)
    patterns = [pattern for one in never() for pattern in getattr(one, f"patterns_{language}")]
    assert [pattern for pattern in patterns if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("key", guides())
def test_the_spanish_speaks_to_everyone_and_as_a_family_does(key: str) -> None:
    text = guides()[key].text("es")

    assert not GENDERED.search(text)
    assert not re.search(r"\b(vosotros|vuestr\w+|usted)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("key", guides())
def test_both_languages_are_built_alike(key: str) -> None:
    english, spanish = (next(one for one in in_language(language) if one.key == key) for language in ("en", "es"))

    def shape(one: object) -> list[list[int]]:
        return [[len(block.points) for block in part.blocks] for part in one.parts]  # type: ignore[attr-defined]

    assert shape(english) == shape(spanish)


def test_every_picture_is_known() -> None:
    assert {one.icon for one in guides().values()} <= set(PATHS)


def test_a_file_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        Guide.model_validate({"order": 1, "colour": "red"})
    assert len(list(CONTENT.glob("*.toml"))) == len(guides())


def test_each_reads_them_in_their_own_language(session: Session, rose_site: Cast) -> None:
    tom = session.get_one(Account, rose_site.tom.account_id)
    tom.language = "es"
    session.flush()

    assert query(session, rose_site.tom, Params()).guides[0].title == "Dar una mala noticia"
    assert query(session, rose_site.ida, Params()).guides[0].title == "Telling people bad news"


def test_a_visitor_reads_them_in_the_language_of_their_browser(session: Session, rose_site: Cast) -> None:
    set_privacy(session, rose_site.maya, SetPrivacy(privacy=Privacy.LINK))
    visit = f"careapp-visit={visit_proof(session.get_one(Site, rose_site.maya.site_id))}"

    def first(**headers: str) -> str:
        browser = reader_of({"cookie": visit, **headers})
        return query(session, enter(session, browser, "rose"), Params()).guides[0].title

    assert first(**{"accept-language": "es-MX,es;q=0.9"}) == "Dar una mala noticia"
    assert first(**{"accept-language": "es", "cookie": f"{visit}; lang=en"}) == "Telling people bad news"
    assert first() == "Telling people bad news"


def test_a_list_stays_a_list() -> None:
    asking = next(one for one in in_language("en") if one.key == "asking")
    (block,) = [block for part in asking.parts for block in part.blocks if block.points]
    assert block.points[0] == "One thing: “a lift to the hospital”, not “the driving”."

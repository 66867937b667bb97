"""Who may do what: every operation and query, by every role, on the own site, another's and one that does not exist.

Nothing here is written for one operation: the registry says what there is, `examples` how each is used.
"""

from pathlib import Path
from typing import Any

import pytest

from careapp import features
from careapp.access import ROLE_TABLE, Right, Role, Section, Who
from careapp.errors import CareError
from careapp.ids import is_id, new_id
from careapp.operation import OPERATIONS, QUERIES, Registered
from careapp.perform import Asked, do, read
from careapp.rights import problems
from careapp.sites.roles import RIGHT_WORDS, ROLE_ABOUT, ROLE_WORDS, SECTION_WORDS
from tests.examples import CHOSEN_IDS, EXAMPLES
from tests.scene import NOBODY, STRANGER, VISITOR, Place, Stored

features.load("operations", "queries")
REGISTERED = {**OPERATIONS, **QUERIES}
OF_A_SITE = sorted(name for name, each in REGISTERED.items() if each.is_of_a_site)
OF_NO_SITE = sorted(REGISTERED.keys() - set(OF_A_SITE))
DONE = "done"
MISSING = "no-such-site"

MEMBERS = {
    "maya": Role.COORDINATOR,
    "nora": Role.CO_CAREGIVER,
    "tom": Role.FAMILY,
    "ida": Role.FRIEND,
    "cole": Role.CARE_PROFESSIONAL,
    "rose": Role.PERSON,
}


class Stage:
    """The scene, with a way to try something and to undo it if it worked."""

    def __init__(self) -> None:
        self._stored = Stored()
        self.scene = self._stored.scene

    def try_out(self, name: str, who: str, site: str, said: dict[str, Any]) -> tuple[str, str]:
        """ "done", or the code and words of the refusal."""
        try:
            self._ask(REGISTERED[name], who, site, said)
        except CareError as refusal:
            return refusal.code, refusal.words
        if name in OPERATIONS:
            self._stored.restore()
        return DONE, ""

    def example(self, name: str, who: str, place: Place | None = None) -> dict[str, Any]:
        place = place or self.scene.ours
        return EXAMPLES[name](self.scene, place, who if who in place.own["member"] else place.first)

    def _ask(self, registered: Registered, who: str, site: str, said: dict[str, Any]) -> None:
        credentials = self.scene.credentials(who)
        if registered.name in OPERATIONS:
            do(Asked(registered.name, said, new_id(), site), credentials)
        else:
            read(registered, credentials, site, said)


@pytest.fixture
def stage(nowhere: Path) -> Stage:
    return Stage()


def test_everything_declares_who_may_call_it() -> None:
    assert problems() == []


def test_everything_has_an_example() -> None:
    assert REGISTERED.keys() - EXAMPLES.keys() == set()
    assert EXAMPLES.keys() - REGISTERED.keys() == set()


@pytest.mark.parametrize("name", OF_A_SITE)
def test_each_role_may_do_exactly_what_the_table_says(stage: Stage, name: str) -> None:
    here = stage.scene.ours.address

    outcomes = {who: stage.try_out(name, who, here, stage.example(name, who))[0] for who in (*MEMBERS, VISITOR)}

    allowed = {who: may(REGISTERED[name], role) for who, role in {**MEMBERS, VISITOR: Role.VISITOR}.items()}
    assert outcomes == {who: DONE if is_allowed else "not_allowed" for who, is_allowed in allowed.items()}


def may(registered: Registered, role: Role) -> bool:
    if registered.who is Who.MEMBER and role is Role.VISITOR:
        return False
    return registered.section is None or ROLE_TABLE[role][registered.section] >= registered.right


@pytest.mark.parametrize("name", OF_A_SITE)
def test_for_outsiders_a_private_site_is_one_that_does_not_exist(stage: Stage, name: str) -> None:
    theirs = stage.scene.theirs
    for who in (*MEMBERS, STRANGER, NOBODY, VISITOR):
        said = stage.example(name, theirs.first, theirs)
        answers = {stage.try_out(name, who, site, said) for site in (theirs.address, theirs.site_id, MISSING, "")}

        assert len(answers) == 1, (who, answers)
        assert answers.pop()[0] == ("not_signed_in" if who in (NOBODY, VISITOR) else "not_found"), who


@pytest.mark.parametrize("name", OF_A_SITE)
def test_without_its_proof_an_open_site_is_one_that_does_not_exist(stage: Stage, name: str) -> None:
    said = stage.example(name, "maya")

    assert stage.try_out(name, STRANGER, "rose", said) == stage.try_out(name, STRANGER, MISSING, said)
    assert stage.try_out(name, NOBODY, "rose", said) == stage.try_out(name, NOBODY, MISSING, said)


@pytest.mark.parametrize("name", OF_NO_SITE)
def test_what_belongs_to_no_site_asks_for_a_session_or_says_that_it_does_not(stage: Stage, name: str) -> None:
    registered = REGISTERED[name]
    outcome = stage.try_out(name, NOBODY, "", stage.example(name, "maya"))[0]

    assert (outcome == "not_signed_in") == (registered.who is Who.SIGNED_IN)
    for who in (STRANGER, "maya"):
        assert stage.try_out(name, who, "", stage.example(name, who))[0] not in ("not_signed_in", "not_allowed")


# Of several ids at once those count that may be seen; the others are passed over, and nothing is said of them.
PASSED_OVER = {"journal.mark_seen": (DONE,)}


@pytest.mark.parametrize("name", OF_A_SITE)
def test_an_id_of_another_site_is_an_id_of_nothing(stage: Stage, name: str) -> None:
    """Every id that a command or a page's address may name, one after the other."""
    scene, site = stage.scene, stage.scene.ours.address
    valid, foreign = stage.example(name, "maya"), stage.example(name, scene.theirs.first, scene.theirs)
    for path in ids_in(valid):
        others = stage.try_out(name, "maya", site, replaced(valid, path, at(foreign, path)))
        missing = stage.try_out(name, "maya", site, replaced(valid, path, new_id()))
        malformed = stage.try_out(name, "maya", site, replaced(valid, path, "' or 1=1 --"))

        assert others == missing, path
        assert others[0] in ("not_found", "invalid", *PASSED_OVER.get(name, ())), path
        assert malformed[0] in ("not_found", "invalid"), path


@pytest.mark.parametrize("name", sorted(CHOSEN_IDS))
def test_an_id_chosen_by_a_client_takes_nothing_over(stage: Stage, name: str) -> None:
    field, kind = CHOSEN_IDS[name]
    theirs = stage.scene.theirs
    taken = {"invitation": theirs.invitation, "site": theirs.site_id}.get(kind) or theirs.by(kind, theirs.first)

    outcome = stage.try_out(name, "maya", "rose", {**stage.example(name, "maya"), field: taken})

    assert outcome[0] in ("conflict", "not_found", "invalid")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_command_with_an_unknown_key_or_a_wrong_type_is_refused(stage: Stage, name: str) -> None:
    said = stage.example(name, "maya")

    assert stage.try_out(name, "maya", "rose", {**said, "is_admin": True})[0] == "invalid"
    for key in said:
        assert stage.try_out(name, "maya", "rose", {**said, key: {"x": [1]}})[0] == "invalid", key


def test_every_role_section_and_right_has_its_words() -> None:
    assert set(ROLE_WORDS) == set(ROLE_ABOUT) == set(ROLE_TABLE) == set(Role)
    assert set(SECTION_WORDS) == set(RIGHT_WORDS) == set(Section)
    assert all(Right.NONE in words for words in RIGHT_WORDS.values())


def test_a_coordinator_may_do_everything_and_nobody_else_decides_over_people_or_the_site() -> None:
    assert set(ROLE_TABLE[Role.COORDINATOR].values()) == {Right.MANAGE}
    for role in set(Role) - {Role.COORDINATOR}:
        assert ROLE_TABLE[role][Section.PEOPLE] < Right.MANAGE
        assert ROLE_TABLE[role][Section.SITE] < Right.MANAGE


def test_a_visitor_only_looks() -> None:
    assert max(ROLE_TABLE[Role.VISITOR].values()) is Right.SEE
    assert ROLE_TABLE[Role.VISITOR][Section.PEOPLE] is Right.NONE


def ids_in(said: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every id in a command."""
    if isinstance(said, str):
        return [path] if is_id(said) else []
    parts = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    return [way for key, part in parts for way in ids_in(part, (*path, key))]


def at(said: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        said = said[key]
    return said


def replaced(said: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(said) if isinstance(said, dict) else list(said)
    copy[path[0]] = replaced(said[path[0]], path[1:], value)
    return copy

"""The registry of everything anyone can ask for: operations write, queries read.

Registration alone makes a function reachable, so it declares who may call it: a right in a section of a site, or
`Who` where no section decides. The front door checks that before the function runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlmodel import Session

from careapp.access import Actor, Right, Section, Who
from careapp.blank import is_blank
from careapp.ids import is_id
from careapp.limits import Limit


class Command(BaseModel):
    """What a person wants done. Strict: no unknown keys, no guessed types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Params(BaseModel):
    """What a page's address asks for; unknown keys are ignored, as addresses pick up strays."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def _clean(value: str) -> str:
    """Without control characters, which no keyboard types and PostgreSQL refuses, and without outer space."""
    return "".join(sign for sign in value if sign >= " " or sign in "\n\t").strip()


def _one_line(value: str) -> str:
    """A name or title that nobody can see is none."""
    line = " ".join(_clean(value).split())
    return "" if is_blank(line) else line


def _canonical_id(value: str) -> str:
    if not is_id(value):
        raise ValueError("not an id")
    return value


Text = Annotated[str, AfterValidator(_clean)]
Line = Annotated[str, AfterValidator(_one_line)]
Id = Annotated[str, StringConstraints(max_length=36), AfterValidator(_canonical_id)]
# The version of a row that its editor started from: it and the next one fit the databases' integers.
Version = Annotated[int, Field(ge=0, le=2**31 - 2)]

AnOperation = TypeVar("AnOperation", bound=Callable[[Session, Actor, Any], Any])


@dataclass(frozen=True)
class Registered:
    """One registered function. `section` and `right` for what happens on a site, else `who`."""

    name: str
    function: Callable[[Session, Actor, Any], Any]
    asks: type[BaseModel]
    section: Section | None
    right: Right
    who: Who
    says: str = ""
    is_remembered: bool = True
    is_at_door: bool = True
    is_recorded: bool = True
    limit: Limit | None = None

    @property
    def is_of_a_site(self) -> bool:
        return self.section is not None or self.who in (Who.MEMBER, Who.GUEST)


OPERATIONS: dict[str, Registered] = {}
QUERIES: dict[str, Registered] = {}


def operation(
    *,
    says: str,
    section: Section | None = None,
    right: Right = Right.NONE,
    who: Who = Who.SIGNED_IN,
    is_remembered: bool = True,
    is_at_door: bool = True,
    is_recorded: bool = True,
    limit: Limit | None = None,
) -> Callable[[AnOperation], AnOperation]:
    """Register a write. `says` completes "Maya …" in the audit log. `is_remembered=False` keeps secrets out of the
    stored answers; such an operation must be safe to repeat by itself. `is_at_door=False` is for what has a route of
    its own, such as sign-in, whose answer goes into a cookie. `is_recorded=False` leaves out of the audit log what
    devices do by themselves. `limit` counts every try, failed ones too."""

    def register(function: AnOperation) -> AnOperation:
        name = _name(function)
        OPERATIONS[name] = Registered(
            name, function, _asks(function), section, right, who, says, is_remembered, is_at_door, is_recorded, limit
        )
        return function

    return register


def query(
    *, section: Section | None = None, right: Right = Right.SEE, who: Who = Who.SIGNED_IN
) -> Callable[[AnOperation], AnOperation]:
    """Register a read, which returns a frozen dataclass."""

    def register(function: AnOperation) -> AnOperation:
        name = _name(function)
        QUERIES[name] = Registered(name, function, _asks(function), section, right, who)
        return function

    return register


def name_of(function: Callable[..., Any]) -> str:
    """The registered name of an operation or query, such as "journal.post_update"."""
    return _name(function)


def _name(function: Callable[..., Any]) -> str:
    feature = function.__module__.removeprefix("careapp.").split(".")[0]
    return f"{feature}.{function.__name__}"


def _asks(function: Callable[..., Any]) -> type[BaseModel]:
    """The type of the third parameter: the command, or the params."""
    model = list(function.__annotations__.values())[2]
    assert isinstance(model, type) and issubclass(model, BaseModel), function
    return model

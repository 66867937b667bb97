"""Every refusal: its status, its code and its words. Raise them; never return them."""


class CareError(Exception):
    """A refusal that a person may read. `words` is a message id of the catalogue, `params` fill its {names}."""

    status = 500
    code = "unexpected"

    def __init__(self, words: str = "", **params: object) -> None:
        super().__init__(words)
        self.words = words or self.default_words
        self.params = params

    default_words = "Something went wrong. Nothing you wrote is lost. Please try again."


class NotFound(CareError):
    """What outsiders get: a private thing answers exactly as a missing one."""

    status, code = 404, "not_found"
    default_words = "This page does not exist, or it is not shared with you."


class NotSignedIn(CareError):
    status, code = 401, "not_signed_in"
    default_words = "Please sign in again."


class NotAllowed(CareError):
    """What members without the right get."""

    status, code = 403, "not_allowed"
    default_words = "Your role on this site does not include this."


class Invalid(CareError):
    """Input that cannot be used. `fields` maps a field's name to the words shown beside it."""

    status, code = 422, "invalid"
    default_words = "Please look at the marked fields."

    def __init__(self, words: str = "", fields: dict[str, str] | None = None, **params: object) -> None:
        super().__init__(words, **params)
        self.fields = fields or {}


class Conflict(CareError):
    status, code = 409, "conflict"
    default_words = "Someone was quicker. Please look again."


class TooLarge(CareError):
    status, code = 413, "too_large"
    default_words = "This is too large."


class TooMany(CareError):
    """A limit was reached. `retry_after` is in seconds."""

    status, code = 429, "too_many"
    default_words = "That was tried too often. Please wait a little."

    def __init__(self, words: str = "", retry_after: int = 60, **params: object) -> None:
        super().__init__(words, **params)
        self.retry_after = retry_after

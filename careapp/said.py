"""Words with their figures, to be put into the reader's language later."""


class Said(str):
    """A message id of the catalogue that carries the values of its {names}."""

    params: dict[str, object]

    def __new__(cls, words: str, **params: object) -> "Said":
        said = super().__new__(cls, words)
        said.params = params
        return said

"""What the server paints, as it leaves for the browser."""

from careapp.api.pages import first_photo_first

FACE = '<img src="/media/face/320" loading="lazy">'


def photo(name: str, loading: str = 'loading="lazy"') -> str:
    return f'<a data-photo="{name}"><img src="/media/{name}/960" {loading}></a>'


def test_only_the_topmost_photo_goes_first() -> None:
    hurried = 'loading="eager" fetchpriority="high"'

    assert first_photo_first(FACE + photo("tea") + photo("cat")) == FACE + photo("tea", hurried) + photo("cat")


def test_a_page_without_photos_stays_as_it_is() -> None:
    assert first_photo_first(FACE) == FACE

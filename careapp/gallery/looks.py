"""Looks that the server's drawing of the gallery and the browser's have in common."""

TILE = (
    "relative block aspect-square overflow-hidden bg-sunken [content-visibility:auto] "
    "focus-visible:outline-offset-[-4px]"
)
LENGTH = "absolute end-1.5 bottom-1.5 rounded-full bg-veil px-2 py-0.5 text-sm font-semibold text-white tabular-nums"
LOOKS = {
    "month": "mt-6 first:mt-0",
    "title": "mb-2 text-lg",
    "tiles": "grid grid-cols-3 gap-0.5 max-sm:-mx-4 sm:grid-cols-4 lg:grid-cols-5",
    "tile": TILE,
    "image": "size-full object-cover",
    "length": LENGTH,
    "more": "button button-secondary mt-5 w-full",
    "problem": "mt-5 text-center text-muted",
}

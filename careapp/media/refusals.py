"""Why a photo is not shown, in words."""

from careapp.adapters.images import Why
from careapp.said import mark

# By what `Media.refusal` holds.
REFUSALS: dict[str, str] = {
    Why.EMPTY: mark("This file is empty."),
    Why.VIDEO: mark("Videos cannot be posted yet. Photos can."),
    Why.NOT_A_PHOTO: mark("This file is not a photo. JPEG, HEIC, PNG, WebP, AVIF and GIF can be shown."),
    Why.DAMAGED: mark("This photo is damaged and cannot be shown."),
    Why.INCOMPLETE: mark("A part of this photo is missing. Please choose it again."),
    Why.TOO_LARGE: mark("This photo is too large to be shown. Please send it in a smaller size."),
}

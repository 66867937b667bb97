"""Why a photo or a video is not shown, in words."""

from careapp.adapters.images import Why
from careapp.said import mark

# By what `Media.refusal` holds.
REFUSALS: dict[str, str] = {
    Why.EMPTY: mark("This file is empty."),
    Why.NOT_A_PHOTO: mark("This file is neither a photo nor a video that can be shown here."),
    Why.DAMAGED: mark("This photo is damaged and cannot be shown."),
    Why.INCOMPLETE: mark("A part of this photo is missing. Please choose it again."),
    Why.TOO_LARGE: mark("This photo is too large to be shown. Please send it in a smaller size."),
    Why.VIDEO_DAMAGED: mark("This video is damaged and cannot be shown."),
    Why.VIDEO_INCOMPLETE: mark("A part of this video is missing. Please choose it again."),
    Why.VIDEO_TOO_LARGE: mark("This video is too large to be prepared. Please send it in a smaller size."),
    Why.VIDEO_TOO_LONG: mark("This video is too long. Please cut it, and send the part that matters."),
    Why.NO_PICTURE: mark("There is no picture in this video that can be shown."),
}

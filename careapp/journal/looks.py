"""Looks that several parts of the journal share."""

QUIET_LINK = "inline-flex min-h-12 items-center font-medium text-primary underline-offset-4 hover:underline"
EMOJI = "[font-family:'Apple_Color_Emoji','Segoe_UI_Emoji','Noto_Color_Emoji',sans-serif]"

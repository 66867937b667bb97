"""Looks that several parts of the journal share."""

EMOJI = "[font-family:'Apple_Color_Emoji','Segoe_UI_Emoji','Noto_Color_Emoji',sans-serif]"

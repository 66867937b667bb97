"""QR codes, as the line that segno draws."""

import io
import re
from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class QrCode:
    """`path` is the `d` of an SVG path to be stroked; `view_box` holds it with the quiet zone of four modules."""

    path: str = ""
    view_box: str = "0 0 1 1"


def qr_of(text: str) -> QrCode:
    """The code that a phone's camera reads as `text`, with room for a seventh of it to be damaged."""
    code = segno.make(text, error="m", micro=False)
    out = io.BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4)
    drawn = out.getvalue().decode()
    path = re.search(r' d="([^"]+)"', drawn)
    size = code.symbol_size(border=4)[0]
    return QrCode(path[1] if path else "", f"0 0 {size} {size}")

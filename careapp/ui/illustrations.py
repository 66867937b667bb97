"""Line drawings for empty pages and steps, in one style: round strokes, one patch of the site's colour, one warm line.

Each is drawn on a grid of 160 by 120 units and says nothing to screen readers, because words stand beside it.
"""

from typing import Any

from careapp.ui.el import el

Stroke = tuple[str, str]

DRAWINGS: dict[str, tuple[Stroke, ...]] = {
    "journal": (
        ("fill", "M80 34c-14-10-32-12-50-10v66c18-2 36 0 50 10 14-10 32-12 50-10V24c-18-2-36 0-50 10z"),
        ("", "M80 34c-14-10-32-12-50-10v66c18-2 36 0 50 10 14-10 32-12 50-10V24c-18-2-36 0-50 10zM80 34v66"),
        ("", "M42 42c9 0 17 1 25 4M42 56c9 0 17 1 25 4M42 70c6 0 12 .5 17 2"),
        ("warm", "M105 70c-9-6-13-10-13-16a7 7 0 0 1 13-4 7 7 0 0 1 13 4c0 6-4 10-13 16z"),
    ),
    "home": (
        ("fill", "M38 56v44h84V56L80 24z"),
        ("", "M26 64l54-42 54 42M38 56v44h84V56M20 100h120"),
        ("", "M68 100V76a12 12 0 0 1 24 0v24"),
        ("warm", "M80 58c-7-5-10-8-10-12a5.5 5.5 0 0 1 10-3 5.5 5.5 0 0 1 10 3c0 4-3 7-10 12z"),
    ),
    "people": (
        ("fill", "M24 100c0-16 10-26 24-26s24 10 24 26zM88 100c0-16 10-26 24-26s24 10 24 26z"),
        ("", "M48 70a14 14 0 1 0 0-28 14 14 0 0 0 0 28zM112 70a14 14 0 1 0 0-28 14 14 0 0 0 0 28z"),
        ("", "M24 100c0-16 10-26 24-26 9 0 16 4 20 10M136 100c0-16-10-26-24-26-9 0-16 4-20 10M16 100h128"),
        ("warm", "M80 100c-11-7-16-12-16-19a8.5 8.5 0 0 1 16-5 8.5 8.5 0 0 1 16 5c0 7-5 12-16 19z"),
    ),
    "letter": (
        ("fill", "M30 46h100v54H30z"),
        ("", "M34 42h92a6 6 0 0 1 6 6v46a6 6 0 0 1-6 6H34a6 6 0 0 1-6-6V48a6 6 0 0 1 6-6z"),
        ("", "M30 46l44 32a10 10 0 0 0 12 0l44-32"),
        ("warm", "M80 34c-9-6-13-10-13-16a7 7 0 0 1 13-4 7 7 0 0 1 13 4c0 6-4 10-13 16z"),
    ),
    "photo": (
        ("fill", "M34 90l26-28 20 20 14-12 32 24v6H34z"),
        ("", "M38 26h84a8 8 0 0 1 8 8v60a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8V34a8 8 0 0 1 8-8z"),
        ("", "M32 92l26-28a4 4 0 0 1 6 0l30 36M86 84l10-10a4 4 0 0 1 6 0l26 24"),
        ("warm", "M102 58a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"),
    ),
    "door": (
        ("fill", "M52 22h48v78H52z"),
        ("", "M48 100V26a6 6 0 0 1 6-6h44a6 6 0 0 1 6 6v74M24 100h112M92 62v4"),
        ("", "M116 100V84M116 84c-8 0-12-6-12-14 8 0 12 6 12 14zM116 84c0-10 4-16 12-18 0 10-4 18-12 18z"),
        ("warm", "M76 58c-7-5-10-8-10-12a5.5 5.5 0 0 1 10-3 5.5 5.5 0 0 1 10 3c0 4-3 7-10 12z"),
    ),
    "phone": (
        ("fill", "M56 22h48v78H56z"),
        ("", "M60 14h40a8 8 0 0 1 8 8v78a8 8 0 0 1-8 8H60a8 8 0 0 1-8-8V22a8 8 0 0 1 8-8zM74 22h12M72 98h16"),
        ("", "M66 40h28M66 52h18"),
        ("warm", "M80 86c-9-6-13-10-13-16a7 7 0 0 1 13-4 7 7 0 0 1 13 4c0 6-4 10-13 16z"),
    ),
}


def illustration(name: str, class_name: str = "w-40") -> Any:
    """Draw `name`: journal, home, people, letter, photo, door, phone."""
    return el.svg(
        *[el.path(d=shape, class_name=kind) if kind else el.path(d=shape) for kind, shape in DRAWINGS[name]],
        view_box="0 0 160 120",
        aria_hidden="true",
        class_name=f"drawing {class_name}",
    )

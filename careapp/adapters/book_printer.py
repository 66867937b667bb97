"""The program that makes a book, run by typesetter.py as a process of its own. It imports nothing of Careapp.

"pictures PATH…" prints one line of JSON, the lengths of JPEGs, and these one after the other. "pages FOLDER TEMPLATE
FONTS BOOK" has Typst set the template into the file BOOK and prints how many pages it has.
"""

import json
import os
import sys
from io import BytesIO
from pathlib import Path

QUALITY = 82


def main(wanted: str, *given: str) -> None:
    if wanted == "pictures":
        _pictures(given)
    else:
        _pages(Path(given[0]), *given[1:])


def _pictures(paths: tuple[str, ...]) -> None:
    from PIL import Image

    files = []
    for path in paths:
        out = BytesIO()
        with Image.open(path, formats=["WEBP"]) as picture:
            picture.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
        files.append(out.getvalue())
    sys.stdout.buffer.write(json.dumps([len(file) for file in files]).encode() + b"\n" + b"".join(files))


def _pages(folder: Path, template: str, fonts: str, book: str) -> None:
    os.environ["RAYON_NUM_THREADS"] = "1"  # one processor is what it is given
    import typst

    # The machine's own fonts, where it has any, stand in for writing that ours lack.
    faces = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[fonts])
    compiler = typst.Compiler(input=str(folder / template), root=str(folder), font_paths=faces)
    compiler.compile(output=str(folder / book), format="pdf")
    sys.stdout.write(compiler.query("<pages>", field="value", one=True))


if __name__ == "__main__":
    main(*sys.argv[1:])

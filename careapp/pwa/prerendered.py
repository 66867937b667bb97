"""The prerendered pages of the build, made so that nothing competes with what is seen first."""

import json
import re
from pathlib import Path

MODULE = re.compile(r'<script type="module" async="">(.*?)</script>', re.S)
PRELOAD = re.compile(r'<link rel="modulepreload" href="([^"]+)"/>')
# Stands before the rows of a first paint, of the server's or of the service worker's making. First, the document's
# styles are given to the shadow root: the browser knows equal text, and reads it once. Then: a button of the first
# paint has no script yet. It is remembered, shown as busy, and pressed when React has taken over; those that open
# something (commandfor) or are sent as plain forms (action) work by themselves.
SHADOW_SCRIPT = (
    "document.getElementById('page').shadowRoot.prepend(document.getElementById('styles').cloneNode(true));"
    "addEventListener('click',e=>{const b=e.composedPath()[0].closest?.('#painted button');"
    "if(!b||b.hasAttribute('commandfor')||b.form?.hasAttribute('action'))return;"
    "window.pressedEarly=b;b.setAttribute('aria-busy','true')},true)"
)


def put_scripts_last(static: Path) -> None:
    """Rewrite every page of the build. Raises ValueError when a new Reflex writes its pages in another way."""
    for file in static.rglob("*.html"):
        file.write_text(scripts_after_paint(file.read_text()))


def scripts_after_paint(page: str) -> str:
    """Name the modules only after the first paint, so that they do not compete with what is seen."""
    module = MODULE.search(page)
    if module is None:
        raise ValueError("The built page has no module script.")
    preloads = PRELOAD.findall(page)
    page = PRELOAD.sub("", page)
    late = (
        "<script>requestAnimationFrame(()=>setTimeout(()=>{"
        f"for(const h of {json.dumps(preloads)})"
        "{const l=document.createElement('link');l.rel='modulepreload';l.href=h;"
        "document.head.append(l)}const s=document.createElement('script');s.type='module';"
        f"s.textContent={json.dumps(module[1])};document.head.append(s)}},0))</script>"
    )
    return page.replace(module[0], late, 1)

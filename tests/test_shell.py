"""The prerendered page, cut open for the rows, with every inline script known to the CSP."""

import base64
import hashlib
import json
import re

import pytest

from careapp.api.headers import Policies
from careapp.api.shell import inline_scripts, inline_styles, make_shell, script_hashes
from careapp.pwa.prerendered import put_scripts_last, scripts_after_paint

EXPORTED = (
    '<!DOCTYPE html><html lang="en"><head><link rel="modulepreload" href="/assets/a-1.js"/>'
    '<script>theme()</script><link href="/assets/look-1.css" rel="stylesheet"/></head>'
    '<body><div id="page"><p>wait</p></div>'
    '<script type="module" async="">import "/assets/a-1.js";</script></body></html>'
)
BUILT = scripts_after_paint(EXPORTED)


@pytest.fixture
def static(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "look-1.css").write_text("b{color:teal}")
    return tmp_path


@pytest.fixture
def shell(static):
    return make_shell(BUILT, static)


def test_the_rows_stand_in_a_shadow_root(shell):
    filled = shell.filled("<b>Rose</b>", "{}", "es")

    place = filled.index('<div id="page">')
    assert re.match(
        '<div id="page"><template shadowrootmode="open"><script>.*?</script>'
        '<noscript><link rel="stylesheet" href="/assets/look-1.css"></noscript>'
        '<div id="painted"><b>Rose</b></div><slot hidden></slot></template><p>wait</p>',
        filled[place:],
    )
    assert '<html lang="es"' in filled


def test_the_styles_travel_within_the_page_and_their_file_is_not_waited_for(shell, static):
    head = shell.filled("", "{}", "en").split("</head>")[0]

    assert '<style id="styles">b{color:teal}</style>' in head
    assert '<link media="not all" href="/assets/look-1.css" rel="stylesheet"/>' in head
    assert _hash("b{color:teal}") in Policies({"/": ()}, inline_styles(static)).of("/", "text/html")


def test_styles_that_would_end_their_element_stop_the_start(static):
    (static / "assets" / "look-1.css").write_text("b::after{content:'</style>'}")

    with pytest.raises(ValueError, match="styles"):
        make_shell(BUILT, static)


def test_the_state_cannot_end_its_script(shell):
    state = json.dumps({"text": "</script><script>alert(1)</script>"})

    filled = shell.filled("", state, "en")

    island = re.search(r'id="last-view">(.*?)</script>', filled, re.S)
    assert json.loads(island[1]) == json.loads(state)


def test_every_page_of_the_build_names_its_modules_only_after_the_first_paint(static):
    for page in ("index.html", "journal.html", "journal/index.html"):
        (static / page).parent.mkdir(exist_ok=True)
        (static / page).write_text(EXPORTED)

    put_scripts_last(static)

    for page in static.rglob("*.html"):
        assert "modulepreload" not in page.read_text().split("requestAnimationFrame")[0]
        assert '<script type="module"' not in page.read_text()


def test_every_inline_script_has_its_hash_also_the_one_that_is_written_later(shell, static):
    (static / "index.html").write_text(BUILT)
    sources = inline_scripts(static)["/"]

    assert {_hash("theme()"), _hash('import "/assets/a-1.js";')} <= sources
    bodies = re.findall(r"<script>(.*?)</script>", shell.filled("", "{}", "en"), re.S)
    assert {_hash(body) for body in bodies} <= sources
    assert script_hashes("<script src='/x.js'></script>") == frozenset()


@pytest.mark.parametrize("missing", ['id="page"', "look-1.css"])
def test_a_page_written_in_another_way_stops_the_start(missing, static):
    with pytest.raises(ValueError, match="place"):
        make_shell(BUILT.replace(missing, ""), static)


def test_a_page_without_the_modules_that_are_known_stops_the_build(static):
    (static / "index.html").write_text(EXPORTED.replace('type="module" async=""', 'type="module"'))

    with pytest.raises(ValueError, match="module"):
        put_scripts_last(static)


def _hash(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_a_button_pressed_before_the_script_is_remembered(shell):
    assert "window.pressedEarly=b" in shell.filled("", "{}", "en").split("</template>")[0]


def test_the_page_as_the_service_worker_keeps_it_may_run_its_scripts_and_hold_its_styles(static):
    (static / "journal").mkdir()
    (static / "journal" / "index.html").write_text(BUILT)

    policy = Policies(inline_scripts(static), inline_styles(static)).of("/journal/index.html", "text/html")

    filled = make_shell(BUILT, static).filled("", "{}", "en")
    bodies = re.findall(r"<(?:script|style)[^>]*>([^<]+)</(?:script|style)>", filled.split("last-view")[0])
    assert len(bodies) == 4
    assert all(_hash(body) in policy for body in bodies)

"""The prerendered page, cut open for the rows, with every inline script known to the CSP."""

import base64
import hashlib
import json
import re

import pytest

from careapp.api.headers import Policies
from careapp.api.shell import inline_scripts, inline_styles, make_shell, script_hashes

BUILT = (
    '<!DOCTYPE html><html lang="en"><head><link rel="modulepreload" href="/assets/a-1.js"/>'
    '<script>theme()</script><link href="/assets/look-1.css" rel="stylesheet"/></head>'
    '<body><div id="page"><p>wait</p></div>'
    '<script type="module" async="">import "/assets/a-1.js";</script></body></html>'
)


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


def test_modules_are_named_only_after_the_first_paint(shell):
    filled = shell.filled("", "{}", "en")

    assert "modulepreload" not in filled.split("requestAnimationFrame")[0]
    assert '<script type="module"' not in filled


def test_every_inline_script_has_its_hash_also_the_one_that_is_written_later(shell, static):
    (static / "index.html").write_text(BUILT)
    sources = inline_scripts(static)["/"]

    assert {_hash("theme()"), _hash('import "/assets/a-1.js";')} <= sources
    bodies = re.findall(r"<script>(.*?)</script>", shell.filled("", "{}", "en"), re.S)
    assert {_hash(body) for body in bodies} <= sources
    assert script_hashes("<script src='/x.js'></script>") == frozenset()


@pytest.mark.parametrize("missing", ['id="page"', "look-1.css", '<script type="module" async="">'])
def test_a_page_written_in_another_way_stops_the_start(missing, static):
    with pytest.raises(ValueError, match=r"(place|module)"):
        make_shell(BUILT.replace(missing, ""), static)


def _hash(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_a_button_pressed_before_the_script_is_remembered(shell):
    assert "window.pressedEarly=b" in shell.filled("", "{}", "en").split("</template>")[0]


def test_the_page_as_the_service_worker_keeps_it_may_run_its_scripts(tmp_path):
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "index.html").write_text(BUILT)

    policy = Policies(inline_scripts(tmp_path)).of("/journal/index.html", "text/html")

    assert script_hashes(BUILT) and all(source in policy for source in script_hashes(BUILT))

"""The prerendered page, cut open for the rows, with every inline script known to the CSP."""

import base64
import hashlib
import json
import re

import pytest

from careapp.api.headers import Policies
from careapp.api.shell import inline_scripts, make_shell, script_hashes

BUILT = (
    '<!DOCTYPE html><html lang="en"><head><link rel="modulepreload" href="/assets/a-1.js"/>'
    '<script>theme()</script><link href="/assets/look-1.css" rel="stylesheet"/></head>'
    '<body><div id="page"><p>wait</p></div>'
    '<script type="module" async="">import "/assets/a-1.js";</script></body></html>'
)


def test_the_rows_stand_in_a_shadow_root_with_their_own_stylesheet():
    filled = make_shell(BUILT).filled("<b>Rose</b>", "{}", "es")

    place = filled.index('<div id="page"><template shadowrootmode="open">')
    assert filled[place:].startswith(
        '<div id="page"><template shadowrootmode="open"><link rel="stylesheet" href="/assets/look-1.css">'
        '<div id="painted"><b>Rose</b></div><slot hidden></slot><script>'
    )
    assert "</script></template><p>wait</p>" in filled
    assert '<html lang="es"' in filled


def test_the_state_cannot_end_its_script():
    state = json.dumps({"text": "</script><script>alert(1)</script>"})

    filled = make_shell(BUILT).filled("", state, "en")

    island = re.search(r'id="last-view">(.*?)</script>', filled, re.S)
    assert json.loads(island[1]) == json.loads(state)


def test_modules_are_named_only_after_the_first_paint():
    filled = make_shell(BUILT).filled("", "{}", "en")

    assert "modulepreload" not in filled.split("requestAnimationFrame")[0]
    assert '<script type="module"' not in filled


def test_every_inline_script_has_its_hash_also_the_one_that_is_written_later():
    hashes = make_shell(BUILT).hashes

    assert _hash("theme()") in hashes
    assert _hash('import "/assets/a-1.js";') in hashes
    assert script_hashes("<script src='/x.js'></script>") == frozenset()


@pytest.mark.parametrize("missing", ['id="page"', "stylesheet", '<script type="module" async="">'])
def test_a_page_written_in_another_way_stops_the_start(missing):
    with pytest.raises(ValueError, match=r"(place|module)"):
        make_shell(
            BUILT.replace(missing, "").replace(
                "/assets/look-1.css", "" if missing == "stylesheet" else "/assets/look-1.css"
            )
        )


def _hash(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_a_button_pressed_before_the_script_is_remembered():
    filled = make_shell(BUILT).filled("", "{}", "en")

    assert "window.pressedEarly=b" in filled.split("</template>")[0]
    assert all(_hash(body) in make_shell(BUILT).hashes for body in re.findall(r"<script>(.*?)</script>", filled, re.S))


def test_the_page_as_the_service_worker_keeps_it_may_run_its_scripts(tmp_path):
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "index.html").write_text(BUILT)

    policy = Policies(inline_scripts(tmp_path)).of("/journal/index.html", "text/html")

    assert script_hashes(BUILT) and all(source in policy for source in script_hashes(BUILT))

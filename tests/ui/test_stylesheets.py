"""The joined stylesheets: nothing forgotten, nothing heavy, in the order that makes overrides hold."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from arbiter.ui import stylesheets
from arbiter.ui.finders import BUILT

UI = Path(stylesheets.__file__).parent
COMPONENTS = sorted((UI / "styles/components").glob("*.css"))
FOUNDATIONS = sorted((UI / "styles/foundation").glob("*.css"))
# Written beside its part as a page frame or by its tag alone, not as a component's template.
WITHOUT_TEMPLATE = {"icon", "letter", "plain", "shell"}


def light(path):
    return stylesheets._light(path.read_text())


@pytest.mark.parametrize("path", [*COMPONENTS, *FOUNDATIONS], ids=lambda path: path.stem)
def test_every_stylesheet_is_part_of_the_app(path):
    assert light(path) in stylesheets.app()


def test_every_component_has_a_template_and_a_stylesheet_of_one_name():
    templates = {path.stem for path in (UI / "templates/ui/components").glob("*.html")}

    assert {path.stem for path in COMPONENTS} - WITHOUT_TEMPLATE == templates


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_stays_in_its_layer_and_uses_tokens(path):
    css = path.read_text()

    assert css.startswith("@layer components {")
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", css) == []


def test_the_order_of_layers_comes_first():
    assert stylesheets.app().startswith(
        "@layer reset, tokens, base, layout, components, pages, utilities;"
    )
    assert stylesheets.letter().startswith("@layer reset,")


def test_the_letter_is_light():
    assert len(brotli.compress(stylesheets.letter().encode())) < 7_000
    assert "@font-face" not in stylesheets.letter()


@pytest.mark.parametrize("sheet", [stylesheets.app, stylesheets.letter])
def test_every_token_used_is_set_somewhere(sheet):
    css = sheet()
    used = set(re.findall(r"var\((--[\w-]+)\)", css))

    assert used - set(re.findall(r"(--[\w-]+):", css)) == set()


@pytest.mark.parametrize("path", sorted(BUILT))
def test_what_is_made_can_be_found(path):
    found = Path(finders.find(path))

    assert found.read_text() == BUILT[path]()


def test_what_did_not_change_is_not_written_again():
    first = Path(finders.find("ui/app.css")).stat().st_mtime_ns

    assert Path(finders.find("ui/app.css")).stat().st_mtime_ns == first


def test_collected_files_carry_their_fingerprint_and_find_the_fonts(tmp_path):
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": storage}):
        call_command("collectstatic", verbosity=0, interactive=False)

    app = next(tmp_path.glob("ui/app.????????????.css"))
    assert app.with_name(f"{app.name}.br").is_file()
    assert re.search(r"inter/Inter-Medium\.[0-9a-f]{12}\.woff2", app.read_text())

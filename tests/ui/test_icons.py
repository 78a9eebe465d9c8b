"""One sprite, made from the package; a name that is gone fails here, not on a page."""

from xml.etree import ElementTree

import pytest
from django.test import override_settings

from arbiter.ui import icons
from arbiter.ui.icon_names import ICONS, LETTER_ICONS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("drawn", "names"), [(icons.sprite, ICONS), (icons.letter_sprite, LETTER_ICONS)]
)
def test_a_sprite_holds_each_named_drawing_once(drawn, names):
    symbols = ElementTree.fromstring(drawn()).findall(f"{SVG}symbol")

    assert [symbol.get("id") for symbol in symbols] == sorted(names)
    assert all(len(symbol) > 0 for symbol in symbols)


def test_the_letter_uses_no_icon_that_the_app_lacks():
    assert LETTER_ICONS <= ICONS


def test_an_icon_is_decoration_unless_it_is_labelled(draw):
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    assert 'role="img" aria-label="Done &amp; dusted"' in draw(
        '{% icon "check" label="Done & dusted" %}'
    )


def test_the_sprite_follows_where_static_files_are_served(draw):
    draw('{% icon "check" %}')

    with override_settings(STATIC_URL="/elsewhere/"):
        assert "/elsewhere/ui/icons.svg#check" in draw('{% icon "check" %}')


def test_a_letter_may_not_use_an_icon_its_sprite_lacks(draw):
    with pytest.raises(icons.UnknownIcon, match="letter-icons"):
        draw('{% icon "target" %}', icon_sprite=icons.LETTER_SPRITE)

"""The icons: a named few of lucide's drawings, joined into one sprite that the browser keeps."""

from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from django.core.signals import setting_changed
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from arbiter.ui.icon_names import ICONS, LETTER_ICONS

SPRITE = "ui/icons.svg"
LETTER_SPRITE = "ui/letter-icons.svg"
_NAMES = {SPRITE: ICONS, LETTER_SPRITE: LETTER_ICONS}
_KEPT = "fill='none' stroke='currentColor' stroke-width='1.75' stroke-linecap='round' stroke-linejoin='round'"


class UnknownIcon(LookupError):
    """A template asks for an icon that is not in the sprite."""


def icon(name: str, *, label: str = "", size: str = "", sprite_path: str = SPRITE) -> SafeString:
    """A reference to one drawing of the sprite; with a label it is announced, else it is decoration."""
    if name not in _NAMES[sprite_path]:
        raise UnknownIcon(
            f"{sprite_path} has no icon {name!r}; its names are in arbiter/ui/icon_names.py."
        )
    about = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    css = f"icon icon--{size}" if size else "icon"
    use = f'<use href="{_address(sprite_path)}#{name}"/>'
    return mark_safe(f'<svg class="{css}" {about}>{use}</svg>')  # noqa: S308 (escaped or ours)


@cache
def sprite() -> str:
    return _sprite_of(ICONS)


@cache
def letter_sprite() -> str:
    return _sprite_of(LETTER_ICONS)


def _sprite_of(names: frozenset[str]) -> str:
    with ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes())) as drawings:
        symbols = [_symbol(name, drawings.read(f"{name}.svg").decode()) for name in sorted(names)]
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{''.join(symbols)}</svg>\n"


def _symbol(name: str, drawing: str) -> str:
    inside = drawing.partition(">")[2].rpartition("</svg>")[0]
    lines = "".join(line.strip() for line in inside.splitlines())
    return f"<symbol id='{name}' viewBox='0 0 24 24' {_KEPT}>{lines}</symbol>"


@cache
def _address(path: str) -> str:
    return escape(static(path))


def _forget_addresses(*, setting: str, **kwargs: object) -> None:
    if setting.startswith("STATIC") or setting == "STORAGES":
        _address.cache_clear()


setting_changed.connect(_forget_addresses)

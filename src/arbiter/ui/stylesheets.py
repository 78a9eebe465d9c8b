"""The stylesheets that pages link, joined from the small files in `styles/`. No bundler, no build step."""

import re
from pathlib import Path

STYLES = Path(__file__).parent / "styles"

# The portal's letter must stay light on a phone: it carries only what it shows.
LETTER_COMPONENTS = (
    "answer_badge",
    "avatar",
    "brand",
    "button",
    "callout",
    "card",
    "choice_cards",
    "disclosure",
    "field",
    "flashes",
    "form",
    "goal_track",
    "icon",
    "letter",
    "letter_card",
    "quote",
    "skip_link",
    "step_list",
    "stripes",
    "timeline",
    "verdict_badge",
)


def app() -> str:
    """Everything: the workspace and every page with the shell."""
    fonts = STYLES / "foundation" / "fonts.css"
    return _joined(
        [_foundation("layers"), fonts, *_ground(), *_every_component(), _foundation("utilities")]
    )


def letter() -> str:
    """What the portal needs, without a web font."""
    components = [STYLES / "components" / f"{name}.css" for name in LETTER_COMPONENTS]
    return _joined([_foundation("layers"), *_ground(), *components, _foundation("utilities")])


def _foundation(name: str) -> Path:
    return STYLES / "foundation" / f"{name}.css"


def _ground() -> list[Path]:
    return [_foundation(name) for name in ("reset", "tokens", "looks", "base", "layout")]


def _every_component() -> list[Path]:
    return sorted((STYLES / "components").glob("*.css"))


def _joined(files: list[Path]) -> str:
    return "\n".join(_light(file.read_text(encoding="utf-8")) for file in files)


def _light(css: str) -> str:
    """Leave out comments and indentation: they are for whoever reads the source."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line.strip() for line in without_comments.splitlines() if line.strip())

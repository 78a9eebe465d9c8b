"""A bar of parts, one for each goal or person: solid where the customer spoke, striped where only we measured."""

from collections.abc import Iterable
from itertools import accumulate

from django.utils.safestring import SafeString

from arbiter.ui.charts.states import state
from arbiter.ui.charts.svg import element, picture, share

Part = tuple[str, float]
_HEIGHT = {"": 7, "small": 8, "large": 14}
_SMALL_WIDTH = 76


def segment_bar(
    states: Iterable[str | tuple[str, float]], *, label: str = "", size: str = ""
) -> SafeString:
    """Draw the parts side by side, each as wide as its weight."""
    parts = [_part(given) for given in states]
    return picture(
        *_drawn(parts, _HEIGHT[size]),
        label=label or sentence(parts),
        class_="segments",
        height=_HEIGHT[size],
        width=_SMALL_WIDTH if size == "small" else "100%",
    )


def sentence(parts: list[Part]) -> str:
    """The bar in words: 2 achieved, 1 never asked."""
    counted: dict[str, float] = {}
    for key, weight in parts:
        word = state(key).word.lower()
        counted[word] = counted.get(word, 0) + weight
    return ", ".join(f"{weight:g} {word}" for word, weight in counted.items()) or "Nothing to show"


def _part(given: str | tuple[str, float]) -> Part:
    return (given, 1.0) if isinstance(given, str) else (given[0], float(given[1]))


def _drawn(parts: list[Part], height: int) -> list[SafeString]:
    seen = [(key, weight) for key, weight in parts if weight > 0]
    total = sum(weight for _, weight in seen)
    if not total:
        return [
            element("rect", class_="segment segment--unasked", width="100%", height=height, rx=2)
        ]
    starts = accumulate((weight / total for _, weight in seen), initial=0.0)
    return [
        _segment(key, start, weight / total, height)
        for (key, weight), start in zip(seen, starts, strict=False)
    ]


def _segment(key: str, start: float, width: float, height: int) -> SafeString:
    """A nested picture, so that the stylesheet can take the gap off its full width."""
    look = state(key).look
    shape = element(
        "rect",
        class_=f"segment segment--{look}",
        width="100%",
        height=height,
        rx=2,
        fill="url(#stripes-faint)" if look == "measured" else None,
    )
    return element("svg", shape, x=share(start), width=share(width), height=height)

"""One reason of a forecast: a bar to the left or the right of the centre line it shares with the others."""

from django.utils.safestring import SafeString

from arbiter.ui.charts.svg import element, share

_HEIGHT, _BAR = 16, 6


def contribution(
    effect: float, *, largest: float, weak: bool = False, unknown: bool = False
) -> SafeString:
    """Draw the bar, as long as its share of the largest effect. Hidden from readers: the number stands beside it."""
    length = 0.5 * abs(effect) / largest if largest else 0.0
    look = "unknown" if unknown else "weak" if weak else "plain"
    bar = element(
        "rect",
        class_=f"reason__bar reason__bar--{look}",
        x=share(0.5 if effect >= 0 else 0.5 - length),
        y=(_HEIGHT - _BAR) / 2,
        width=share(max(length, 0.02)),
        height=_BAR,
        rx=1.5,
        fill="url(#stripes)" if weak and not unknown else None,
    )
    centre = element("line", class_="reason__centre", x1="50%", x2="50%", y1=-14, y2=_HEIGHT + 14)
    return element(
        "svg",
        centre,
        bar,
        class_="reason__drawing",
        width="100%",
        height=_HEIGHT,
        aria_hidden="true",
    )

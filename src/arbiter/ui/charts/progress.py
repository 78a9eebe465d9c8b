"""How far a piece of work is: ours, so never in an answer's colour."""

from django.utils.safestring import SafeString

from arbiter.ui.charts.svg import element, share, within

_HEIGHT = 6


def progress(value: float | None, total: float | None) -> SafeString:
    """A filled bar; a moving one while nobody knows how long it takes. Its meaning is set on the element around it."""
    ground = element("rect", class_="progress__ground", width="100%", height=_HEIGHT, rx=3)
    if value is None or not total:
        bar = element(
            "rect", class_="progress__bar progress__bar--moving", width="30%", height=_HEIGHT, rx=3
        )
    else:
        bar = element(
            "rect", class_="progress__bar", width=share(within(value / total)), height=_HEIGHT, rx=3
        )
    return element(
        "svg",
        ground,
        bar,
        class_="progress__drawing",
        width="100%",
        height=_HEIGHT,
        aria_hidden="true",
    )

"""The distance between what we believe and what customers have told us, on one line of money."""

from django.utils.safestring import SafeString

from arbiter.ui import wording
from arbiter.ui.charts.svg import element, picture, share, within, words
from arbiter.ui.wording import Number

_TOP, _BAR = 24, 14
_HEIGHT = _TOP + _BAR + 22


def gap_bar(
    said: Number | None,
    believed: Number | None,
    *,
    label: str = "",
    said_shown: str = "",
    believed_shown: str = "",
) -> SafeString:
    """Solid as far as customers said yes, an open bracket from there to our belief.

    `said_shown` and `believed_shown` stand for the percentages where these would rest on too few.
    """
    yes, belief = _known(said), _known(believed)
    ground = element(
        "rect",
        class_="gap__ground" if yes is not None else "gap__ground gap__ground--unknown",
        y=_TOP,
        width="100%",
        height=_BAR,
        rx=3,
    )
    inside = [
        ground,
        *_believed(yes or 0.0, belief, believed_shown or wording.percent(belief)),
        *_said(yes, said_shown or wording.percent(yes)),
    ]
    return picture(*inside, label=label or sentence(said, believed), class_="gap", height=_HEIGHT)


def sentence(said: Number | None, believed: Number | None) -> str:
    belief = (
        "We have not written down a belief"
        if _known(believed) is None
        else f"We believe {wording.percent(believed)} stays"
    )
    yes = (
        "nobody was asked"
        if _known(said) is None
        else f"customers have told us yes for {wording.percent(said)}"
    )
    return f"{belief}; {yes}."


def _known(value: Number | None) -> float | None:
    return None if value in (None, "") else within(float(value or 0))


def _said(yes: float | None, shown: str) -> list[SafeString]:
    if not yes:
        return [words("no yes yet", class_="gap__word", x="0", y=_HEIGHT - 6)]
    return [
        element("rect", class_="gap__said", y=_TOP, width=share(yes), height=_BAR, rx=3),
        words(f"{shown} told us yes", class_="gap__word gap__word--said", x="0", y=_HEIGHT - 6),
    ]


def _believed(yes: float, belief: float | None, shown: str) -> list[SafeString]:
    if belief is None:
        return []
    anchor = "end" if belief > 0.5 else "start"
    bracket = [
        element(
            "rect", class_="gap__open", x=share(yes), y=_TOP, width=share(belief - yes), height=_BAR, rx=3,
            fill="url(#stripes)",
        )
    ] if belief > yes else []  # fmt: skip
    return [
        *bracket,
        element(
            "line",
            class_="gap__belief",
            x1=share(belief),
            x2=share(belief),
            y1=_TOP - 6,
            y2=_TOP + _BAR + 6,
        ),
        words(
            f"we believe {shown}",
            class_="gap__word",
            x=share(belief),
            y=_TOP - 11,
            text_anchor=anchor,
        ),
    ]

"""Three voices on one contract: the customer's word, the team's belief, the model's forecast. They are never averaged."""

from dataclasses import dataclass
from math import floor

from django.utils.safestring import SafeString

from arbiter.ui import wording
from arbiter.ui.charts.figures import known
from arbiter.ui.charts.states import ANSWERS, SEALED, State
from arbiter.ui.charts.svg import element, picture, share, within, words
from arbiter.ui.wording import Number

_LANE, _AXIS = 48, 24
_SMALL_WIDTH, _SMALL_HEIGHT = 96, 20
_MARKS = ((0.0, "0%", "start"), (0.5, "50%", "middle"), (1.0, "100%", "end"))
_APART = 10
_ANSWERS = {**ANSWERS, **SEALED}


@dataclass(frozen=True)
class Voices:
    """What each of the three says. The team's and the model's are chances that the customer stays."""

    answer: str = "never_asked"
    belief: Number | None = None
    forecast: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @property
    def state(self) -> State:
        return _ANSWERS[self.answer]

    @property
    def points_apart(self) -> int | None:
        """How many points lie between belief and forecast."""
        belief, forecast = known(self.belief), known(self.forecast)
        if belief is None or forecast is None:
            return None
        return abs(floor(belief * 100 + 0.5) - floor(forecast * 100 + 0.5))

    @property
    def against(self) -> list[str]:
        """Who expects the opposite of what the customer said."""
        if self.answer not in ("yes", "no"):
            return []
        said = self.answer == "yes"
        named = (("the team", known(self.belief)), ("the model", known(self.forecast)))
        return [name for name, chance in named if chance is not None and (chance > 0.5) is not said]

    @property
    def verdict(self) -> str:
        """Where they disagree, in one line."""
        told = []
        if self.against:
            verb = "expect" if len(self.against) > 1 else "expects"
            told.append(
                f"The customer said {self.state.word.lower()}; {' and '.join(self.against)} {verb} the opposite."
            )
        if self.points_apart is not None:
            told.append(_distance(self.points_apart))
        return " ".join(told)

    @property
    def disagree(self) -> bool:
        return bool(self.against) or (self.points_apart or 0) >= _APART


def voices(given: Voices, *, size: str = "") -> SafeString:
    """Belief and forecast on one line of chances; the customer's word is a word and has no place on it."""
    return _small(given) if size == "small" else _large(given)


def sentence(given: Voices) -> str:
    belief, forecast = known(given.belief), known(given.forecast)
    team = (
        "no belief written down"
        if belief is None
        else f"the team believes {wording.percent(belief)}"
    )
    between = "" if known(given.low) is None else f" ({wording.percents(given.low, given.high)})"
    model = (
        "no forecast"
        if forecast is None
        else f"the model says {wording.percent(forecast)}{between}"
    )
    return f"Customer: {given.state.word.lower()}; {team}; {model}."


def _distance(points: int) -> str:
    if points == 0:
        return "Team and model agree."
    plural = "" if points == 1 else "s"
    return f"Team and model are {points} point{plural} apart."


def _large(given: Voices) -> SafeString:
    """Two lanes: the team's above the model's."""
    bottom = 2 * _LANE
    inside = [_upright(at, 0, bottom) for at, _, _ in _MARKS]
    inside += _gap(given, _LANE / 2, _LANE * 1.5)
    inside += _lane(_LANE / 2, known(given.belief)) + _lane(_LANE * 1.5, known(given.forecast))
    inside += (
        _band(given, _LANE * 1.5, 10)
        + _dot(given, _LANE * 1.5, 5.5)
        + _diamond(given, _LANE / 2, 6.5)
    )
    inside += [
        words(text, class_="voices__mark", x=share(at), y=bottom + 15, text_anchor=side)
        for at, text, side in _MARKS
    ]
    return picture(*inside, label=sentence(given), class_="voices__drawing", height=bottom + _AXIS)


def _small(given: Voices) -> SafeString:
    middle = _SMALL_HEIGHT / 2
    inside = _lane(middle, 0.0) + _gap(given, middle, middle)
    inside += _band(given, middle, 7) + _dot(given, middle, 4) + _diamond(given, middle, 4.5)
    return picture(
        *inside, label=sentence(given), class_="voices__drawing", height=_SMALL_HEIGHT, width=_SMALL_WIDTH,
    )  # fmt: skip


def _lane(y: float, value: float | None) -> list[SafeString]:
    """The line of chances, dashed where nobody has spoken."""
    look = "voices__lane" if value is not None else "voices__lane voices__lane--silent"
    return [element("line", class_=look, x1="0%", x2="100%", y1=y, y2=y)]


def _gap(given: Voices, top: float, bottom: float) -> list[SafeString]:
    """What lies between belief and forecast, striped: nobody may pick the middle of it."""
    belief, forecast = known(given.belief), known(given.forecast)
    if belief is None or forecast is None or not given.points_apart:
        return []
    start, end = sorted((within(belief), within(forecast)))
    height = max(bottom - top, 5.0)
    y = top if bottom > top else top - height / 2
    return [
        element(
            "rect", class_="voices__gap", x=share(start), width=share(end - start), y=y, height=height,
            fill="url(#stripes-faint)",
        )
    ]  # fmt: skip


def _band(given: Voices, y: float, height: float) -> list[SafeString]:
    low, high = known(given.low), known(given.high)
    if low is None or high is None:
        return []
    start, end = within(low), within(high)
    return [
        element(
            "rect", class_="voices__band", x=share(start), width=share(end - start), y=y - height / 2, height=height,
            rx=height / 2,
        )
    ]  # fmt: skip


def _dot(given: Voices, y: float, radius: float) -> list[SafeString]:
    forecast = known(given.forecast)
    if forecast is None:
        return []
    return [
        element("circle", class_="voices__forecast", cx=share(within(forecast)), cy=y, r=radius)
    ]


def _diamond(given: Voices, y: float, size: float) -> list[SafeString]:
    """A path cannot be placed by percentages, so it sits at the origin of a small box that can."""
    belief = known(given.belief)
    if belief is None:
        return []
    shape = element(
        "path", class_="voices__belief", d=f"M0 {-size:g}L{size:g} 0 0 {size:g} {-size:g} 0z"
    )
    return [element("svg", shape, x=share(within(belief)), y=y, overflow="visible")]


def _upright(at: float, low: float, high: float) -> SafeString:
    return element("line", class_="voices__scale", x1=share(at), x2=share(at), y1=low, y2=high)

"""Who is still there after so much time, drawn as steps: the range around them, ticks where somebody is not yet told."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.safestring import SafeString

from arbiter.ui.charts import plot
from arbiter.ui.charts.curves import SHARES, Curve, Step, Survival, between, sentence
from arbiter.ui.charts.figures import fixed
from arbiter.ui.charts.plot import Frame, Place
from arbiter.ui.charts.scales import Scale
from arbiter.ui.charts.svg import element, share, words

_SCALE = Scale(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0))
# Finer than a screen can show, a curve of daily steps over years would only weigh.
_FINEST = 400
# More ticks than these would melt into one band.
_TICKS_MOST = 80
_HEIGHT, _FOOT, _LINE = 230, 22, 16


def survival_chart(chart: Survival, *, label: str = "") -> SafeString:
    """Draw the curves as steps from everyone at time 0."""
    frame, about = _frame(chart), label or sentence(chart)
    if not any(len(each.steps) > 1 for each in chart.curves):
        return plot.unknown(label=about)
    marks = [(time / chart.end, fixed(time, 0)) for time in chart.marks]
    inside = [
        *plot.levels(frame, _SCALE, SHARES),
        *plot.foot(frame, marks),
        _beside(chart.unit, frame.floor + 17),
        *(_median(chart.curves[0], chart, frame) if chart.median else []),
        *(part for each in reversed(chart.curves) for part in _drawn(each, chart, frame)),
        *_ends(chart, frame),
        *_at_risk(chart, frame),
        *_moments(chart, frame),
    ]
    looks = ["named"] if len(chart.curves) > 1 else []
    return plot.plot(*inside, label=about, frame=frame, looks=looks)


def _drawn(curve: Curve, chart: Survival, frame: Frame) -> list[SafeString]:
    steps = _thinned([step for step in curve.steps if step.time <= chart.end])
    if not steps:
        return []
    ends = [*(step.time for step in steps[1:]), min(chart.end, curve.steps[-1].time)]
    pairs = list(zip(steps, ends, strict=True))
    line = [
        place
        for step, end in pairs
        for place in _level(step.time, end, step.survival, chart, frame)
    ]
    stretched = [
        *_bands(pairs, curve.look, chart, frame),
        plot.line(line, class_=f"plot__line plot__line--{curve.look}"),
    ]
    told = [step for step in steps if step.censored]
    few = told if len(told) <= _TICKS_MOST else []
    ticks = [_censored(step, curve.look, chart, frame) for step in few]
    return [plot.layer(frame, *stretched), *ticks]


def _thinned(steps: list[Step]) -> list[Step]:
    """No more steps than can be seen: those that share a place become one, as it stands after the last of them."""
    if len(steps) <= _FINEST:
        return steps
    finest = (steps[-1].time - steps[0].time) / _FINEST
    kept = [steps[0]]
    for step in steps[1:]:
        last = kept[-1]
        if len(kept) > 1 and int(step.time / finest) == int(last.time / finest):
            kept[-1] = replace(step, censored=last.censored + step.censored)
        else:
            kept.append(step)
    return kept


def _level(
    start: float, end: float, survival: float | None, chart: Survival, frame: Frame
) -> list[Place]:
    """One step: the same share from its time to the next."""
    y = frame.y(_SCALE.share(chart.said(survival) or 0.0))
    return [(start / chart.end, y), (end / chart.end, y)]


def _bands(
    pairs: Sequence[tuple[Step, float]], look: str, chart: Survival, frame: Frame
) -> list[SafeString]:
    """The range, wherever it is known."""
    bands = []
    stretch: list[tuple[Step, float]] = []
    for step, end in [*pairs, (Step(0, 0), 0.0)]:
        if step.low is not None and step.high is not None:
            stretch.append((step, end))
            continue
        if stretch:
            low = [
                place
                for each, to in stretch
                for place in _level(each.time, to, each.low, chart, frame)
            ]
            high = [
                place
                for each, to in stretch
                for place in _level(each.time, to, each.high, chart, frame)
            ]
            bands.append(plot.band(low, high, class_=f"plot__band plot__band--{look}"))
        stretch = []
    return bands


def _censored(step: Step, look: str, chart: Survival, frame: Frame) -> SafeString:
    y = frame.y(_SCALE.share(chart.said(step.survival) or 0.0))
    return plot.upright(
        step.time / chart.end, y - 4, y + 4, class_=f"plot__tick plot__tick--{look}"
    )


def _median(curve: Curve, chart: Survival, frame: Frame) -> list[SafeString]:
    """From the half across to the curve, and down to its time."""
    if curve.median is None or curve.median > chart.end:
        return []
    x, y = curve.median / chart.end, frame.y(0.5)
    anchor, dx = ("end", -6) if x > 0.5 else ("start", 6)
    return [
        element("line", class_="plot__event", x1="0%", x2=share(x), y1=y, y2=y),
        plot.upright(x, y, frame.floor, class_="plot__event"),
        words(
            f"half by {chart.after(curve.median)}", class_="plot__word plot__word--halo", x=share(x), dx=dx,
            y=frame.floor - 7, text_anchor=anchor,
        ),
    ]  # fmt: skip


def _ends(chart: Survival, frame: Frame) -> list[SafeString]:
    named = len(chart.curves) > 1
    ends = []
    for each in chart.curves:
        if not each.steps:
            continue
        last = each.at(chart.end)
        x = min(chart.end, each.steps[-1].time) / chart.end
        said = chart.said(last.survival) or 0.0
        ends.append((x, frame.y(_SCALE.share(said)), SHARES.say(said), each.name if named else ""))
    return plot.end_words(ends, floor=frame.floor)


def _at_risk(chart: Survival, frame: Frame) -> list[SafeString]:
    """How many stand behind each round time, a row for each curve."""
    if not chart.tells_at_risk:
        return []
    y, drawn = frame.floor + _FOOT + 13.0, []
    if len(chart.curves) == 1:
        drawn.append(_beside("at risk", y))
    else:
        drawn.append(words("at risk", class_="plot__word", x="0%", y=y))
    for at, curve in enumerate(chart.curves, start=len(chart.curves) > 1):
        drawn += _counts(curve, chart, y + at * _LINE)
    return drawn


def _counts(curve: Curve, chart: Survival, y: float) -> list[SafeString]:
    """The numbers of one curve; before them its line, where there are more."""
    class_ = f"plot__line plot__line--{curve.look}"
    sample = element("line", class_=class_, x1=-34, x2=-12, y1=y - 4, y2=y - 4)
    numbers = plot.row_of_words([_count(curve, time, chart) for time in chart.marks], y)
    return [sample, *numbers] if len(chart.curves) > 1 else numbers


def _count(curve: Curve, time: float, chart: Survival) -> tuple[float, str]:
    at_risk = curve.at_risk(time)
    return time / chart.end, "–" if at_risk is None else fixed(at_risk, 0)


def _beside(text: str, y: float) -> SafeString:
    return words(text, class_="plot__word", x="0%", dx=-8, y=y, text_anchor="end")


def _moments(chart: Survival, frame: Frame) -> list[SafeString]:
    times = [time for time in chart.marks if time > 0]
    xs = [time / chart.end for time in times]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(xs)), 1.0]
    return [
        plot.moment(
            frame, [f"After {chart.after(time)}", *_hovers(time, chart)], at=x, start=start, end=end
        )
        for time, x, start, end in zip(times, xs, edges, edges[1:], strict=False)
    ]


def _hovers(time: float, chart: Survival) -> list[str]:
    told = []
    for each in chart.curves:
        if each.steps:
            step = each.at(time)
            parts = filter(None, [SHARES.say(chart.said(step.survival)), between(step, chart)])
            told.append(f"{each.name}: {', '.join(parts)}" if each.name else ", ".join(parts))
    return told


def _frame(chart: Survival) -> Frame:
    rows = len(chart.curves) + (len(chart.curves) > 1)
    below = _LINE * rows if chart.tells_at_risk else 0
    return Frame(height=_HEIGHT + _FOOT + below, top=12, foot=_FOOT + below)

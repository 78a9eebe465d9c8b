"""From one sum to the next: what was lost, what grew, and what is left, as bars that start where the last one ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from arbiter.ui.charts.figures import Figure, Reading, known
from arbiter.ui.charts.rows import (
    BEYOND,
    HEIGHT,
    MIDDLE,
    TICKS_MOST,
    Axis,
    Row,
    block,
    row_picture,
    upright,
)
from arbiter.ui.charts.scales import Scale
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number

_SHARES = Reading("percent", digits=1)


@dataclass(frozen=True)
class Step:
    """One change, or a sum between two of them (`amount` None)."""

    label: str
    amount: float | None
    before: float
    after: float
    n: float | None = None
    url: str = ""
    note: str = ""

    @property
    def is_sum(self) -> bool:
        return self.amount is None


def steps_of(
    start: Number, given: Iterable[Any], *, start_label: str, end_label: str, start_url: str = "", end_url: str = ""
) -> list[Step]:  # fmt: skip
    """The start, each change in its order, and the end that they lead to."""
    running = known(start) or 0.0
    steps = [Step(start_label, None, running, running, url=start_url)]
    for item in given:
        amount = None if value_of(item, "total") else known(value_of(item, "amount")) or 0.0
        after = running + (amount or 0.0)
        said = {name: str(value_of(item, name) or "") for name in ("url", "note")}
        n = known(value_of(item, "n"))
        steps.append(Step(str(value_of(item, "label")), amount, running, after, n, **said))
        running = after
    return [*steps, Step(end_label, None, running, running, url=end_url)]


def waterfall_axis(steps: Sequence[Step], reading: Reading) -> Axis:
    seen = [end for step in steps for end in (step.before, step.after)]
    low = 0.0 if min(seen) >= 0 else None
    return Axis(Scale.over([*seen, 0.0], low=low, most=TICKS_MOST), reading)


def waterfall_rows(steps: Sequence[Step], axis: Axis) -> list[Row]:
    whole = steps[0].after
    return [_row(step, axis, whole, follows=step is not steps[-1]) for step in steps]


def _row(step: Step, axis: Axis, whole: float, *, follows: bool) -> Row:
    amount = step.after if step.amount is None else step.amount
    said = axis.reading.say(amount)
    return Row(
        label=step.label,
        figure=Figure(value=amount, n=step.n),
        shown=f"+{said}" if not step.is_sum and amount > 0 and not said.startswith("+") else said,
        between=_SHARES.say(amount / whole) if whole else "",
        url=step.url,
        note=step.note,
        strong=step.is_sum,
        drawing=_drawing(step, axis, follows=follows),
    )


def _drawing(step: Step, axis: Axis, *, follows: bool) -> SafeString:
    """A sum from nothing, a change from the sum before it. A thin line leads to the next."""
    scale = axis.scale
    start, end = scale.share(0.0 if step.is_sum else step.before), scale.share(step.after)
    if step.is_sum:
        bar = block("row-plot__sum", min(start, end), max(start, end))
    elif step.after < step.before:
        bar = block("row-plot__loss", end, start, fill="url(#stripes)")
    else:
        bar = block("row-plot__gain", start, end)
    leads = [upright("row-plot__lead", end, MIDDLE, HEIGHT + BEYOND)] if follows else []
    comes = (
        []
        if step.is_sum and step.before == step.after
        else [upright("row-plot__lead", scale.share(step.before), -BEYOND, MIDDLE)]
    )
    return row_picture(*axis.behind(), *comes, *leads, bar, height=HEIGHT)

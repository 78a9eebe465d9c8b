"""Who stands behind a measure: a page of the customers of one part, each with what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from arbiter.foundation.queries import company
from arbiter.metrics.queries import names
from arbiter.metrics.queries.measures import Measure, Part
from arbiter.ui import wording
from arbiter.workspace.metrics import steps

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.metrics.queries.names import Listed, Named
    from arbiter.metrics.queries.snapshots import Figure
    from arbiter.workspace.metrics.choice import Choice

ROWS = 25
HEADINGS = {"money": "A year", "days": "Days", "answer": "Answer"}
WORTH = "Expected to bring"


@dataclass(frozen=True)
class Line:
    """A customer behind a measure, as a row shows it."""

    named: Named
    shown: str
    step_url: str


@dataclass(frozen=True)
class Behind:
    """A page of names: the parts to choose from, the rows of one, and where it goes on."""

    part: Part
    tabs: list[dict[str, Any]]
    lines: list[Line]
    columns: list[dict[str, Any]]
    total: int
    reachable: int
    next_url: str
    previous_url: str

    @property
    def value_label(self) -> str:
        """What stands beside each name."""
        return _heading(self.part)

    @property
    def words(self) -> str:
        """How many there are in the whole company, and how many of them may be shown here."""
        noun = "customer" if self.total == 1 else "customers"
        if self.reachable == self.total:
            return f"{self.total:,} {noun} in the whole company."
        return f"{self.reachable:,} of {self.total:,} {noun} in the whole company are listed here."


def of(
    reader: Person, measure: Measure, figure: Figure, choice: Choice, told: QueryDict
) -> Behind | None:
    """Return the names of the part asked for, the first one unless another is; None where nobody is listed."""
    listed = names.parts(measure.name, choice.day)
    if not listed:
        return None
    chosen = _chosen(listed, told.get("part", ""))
    part = chosen.part
    found = names.page(
        reader,
        chosen,
        scope=choice.scope.key,
        after=_position(told.get("after", "")),
        before=_position(told.get("before", "")),
        most=ROWS,
    )
    currency = _currency(figure) if part.value == "money" else ""
    return Behind(
        part=part,
        tabs=_tabs(listed, part, choice),
        lines=[_line(each, part, measure, currency, reader) for each in found.rows],
        columns=_columns(part),
        total=found.total,
        reachable=found.reachable,
        next_url=_page_url(choice, part, after=found.after),
        previous_url=_page_url(choice, part, before=found.before),
    )


def _chosen(listed: list[Listed], asked: str) -> Listed:
    """The part asked for; without one, the first that has anybody in it."""
    usual = next((each for each in listed if each.customers), listed[0])
    return next((each for each in listed if each.part.kind == asked), usual)


def _tabs(listed: list[Listed], chosen: Part, choice: Choice) -> list[dict[str, Any]]:
    """The parts; how many customers each has is told of everybody alone, as it was counted so."""
    return [
        {
            "label": each.part.label,
            "url": _url(choice, part=each.part.kind),
            "current": each.part == chosen,
            "count": f"{each.customers:,}" if not choice.scope.key else None,
        }
        for each in listed
    ]


def _columns(part: Part) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [{"label": "Customer"}, {"label": "Looked after by"}]
    if part.value:
        columns.append({"label": _heading(part), "number": True})
    return [*columns, {"label": "Next"}] if part.step else columns


def _heading(part: Part) -> str:
    """What stands beside each name."""
    return WORTH if part.kind == "valued" else HEADINGS.get(part.value, "")


def _line(each: Named, part: Part, measure: Measure, currency: str, reader: Person) -> Line:
    shown = _shown(each.value, part, measure, currency)
    return Line(each, shown, steps.url_of(part.step, each.customer.pk, reader=reader))


def _shown(value: float | None, part: Part, measure: Measure, currency: str) -> str:
    if value is None:
        return "unknown"
    if part.value == "money":
        return wording.money_long(value, currency)
    if part.value == "answer" and measure.kind == "percent" and value < 1:
        return wording.percent(value)
    return wording.number(round(value))


def _currency(figure: Figure) -> str:
    by_amount = figure.details.get("by_amount", {})
    return figure.currency or by_amount.get("currency") or company.currency()


def _page_url(choice: Choice, part: Part, **position: int | None) -> str:
    """The address of another page of names; empty where there is none."""
    return "" if None in position.values() else _url(choice, part=part.kind, **position)


def _url(choice: Choice, **told: object) -> str:
    return f"{choice.with_(**told)}#behind"


def _position(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None

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
    from arbiter.metrics.queries.names import Named
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
    first_url: str

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
    kinds = names.kinds(measure.name, choice.day)
    if not kinds:
        return None
    asked = told.get("part", "")
    usual = next((part for part, customers in kinds if customers), kinds[0][0])
    part = next((part for part, _ in kinds if part.kind == asked), usual)
    after = _position(told.get("after", ""))
    found = names.page(
        reader, measure.name, part.kind, choice.day, scope=choice.scope.key, after=after, most=ROWS
    )
    currency = _currency(figure) if part.value == "money" else ""
    return Behind(
        part=part,
        tabs=_tabs(kinds, part, choice),
        lines=[_line(each, part, measure, currency, reader) for each in found.rows],
        columns=_columns(part),
        total=found.total,
        reachable=found.reachable,
        next_url=_url(choice, part=part.kind, after=found.after),
        first_url=_url(choice, part=part.kind) if after is not None else "",
    )


def _tabs(kinds: list[tuple[Part, int]], chosen: Part, choice: Choice) -> list[dict[str, Any]]:
    """The parts; how many customers each has is told of everybody alone, as it was counted so."""
    return [
        {
            "label": part.label,
            "url": _url(choice, part=part.kind),
            "current": part == chosen,
            "count": f"{customers:,}" if not choice.scope.key else None,
        }
        for part, customers in kinds
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


def _url(choice: Choice, *, part: str, after: int | None = -1) -> str:
    """The address of a page of names; empty where there is no next one."""
    if after is None:
        return ""
    more = {} if after < 0 else {"after": after}
    return f"{choice.with_(part=part, **more)}#behind"


def _position(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None

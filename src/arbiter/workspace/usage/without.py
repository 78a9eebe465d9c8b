"""Two lists that no percentage replaces: active without result, and result without activity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.queries import attainment, evidence
from arbiter.usage.queries import lists
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.usage import frame
from arbiter.workspace.usage.frame import Choice

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.outcomes.queries.attainment import Attainment
    from arbiter.usage.models import UsageStanding

COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "People", "number": True},
    {"label": "Events", "number": True},
    {"label": "Last seen"},
    {"label": "What they want"},
    {"label": "Goals"},
    {"label": "Next"},
]


class Choosing:
    """Keeps the customers with a result, or those without; where their goals stand is remembered for the page."""

    def __init__(self, now: datetime, *, with_result: bool) -> None:
        self.now, self.with_result = now, with_result
        self.found: dict[int, Attainment] = {}

    def __call__(self, rows: Sequence[UsageStanding]) -> list[UsageStanding]:
        """Look at the goals of some customers at once."""
        told = attainment.of_customers([row.customer_id for row in rows], as_of=self.now)
        kept = [row for row in rows if told[row.customer_id].shows_result is self.with_result]
        self.found |= {row.customer_id: told[row.customer_id] for row in kept}
        return kept


@open_to_colleagues("GET")
def result(request: SignedInRequest) -> HttpResponse:
    """Show who uses the product and has nothing of it: no goal came nearer, none is confirmed."""
    choice = Choice.of(request)
    rows = lists.active(request.user, segment=choice.segment)
    return _show(request, choice, "usage-without-result", rows, by="events_28d", with_result=False)


@open_to_colleagues("GET")
def activity(request: SignedInRequest) -> HttpResponse:
    """Show who has a result and does nothing any more: what moved it, and will it stay?"""
    choice = Choice.of(request)
    rows = lists.idle(request.user, segment=choice.segment)
    rows = rows.filter(customer__in=evidence.customers_with_any())
    return _show(request, choice, "usage-without-activity", rows, by="users_28d", with_result=True)


def _show(
    request: SignedInRequest, choice: Choice, part: str, rows: Any, *, by: str, with_result: bool
) -> HttpResponse:
    now = timezone.now()
    choosing = Choosing(now, with_result=with_result)
    page = lists.walk(rows, choosing, by=by, after=request.GET.get("after", ""))
    return frame.show(
        request,
        "without",
        part=part,
        choice=choice,
        lines=_lines(page.rows, choosing.found.__getitem__),
        with_result=with_result,
        columns=COLUMNS,
        may_ask=request.user.may(Permission.ASK_CUSTOMERS),
        **frame.turns(page, segment=choice.segment),
    )


def _lines(
    rows: Sequence[UsageStanding], goals_of: Callable[[int], Attainment]
) -> list[dict[str, Any]]:
    return [{"row": row, "goals": goals_of(row.customer_id)} for row in rows]

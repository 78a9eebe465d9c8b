"""GET /renewals.csv: the renewals as a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from arbiter.connectors.tables.writing import harmless
from arbiter.forecast.queries import outlooks
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.renewals.choice import Choice

if TYPE_CHECKING:
    from arbiter.forecast.models import Outlook

HEADER = (
    "customer",
    "ends_on",
    "arr",
    "currency",
    "they_say",
    "we_believe",
    "forecast",
    "forecast_low",
    "forecast_high",
)


class _Echo:
    """A file that hands back what is written to it, so that rows are streamed."""

    def write(self, text: str) -> str:
        return text


@open_to_colleagues("GET", needs=Permission.EXPORT)
def download(request: SignedInRequest) -> HttpResponse:
    """Stream every contract of the choice; cells that a spreadsheet would run are made harmless."""
    choice = Choice.of(request.GET)
    due = outlooks.due(
        request.user, as_of=timezone.now(), days=choice.days, owner=choice.owner(request.user)
    )
    writer = csv.writer(_Echo(), lineterminator="\n")
    rows = (writer.writerow(row) for row in _rows(choice.narrowed(due).iterator(chunk_size=2_000)))
    reply: Any = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = 'attachment; filename="renewals.csv"'
    return reply  # type: ignore[no-any-return]


def _rows(due: Iterator[Outlook]) -> Iterator[tuple[Any, ...]]:
    yield HEADER
    for each in due:
        yield (
            harmless(each.customer_name),
            each.ends_on.isoformat(),
            "" if each.arr is None else each.arr,
            each.currency,
            "sealed" if each.sealed else each.intent,
            *("" if chance is None else f"{chance:.4f}" for chance in _chances(each)),
        )


def _chances(each: Outlook) -> tuple[float | None, ...]:
    """Our belief and the forecast, which would give away what a sealed answer said."""
    if each.sealed:
        return (each.belief, None, None, None)
    return (each.belief, each.probability, each.low, each.high)

"""GET /customers.csv: the list as a table for a spreadsheet, everybody who passes the filters."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from arbiter.connectors.tables.writing import harmless
from arbiter.forecast.queries import standings
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.lists.query import Query

if TYPE_CHECKING:
    from arbiter.forecast.models import Standing

HEADER = (
    *("customer_id", "name", "segment", "stage", "owner", "arr", "currency", "renews_on"),
    *("they_say", "said_on", "last_heard_on", "goals", "goals_confirmed", "goals_disputed"),
    *("goals_never_judged", "we_believe", "forecast", "forecast_low", "forecast_high", "next_step"),
)


class _Echo:
    """A file that hands back what is written to it, so that rows are streamed."""

    def write(self, text: str) -> str:
        return text


@open_to_colleagues("GET", needs=Permission.EXPORT)
def download(request: SignedInRequest) -> HttpResponse:
    """Stream every customer of the filters; cells that a spreadsheet would run are made harmless."""
    query = Query.read(request.GET)
    found = standings.filtered(
        request.user, query.filters(request.user.pk), as_of=timezone.now()
    ).order_by("pk")
    writer = csv.writer(_Echo(), lineterminator="\n")
    rows = (writer.writerow(row) for row in _rows(found.iterator(chunk_size=2_000)))
    reply: Any = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = 'attachment; filename="customers.csv"'
    return reply  # type: ignore[no-any-return]


def _rows(found: Iterable[Standing]) -> Iterator[tuple[Any, ...]]:
    yield HEADER
    for row in found:
        yield (
            *(harmless(text) for text in (row.key, row.name, row.segment, row.stage)),
            harmless(row.owner_name),
            "" if row.arr is None else row.arr,
            row.currency,
            row.renews_on or "",
            *_said(row),
            row.goals,
            row.confirmed,
            row.disputed,
            row.unjudged,
            _chance(row.belief),
            *(("", "", "") if row.sealed else map(_chance, (row.probability, row.low, row.high))),
            row.next_step,
        )


def _said(row: Standing) -> tuple[Any, ...]:
    """What they said and when; of what is sealed only that it is."""
    if row.sealed:
        return ("sealed", "", "")
    said, heard = row.intent_at, row.last_heard_at
    return (row.intent, said.date() if said else "", heard.date() if heard else "")


def _chance(chance: float | None) -> str:
    return "" if chance is None else f"{chance:.4f}"

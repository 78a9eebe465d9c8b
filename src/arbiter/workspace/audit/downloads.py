"""GET /audit.csv, /audit.json and /audit/gone.csv: the stored audit, and who left although a number was green."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone

from arbiter.connectors.tables.writing import harmless
from arbiter.forecast.queries.audits import lists, stored
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.audit.choice import Choice, exact

GONE_HEADER = ("customer", "lost_on", "told_on", "arr", "currency", "signal", "value", "last_answer", "reason")  # fmt: skip


@open_to_colleagues("GET", needs=Permission.EXPORT)
def objects(request: SignedInRequest) -> HttpResponse:
    """The audit as `arbiter audit --json` tells it, at the lead that was chosen."""
    reply = JsonResponse(_lines(request), safe=False, json_dumps_params={"indent": 1})
    reply["Content-Disposition"] = 'attachment; filename="audit.json"'
    return reply


@open_to_colleagues("GET", needs=Permission.EXPORT)
def table(request: SignedInRequest) -> HttpResponse:
    """The same for a spreadsheet; cells that one would run are made harmless."""
    rows = ([_cell(line[name]) for name in stored.HEADER] for line in _lines(request))
    return _csv("audit.csv", [stored.HEADER, *rows])


@open_to_colleagues("GET", needs=Permission.EXPORT)
def gone(request: SignedInRequest) -> HttpResponse:
    """Everybody who left although the chosen number was green, of those this colleague may see."""
    choice = Choice.of(request.GET)
    now = timezone.now()
    audit = stored.newest(now)
    signal = audit and (choice.chosen(audit.result) or lists.usual_signal(audit.result))
    if audit is None or not signal:
        raise Http404("There is no such list yet.")
    lost = lists.lost(request.user, audit)
    found = lists.green_and_gone(lost, signal=signal, threshold=choice.green_from, as_of=now)
    return _csv("green-and-gone.csv", _gone_rows(found))


def _gone_rows(found: lists.Gone | None) -> Iterator[Iterable[object]]:
    yield GONE_HEADER
    if found is None:
        return
    for row in found.rows:
        yield (
            harmless(row.name), row.lost_on.isoformat(), row.told_on.isoformat(),
            "" if row.arr is None else row.arr, row.currency, found.signal, exact(row.numbers[found.signal]),
            row.answer, harmless(row.reason),
        )  # fmt: skip


def _lines(request: SignedInRequest) -> list[dict[str, Any]]:
    audit = stored.newest(timezone.now())
    return stored.lines(audit.result, lead=Choice.of(request.GET).lead) if audit else []


def _cell(value: object) -> object:
    if isinstance(value, list):
        return harmless(" ".join(value))
    return harmless(value) if isinstance(value, str) else value


def _csv(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    reply = HttpResponse(content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(reply, lineterminator="\n").writerows(rows)
    return reply

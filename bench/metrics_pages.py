"""The measures' pages with 100,000 customers, against a bare view of the same template.

`./do bench metrics_pages` fills stored measures of twenty-six days and four segments, with the names of 100,000
customers behind them, and looks at each page; beside it a bare view renders the same template from what the page
handed to it, without a query. Accepted: the page takes at most twice as long (p50). The measures are written as
they are stored: computing them has a bench of its own.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from bench.support import company, looks

SEGMENTS = ("", "Enterprise", "Mid-market", "SMB")
MONTHS = 25
TOLD_IN_MONEY = ("gross_revenue_retention", "net_revenue_retention")
"""Shares of money: stored with its currency, as measures of money are."""
PAGES = {
    "overview": "/metrics/",
    "overview of a segment": "/metrics/?scope=segment:SMB",
    "retention, with names": "/metrics/customer_retention/",
    "retention, a late page of names": "/metrics/customer_retention/?part=kept&after=60000",
    "net revenue retention": "/metrics/net_revenue_retention/",
    "for the board": "/metrics/board/",
}
PLACES = [f"arbiter.workspace.metrics.{place}" for place in ("overview", "measure", "board")]


def main(argv: list[str]) -> None:
    """Print each page's ratio, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    looks.on_each_database("bench.metrics_pages", argv, fill=_fill, measure=_measure)


def _fill(count: int) -> None:
    from django.utils import timezone

    from arbiter.accounts.models import Customer

    owners = company.set_up(owners=20, at=timezone.now(), currency="EUR")
    for start in range(0, count, 5_000):
        Customer.objects.bulk_create(
            Customer(
                pk=number + 1,
                key=f"bench-{number}",
                name=f"Customer {number:06d}",
                owner=owners[number % 20],
                segment=SEGMENTS[1 + number % 3],
            )
            for number in range(start, min(count, start + 5_000))
        )
    _store(count, timezone.now())
    company.filled()


def _store(count: int, now: datetime) -> None:
    """Write what a night of measuring leaves: every measure, day and segment, and the names of each day."""
    from arbiter.metrics.models import MeasureSnapshot, NameList
    from arbiter.metrics.packing import packed
    from arbiter.metrics.queries import measures

    dice = random.Random(2026)
    ids = np.arange(1, count + 1)
    behind = packed(ids, np.linspace(90_000.0, 1_000.0, count))
    for day in _days(now.date()):
        as_of = datetime.combine(day, datetime.max.time(), UTC)
        MeasureSnapshot.objects.bulk_create(
            _figure(each, scope, as_of, now, dice, count)
            for each in measures.all_measures()
            for scope in ("", *(f"segment:{name}" for name in SEGMENTS[1:]))
        )
        NameList.objects.bulk_create(
            NameList(measure=each.name, part=part.kind, as_of=as_of, customers=count, packed=behind)
            for each in measures.all_measures()
            if each.name in ("customer_retention", "net_revenue_retention")
            for part in each.parts
        )


def _days(today: date) -> list[date]:
    first = [today]
    for _ in range(MONTHS):
        first.append(first[-1].replace(day=1) - timedelta(days=1))
    return first[::-1]


def _figure(each: Any, scope: str, as_of: datetime, now: datetime, dice: Any, count: int) -> Any:
    from arbiter.metrics.models import MeasureSnapshot

    value = dice.uniform(0.6, 0.95)
    return MeasureSnapshot(
        measure=each.name,
        as_of=as_of,
        scope=scope,
        method=each.method,
        currency="EUR" if each.kind == "money" or each.name in TOLD_IN_MONEY else "",
        value=value,
        low=value - 0.03,
        high=value + 0.03,
        n=count,
        note="Over the last 12 months.",
        details=_details(each.name, count),
        computed_at=now,
    )


def _details(name: str, count: int) -> dict[str, Any]:
    cells = [{"value": 0.9, "low": 0.8, "high": 0.95, "n": 500}] * 12
    cohorts = {
        "every": "quarter",
        "ages": [f"{age} quarters" for age in range(12)],
        "rows": [{"label": f"Q{row}", "n": 500, "cells": cells[row:]} for row in range(12)],
    }
    if name == "customer_retention":
        return {"months": 12, "cohorts": cohorts}
    if name == "net_revenue_retention":
        moved = {"start": 9e8, "churn": 9e7, "contraction": 4e7, "expansion": 8e7, "end": 8.5e8}
        counts = {"customers": count, "churned": 9_000, "contracted": 5_000, "expanded": 7_000}
        return {"months": 12, "cohorts": cohorts, "movement": {**moved, **counts}}
    return {}


def _measure() -> None:
    client = company.manager()
    for name, address in PAGES.items():
        _page(name, address, client)


def _page(name: str, address: str, client: Any) -> None:
    def look() -> Any:
        return client.get(address)

    with looks.kept_context(*PLACES) as kept:
        look()
    queries = looks.queries(look)
    bare = looks.bare(kept)
    looks.warm(look)
    looks.warm(bare)
    looks.told(name, *looks.in_turns(look, bare), f"{queries} queries")


if __name__ == "__main__":
    main(sys.argv[1:])

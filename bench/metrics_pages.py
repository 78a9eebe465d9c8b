"""The measures' pages with 100,000 customers, against a bare view of the same template.

`./do bench metrics_pages` fills stored measures of twenty-six days and four segments, with the names of 100,000
customers behind them, and looks at each page; beside it a bare view renders the same template from what the page
handed to it, without a query. Accepted: the page takes at most twice as long (p50). The measures are written as
they are stored: computing them has a bench of its own.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.import_speed import _database
from bench.pages import _bare, _seconds, _warm

CUSTOMERS = 100_000
LOOKS = 40
MOST_TIMES = 2
SEGMENTS = ("", "Enterprise", "Mid-market", "SMB")
MONTHS = 25
PAGES = {
    "overview": "/metrics/",
    "overview of a segment": "/metrics/?scope=segment:SMB",
    "retention, with names": "/metrics/customer_retention/",
    "retention, a late page of names": "/metrics/customer_retention/?part=kept&after=60000",
    "net revenue retention": "/metrics/net_revenue_retention/",
    "for the board": "/metrics/board/",
}
PLACES = ("overview", "measure", "board")


def main(argv: list[str]) -> None:
    """Print each page's ratio, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    if argv[:1] == ["measure"]:
        _fill(int(argv[1]))
        _measure()
        return
    count = int(argv[0]) if argv else CUSTOMERS
    databases = {"SQLite": ""}
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        databases["PostgreSQL"] = given
    for label, url in databases.items():
        print(f"{label}, {count:,} customers:", flush=True)
        _child(url, count)


def _child(url: str, count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as data, _database(url) as own:
        environment = {**os.environ, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        environment.pop("DATABASE_URL", None)
        if own:
            environment["DATABASE_URL"] = own
        subprocess.run(
            [sys.executable, "-m", "bench.metrics_pages", "measure", str(count)],
            env=environment,
            check=True,
        )


def _fill(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from arbiter.accounts.models import Customer
    from arbiter.forecast.models import Edition
    from arbiter.foundation.models import Company, Person

    call_command("migrate", verbosity=0)
    Company.objects.create(pk=1, name="Bench", currency="EUR", set_up_at=timezone.now())
    Person.objects.create_person(email="mona@bench.test", name="Mona", role="manager")
    owners = [
        Person.objects.create_person(email=f"csm{number}@bench.test", name=f"Person {number}")
        for number in range(20)
    ]
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
    Edition.objects.create(pk=1, token="filled")
    _store(count, timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
        currency="EUR" if each.kind == "money" else "",
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
    from django.test import Client

    from arbiter.foundation.models import Person

    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(role="manager"))
    for name, address in PAGES.items():
        _page(name, address, client)


def _page(name: str, address: str, client: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with _kept_context() as kept:
        client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)
    bare_client = _bare(kept)
    _warm(lambda: client.get(address))
    _warm(bare_client)
    # In turns, so that a busy moment of the machine meets both.
    page, bare = [], []
    for _ in range(LOOKS):
        page.append(_seconds(lambda: client.get(address)))
        bare.append(_seconds(bare_client))
    ours, theirs = statistics.median(page), statistics.median(bare)
    ratio = ours / theirs
    print(
        f"  {name}: p50 {ours * 1000:.1f} ms, bare view {theirs * 1000:.1f} ms; "
        f"ratio {ratio:.2f} (at most {MOST_TIMES}), {queries} queries: "
        f"{'ok' if ratio <= MOST_TIMES else 'TOO MUCH'}",
        flush=True,
    )


class _kept_context:  # noqa: N801 - reads as what it gives
    """Keeps what a page handed to its template."""

    def __enter__(self) -> dict[str, Any]:
        from django import shortcuts

        self.kept: dict[str, Any] = {}
        keep = self._keeping(shortcuts.render)
        self.patches = [
            patch(f"arbiter.workspace.metrics.{place}.render", keep) for place in PLACES
        ]
        for each in self.patches:
            each.start()
        return self.kept

    def __exit__(self, *exc: object) -> None:
        for each in self.patches:
            each.stop()

    def _keeping(self, render: Callable[..., Any]) -> Callable[..., Any]:
        def keep(request: Any, template: str, context: dict[str, Any]) -> Any:
            from arbiter.workspace.shell import context as shell

            around = {
                key: list(value) if key in ("nav", "saved_views") else value
                for key, value in shell.shell(request).items()
            }
            self.kept.update(template=template, context={**around, **context})
            return render(request, template, context)

        return keep


if __name__ == "__main__":
    main(sys.argv[1:])

"""Looks at pages, in turns with a bare view that has everything the template needs ready-made."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from time import perf_counter
from typing import Any
from unittest.mock import patch

from bench.support.databases import databases, environment, own_database

CUSTOMERS = 100_000
LOOKS = 40
MOST_TIMES = 2


def on_each_database(
    name: str, argv: list[str], *, fill: Callable[[int], None], measure: Callable[[], None]
) -> None:
    """Fill and measure so many customers, in a process of its own for each database.

    The process is the same module once more, asked to `measure`: it fills its database and looks at its pages.
    """
    if argv[:1] == ["measure"]:
        import django

        django.setup()
        fill(int(argv[1]))
        measure()
        return
    count = int(argv[0]) if argv else CUSTOMERS
    for label, url in databases().items():
        print(f"{label}, {count:,} customers:", flush=True)
        _child(name, url, count)


def _child(name: str, url: str, count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as data, own_database(url) as own:
        subprocess.run(
            [sys.executable, "-m", name, "measure", str(count)],
            env=environment(data, url=own, settings="tests.settings"),
            check=True,
        )


class kept_context:  # noqa: N801 - reads as what it gives
    """Keeps what a page handed to its template: the modules named are those that render."""

    def __init__(self, *modules: str) -> None:
        self.modules = modules

    def __enter__(self) -> dict[str, Any]:
        from django import shortcuts

        self.kept: dict[str, Any] = {}
        keep = self._keeping(shortcuts.render)
        self.patches = [patch(f"{module}.render", keep) for module in self.modules]
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
            ready = {
                key: list(value) if hasattr(value, "model") else value
                for key, value in context.items()
            }
            self.kept.update(template=template, context={**around, **ready})
            return render(request, template, context)

        return keep


def bare(kept: dict[str, Any]) -> Callable[[], Any]:
    """A view that has everything ready, behind the same middleware, asked by nobody in particular."""
    from django.shortcuts import render
    from django.test import Client, override_settings
    from django.urls import path

    def view(request: Any) -> Any:
        return render(request, kept["template"], kept["context"])

    from arbiter.config import urls

    client = Client(SERVER_NAME="localhost")
    place = f"bare-{len(urls.urlpatterns)}/"
    urls.urlpatterns.insert(0, path(place, view))
    with override_settings(ROOT_URLCONF="arbiter.config.urls"):
        from django.urls import clear_url_caches

        clear_url_caches()
    reply = client.get(f"/{place}")
    assert reply.status_code == 200, reply
    return lambda: client.get(f"/{place}")


def queries(look: Callable[[], Any]) -> int:
    """Count the queries of one look."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        look()
    return len(captured)


def in_turns(page: Callable[[], Any], bare_view: Callable[[], Any]) -> tuple[float, float]:
    """Return the median seconds of the page and of the bare view.

    In turns, so that a busy moment of the machine meets both.
    """
    ours, theirs = [], []
    for _ in range(LOOKS):
        ours.append(seconds(page))
        theirs.append(seconds(bare_view))
    return statistics.median(ours), statistics.median(theirs)


def told(name: str, ours: float, theirs: float, also: str) -> None:
    """Print a page's ratio to its bare view, and whether it is good enough."""
    ratio = ours / theirs
    print(
        f"  {name}: p50 {ours * 1000:.1f} ms, bare view {theirs * 1000:.1f} ms; "
        f"ratio {ratio:.2f} (at most {MOST_TIMES}), {also}: "
        f"{'ok' if ratio <= MOST_TIMES else 'TOO MUCH'}",
        flush=True,
    )


def warm(look: Callable[[], Any]) -> None:
    """Look a few times before it counts."""
    for _ in range(3):
        look()


def seconds(look: Callable[[], Any]) -> float:
    """Return how long one look took."""
    start = perf_counter()
    reply = look()
    took = perf_counter() - start
    assert reply.status_code == 200, reply
    return took

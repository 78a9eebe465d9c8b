"""Each measure beside the same question in SQL by hand: same log, same connection, turn by turn."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.events import ground, hand
from bench.events.generator import LEARNT, NAMES, UNTIL, Company

MOST = 1.15
MOST_SECONDS_OF_SIX = 15.0
MEGABYTES = 2_000
SIX = ("active users", "breadth", "first of a set of three", "trend", "stickiness", "sum per month")
FEATURES = {
    f"feature {n:02}": [NAMES[n], NAMES[n + 10]] for n in range(10) if NAMES[n] != "Signed In"
}
CHILD = "import sys; from bench.events.measures import inside; inside(int(sys.argv[1]), int(sys.argv[2]))"


def tell(folder: Path, company: Company, *, turns: int) -> None:
    """Print the ratio of every measure, the time of the six, the memory, and the size of an event."""
    found = json.loads(ground.child(folder, CHILD, str(MEGABYTES), str(turns)).splitlines()[-1])
    for name, (ours, theirs, rows) in found["measures"].items():
        ratio = ours / theirs
        print(
            f"{name}: {ours:.2f} s, by hand {theirs:.2f} s; ratio {ratio:.2f} (at most {MOST}); "
            f"{rows:,} rows: {_verdict(ratio <= MOST)}"
        )
    total = sum(found["measures"][name][0] for name in SIX)
    six = f"the six together: {total:.1f} s with {MEGABYTES:,} MB"
    if company.events >= 100_000_000:
        six += f" (at most {MOST_SECONDS_OF_SIX:.0f} s): {_verdict(total <= MOST_SECONDS_OF_SIX)}"
    print(six)
    print(f"peak memory of the process: {found['peak']:.0f} MB")
    print(
        f"the log: {found['events']:,} events, {found['bytes'] / found['events']:.1f} bytes each, "
        f"{found['files']} files",
        flush=True,
    )


def _verdict(good: bool) -> str:
    return "ok" if good else "over"


def inside(megabytes: int, turns: int) -> None:
    """Measure, in a process that does nothing else, and print what was found as JSON."""
    import django

    django.setup()
    from arbiter.usage.engines.embedded import Embedded
    from arbiter.usage.log.table import open_log

    log = open_log()
    measures = {}
    with Embedded(megabytes=megabytes) as engine:
        known = engine.events(LEARNT)
        names = [engine.memberships(LEARNT).get_name(), engine.aliases(LEARNT).get_name()]
        connection = engine._connection
        connection.execute(hand.known(LEARNT, *names))
        for name, (asked, by_hand) in _questions().items():
            measures[name] = _beside(
                lambda asked=asked: engine.run(asked(known)),
                lambda by_hand=by_hand: connection.sql(by_hand).to_arrow_table(),
                turns,
            )
    print(
        json.dumps(
            {
                "measures": measures,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "events": log.rows,
                "bytes": sum(part.bytes for part in log.parts),
                "files": len(log.parts),
            }
        )
    )


def _beside(
    ours: Callable[[], Any], theirs: Callable[[], Any], turns: int
) -> tuple[float, float, int]:
    """The best of some turns of each, one after the other; both must give as many rows."""
    best = [float("inf"), float("inf")]
    for _ in range(turns):
        counts = []
        for place, work in enumerate((ours, theirs)):
            began = perf_counter()
            counts.append(work().num_rows)
            best[place] = min(best[place], perf_counter() - began)
        assert counts[0] == counts[1], f"{counts[0]} rows and by hand {counts[1]}"
    return best[0], best[1], counts[0]


def _questions() -> dict[str, tuple[Callable[[Any], Any], str]]:
    from arbiter.usage.expressions import (
        activity,
        adoption,
        lifecycle,
        orders,
        sets,
        sums,
        trend,
        value,
    )
    from arbiter.usage.expressions.rules import Behaviour, Rule

    three = Rule(of=[Behaviour(name) for name in ("Invoice Sent", "Export Run", "Search Run")])
    often = Rule(of=[Behaviour("Invoice Sent", 5)], per="month", consecutive=3)
    span: dict[str, Any] = {"since": date(2020, 1, 1), "until": UNTIL, "per": "month"}
    order = "Order Completed"
    return {
        "active users": (lambda e: activity.active_users(e, until=UNTIL), hand.ACTIVE_USERS),
        "breadth": (
            lambda e: adoption.breadth(e, features=FEATURES, until=UNTIL),
            hand.breadth(FEATURES),
        ),
        "first of a set of three": (
            lambda e: value.first(e, rule=three, until=UNTIL),
            hand.FIRST_OF_THREE,
        ),
        "trend": (lambda e: trend.weekly(e, until=UNTIL), hand.TREND),
        "stickiness": (lambda e: activity.stickiness(e, until=UNTIL), hand.STICKINESS),
        "sum per month": (
            lambda e: sums.per_period(e, event=order, property="amount", **span),
            hand.SUM_PER_MONTH,
        ),
        "active by month": (lambda e: activity.active_by_period(e, **span), hand.ACTIVE_BY_MONTH),
        "new, returning, dormant": (
            lambda e: lifecycle.counts(e, until=UNTIL),
            hand.STATE_COUNTS,
        ),
        "five in three months": (
            lambda e: sets.completions(e, rule=often, until=UNTIL),
            hand.FIVE_IN_THREE_MONTHS,
        ),
        "orders": (
            lambda e: orders.summary(e, event=order, amount_property="amount", until=UNTIL),
            hand.ORDERS,
        ),
    }

"""How long home, customers and renewals take at 100,000 customers, beside a bare view of the same template.

The read model is filled by bulk inserts, the same on every run. Each page is asked for through the whole stack
(middleware, session, reader, navigation); the bare view gets everything the template needs ready-made, has no
reader and asks no database. Sums are kept until the read model changes: the first look after a change is
printed apart.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from time import perf_counter
from typing import Any
from unittest.mock import patch

from bench.import_speed import _database

CUSTOMERS = 100_000
OWNERS = 40
LOOKS = 40
MOST_TIMES = 2
PAGES = {
    "home": "/",
    "customers": "/customers/",
    "customers, three filters": "/customers/?answer=never_asked&segment=SMB&days=180",
    "customers, by value": "/customers/?sort=arr",
    "customers, a word": "/customers/?q=bergen",
    "renewals": "/renewals/",
}
# Pages with few rows: told without a bar, for there is nothing to render beside them.
SMALL = {"customers, one person's name": "/customers/?q=person+4711"}
_STATES = ("no", "not_sure", "no_reply", "never_asked", "never_asked", "never_asked", "yes", "yes")
_SEGMENTS = ("Enterprise", "Mid-market", "SMB")
_STAGES = ("onboarding", "adoption", "value", "renewal")
_PARTS = ("achieved", "partly", "not", "measured", "never_asked")


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
            [sys.executable, "-m", "bench.pages", "measure", str(count)],
            env=environment,
            check=True,
        )


# --- Filling ----------------------------------------------------------------------------------


def _fill(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from arbiter.accounts.models import Contract, Customer
    from arbiter.forecast.actions import anchors
    from arbiter.forecast.models import Edition, Forecast, Outlook, Standing
    from arbiter.foundation.models import Company, Person

    call_command("migrate", verbosity=0)
    now = timezone.now()
    Company.objects.create(pk=1, name="Bench", set_up_at=now)
    Person.objects.create_person(email="mona@bench.test", name="Mona", role="manager")
    owners = [
        Person.objects.create_person(email=f"csm{number}@bench.test", name=f"Person {number}")
        for number in range(OWNERS)
    ]
    dice = random.Random(2026)
    anchor = None
    for start in range(0, count, 5_000):
        lives = [
            _Life(number, dice, now, owners) for number in range(start, min(count, start + 5_000))
        ]
        for noun, rows in (
            (Customer, [life.customer() for life in lives]),
            (Contract, [life.contract() for life in lives]),
        ):
            noun.objects.bulk_create(rows, batch_size=1_000)
        anchor = anchor or anchors.set_anew(as_of=now)
        for noun, rows in (
            (Standing, [life.standing() for life in lives]),
            (Outlook, [life.outlook() for life in lives]),
            (Forecast, [life.forecast(anchor) for life in lives]),
        ):
            noun.objects.bulk_create(rows, batch_size=1_000)
    Edition.objects.create(pk=1, token="filled")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Life:
    """One customer with one contract, by its number and the dice."""

    def __init__(self, number: int, dice: random.Random, now: datetime, owners: list[Any]) -> None:
        self.number, self.now, self.pk = number, now, number + 1
        self.name = f"Customer {number:06d} of {dice.choice(('Lyon', 'Bergen', 'Porto', 'Graz'))}"
        self.owner = owners[number % OWNERS]
        self.segment, self.stage = dice.choice(_SEGMENTS), dice.choice(_STAGES)
        self.intent = dice.choice(_STATES)
        self.ends_on = now.date() + timedelta(days=dice.randrange(-10, 700))
        self.arr = Decimal(dice.randrange(500_000, 30_000_000)) / 100 if number % 50 else None
        self.currency = ("EUR", "EUR", "EUR", "USD")[number % 4] if self.arr else ""
        self.belief = dice.choice((None, 0.8, 0.9, 0.95))
        self.probability = round(dice.uniform(0.4, 0.97), 4)
        self.segments = [dice.choice(_PARTS) for _ in range(dice.randrange(0, 4))]
        self.flags = dice.random()
        self.people = [self._person(dice, place) for place in range(3)]

    def _person(self, dice: random.Random, place: int) -> dict[str, Any]:
        spoke = place == 0 and self.intent in ("no", "not_sure", "yes")
        return {
            "contact_id": self.pk * 3 + place,
            "name": f"Person {self.number * 3 + place}",
            "role": ("decision_maker", "champion", "user")[place],
            "title": ("CFO", "Head of Operations", "Analyst")[place],
            "decides": place == 0,
            "state": self.intent if spoke else "never_asked",
            "at": (self.now - timedelta(days=dice.randrange(1, 300))).isoformat()
            if spoke
            else None,
            "comment": "Depends on whether the leakage work lands before budget." if spoke else "",
            "would_make_it_yes": "",
            "on_behalf": False,
            "answer_id": self.pk if spoke else None,
        }

    def customer(self) -> Any:
        """The customer's row."""
        from arbiter.accounts.models import Customer

        return Customer(
            pk=self.pk,
            key=f"bench-{self.number}",
            name=self.name,
            owner=self.owner,
            segment=self.segment,
            stage=self.stage,
        )

    def contract(self) -> Any:
        """Its contract's row."""
        from arbiter.accounts.models import Contract

        return Contract(
            pk=self.pk,
            key=f"bench-{self.number}",
            customer_id=self.pk,
            starts_on=self.ends_on - timedelta(days=365),
            ends_on=self.ends_on,
            arr=self.arr,
            currency=self.currency,
        )

    def outlook(self) -> Any:
        """Where the contract stands."""
        from arbiter.forecast.models import Outlook

        return Outlook(
            contract_id=self.pk,
            customer_id=self.pk,
            customer_name=self.name,
            segment=self.segment,
            owner=self.owner,
            ends_on=self.ends_on,
            arr=self.arr,
            currency=self.currency,
            intent=self.intent,
            sealed=self.number % 200 == 0,
            belief=self.belief,
            as_of=self.now,
            **self._chance(),
        )

    def standing(self) -> Any:
        """Where the customer stands."""
        from arbiter.forecast.models import Standing

        goals = len(self.segments)
        confirmed = self.segments.count("achieved")
        days_left = max(0, (self.ends_on - self.now.date()).days)
        return Standing(
            customer_id=self.pk,
            key=f"bench-{self.number}",
            name=self.name,
            words="\n".join([self.name.lower(), *(each["name"].lower() for each in self.people)]),
            segment=self.segment,
            stage=self.stage,
            owner=self.owner,
            owner_name=self.owner.name,
            arr=self.arr,
            currency=self.currency,
            renews_on=self.ends_on,
            contract_id=self.pk,
            intent=self.intent,
            sealed=self.number % 200 == 0,
            people=self.people,
            heard_decision_maker=self.people[0]["at"] is not None,
            silent_decision_maker=self.people[0]["at"] is None,
            only_friendly=self.flags < 0.05,
            goals=goals,
            own_words=max(0, goals - 1),
            confirmed=confirmed,
            unjudged=self.segments.count("measured"),
            segments=self.segments,
            lead_goal=self._goal() if goals else {},
            achieved_not_known=int(0.05 < self.flags < 0.08),
            stale_goals=int(0.1 < self.flags < 0.2),
            active_no_result=0.2 < self.flags < 0.3,
            to_celebrate=int(0.3 < self.flags < 0.31),
            last_heard_at=self.now - timedelta(days=int(self.flags * 400)),
            belief=self.belief,
            next_step="ask",
            next_step_about={"contact": self.pk * 3, "name": self.people[0]["name"]},
            urgency=float(self.arr or 1) * 90 / (90 + days_left),
            open_contracts=1,
            as_of=self.now,
            **self._chance(),
        )

    def forecast(self, anchor: Any) -> Any:
        """The stored forecast of the contract."""
        from arbiter.forecast.models import Forecast

        return Forecast(
            contract_id=self.pk,
            as_of=self.now,
            anchor=anchor,
            method=anchor.method,
            reasons=[],
            inputs={"segment": self.segment, "goals": len(self.segments)},
            fingerprint=str(self.pk),
            **self._chance(),
        )

    def _chance(self) -> dict[str, float]:
        low, high = max(0.02, self.probability - 0.2), min(0.99, self.probability + 0.1)
        return {"probability": self.probability, "low": low, "high": high}

    def _goal(self) -> dict[str, Any]:
        judged = self.segments[0] in ("achieved", "partly", "not")
        return {
            "id": self.pk,
            "statement": f"Close the books in 5 days instead of {11 + self.number % 9}",
            "whose_words": "customer",
            "measure": "Days to close",
            "unit": "days",
            "direction": "down",
            "baseline": 11.4,
            "target": 5.0,
            "value": 6.1,
            "due_on": self.ends_on.isoformat(),
            "progress": 0.83,
            "segment": self.segments[0],
            "judgement": self.segments[0] if judged else "",
            "judged_at": (self.now - timedelta(days=70)).isoformat() if judged else None,
            "judged_by": self.people[0]["name"] if judged else "",
            "fresh": judged,
            "awareness": "told",
        }


# --- Measuring --------------------------------------------------------------------------------


def _measure() -> None:
    from django.test import Client

    from arbiter.foundation.models import Person

    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(role="manager"))
    for name, address in PAGES.items():
        _page(name, address, client)
    for name, address in SMALL.items():
        _warm(lambda: client.get(address))  # noqa: B023 - called at once
        took = [_seconds(lambda: client.get(address)) for _ in range(LOOKS)]  # noqa: B023
        print(f"  {name}: p50 {statistics.median(took) * 1000:.1f} ms", flush=True)


def _page(name: str, address: str, client: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from arbiter.forecast.models import Edition

    _warm(lambda: client.get("/settings/you/"))
    Edition.objects.update(token=f"before {name}")
    with _kept_context() as kept:
        first = _seconds(lambda: client.get(address))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)
    bare_client = _bare(kept)
    # In turns, so that a busy moment of the machine meets both.
    page, bare = [], []
    for _ in range(LOOKS):
        page.append(_seconds(lambda: client.get(address)))
        bare.append(_seconds(bare_client))
    ours, theirs = statistics.median(page), statistics.median(bare)
    ratio = ours / theirs
    print(
        f"  {name}: p50 {ours * 1000:.1f} ms, bare view {theirs * 1000:.1f} ms; "
        f"ratio {ratio:.2f} (at most {MOST_TIMES}), {queries} queries, "
        f"{kept['rows']} rows; after a change {first * 1000:.0f} ms: "
        f"{'ok' if ratio <= MOST_TIMES else 'TOO MUCH'}",
        flush=True,
    )


class _kept_context:  # noqa: N801 - reads as what it gives
    """Keeps what a page handed to its template."""

    def __enter__(self) -> dict[str, Any]:
        from django import shortcuts

        self.kept: dict[str, Any] = {}
        self.patches = []
        for part in ("home", "customers", "renewals"):
            self.patches.append(
                patch(f"arbiter.workspace.{part}.pages.render", self._keeping(shortcuts.render))
            )
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
            self.kept["rows"] = _rows(ready)
            return render(request, template, context)

        return keep


def _rows(context: dict[str, Any]) -> int:
    if "groups" in context:
        return sum(len(group.lines) for group in context["groups"])
    return len(context["lines"] if "lines" in context else context["page"].rows)


def _bare(kept: dict[str, Any]) -> Callable[[], Any]:
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


def _warm(look: Callable[[], Any]) -> None:
    for _ in range(3):
        look()


def _seconds(look: Callable[[], Any]) -> float:
    start = perf_counter()
    reply = look()
    took = perf_counter() - start
    assert reply.status_code == 200, reply
    return took


if __name__ == "__main__":
    main(sys.argv[1:])

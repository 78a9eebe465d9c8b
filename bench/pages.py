"""How long home, customers and renewals take at 100,000 customers, beside a bare view of the same template.

The read model is filled by bulk inserts, the same on every run. Each page is asked for through the whole stack
(middleware, session, reader, navigation); the bare view gets everything the template needs ready-made, has no
reader and asks no database. Sums are kept until the read model changes: the first look after a change is
printed apart.
"""

from __future__ import annotations

import random
import statistics
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bench.support import company, looks

OWNERS = 40
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
PLACES = [f"arbiter.workspace.{place}.pages" for place in ("home", "customers", "renewals")]
_STATES = ("no", "not_sure", "no_reply", "never_asked", "never_asked", "never_asked", "yes", "yes")
_SEGMENTS = ("Enterprise", "Mid-market", "SMB")
_STAGES = ("onboarding", "adoption", "value", "renewal")
_PARTS = ("achieved", "partly", "not", "measured", "never_asked")


def main(argv: list[str]) -> None:
    """Print each page's ratio, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    looks.on_each_database("bench.pages", argv, fill=_fill, measure=_measure)


# --- Filling ----------------------------------------------------------------------------------


def _fill(count: int) -> None:
    from django.utils import timezone

    from arbiter.accounts.models import Contract, Customer
    from arbiter.forecast.actions import anchors
    from arbiter.forecast.models import Forecast, Outlook, Standing

    now = timezone.now()
    owners = company.set_up(owners=OWNERS, at=now)
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
    company.filled()


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
    client = company.manager()
    for name, address in PAGES.items():
        _page(name, address, client)
    for name, address in SMALL.items():
        _small(name, address, client)


def _page(name: str, address: str, client: Any) -> None:
    from arbiter.forecast.models import Edition

    def look() -> Any:
        return client.get(address)

    looks.warm(lambda: client.get("/settings/you/"))
    Edition.objects.update(token=f"before {name}")
    with looks.kept_context(*PLACES) as kept:
        first = looks.seconds(look)
    queries = looks.queries(look)
    ours, theirs = looks.in_turns(look, looks.bare(kept))
    also = f"{queries} queries, {_rows(kept['context'])} rows; after a change {first * 1000:.0f} ms"
    looks.told(name, ours, theirs, also)


def _small(name: str, address: str, client: Any) -> None:
    def look() -> Any:
        return client.get(address)

    looks.warm(look)
    took = [looks.seconds(look) for _ in range(looks.LOOKS)]
    print(f"  {name}: p50 {statistics.median(took) * 1000:.1f} ms", flush=True)


def _rows(context: dict[str, Any]) -> int:
    if "groups" in context:
        return sum(len(group.lines) for group in context["groups"])
    return len(context["lines"] if "lines" in context else context["page"].rows)


if __name__ == "__main__":
    main(sys.argv[1:])

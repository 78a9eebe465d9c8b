"""The cast: two customers, their people, and ours. Every test that needs a company begins here.

Ada and Ben look after Harbour, together in one team. Cleo is Harbour's champion, Dora decides, Sam pays,
Uma uses. Dov belongs to Quay, which Quinn of another team looks after: neither may see anything of
Harbour. Olga owns the installation, Abe is admin, Mona the manager, Otto only observes.

Harbour has stated two goals and has judged none; nobody was asked whether they will continue. A test
that needs more brings it about by the verb it is named for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.foundation.models import Company, Person, Team
from arbiter.outcomes.models import Goal, Revision


def _first(month: int, year: int = 2026) -> datetime:
    return datetime(year, month, 1, 9, 0, tzinfo=UTC)


LAST_YEAR = _first(6, 2025)
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (_first(month) for month in range(1, 7))
JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (_first(month) for month in range(7, 13))
NEXT_YEAR = _first(6, 2027)
# The day on which every test stands that asks the clock (the `clock` fixture; `world` brings it).
TODAY = JUNE


@dataclass
class World:
    """Everyone by name, made once per test by `World()`."""

    company: Company = field(init=False)
    olga: Person = field(init=False)
    abe: Person = field(init=False)
    mona: Person = field(init=False)
    ada: Person = field(init=False)
    ben: Person = field(init=False)
    otto: Person = field(init=False)
    quinn: Person = field(init=False)
    harbour: Customer = field(init=False)
    quay: Customer = field(init=False)
    cleo: Contact = field(init=False)
    dora: Contact = field(init=False)
    sam: Contact = field(init=False)
    uma: Contact = field(init=False)
    dov: Contact = field(init=False)
    harbour_contract: Contract = field(init=False)
    quay_contract: Contract = field(init=False)
    faster_onboarding: Goal = field(init=False)
    lower_support_cost: Goal = field(init=False)
    more_bookings: Goal = field(init=False)

    def __post_init__(self) -> None:
        self._employ()
        self._sell()
        self._meet()
        self._agree()

    def _employ(self) -> None:
        self.company = Company.objects.create(pk=1, name="Lighthouse", set_up_at=LAST_YEAR)
        north = Team.objects.create(name="North")
        south = Team.objects.create(name="South")
        self.olga = _person("Olga Owens", "owner")
        self.abe = _person("Abe Adler", "admin")
        self.mona = _person("Mona Meyer", "manager")
        self.otto = _person("Otto Oakes", "observer")
        self.ada = _person("Ada Arnold", "csm", team=north)
        self.ben = _person("Ben Brandt", "csm", team=north)
        self.quinn = _person("Quinn Quist", "csm", team=south)

    def _sell(self) -> None:
        self.harbour = Customer.objects.create(
            key="harbour", name="Harbour", owner=self.ada, stage="adoption", since=date(2025, 10, 1)
        )
        self.quay = Customer.objects.create(
            key="quay", name="Quay", owner=self.quinn, since=date(2025, 12, 1)
        )
        self.harbour_contract = Contract.objects.create(
            key="harbour-1",
            customer=self.harbour,
            starts_on=date(2025, 10, 1),
            ends_on=date(2026, 9, 30),
            arr=Decimal(48_000),
            currency="EUR",
            seats=40,
        )
        self.quay_contract = Contract.objects.create(
            key="quay-1",
            customer=self.quay,
            starts_on=date(2025, 12, 1),
            ends_on=date(2026, 11, 30),
            arr=Decimal(20_000),
            currency="EUR",
        )

    def _meet(self) -> None:
        self.cleo = _contact(self.harbour, "Cleo Castro", "champion")
        self.dora = _contact(self.harbour, "Dora Diaz", "decision_maker")
        self.sam = _contact(self.harbour, "Sam Silva", "sponsor")
        self.uma = _contact(self.harbour, "Uma Urban", "user")
        self.dov = _contact(self.quay, "Dov Dahl", "decision_maker")

    def _agree(self) -> None:
        self.faster_onboarding = _goal(
            self.cleo,
            key="faster_onboarding",
            statement="New crews should be productive in two weeks instead of six",
            category="time",
        )
        _revision(
            self.faster_onboarding,
            agreed_by=self.cleo,
            measure="Days until a new crew works alone",
            unit="days",
            direction="down",
            baseline=Decimal(42),
            target=Decimal(14),
            due_on=date(2026, 7, 31),
            source="Harbour's crew plan",
            guard_measure="Incidents a month",
            guard_limit=Decimal(4),
        )
        self.lower_support_cost = _goal(
            self.dora,
            key="lower_support_cost",
            statement="Spend a third less on outside help desks",
            category="cost",
        )
        _revision(
            self.lower_support_cost,
            agreed_by=self.dora,
            measure="Help desk cost a month",
            unit="EUR",
            direction="down",
            baseline=Decimal(9_000),
            target=Decimal(6_000),
            due_on=date(2026, 12, 31),
            source="Ledger",
            money_per_unit=Decimal(12),
            currency="EUR",
        )
        self.more_bookings = _goal(
            self.dov, key="more_bookings", statement="Book more berths online", category="revenue"
        )


def _person(name: str, role: str, **more: Any) -> Person:
    first = name.split()[0].lower()
    return Person.objects.create_person(
        email=f"{first}@lighthouse.test", name=name, role=role, password="pass", **more
    )


def _contact(customer: Customer, name: str, role: str) -> Contact:
    first = name.split()[0].lower()
    return Contact.objects.create(
        key=first, customer=customer, name=name, role=role, email=f"{first}@{customer.key}.test"
    )


def _goal(stated_by: Contact, **fields: Any) -> Goal:
    return Goal.objects.create(
        customer_id=stated_by.customer_id,
        stated_by=stated_by,
        whose_words="customer",
        at=JANUARY,
        recorded_at=JANUARY,
        **fields,
    )


def _revision(goal: Goal, **fields: Any) -> Revision:
    return Revision.objects.create(
        key=f"{goal.key}-1", goal=goal, at=JANUARY, recorded_at=JANUARY, **fields
    )

"""The sample company comes in by the ordinary importer and goes out by the ordinary undo."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from arbiter.connectors.models import Import
from arbiter.connectors.workspace_files import importing, imports, sources, undoing
from arbiter.connectors.workspace_files.report import Report
from arbiter.forecast.actions import anchors, audits, base_rates, standings
from arbiter.foundation.actions import company, people
from arbiter.foundation.models import Person
from arbiter.foundation.queries import people as known
from arbiter.foundation.refusals import Refusal
from arbiter.metrics.actions import rates
from arbiter.sample import asking, listening, product
from arbiter.sample.company import found
from arbiter.sample.days import Days
from arbiter.sample.write import SEED, write
from arbiter.usage.actions import snapshots

NAME = "The sample company"
LEADER = ("Ingrid Solberg", "ingrid.solberg@ledgerly.example")
COLLEAGUES = [
    ("Henrik Voss", "henrik.voss@ledgerly.example", "manager"),
    ("Amara Osei", "amara.osei@ledgerly.example", "observer"),
]
# What Ledgerly's books say of the two other currencies in which it sells, from before its first contract on.
RATES = {"GBP": Decimal("1.17"), "USD": Decimal("0.92")}
SINCE = date(2020, 1, 1)


class SampleThere(Refusal):
    """The sample company is loaded already."""


class SampleGone(Refusal):
    """There is no sample company to remove."""


def loaded() -> Import | None:
    """Return the import that brought the sample company in; None when it is not there."""
    return imports.stored_from(NAME)


def load(*, by: Person, at: datetime) -> Report:
    """Import the sample company, with three years of history up to `at`.

    Raises:
        SampleThere: it is loaded already.
    """
    if loaded():
        raise SampleThere("The sample company is here already.")
    with TemporaryDirectory() as folder, standings.deferred():
        write(Path(folder), today=at.date())
        report = importing.store(sources.open_source(Path(folder), name=NAME), by=by, at=at)
        product.describe(by=by, at=at)
        asking.describe(by=by, at=at)
        listening.describe(by=by, at=at)
        snapshots.perform(at=at, clock=lambda: at)
    anchors.set_anew(as_of=at)
    standings.rebuild(as_of=at)
    audits.perform(at=at, clock=lambda: at)
    return report


def remove(*, by: Person, at: datetime) -> None:
    """Take the sample company away with everything that came to hang on it.

    Raises:
        SampleGone: it is not there.
    """
    record = loaded()
    if record is None:
        raise SampleGone("There is no sample company here.")
    with standings.deferred():
        undoing.undo(record, by=by, at=at, cascade=True)
        product.forget(by=by, at=at)
        asking.forget(by=by, at=at)
        listening.forget(by=by, at=at)
    standings.rebuild(as_of=at)


def furnish(*, at: datetime) -> None:
    """Set up Ledgerly itself in an empty installation: its people, its renewal rate, its customers."""
    name, email = LEADER
    leader = company.set_up(
        name="Ledgerly", currency="EUR", owner_name=name, owner_email=email, at=at
    )
    for name, email, role in [*_success_managers(), *COLLEAGUES]:
        people.invite(email=email, name=name, role=role, by=leader, at=at)
    renewed, due = _past_renewals(at)
    base_rates.tell(renewed=renewed, due=due, by=leader, at=at)
    for currency, per_unit in RATES.items():
        rates.set_rate(currency=currency, per_unit=per_unit, valid_from=SINCE, by=leader, at=at)
    load(by=leader, at=at)


def leader() -> Person | None:
    """Return Ledgerly's owner, when this installation is Ledgerly's."""
    return known.by_email(LEADER[1])


def _success_managers() -> list[tuple[str, str, str]]:
    words = tomllib.loads((files("arbiter.sample") / "words/team.toml").read_text())
    return [(each["name"], each["email"], "csm") for each in words["csm"]]


def _past_renewals(at: datetime) -> tuple[int, int]:
    """Return how many of Ledgerly's contracts renewed, of those that were decided."""
    contracts = found(Days(at.date()), seed=SEED).named_rows("contracts")
    decisions = [row["decision"] for row in contracts if row["decision"]]
    return sum(decision != "churned" for decision in decisions), len(decisions)

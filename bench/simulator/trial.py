"""One vendor's past and future, ready for any forecaster: what it may learn from, and what it is judged by."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from arbiter.science.renewal import BaseRate, Cases, History, cases, history_of
from bench.simulator import oracle, telling
from bench.simulator.calendar import MONTH_DAYS, PANEL_DAYS, TERM_DAYS, TODAY, Floats, Ints
from bench.simulator.facts import Facts
from bench.simulator.knowledge import known, matrix
from bench.simulator.observed import View
from bench.simulator.vendor import Vendor

LEADS = (180, 90, 30)
JUDGED_LEAD = 90
TOLD_RENEWALS = 200
"""What a vendor says of its last renewals at set-up: so many it remembers."""
PAST, FUTURE, TOLD = 0, 1, 2
ORACLE_CHUNKS = range(10, 15)
"""Customers of whom only the oracle learns: about a hundred thousand renewals."""
CUSTOMERS = 10_000


@dataclass(frozen=True)
class Future:
    """Renewals to forecast, seen 90 days ahead, and the truth about them."""

    cases: Cases
    chance: Floats
    attainable: Floats
    oracle_error: float

    def __len__(self) -> int:
        return len(self.chance)


@dataclass(frozen=True)
class Trial:
    """A vendor: decided renewals of some customers, open contracts and renewals to come of others."""

    vendor: Vendor
    past: History
    """Every row a renewal at one lead; renewals numbered in the order in which customers were drawn."""
    open_contracts: Cases
    future: Future
    told: BaseRate

    def history(self, renewals: int, *, turn: int = 0) -> History:
        """Return so many decided renewals, whole customers as far as they go; each turn has other customers."""
        first = turn * renewals
        if first + renewals > self.past.renewals:
            raise ValueError(f"There are no {first + renewals} renewals.")
        chosen = (self.past.renewal >= first) & (self.past.renewal < first + renewals)
        return self.past.take(np.flatnonzero(chosen))


def prepared(vendor: Vendor, *, customers: int = CUSTOMERS, cache: Path | None = None) -> Trial:
    """Simulate a vendor and learn what is attainable there. The oracle is kept in a folder for the next time."""
    future = telling.facts(vendor, customers, chunk=FUTURE)
    (term,) = np.nonzero((future.terms.ends >= TODAY) & (future.terms.ends < PANEL_DAYS))
    seen = View(future).at(term, future.terms.ends[term] - JUDGED_LEAD)
    chance = future.terms.chance[term]
    attained = _attainable(vendor, matrix(seen), customers, cache or folder())
    return Trial(
        vendor=vendor,
        past=_past(telling.facts(vendor, customers, chunk=PAST), vendor),
        open_contracts=_open(future, vendor),
        future=Future(cases(known(seen)), chance, attained.probability, attained.error),
        told=_told(vendor),
    )


def folder() -> Path:
    """Where oracles are kept between runs."""
    found = Path(tempfile.gettempdir()) / "arbiter-bench-oracles"
    found.mkdir(exist_ok=True)
    return found


def _past(facts: Facts, vendor: Vendor) -> History:
    """Renewals decided before today, each at three leads, of customers in an order drawn for the purpose."""
    terms = facts.terms
    place = vendor.dice("order").permutation(len(facts.customers))
    (decided,) = np.nonzero(terms.decided < TODAY)
    decided = decided[np.lexsort((terms.number[decided], place[terms.customer[decided]]))]
    row = np.tile(np.arange(len(decided)), len(LEADS))
    term, lead = decided[row], np.repeat(LEADS, len(decided))
    return history_of(
        cases(known(View(facts).at(term, terms.ends[term] - lead))),
        renewed=terms.renewed[term],
        renewal=row,
        customer=terms.customer[term],
        age_months=(TODAY - terms.decided[term]) / MONTH_DAYS,
    )


def _open(facts: Facts, vendor: Vendor) -> Cases:
    """Contracts that run today, with what is known of them today, in a drawn order."""
    terms = facts.terms
    (running,) = np.nonzero(
        (terms.starts <= TODAY) & (terms.ends >= TODAY) & (terms.decided > TODAY)
    )
    running = vendor.dice("book").permutation(running)
    return cases(known(View(facts).at(running, np.full(len(running), TODAY))))


def _told(vendor: Vendor) -> BaseRate:
    """What the vendor remembers: the last renewals of customers of whom the forecast sees nothing else."""
    terms = telling.facts(vendor, 600, chunk=TOLD).terms
    year = (terms.decided < TODAY) & (terms.decided >= TODAY - 2 * TERM_DAYS)
    last = np.flatnonzero(year)
    last = last[np.argsort(terms.decided[last], kind="stable")][-TOLD_RENEWALS:]
    return BaseRate(renewed=int(terms.renewed[last].sum()), due=len(last))


def _attainable(vendor: Vendor, wanted: Floats, customers: int, cache: Path) -> oracle.Attainable:
    parts = [_learnable(vendor, customers, chunk) for chunk in ORACLE_CHUNKS]
    seen, chance = np.vstack([part[0] for part in parts]), np.concatenate([p[1] for p in parts])
    halves = np.concatenate(
        [np.full(len(part[1]), place % 2 == 0) for place, part in enumerate(parts)]
    )
    key = hashlib.sha256(repr((oracle.SETTINGS, oracle.ROUNDS)).encode())
    for array in (seen, chance, wanted):
        key.update(np.ascontiguousarray(array).tobytes())
    kept = cache / f"{key.hexdigest()[:32]}.npz"
    if not kept.exists():
        made = oracle.attainable(seen, chance, wanted, halves=halves)
        np.savez(kept, probability=made.probability, error=made.error)
    with np.load(kept) as told:
        return oracle.Attainable(told["probability"], float(told["error"]))


def _learnable(vendor: Vendor, customers: int, chunk: int) -> tuple[Floats, Floats]:
    """Observables and true chances of renewals; of the year to come alone where it differs from those before."""
    facts = telling.facts(vendor, customers, chunk=chunk)
    first = TODAY if vendor.physics.shift else 0
    term: Ints = np.flatnonzero((facts.terms.ends >= first) & (facts.terms.ends < PANEL_DAYS))
    seen = View(facts).at(term, facts.terms.ends[term] - JUDGED_LEAD)
    return matrix(seen), facts.terms.chance[term]

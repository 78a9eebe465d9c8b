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


def prepared(vendor: Vendor, *, cache: Path | None = None) -> Trial:
    """Simulate a vendor and learn what is attainable there. The oracle is kept in a folder for the next time."""
    future = telling.facts(vendor, CUSTOMERS, chunk=FUTURE)
    (term,) = np.nonzero((future.terms.ends >= TODAY) & (future.terms.ends < PANEL_DAYS))
    seen = View(future).at(term, future.terms.ends[term] - JUDGED_LEAD)
    chance = future.terms.chance[term]
    attained = attainable(vendor, matrix(seen), lead_days=(JUDGED_LEAD, JUDGED_LEAD), cache=cache)
    everybody = telling.facts(vendor, CUSTOMERS, chunk=PAST)
    drawn = vendor.dice("order").permutation(CUSTOMERS)
    term, open_contracts = running(future, day=TODAY)
    return Trial(
        vendor=vendor,
        past=past(everybody, day=TODAY, order=drawn),
        open_contracts=open_contracts.take(vendor.dice("book").permutation(len(term))),
        future=Future(cases(known(seen)), chance, attained.probability, attained.error),
        told=told(vendor),
    )


def folder() -> Path:
    """Where oracles are kept between runs."""
    found = Path(tempfile.gettempdir()) / "arbiter-bench-oracles"
    found.mkdir(exist_ok=True)
    return found


def past(facts: Facts, *, day: int, order: Ints | None = None) -> History:
    """Return the renewals that were due by a day, each at three leads, numbered by customers in some order.

    The product leaves out looks on or after the day of the decision; here notice is always shorter than
    the shortest lead.
    """
    terms = facts.terms
    place = np.arange(len(facts.customers)) if order is None else order
    (decided,) = np.nonzero(terms.ends <= day)
    decided = decided[np.lexsort((terms.number[decided], place[terms.customer[decided]]))]
    row = np.tile(np.arange(len(decided)), len(LEADS))
    term, lead = decided[row], np.repeat(LEADS, len(decided))
    return history_of(
        cases(known(View(facts).at(term, terms.ends[term] - lead))),
        renewed=terms.renewed[term],
        renewal=row,
        customer=terms.customer[term],
        age_months=((day + 1 - terms.ends[term]) / MONTH_DAYS).round(2),
    )


def running(facts: Facts, *, day: int) -> tuple[Ints, Cases]:
    """Return the terms that run on a day undecided, and what is known of them at its end."""
    terms = facts.terms
    (term,) = np.nonzero((terms.starts <= day) & (terms.ends >= day) & (terms.decided > day))
    return term, cases(known(View(facts).at(term, np.full(len(term), day))))


def told(vendor: Vendor) -> BaseRate:
    """Return what the vendor remembers: the last renewals of customers of whom the forecast sees nothing else."""
    terms = telling.facts(vendor, 600, chunk=TOLD).terms
    (last,) = np.nonzero((terms.decided < TODAY) & (terms.decided >= TODAY - 2 * TERM_DAYS))
    last = last[np.argsort(terms.decided[last], kind="stable")][-TOLD_RENEWALS:]
    return BaseRate(renewed=int(terms.renewed[last].sum()), due=len(last))


def attainable(
    vendor: Vendor, wanted: Floats, *, lead_days: tuple[int, int], cache: Path | None = None
) -> oracle.Attainable:
    """Learn what is attainable at a vendor, and return it where it is wanted.

    Args:
        vendor: whose renewals they are.
        wanted: observables of the renewals to forecast, shape (m, k).
        lead_days: the shortest and the longest time before the end at which they were observed.
        cache: where oracles are kept between runs; a folder among the temporary ones unless given.
    """
    parts = [_learnable(vendor, chunk, lead_days) for chunk in ORACLE_CHUNKS]
    seen, chance = np.vstack([part[0] for part in parts]), np.concatenate([p[1] for p in parts])
    halves = np.repeat([place % 2 == 0 for place in range(len(parts))], [len(p[1]) for p in parts])
    key = hashlib.sha256(repr((oracle.SETTINGS, oracle.ROUNDS)).encode())
    for array in (seen, chance, wanted):
        key.update(np.ascontiguousarray(array).tobytes())
    kept = (cache or folder()) / f"{key.hexdigest()[:32]}.npz"
    if not kept.exists():
        made = oracle.attainable(seen, chance, wanted, halves=halves)
        np.savez(kept, probability=made.probability, error=made.error)
    with np.load(kept) as stored:
        return oracle.Attainable(stored["probability"], float(stored["error"]))


def _learnable(vendor: Vendor, chunk: int, lead_days: tuple[int, int]) -> tuple[Floats, Floats]:
    """Observables and true chances of renewals; of the year to come alone where it differs from those before."""
    facts = telling.facts(vendor, CUSTOMERS, chunk=chunk)
    first = TODAY if vendor.physics.shift else 0
    term: Ints = np.flatnonzero((facts.terms.ends >= first) & (facts.terms.ends < PANEL_DAYS))
    shortest, longest = lead_days
    lead = vendor.dice("leads", chunk).integers(shortest, longest + 1, len(term))
    seen = View(facts).at(term, facts.terms.ends[term] - lead)
    return matrix(seen), facts.terms.chance[term]

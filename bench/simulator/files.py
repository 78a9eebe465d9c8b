"""Facts as workspace files, so that the whole product is exercised and not only a function of it."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.simulator.calendar import NEVER, PANEL_DAYS, Ints, on
from bench.simulator.facts import INTENTS, ROLES, SIGNALS, VERDICTS, Answers, Facts
from bench.simulator.lives import SEGMENTS
from bench.simulator.vendor import Vendor

FORMAT = 1
STILL_RIGHT = "Still right"
LEAKS = ("backdated_score", "late_score")
"""Two columns made after the decision: one is dated before it and does not say when it became known, as
such exports are; the other says so."""
LEAK_DAYS = 100

Rows = Iterator[Sequence[object]]
Files = dict[str, tuple[str, Rows]]
"""Header and rows of each file."""


def write(
    folder: Path,
    vendor: Vendor,
    facts: Facts,
    *,
    until: int = PANEL_DAYS,
    leaks: Sequence[str] = (),
) -> None:
    """Write what is known of a vendor's customers in the public format.

    Args:
        folder: where to.
        vendor: whose customers they are.
        facts: about them.
        until: the day of the export; what came later is not in it.
        leaks: which of `LEAKS` to add to the signals.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = {"format": FORMAT, "exported_at": f"{on(until)}T00:00:00Z", "name": vendor.name}
    (folder / "workspace.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    tables = _Tables(facts, vendor, until)
    files = {**tables.masters(), **tables.goals(), **tables.voices(), **tables.numbers(leaks)}
    for name, (header, rows) in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream, lineterminator="\n")
            lines.writerow(header.split(","))
            lines.writerows(rows)


def customer_key(number: int) -> str:
    """The customer's id in the files; in order of number also as text."""
    return f"c{number:07d}"


def term_key(number: int) -> str:
    """The contract's id in the files."""
    return f"t{number:07d}"


class _Tables:
    """The rows of every file, as of the day of the export."""

    def __init__(self, facts: Facts, vendor: Vendor, until: int) -> None:
        self._facts = facts
        self._vendor = vendor
        self._until = until

    def masters(self) -> Files:
        return {
            "customers": ("customer_id,name,segment,since", self._customers()),
            "contacts": ("contact_id,customer_id,name,role,joined_on,left_on", self._contacts()),
            "contracts": (
                "contract_id,customer_id,starts_on,ends_on,arr,currency,notice_days,decision,decided_on",
                self._contracts(),
            ),
        }

    def goals(self) -> Files:
        return {
            "goals": (
                "goal_id,customer_id,statement,whose_words,at,retired_at,retired_reason",
                self._goals(),
            ),
            "revisions": (
                "revision_id,goal_id,at,measure,unit,direction,baseline,target,due_on,reason",
                self._revisions(),
            ),
            "results": ("goal_id,at,value,provenance", self._results()),
            "verdicts": ("verdict_id,goal_id,contact_id,at,verdict", self._verdicts()),
            "awareness": ("goal_id,contact_id,at,state", self._seen()),
        }

    def voices(self) -> Files:
        return {
            "asks": ("ask_id,contact_id,kind,at,contract_id", self._asks()),
            "answers": ("answer_id,contact_id,kind,at,value,scale", self._answers()),
        }

    def numbers(self, leaks: Sequence[str]) -> Files:
        return {
            "signals": ("customer_id,name,at,recorded_at,value", self._signals(leaks)),
            "beliefs": ("contract_id,at,probability,reason", self._beliefs()),
        }

    def _rows(self, day: Ints, *columns: np.ndarray) -> Iterator[tuple[Any, ...]]:
        """Number, date and columns of the rows that there were by the day of the export."""
        (there,) = np.nonzero(day <= self._until)
        parts = [column[there].tolist() for column in columns]
        return zip(there.tolist(), map(on, day[there].tolist()), *parts, strict=True)

    def _date(self, day: int) -> object:
        """A day as far as it had come."""
        return on(day) if day <= self._until and day < NEVER else ""

    def _customers(self) -> Rows:
        customers = self._facts.customers
        for n, since, segment in self._rows(customers.start, customers.segment):
            yield customer_key(n), f"Customer {n}", SEGMENTS[segment], since

    def _contacts(self) -> Rows:
        people = self._facts.contacts
        rows = self._rows(people.joined, people.customer, people.role, people.left)
        for n, joined, customer, role, left in rows:
            name = f"{ROLES[role].replace('_', ' ').capitalize()} {n}"
            yield f"p{n}", customer_key(customer), name, ROLES[role], joined, self._date(left)

    def _contracts(self) -> Rows:
        terms, notice = self._facts.terms, self._vendor.notice_days
        columns = (terms.customer, terms.ends, terms.arr, terms.decided, terms.renewed)
        for n, starts, customer, ends, arr, decided, renewed in self._rows(terms.starts, *columns):
            decided_on = self._date(decided)
            decision = ("renewed" if renewed else "churned") if decided_on else ""
            about = (term_key(n), customer_key(customer), starts, on(ends), arr, "EUR", notice)
            yield *about, decision, decided_on

    def _goals(self) -> Rows:
        goals = self._facts.goals
        for n, stated, customer, retired in self._rows(goals.stated, goals.customer, goals.retired):
            left = self._date(retired)
            reason = "They want something else" if left else ""
            yield f"g{n}", customer_key(customer), f"Goal {n}", "customer", stated, left, reason

    def _revisions(self) -> Rows:
        goals, revisions = self._facts.goals, self._facts.revisions
        target = goals.target[revisions.goal]
        for n, day, goal, due, aim in self._rows(
            revisions.day, revisions.goal, revisions.due, target
        ):
            reason = STILL_RIGHT if n >= len(goals.stated) else "Agreed"
            yield f"r{n}", f"g{goal}", day, "Share reached", "points", "up", 0, aim, on(due), reason

    def _results(self) -> Rows:
        results = self._facts.results
        for _, day, goal, value in self._rows(results.day, results.goal, results.value):
            yield f"g{goal}", day, value, "import"

    def _verdicts(self) -> Rows:
        given = self._facts.verdicts
        for n, day, goal, who, word in self._rows(
            given.day, given.goal, given.contact, given.verdict
        ):
            yield f"v{n}", f"g{goal}", f"p{who}", day, VERDICTS[word]

    def _seen(self) -> Rows:
        seen = self._facts.seen
        for _, day, goal, contact in self._rows(seen.day, seen.goal, seen.contact):
            yield f"g{goal}", f"p{contact}", day, "seen"

    def _asks(self) -> Rows:
        asks = self._facts.asks
        for n, day, contact, term in self._rows(asks.day, asks.contact, asks.term):
            yield f"q{n}", f"p{contact}", "intent", day, term_key(term)

    def _answers(self) -> Rows:
        for n, day, contact, said in self._of(self._facts.intents):
            yield f"i{n}", f"p{contact}", "intent", day, INTENTS[said], ""
        for kind, scale in (("nps", "0-10"), ("csat", "1-5")):
            for n, day, contact, score in self._of(getattr(self._facts, kind)):
                yield f"{kind}{n}", f"p{contact}", kind, day, score, scale

    def _of(self, answers: Answers) -> Iterator[tuple[Any, ...]]:
        return self._rows(answers.day, answers.contact, answers.value)

    def _signals(self, leaks: Sequence[str]) -> Rows:
        told = self._facts.signals
        for _, day, customer, name, value in self._rows(
            told.day, told.customer, told.name, told.value
        ):
            yield customer_key(customer), SIGNALS[name], day, "", value
        for name in leaks:
            for at, known, customer, score in self._leak():
                recorded = f"{on(known)}T00:00:00Z" if name == LEAKS[1] else ""
                yield customer_key(customer), name, at, recorded, score

    def _leak(self) -> Iterator[tuple[Any, ...]]:
        """A score that somebody set once it was clear how a renewal ended, at a date before."""
        terms = self._facts.terms
        (term,) = np.nonzero(terms.decided <= self._until)
        noise = self._vendor.dice("leaks").normal(0, 6, len(terms))
        score = (40 + 40 * terms.renewed + noise).round(1)
        known = terms.ends[term] + 5
        rows = self._rows(known, terms.ends[term] - LEAK_DAYS, terms.customer[term], score[term])
        for n, _, at, customer, value in rows:
            yield on(at), int(known[n]), customer, value

    def _beliefs(self) -> Rows:
        told = self._facts.beliefs
        for _, day, term, probability in self._rows(told.day, told.term, told.probability):
            yield term_key(term), day, probability, "As we see them"

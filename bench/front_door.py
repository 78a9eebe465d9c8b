"""The same forecasts through the front door: simulator → workspace files → `arbiter import` → `arbiter forecast`.

A simulated vendor's files are imported into a throw-away database by the command that users have, its renewal
rate is told, and the command forecasts what was open on two days: one before anything was decided, and one with
four years of decisions behind it. Both are scored against the attainable oracle, beside the functions of science
called directly with what the simulator says was known. A second database gets only what had happened by the
later day: what came after may change nothing. Two more are audited: one with columns that were made after
the decision, of which the alarm must name the one that hides it, and one of a vendor without signal, where
nothing may be said to predict.

`--customers N` sets the size of the vendor, `--quick` takes a small one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from arbiter.science.renewal import from_cases, learn
from bench.simulator import files, scores, telling, trial
from bench.simulator.calendar import PANEL_DAYS, TODAY, on
from bench.simulator.facts import Facts
from bench.simulator.files import term_key
from bench.simulator.knowledge import matrix
from bench.simulator.observed import View
from bench.simulator.vendor import Vendor, typical, without_signal
from bench.support.databases import environment

CUSTOMERS, FEW = 1_200, 300
AUDITED = 500
SEED, CHUNK = 1, 20
NOTHING_DECIDED = 360
TOLD_ON = 300
WITHIN_DAYS = 180
MOST_APART = 0.003
"""Nats per renewal by which the front door may differ from the functions."""


class Said(NamedTuple):
    """One contract's forecast by the command."""

    contract_id: str
    probability: float
    low: float
    high: float


def main(argv: Sequence[str]) -> None:
    """Print regret through the front door and by the functions, for each day."""
    if argv[:1] == ["tell"]:
        _tell(int(argv[1]), int(argv[2]), int(argv[3]))
        return
    parser = argparse.ArgumentParser(prog="front_door", description=__doc__)
    parser.add_argument("--customers", type=int, help="of the vendor")
    parser.add_argument("--quick", action="store_true", help="a small vendor")
    asked = parser.parse_args(argv)
    _run(asked.customers or (FEW if asked.quick else CUSTOMERS))


def _run(customers: int) -> None:
    made = typical(SEED)
    facts = telling.facts(made, customers, chunk=CHUNK)
    with _house(made, facts) as whole:
        for day in (NOTHING_DECIDED, TODAY):
            _compare(made, facts, day, whole.forecast(day))
        with _house(made, facts, until=TODAY) as cut:
            same = whole.forecast(TODAY) == cut.forecast(TODAY)
    _say(f"Forecasts from files that end on the day are {'the same' if same else 'others'}", same)
    _audit(made)


def _audit(made: Vendor) -> None:
    """Audit a vendor with columns made after the decision, and one where nothing tells anything."""
    with _house(made, telling.facts(made, AUDITED, chunk=CHUNK), leaks=files.LEAKS) as house:
        alarms = [line["name"] for line in house.audit() if line["leaks"]]
    _say(f"The leak alarm names {', '.join(alarms) or 'nothing'}", alarms == [files.LEAKS[0]])
    mute = without_signal(made)
    with _house(mute, telling.facts(mute, AUDITED, chunk=CHUNK)) as house:
        lines = house.audit()
    found = [line["name"] for line in lines if line["says"] == "predicts"]
    _say(
        f"Without signal {', '.join(found) or 'nothing'} of {len(lines)} is said to predict",
        not found,
    )


def _say(finding: str, holds: bool) -> None:
    print(f"{finding}: {'ok' if holds else 'TOO MUCH'}", flush=True)


class House:
    """An installation of its own, spoken to by the command alone."""

    def __init__(self, folder: Path) -> None:
        self._environment = environment(folder) | {"OMP_NUM_THREADS": "1"}

    def forecast(self, day: int) -> list[Said]:
        """Ask for the forecasts of a day."""
        from bench.simulator.calendar import on

        told = self.run("-m", "arbiter", "forecast", "--as-of", str(on(day)), "--json")
        columns = Said._fields
        return [Said(*(line[column] for column in columns)) for line in json.loads(told)]

    def audit(self) -> list[dict[str, Any]]:
        """Ask what the numbers were worth."""
        found: list[dict[str, Any]] = json.loads(self.run("-m", "arbiter", "audit", "--json"))
        return found

    def run(self, *words: str) -> str:
        """Run Python there and return what it printed; what went wrong ends the bench."""
        done = subprocess.run(
            [sys.executable, *words], env=self._environment, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def _house(
    made: Vendor, facts: Facts, *, until: int = PANEL_DAYS, leaks: Sequence[str] = ()
) -> Iterator[House]:
    """Import a vendor's files into a new installation and tell its renewal rate."""

    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as folder:
        house, written = House(Path(folder) / "data"), Path(folder) / "files"
        files.write(written, made, facts, until=until, leaks=leaks)
        began = perf_counter()
        house.run("-m", "arbiter", "import", str(written))
        rate = trial.told(made)
        tell = "from bench.front_door import main; import sys; main(sys.argv[1:])"
        house.run("-c", tell, "tell", str(rate.renewed), str(rate.due), str(TOLD_ON))
        print(f"Imported {len(facts.customers):,} customers in {perf_counter() - began:.0f} s.")
        yield house


def _tell(renewed: int, due: int, day: int) -> None:
    """Set the company up and tell its renewal rate, as the first page of an installation does."""
    import django

    django.setup()
    from arbiter.forecast.actions import base_rates
    from arbiter.foundation.actions import company

    at = datetime.combine(on(day), time(9), UTC)
    owner = company.set_up(
        name="Bench", currency="EUR", owner_name="Olga", owner_email="olga@bench.test", at=at
    )
    base_rates.tell(renewed=renewed, due=due, by=owner, at=at)


def _compare(made: Vendor, facts: Facts, day: int, said: list[Said]) -> None:

    term, ours = _by_functions(made, facts, day)
    place = {term_key(number): n for n, number in enumerate(term.tolist())}
    if {line.contract_id for line in said} != set(place):
        raise SystemExit("The front door forecasts other contracts than were open.")
    door = np.zeros(len(term))
    for line in said:
        door[place[line.contract_id]] = line.probability
    soon = facts.terms.ends[term] - day <= WITHIN_DAYS
    term, ours, door = term[soon], ours[soon], door[soon]
    leads = (made.notice_days + 1, WITHIN_DAYS)
    seen = matrix(View(facts).at(term, np.full(len(term), day)))
    best = trial.attainable(made, seen, lead_days=leads).probability
    chance = facts.terms.chance[term]
    here, there = (scores.regret(each, best, chance) for each in (door, ours))
    apart = abs(here - there)
    _say(
        f"Day {day}, {len(term)} contracts that end within {WITHIN_DAYS} days: regret {here:.4f} nats through "
        f"the front door, {there:.4f} by the functions; apart {apart:.5f} (at most {MOST_APART}), no chance by "
        f"more than {np.abs(door - ours).max():.1e}",
        apart <= MOST_APART,
    )


def _by_functions(made: Vendor, facts: Facts, day: int) -> tuple[np.ndarray, np.ndarray]:
    """Learn from what the simulator says was known, and forecast what was open on a day."""

    past = trial.past(facts, day=day)
    term, running = trial.running(facts, day=day)
    model = learn(past, base_rate=trial.told(made), open_contracts=running)
    return term, from_cases(running, model).probability


if __name__ == "__main__":
    main(sys.argv[1:])

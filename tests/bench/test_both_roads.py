"""What the product knows after an import is what the simulator says was known, by quite another road."""

from datetime import UTC, datetime, time
from pathlib import Path

import numpy as np
import pytest

from arbiter.connectors.workspace_files import importing, sources
from arbiter.forecast.queries import histories, open_contracts, snapshot
from arbiter.foundation.models import Person
from bench.simulator import files, telling, trial, vendor
from bench.simulator.calendar import TODAY, on
from bench.simulator.files import term_key
from bench.simulator.knowledge import known
from bench.simulator.observed import View

AS_OF = datetime.combine(on(TODAY), time.max, UTC)
CUSTOMERS = 40


@pytest.fixture
def facts(db, tmp_path: Path):
    """A small vendor, brought in whole: also what came after the day."""
    made = vendor.typical(2)
    found = telling.facts(made, CUSTOMERS)
    files.write(tmp_path, made, found)
    report = importing.store(
        sources.open_source(tmp_path),
        by=Person.objects.system(),
        at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    assert report.stored, report.problems[:3]
    assert report.custom == {}
    return found


def _in_order(told):
    """What was known, with the answers in a steady order."""
    return {place: (each, sorted(map(str, each.answers))) for place, each in told.items()}


def _without_answers(each):
    return {name: getattr(each, name) for name in each.__slots__ if name != "answers"}


def _assert_same(theirs, ours):
    assert theirs.keys() == ours.keys()
    for place, (each, answers) in _in_order(theirs).items():
        assert _without_answers(each) == _without_answers(ours[place]), place
        assert answers == sorted(map(str, ours[place].answers)), place


def test_both_roads_know_the_same_of_open_contracts_and_of_those_that_were_due(facts):
    chunks = list(snapshot.chunks(open_contracts.at(AS_OF), as_of=AS_OF))
    running = {
        contract.key: each
        for chunk in chunks
        for contract, each in zip(chunk.contracts, chunk.known, strict=True)
    }
    term, _ = trial.running(facts, day=TODAY)
    today = known(View(facts).at(term, np.full(len(term), TODAY)))
    _assert_same(running, dict(zip(map(term_key, term), today, strict=True)))

    looks = histories.looks(histories.decided(AS_OF))
    looked_at = [(look.decided.contract.key, look.lead) for look in looks]
    (due,) = np.nonzero(facts.terms.ends <= TODAY)
    row, lead = np.tile(due, len(trial.LEADS)), np.repeat(trial.LEADS, len(due))
    before = known(View(facts).at(row, facts.terms.ends[row] - lead))
    places = zip(map(term_key, row), lead.tolist(), strict=True)
    _assert_same(
        dict(zip(looked_at, histories.known(looks), strict=True)),
        dict(zip(places, before, strict=True)),
    )


def test_an_export_of_a_day_tells_nothing_of_what_came_later(tmp_path):
    made = vendor.typical(2)
    files.write(tmp_path, made, telling.facts(made, CUSTOMERS), until=TODAY, leaks=files.LEAKS)

    today = on(TODAY).isoformat()
    for name in ("signals", "answers", "asks", "verdicts", "results", "revisions", "awareness"):
        lines = (tmp_path / f"{name}.csv").read_text().splitlines()
        place = lines[0].split(",").index("at")
        assert max(line.split(",")[place] for line in lines[1:]) <= today
    decided = [
        line.split(",")[-1] for line in (tmp_path / "contracts.csv").read_text().splitlines()
    ]
    assert "" in decided
    assert max(day for day in decided[1:] if day) <= today
    assert "late_score" in (tmp_path / "signals.csv").read_text()

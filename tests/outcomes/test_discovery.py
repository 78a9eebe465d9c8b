from decimal import Decimal

import pytest

from arbiter.outcomes.actions import discovery
from arbiter.outcomes.actions.revisions import CurrencyMissing
from arbiter.outcomes.queries import goals, revisions
from tests.facts import fact_names
from tests.world import JUNE, MAY

TALK = {
    "statement": "Fewer ships that wait",
    "pain": "Every hour at anchor costs 900 EUR",
    "measure": "Hours at anchor",
    "baseline": Decimal(9),
    "target": Decimal(3),
}


def capture(world, **said):
    return discovery.capture(
        customer=world.harbour, stated_by=world.sam, by=world.ada, at=MAY, **(TALK | said)
    )


def test_a_talk_gives_a_goal_and_its_agreement_by_the_one_who_said_it(world):
    goal = capture(world)

    agreed = revisions.current([goal.pk], as_of=JUNE)[goal.pk]
    assert (agreed.target, agreed.agreed_by) == (3, world.sam)
    assert fact_names() == ["outcomes.goal_stated", "outcomes.goal_revised"]


def test_a_wish_without_any_measure_is_a_goal_all_the_same(world):
    goal = capture(world, measure="", baseline=None, target=None)

    assert revisions.current([goal.pk], as_of=JUNE) == {}
    assert fact_names() == ["outcomes.goal_stated"]


def test_both_are_kept_or_neither(world):
    with pytest.raises(CurrencyMissing):
        capture(world, money_per_unit=Decimal(900))

    assert goals.of(world.harbour, as_of=JUNE).count() == 2
    assert fact_names() == []

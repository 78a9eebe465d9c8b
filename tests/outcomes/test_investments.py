from decimal import Decimal

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.outcomes.actions import investments as verbs
from arbiter.outcomes.actions.goals import FromElsewhere
from arbiter.outcomes.actions.investments import AmountNegative, CurrencyMissing
from arbiter.outcomes.queries import investments
from tests.facts import fact_names, last_fact
from tests.world import APRIL, JUNE, MAY

EFFORT = {"amount": Decimal(4_000), "currency": "EUR"}


def state(world, by=None, **more):
    return verbs.state(customer=world.harbour, by=by or world.ada, at=MAY, **(EFFORT | more))


def test_the_customers_effort_is_written_down_with_what_it_assumes(world):
    effort = state(
        world, stated_by=world.sam, goal=world.faster_onboarding, assumptions="10 days at 400"
    )

    assert list(investments.of(world.harbour, as_of=JUNE)) == [effort]
    assert not investments.of(world.harbour, as_of=APRIL)
    assert last_fact().details == {
        "amount": "4000",
        "contact": world.sam.pk,
        "currency": "EUR",
        "goal": world.faster_onboarding.pk,
    }


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"amount": Decimal(-1)}, AmountNegative), ({"currency": ""}, CurrencyMissing)],
)
def test_an_effort_that_cannot_be_is_refused(world, change, refusal):
    with pytest.raises(refusal):
        state(world, **change)


def test_goal_and_contact_are_of_this_customer_and_the_actor_is_in_reach(world):
    with pytest.raises(FromElsewhere):
        state(world, goal=world.more_bookings)
    with pytest.raises(FromElsewhere):
        state(world, stated_by=world.dov)
    with pytest.raises(NotAllowed):
        state(world, by=world.quinn)


def test_an_effort_stated_wrongly_is_withdrawn(world):
    effort = state(world)

    verbs.withdraw(investment=effort, by=world.ada, at=JUNE)

    assert not investments.visible_to(world.ada)
    assert fact_names() == ["outcomes.investment_stated", "outcomes.investment_withdrawn"]

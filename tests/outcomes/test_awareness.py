import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.outcomes.actions import awareness as verbs
from arbiter.outcomes.actions.awareness import NobodyTold
from arbiter.outcomes.actions.goals import FromElsewhere
from arbiter.outcomes.queries import awareness
from tests.facts import fact_names, last_fact
from tests.outcomes.story import measure, see, tell
from tests.world import APRIL, JUNE, MARCH, MAY


def states(world, as_of=JUNE):
    goal = world.faster_onboarding.pk
    rows = awareness.latest([goal], as_of=as_of).get(goal, {})
    return {row.contact.name.split()[0]: row.state for row in rows.values()}


def test_several_contacts_are_told_at_once(world):
    tell(world, world.cleo, world.dora, at=APRIL)

    assert states(world) == {"Cleo": "told", "Dora": "told"}
    assert last_fact().name == "outcomes.awareness_told"
    assert last_fact().details == {"contacts": [world.cleo.pk, world.dora.pk]}


def test_someone_of_this_customer_is_told(world):
    with pytest.raises(NobodyTold):
        tell(world, at=APRIL)
    with pytest.raises(FromElsewhere):
        tell(world, world.dov, at=APRIL)
    with pytest.raises(NotAllowed):
        verbs.tell(goal=world.faster_onboarding, contacts=[world.cleo], by=world.otto, at=APRIL)


def test_what_was_told_is_seen_by_an_act_of_the_contact(world):
    tell(world, world.cleo, at=MARCH)

    see(world, world.cleo, at=APRIL)

    assert states(world) == {"Cleo": "seen"}
    assert states(world, as_of=MARCH) == {"Cleo": "told"}
    assert last_fact().name == "outcomes.awareness_seen"


def test_who_knows_the_newest_result_is_left_in_peace(world):
    measure(world, 20, at=MARCH)
    first = see(world, world.cleo, at=APRIL)

    assert see(world, world.cleo, at=MAY) == first
    assert fact_names().count("outcomes.awareness_seen") == 1

    measure(world, 15, at=MAY)
    see(world, world.cleo, at=JUNE)

    assert fact_names().count("outcomes.awareness_seen") == 2


def test_a_contact_of_another_customer_sees_nothing(world):
    with pytest.raises(FromElsewhere):
        see(world, world.dov, at=MAY)

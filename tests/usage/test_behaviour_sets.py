"""Sets of behaviours: rules over events, never changed, only followed by a new version."""

import doctest

import pytest

from arbiter.foundation.permissions import NotAllowed
from arbiter.usage.actions import behaviour_sets as sets
from arbiter.usage.models import BehaviourSet
from arbiter.usage.queries import behaviour_sets as read
from arbiter.usage.rules import behaviours
from tests.facts import last_fact
from tests.world import APRIL, MARCH, MAY

FIVE_A_MONTH = {
    "of": [{"event": "Invoice Sent", "times": 5}],
    "need": None,
    "per": "month",
    "consecutive": 3,
}


def define(world, called="Bills monthly", rule=None, **more):
    given = {"name": called, "rule": rule or FIVE_A_MONTH, "by": world.ada, "at": MARCH}
    return sets.define(**given | more)


def test_the_examples_of_the_rules_hold():
    assert doctest.testmod(behaviours).failed == 0


def test_a_set_keeps_its_rule_with_every_part_said(world):
    found = define(world, rule={"of": [{"event": " Export "}]}, means_value=True)

    assert found.rule == {
        "of": [{"event": "Export", "times": 1}],
        "need": None,
        "per": None,
        "consecutive": 1,
    }
    assert (found.line, found.version) == (found.pk, 1)
    assert last_fact().name == "usage.set_defined"


def test_changing_a_set_makes_a_new_version_and_keeps_the_old_one(world):
    first = define(world)

    second = sets.revise(
        behaviour_set=first,
        name="Bills monthly",
        rule=FIVE_A_MONTH | {"consecutive": 2},
        by=world.ben,
        at=APRIL,
    )

    assert (second.line, second.version) == (first.line, 2)
    assert list(read.standing()) == [second]
    assert list(read.versions(second)) == [second, first]
    assert BehaviourSet.objects.get(pk=first.pk).rule == FIVE_A_MONTH
    assert last_fact().name == "usage.set_revised"


def test_what_did_not_change_makes_no_version(world):
    first = define(world)

    same = sets.revise(
        behaviour_set=first, name="Bills monthly", rule=FIVE_A_MONTH, by=world.ada, at=APRIL
    )

    assert same == first
    assert BehaviourSet.objects.count() == 1


def test_only_the_version_that_stands_is_revised_retired_and_restored(world):
    first = define(world)
    second = sets.revise(
        behaviour_set=first, name="Bills", rule=FIVE_A_MONTH, by=world.ada, at=APRIL
    )
    for again in (
        lambda: sets.retire(behaviour_set=first, by=world.ada, at=MAY),
        lambda: sets.revise(behaviour_set=first, name="B", rule=FIVE_A_MONTH, by=world.ada, at=MAY),
    ):
        with pytest.raises(sets.SetRetired):
            again()
    with pytest.raises(sets.SetStands):
        sets.restore(behaviour_set=first, by=world.ada, at=MAY)

    sets.retire(behaviour_set=second, by=world.ada, at=MAY)
    assert last_fact().name == "usage.set_retired"
    sets.restore(behaviour_set=second, by=world.ada, at=MAY)

    assert list(read.standing()) == [second]
    assert last_fact().name == "usage.set_restored"


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"of": []},
        {"of": [{"event": " "}]},
        {"of": ["Export"]},
        {"of": [{"event": "Export", "times": -1}]},
        {"of": [{"event": "Export", "times": "often"}]},
        {"of": [{"event": str(number)} for number in range(21)]},
        {"of": [{"event": "Export"}, {"event": "Export ", "times": 2}]},
        {"of": [{"event": "Export"}], "need": 2},
        {"of": [{"event": "Export"}], "per": "year"},
        {"of": [{"event": "Export"}], "consecutive": 3},
        {"of": [{"event": "Export"}], "per": "week", "consecutive": 61},
    ],
)
def test_an_unsound_rule_is_refused_with_a_sentence(world, rule):
    with pytest.raises(sets.RuleUnsound, match=r"\.$"):
        sets.define(name="Odd", rule=rule, by=world.ada, at=MARCH)


def test_a_set_has_a_name_of_its_own(world):
    define(world)
    with pytest.raises(sets.SetNamed):
        define(world)
    with pytest.raises(sets.SetUnnamed):
        define(world, called=" ")


def test_an_observer_defines_nothing(world):
    with pytest.raises(NotAllowed):
        define(world, by=world.otto)


def test_first_value_is_told_by_the_set_that_is_most_the_customers_own(world):
    everybody = define(world, means_value=True)
    enterprise = define(world, "Enterprise", segment="Enterprise", means_value=True)
    trial = define(world, "Trial", stage="trial", means_value=True)
    define(world, "Only a habit")
    standing = list(read.standing())

    def of(segment, stage):
        return read.of_value(standing, segment=segment, stage=stage)

    assert of("SMB", "adoption") == everybody
    assert of("Enterprise", "adoption") == enterprise
    assert of("Enterprise", "trial") == trial
    assert standing[-1].name == "Only a habit"
    assert read.of_value(standing[-1:], segment="", stage="") is None


def test_a_rule_names_its_events():
    rule = {"of": [{"event": "Export"}, {"event": "Share", "times": 3}]}

    assert behaviours.events_of(rule) == ["Export", "Share"]

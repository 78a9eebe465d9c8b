"""How the sample company asks: stages with their meanings and rules that are off, and both go with the rest."""

import pytest

from arbiter.engagement.queries import asking_rules
from arbiter.foundation.models import Person
from arbiter.outcomes.queries import stages
from arbiter.sample import asking
from arbiter.sample.story import STAGES
from tests.world import JUNE

pytestmark = pytest.mark.django_db


def test_every_stage_has_a_meaning_and_no_rule_asks_by_itself(world):
    asking.describe(by=world.olga, at=JUNE)
    asking.describe(by=world.olga, at=JUNE)

    meant = {stage.name for stage in stages.standing()}
    assert {"trial", "growth", *STAGES.values()} <= meant
    assert stages.standing().count() == len(asking.MEANINGS)
    assert {rule.name for rule in asking_rules.standing()} == {name for name, *_ in asking.RULES}
    assert not any(rule.on_since for rule in asking_rules.standing())


def test_they_go_with_the_sample_and_what_people_made_stays(world):
    asking.describe(by=world.olga, at=JUNE)
    name = asking.RULES[0][0]
    own = asking_rules.standing().get(name=name)
    own.name = "Ours"
    own.save()

    asking.forget(by=Person.objects.system(), at=JUNE)

    assert not stages.standing().exists()
    assert [rule.name for rule in asking_rules.standing()] == ["Ours"]

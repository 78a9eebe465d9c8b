"""What the sample company's product is made of, once it is loaded, and that it goes with the rest."""

import pytest

from arbiter.outcomes.models import Goal
from arbiter.outcomes.queries import servings
from arbiter.sample import loading, product
from arbiter.usage.log.table import open_log
from arbiter.usage.models import Completion, UsageStanding
from arbiter.usage.queries import behaviour_sets, features
from tests.world import JUNE

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]


def test_usage_is_counted_when_the_sample_is_loaded_and_goes_when_it_is_removed(
    django_capture_on_commit_callbacks,
):
    loading.furnish(at=JUNE)
    olga = loading.leader()

    assert {feature.name for feature in features.standing()} == set(product.FEATURES)
    assert UsageStanding.objects.filter(events_28d__gt=0).count() > 150
    assert Completion.objects.filter(behaviour_set__name="In the habit").count() > 150
    assert servings.of_goals(_goals("norrvik-logistics"))

    with django_capture_on_commit_callbacks(execute=True):
        loading.remove(by=olga, at=JUNE)

    assert not features.standing().exists()
    assert not behaviour_sets.standing().exists()
    assert open_log().rows == 0


def _goals(key):
    return list(Goal.objects.filter(customer__key=key).values_list("pk", flat=True))

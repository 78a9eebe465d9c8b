"""Features are named by people, by the events that mean their use."""

import pytest

from arbiter.foundation.permissions import NotAllowed
from arbiter.usage.actions import features
from arbiter.usage.models import Feature
from arbiter.usage.queries import features as read
from tests.facts import last_fact
from tests.world import APRIL, MARCH, MAY


def name(world, called="Invoicing", events=("Invoice Sent", "Invoice Paid"), **more):
    return features.name(**{"name": called, "events": events, "by": world.ada, "at": MARCH} | more)


def test_a_feature_is_known_by_its_events_each_once_and_in_order(world):
    invoicing = name(world, events=[" Invoice Sent ", "Invoice Paid", "Invoice Sent", ""])

    assert invoicing.events == ["Invoice Sent", "Invoice Paid"]
    assert read.events_by_feature(read.standing()) == {
        str(invoicing.pk): ["Invoice Sent", "Invoice Paid"]
    }
    assert last_fact().name == "usage.feature_named"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"called": "  "}, features.FeatureUnnamed),
        ({"events": ["", " "]}, features.EventsMissing),
        ({"events": [f"Event {number}" for number in range(51)]}, features.EventsMissing),
    ],
)
def test_a_feature_needs_a_name_and_events(world, given, refusal):
    with pytest.raises(refusal):
        name(world, **given)


def test_two_features_that_stand_have_two_names(world):
    first = name(world)
    with pytest.raises(features.FeatureNamed):
        name(world)
    features.retire(feature=first, by=world.ada, at=APRIL)

    second = name(world)

    assert list(read.standing()) == [second]
    assert list(read.every()) == [second, first]
    with pytest.raises(features.FeatureNamed):
        features.restore(feature=first, by=world.ada, at=MAY)


def test_a_feature_is_described_anew(world):
    invoicing = name(world)

    features.describe(
        feature=invoicing, name="Billing", events=["Bill Sent"], by=world.ben, at=APRIL
    )

    assert Feature.objects.values_list("name", "events").get() == ("Billing", ["Bill Sent"])
    assert last_fact().name == "usage.feature_described"


def test_a_retired_feature_comes_back_and_is_not_described_meanwhile(world):
    invoicing = features.retire(feature=name(world), by=world.ada, at=APRIL)
    assert last_fact().name == "usage.feature_retired"
    for again in (
        lambda: features.retire(feature=invoicing, by=world.ada, at=MAY),
        lambda: features.describe(
            feature=invoicing, name="Billing", events=["x"], by=world.ada, at=MAY
        ),
    ):
        with pytest.raises(features.FeatureRetired):
            again()

    features.restore(feature=invoicing, by=world.ada, at=MAY)

    assert list(read.standing()) == [invoicing]
    assert last_fact().name == "usage.feature_restored"
    with pytest.raises(features.FeatureStands):
        features.restore(feature=invoicing, by=world.ada, at=MAY)


def test_an_observer_names_nothing(world):
    with pytest.raises(NotAllowed):
        name(world, by=world.otto)

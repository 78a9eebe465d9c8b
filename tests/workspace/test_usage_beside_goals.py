"""Usage beside what customers want: the strip of their page, the features that serve a goal, what feeds its measure."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arbiter.outcomes.actions import feeds, servings
from arbiter.outcomes.models import Feed, Serving
from arbiter.usage.actions import behaviour_sets, features, snapshots
from arbiter.usage.models import UsageStanding
from tests.kept import once
from tests.usage.logged import daily, did
from tests.world import JUNE, MARCH, TODAY

YESTERDAY = JUNE - timedelta(days=1)


def use(world):
    """Uma of Harbour plans daily; two features and a set watch."""
    world.planning = features.name(name="Planning", events=["Plan Made"], by=world.ada, at=MARCH)
    world.search = features.name(name="Search", events=["Search Done"], by=world.ada, at=MARCH)
    behaviour_sets.define(
        name="Plans",
        rule={"of": [{"event": "Plan Made"}]},
        means_value=True,
        by=world.ada,
        at=MARCH,
    )
    did(*daily(until=YESTERDAY, days=30, name="Plan Made"))
    snapshots.perform(at=TODAY, clock=lambda: TODAY)
    servings.choose(
        goal=world.faster_onboarding,
        features=[world.planning.pk, world.search.pk],
        by=world.ada,
        at=TODAY,
    )
    return world


@pytest.fixture
def used(world, client):
    once(use, world)
    client.force_login(world.ada)
    return world


def text(reply):
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def goal_page(client, world):
    return text(client.get(reverse("workspace:goal", args=[world.faster_onboarding.pk])))


def test_the_customer_s_page_tells_what_its_people_do(used, client):
    shown = text(client.get(reverse("workspace:customer", args=[used.harbour.pk])))

    assert "1 of 40 seats" in shown
    assert "measured by us over 28 days: evidence, never a result" in shown
    assert "/usage/events/?customer=harbour" in shown
    assert "Plans" in shown


def test_where_nothing_was_counted_no_strip_is_shown(used, client):
    UsageStanding.objects.update(first_at=None)
    shown = text(client.get(reverse("workspace:customer", args=[used.harbour.pk])))

    assert "What their people do" not in shown


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"trend": None, "trend_low": None, "trend_high": None}, "too short to say"),
        ({"trend": 0.1, "trend_low": -0.1, "trend_high": 0.3}, "no clear change in 12 weeks"),
        ({"trend": 0.1, "trend_low": 0.05, "trend_high": 0.2}, "+11% a week over 12 weeks"),
        ({"seats": None}, "1 active"),
    ],
)
def test_a_trend_is_told_with_how_sure_it_is(used, client, row, said):
    UsageStanding.objects.update(**{"trend_weeks": 12} | row)

    assert said in text(client.get(reverse("workspace:customer", args=[used.harbour.pk])))


def test_the_features_that_serve_a_goal_stand_beside_it(used, client):
    shown = goal_page(client, used)

    assert "1 of 2 in use" in shown
    assert "1 person, 27 events" in shown
    assert "not used in 28 days" in shown
    customer = text(client.get(reverse("workspace:customer", args=[used.harbour.pk])))
    assert "3 in the 28 days before" in customer


def test_the_features_are_chosen_on_a_page(used, client):
    url = reverse("workspace:goal-features", args=[used.faster_onboarding.pk])
    assert "checked" in text(client.get(url))

    client.post(url, {"features": [used.search.pk]})
    assert list(Serving.objects.values_list("feature", flat=True)) == [used.search.pk]

    client.post(url, {})
    assert not Serving.objects.exists()
    assert "Nobody has said which features serve it." in goal_page(client, used)
    assert client.post(url, {"features": ["999"]}).status_code == 422


def test_a_measure_is_fed_and_no_longer_on_a_page(used, client):
    url = reverse("workspace:goal-feed", args=[used.faster_onboarding.pk])
    assert client.post(url, {"kind": "sum", "event": "Plan Made"}).status_code == 422

    client.post(url, {"kind": "count", "event": "Plan Made", "since": "2026-05-01"})
    feed = Feed.objects.get()
    assert "number of “Plan Made”" in goal_page(client, used)

    did(*daily(until=YESTERDAY, days=3, name="Plan Made"))
    feeds.report(at=TODAY)
    assert "from 1 to 31 May 2026" in text(client.get(url))

    client.post(url, {"disconnect": "1"})
    client.post(url, {"disconnect": "1"})
    feed.refresh_from_db()
    assert feed.disconnected_at == TODAY
    assert "The measure is not fed by usage." in goal_page(client, used)


def test_the_timeline_tells_of_it(used, client):
    feeds.connect(goal=used.faster_onboarding, kind="count", event="x", by=used.ada, at=TODAY)
    url = reverse("workspace:customer-timeline", args=[used.harbour.pk])
    shown = text(client.get(url, {"show": "everything"}))

    assert "said which features serve a goal" in shown
    assert "had usage feed the measure of a goal" in shown

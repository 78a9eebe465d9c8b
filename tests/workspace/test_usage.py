"""The pages about usage: what is adopted, which sets are done, who is active without result, the events themselves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arbiter.accounts.models import Customer
from arbiter.forecast.actions import standings
from arbiter.forecast.models import Standing
from arbiter.outcomes.actions import results
from arbiter.usage.actions import behaviour_sets, completion_times, features, snapshots
from arbiter.usage.models import BehaviourSet, Completion, Feature, SnapshotRun, UsageStanding
from tests.kept import once
from tests.usage.logged import daily, did, done
from tests.world import JUNE, MARCH, MAY, TODAY

YESTERDAY = JUNE - timedelta(days=1)
TWO_BILLS = {"of": [{"event": "Invoice Sent", "times": 2}]}
BUILT = {
    "name": "Bills twice",
    "event_1": "Invoice Sent",
    "times_1": "2",
    "consecutive": "1",
    "means_value": "on",
}


def use_and_count(world):
    """Harbour's Uma sends bills, Vic runs reports; Quay did so in winter. All of it is counted."""
    world.invoicing = features.name(
        name="Invoicing", events=["Invoice Sent"], by=world.ada, at=MARCH
    )
    world.bills = behaviour_sets.define(
        name="Two bills", rule=TWO_BILLS, means_value=True, by=world.ada, at=MARCH
    )
    did(
        *daily(until=YESTERDAY, days=10, properties='{"amount": 120, "note": "für Anna"}'),
        done("Report Run", at=MAY, user="vic", customer="quay"),
        done("Report Run", at=YESTERDAY - timedelta(days=3), user="xaver", customer="elsewhere"),
        done("Report Run", at=YESTERDAY - timedelta(days=2), user="nobody", customer=None),
    )
    snapshots.perform(at=TODAY, clock=lambda: TODAY)
    return world


@pytest.fixture
def used(world, client):
    once(use_and_count, world)
    client.force_login(world.mona)
    return world


@pytest.fixture
def logged(world, client):
    """The same with the log still there."""
    use_and_count(world)
    client.force_login(world.mona)
    return world


def text(reply):
    return " ".join(reply.content.decode().split())


def page(client, name, *args, **query):
    reply = client.get(reverse(f"workspace:{name}", args=args), query)
    assert reply.status_code == 200
    return reply


def test_before_anything_came_the_page_says_where_events_come_from(world, client):
    client.force_login(world.ada)

    assert "No event was counted yet" in text(page(client, "usage"))


def test_adoption_stands_with_its_formula_its_base_and_its_names(used, client):
    reply = page(client, "usage")
    tiles = {tile["label"]: tile for tile in reply.context["tiles"]}

    assert (tiles["Adoption"]["count"], tiles["Adoption"]["estimate"].n) == (1, 40)
    assert "people active in 28 days ÷ seats" in text(reply)
    assert "1 of 2" in text(reply)
    assert [row.customer.name for row in reply.context["page"].rows] == ["Harbour"]
    assert reverse("workspace:usage-feature", args=[used.invoicing.pk]) in text(reply)


def test_the_number_of_queries_does_not_grow_with_the_customers(
    used, client, django_assert_max_num_queries
):
    for number in range(40):
        each = Customer.objects.create(key=f"c{number}", name=f"Customer {number}")
        UsageStanding.objects.create(
            customer=each, until=TODAY.date(), as_of=TODAY, events_28d=5, users_28d=1, last_at=TODAY
        )
    page(client, "usage")

    with django_assert_max_num_queries(24):
        first = page(client, "usage")
    with django_assert_max_num_queries(24):
        second = client.get("/usage/" + first.context["next_url"].partition("#")[0])
    assert len(first.context["page"].rows) == 25
    assert len(second.context["page"].rows) == 16
    back = client.get("/usage/" + second.context["previous_url"].partition("#")[0])
    assert [row.pk for row in back.context["page"].rows] == [
        row.pk for row in first.context["page"].rows
    ]


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("usage-feature", "invoicing"),
        ("usage-features", ""),
        ("usage-sets", ""),
        ("usage-set", "bills"),
        ("usage-without-result", ""),
        ("usage-without-activity", ""),
        ("usage-events", ""),
    ],
)
def test_every_list_asks_a_fixed_number_of_questions(
    used, client, django_assert_max_num_queries, name, about
):
    for number in range(30):
        each = Customer.objects.create(key=f"c{number}", name=f"Customer {number}")
        UsageStanding.objects.create(
            customer=each, until=TODAY.date(), as_of=TODAY, events_28d=number, last_at=TODAY
        )
    args = [getattr(used, about).pk] if about else []
    page(client, name, *args)

    with django_assert_max_num_queries(26):
        page(client, name, *args)


def test_a_colleague_sees_names_within_reach_alone(used, client):
    client.force_login(used.quinn)

    assert list(page(client, "usage").context["page"].rows) == []


def test_a_segment_narrows_everything(used, client):
    Customer.objects.filter(pk=used.harbour.pk).update(segment="Large")
    snapshots.perform(at=TODAY, clock=lambda: TODAY)
    reply = page(client, "usage", segment="Large")

    assert reply.context["whole"].customers == 1
    assert reply.context["choice"].query == "?segment=Large"
    assert page(client, "usage", segment="None such").context["choice"].segment == ""


def test_a_feature_opens_to_who_uses_it_and_who_does_not(used, client):
    reply = page(client, "usage-feature", used.invoicing.pk)
    idle = page(client, "usage-feature", used.invoicing.pk, who="without")

    assert [row.customer.name for row in reply.context["page"].rows] == ["Harbour"]
    assert "10 of 28" in text(reply)
    assert list(idle.context["page"].rows) == []


def test_a_feature_is_named_described_and_retired_on_pages(world, client):
    client.force_login(world.ada)
    url = reverse("workspace:usage-features")

    assert client.post(url, {"name": "", "events": ""}).status_code == 422
    client.post(url, {"name": "Billing", "events": "Invoice Sent\nInvoice Paid"})
    feature = Feature.objects.get()
    assert feature.events == ["Invoice Sent", "Invoice Paid"]
    assert client.post(url, {"name": "Billing", "events": "x"}).status_code == 422
    client.post(
        reverse("workspace:usage-feature-description", args=[feature.pk]),
        {"name": "Bills", "events": "Bill Sent"},
    )
    client.post(reverse("workspace:usage-feature-retirement", args=[feature.pk]))
    client.post(reverse("workspace:usage-feature-retirement", args=[feature.pk]))

    feature.refresh_from_db()
    assert (feature.name, feature.retired_at) == ("Bills", TODAY)
    assert "Retired" in text(page(client, "usage-feature", feature.pk))
    client.post(reverse("workspace:usage-feature-retirement", args=[feature.pk]), {"undo": "1"})
    assert Feature.objects.get().retired_at is None


def test_the_preview_shows_who_did_it_on_own_data_and_keeps_nothing(
    logged, client, everything_but_sessions
):
    before = everything_but_sessions()

    reply = client.post(reverse("workspace:usage-set-preview"), BUILT | {"name": ""})

    assert reply.context["preview"].completed == 1
    assert "Harbour" in text(reply)
    assert "<strong>1</strong> of 2 customers completed it" in text(reply)
    assert everything_but_sessions() == before


def test_the_preview_is_of_a_segment_and_a_stage(logged, client):
    Customer.objects.filter(pk=logged.harbour.pk).update(segment="Large")
    url = reverse("workspace:usage-set-preview")

    large = client.post(url, BUILT | {"segment": "Large", "stage": "adoption"})
    assert (large.context["preview"].customers, large.context["preview"].completed) == (1, 1)
    unsound = client.post(url, BUILT | {"event_1": ""})
    assert "Name at least one event." in text(unsound)


def test_the_builder_previews_without_scripts_and_then_defines(logged, client):
    url = reverse("workspace:usage-set-new")
    assert "Name an event" in text(client.get(url))
    assert "Invoice Sent" in client.get(url).context["names"]

    looked = client.post(url, BUILT | {"preview": "1"})
    assert (looked.status_code, looked.context["preview"].completed) == (200, 1)
    assert not BehaviourSet.objects.filter(name="Bills twice").exists()

    kept = client.post(url, BUILT | {"save": "1"})
    found = BehaviourSet.objects.get(name="Bills twice")
    assert kept.url == reverse("workspace:usage-set", args=[found.pk])
    assert (found.rule["of"], found.means_value) == ([{"event": "Invoice Sent", "times": 2}], True)


@pytest.mark.parametrize(
    "wrong",
    [{"event_1": ""}, {"consecutive": "3"}, {"times_1": "often"}, {"name": ""}, {"need": "3"}],
)
def test_the_builder_says_what_is_wrong(world, client, wrong):
    client.force_login(world.ada)
    url = reverse("workspace:usage-set-new")

    assert client.post(url, BUILT | wrong).status_code == 422
    assert not BehaviourSet.objects.exists()


def test_a_set_opens_to_its_curve_and_its_names_and_a_change_is_a_version(used, client):
    Customer.objects.filter(pk=used.harbour.pk).update(since=YESTERDAY - timedelta(days=9))
    completion_times.sum_up([used.bills], until=YESTERDAY.date())
    reply = page(client, "usage-set", used.bills.pk)
    assert [row.customer.name for row in reply.context["page"].rows] == ["Harbour"]
    assert (reply.context["curve"]["reached"], reply.context["curve"]["n"]) == (1, 1)
    missing = page(client, "usage-set", used.bills.pk, who="without")
    assert [row.customer.name for row in missing.context["page"].rows] == ["Quay"]

    url = reverse("workspace:usage-set-versions", args=[used.bills.pk])
    assert client.get(url).context["form"]["times_1"].value() == 2
    client.post(url, BUILT | {"name": "Two bills", "times_1": "3"})

    newer = BehaviourSet.objects.get(version=2)
    assert f"/usage/sets/{newer.pk}/" in text(page(client, "usage-set", used.bills.pk))
    client.post(reverse("workspace:usage-set-retirement", args=[newer.pk]))
    assert "Retired" in text(page(client, "usage-sets"))
    client.post(reverse("workspace:usage-set-retirement", args=[newer.pk]))
    client.post(reverse("workspace:usage-set-retirement", args=[newer.pk]), {"undo": "1"})
    assert BehaviourSet.objects.get(version=2).retired_at is None


def test_how_long_it_takes_is_told_of_who_began_under_our_eyes(used, client):
    url = reverse("workspace:usage-set", args=[used.bills.pk])
    assert client.get(url).context["curve"] is None

    UsageStanding.objects.update(first_at=None)
    completion_times.sum_up([used.bills], until=YESTERDAY.date())

    assert "how long it takes cannot be told" in text(client.get(url))


def test_the_curve_asks_one_question_however_many_customers_are_in_it(
    used, client, django_assert_num_queries
):
    def begin(more):
        for number in more:
            each = Customer.objects.create(
                key=f"c{number}", name=f"Customer {number}", since=YESTERDAY.date()
            )
            Completion.objects.create(
                behaviour_set=used.bills, customer=each, first_at=YESTERDAY, met=True
            )
        completion_times.sum_up([used.bills], until=YESTERDAY.date())

    url = reverse("workspace:usage-set", args=[used.bills.pk])
    begin(range(3))
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).context["curve"]["n"] == 3
    begin(range(3, 20))

    with django_assert_num_queries(len(few)) as many:
        assert client.get(url).context["curve"]["n"] == 20
    assert sum("usage_completiontimes" in each["sql"] for each in many) == 1
    # Of customers only those are read that stand in the list.
    assert all("LIMIT" in each["sql"] for each in many if "accounts_customer" in each["sql"])


def test_the_home_screen_knows_of_it_from_the_night_on(used):
    standings.rebuild(as_of=TODAY)

    assert Standing.objects.get(customer=used.harbour).active_no_result


def names(reply):
    return [line["row"].customer.name for line in reply.context["lines"]]


def test_active_without_result_names_who_uses_it_and_has_nothing_of_it(used, client):
    assert names(page(client, "usage-without-result")) == ["Harbour"]

    results.report(goal=used.faster_onboarding, value=Decimal(20), by=used.ada, at=MAY)

    assert names(page(client, "usage-without-result")) == []


def test_result_without_activity_names_who_has_it_and_stopped(used, client):
    results.report(goal=used.faster_onboarding, value=Decimal(20), by=used.ada, at=MAY)
    assert names(page(client, "usage-without-activity")) == []

    UsageStanding.objects.update(events_28d=0, users_28d=0)

    assert names(page(client, "usage-without-activity")) == ["Harbour"]


def test_the_events_are_shown_the_newest_first_with_their_properties(logged, client):
    rows = page(client, "usage-events").context["page"].rows

    assert len(rows) == 12
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert "amount: 120, note: für Anna" in text(page(client, "usage-events"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"customer": "harbour"}, 10),
        ({"customer": "quay", "day": "2026-05-01"}, 1),
        ({"user": "xaver"}, 1),
        ({"event": "Report Run"}, 2),
        ({"day": "2026-05-31"}, 1),
        ({"whose": "unattributed"}, 1),
        ({"whose": "unknown"}, 1),
        ({"day": "no day", "whose": "nonsense"}, 12),
        ({"before": "nowhere"}, 12),
        ({"day": "0001-01-01"}, 12),
    ],
)
def test_events_are_found_by_customer_person_name_and_day(logged, client, asked, found):
    assert len(page(client, "usage-events", **asked).context["page"].rows) == found


def test_older_events_are_a_page_further(logged, client):
    first = page(client, "usage-events")
    older = client.get("/usage/events/" + first.context["next_url"])

    assert [row.customer_id for row in older.context["page"].rows] == ["quay"]


def test_only_who_may_see_every_customer_sees_events_of_none(logged, client):
    client.force_login(logged.ada)
    rows = page(client, "usage-events", whose="unattributed").context["page"].rows
    assert {row.customer_id for row in rows} == {"harbour"}

    client.force_login(logged.quinn)
    assert page(client, "usage-events").context["page"].rows == []


def test_counting_is_wanted_by_a_button_and_its_progress_told(used, client):
    client.force_login(used.ada)
    client.post(reverse("workspace:usage-snapshots"))

    assert "Waiting to begin" in text(page(client, "usage"))
    assert "Waiting to begin" in text(page(client, "usage-progress"))
    SnapshotRun.objects.all().delete()
    assert client.get(reverse("workspace:usage-progress")).status_code == 204

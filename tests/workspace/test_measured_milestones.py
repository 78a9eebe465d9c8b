"""A step that usage finds done: chosen in the form, shown as measured by us, opened again by a person."""

import pytest
from django.urls import reverse

from arbiter.outcomes.actions import measured_milestones, milestones
from arbiter.outcomes.models import Milestone
from arbiter.usage.actions import behaviour_sets
from arbiter.usage.models import Completion
from tests.world import JUNE, MARCH, MAY

MEASURED = "measured by us: Two plans"


@pytest.fixture
def plans(world, client):
    world.plans = behaviour_sets.define(
        name="Two plans",
        rule={"of": [{"event": "Plan Made", "times": 2}]},
        by=world.ada,
        at=MARCH,
    )
    client.force_login(world.ada)
    return world


def add(world):
    milestones.add(
        customer=world.harbour,
        goal=world.faster_onboarding,
        title="Planning by themselves",
        side="theirs",
        behaviour_set=world.plans,
        by=world.ada,
        at=MARCH,
    )


def found_done(world):
    add(world)
    Completion.objects.create(customer=world.harbour, behaviour_set=world.plans, first_at=MAY)
    measured_milestones.finish(at=JUNE)
    return Milestone.objects.get()


def shown(client, name, noun):
    reply = client.get(reverse(f"workspace:{name}", args=[noun.pk]))
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def test_the_form_takes_a_set_or_none(plans, client):
    here = reverse("workspace:goal-milestones", args=[plans.faster_onboarding.pk])
    client.post(here, {"title": "Plans", "side": "theirs", "behaviour_set": plans.plans.pk})
    client.post(here, {"title": "Kick-off", "side": "ours"})
    odd = client.post(here, {"title": "Odd", "side": "ours", "behaviour_set": "10000"})

    assert odd.status_code == 422
    assert list(Milestone.objects.order_by("pk").values_list("title", "evidence")) == [
        ("Plans", plans.plans.pk),
        ("Kick-off", None),
    ]
    assert "done once usage shows “Two plans”" in shown(
        client, "goal-milestones", plans.faster_onboarding
    )


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("customer-path", "harbour"),
        ("goal", "faster_onboarding"),
        ("goal-milestones", "faster_onboarding"),
    ],
)
def test_what_we_measured_is_striped_and_says_by_which_set(plans, client, name, noun):
    found_done(plans)

    page = shown(client, name, getattr(plans, noun))

    assert MEASURED in page
    assert 'fill="url(#stripes-faint)"/></svg> measured by us' in page


def test_what_somebody_said_is_not_shown_as_measured(plans, client):
    add(plans)
    milestones.finish(milestone=Milestone.objects.get(), by=plans.ada, at=MAY)

    page = shown(client, "customer-path", plans.harbour)

    assert "Planning by themselves" in page
    assert "measured by us" not in page


def test_a_person_opens_it_again_from_the_path(plans, client):
    step = found_done(plans)
    assert "Not so: open “Planning by themselves” again" in shown(
        client, "customer-path", plans.harbour
    )

    client.post(reverse("workspace:milestone-completion", args=[step.pk]), {"undo": "1"})

    assert measured_milestones.finish(at=JUNE) == 0
    assert MEASURED not in shown(client, "customer-path", plans.harbour)


def test_the_timeline_says_who_measured(plans, client):
    found_done(plans)

    page = shown(client, "customer-timeline", plans.harbour)

    assert "Milestone reached, measured by us: Planning by themselves" in page


def test_the_path_asks_as_many_questions_with_many_steps(
    plans, client, django_assert_max_num_queries
):
    here = reverse("workspace:customer-path", args=[plans.harbour.pk])
    found_done(plans)
    client.get(here)
    with django_assert_max_num_queries(60) as asked:
        client.get(here)
    for _ in range(10):
        add(plans)

    with django_assert_max_num_queries(len(asked)):
        client.get(here)

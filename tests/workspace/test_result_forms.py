import pytest
from django.urls import reverse

from arbiter.outcomes.queries import results
from tests.facts import last_fact
from tests.outcomes.story import measure, standing
from tests.world import MAY, TODAY


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def at(name, noun):
    return reverse(f"workspace:{name}", args=[noun.pk])


def test_a_result_is_reported_with_where_it_came_from(ada, world):
    reply = ada.post(
        at("goal-results", world.faster_onboarding),
        {
            "value": "20,5".replace(",", "."),
            "on": "2026-05-20",
            "measure": "",
            "provenance": "customer",
            "reported_by": "Cleo",
            "evidence": "Her mail of 20 May",
        },
    )

    assert reply.url == at("goal", world.faster_onboarding)
    result = results.latest([world.faster_onboarding.pk], as_of=TODAY)[world.faster_onboarding.pk][
        ""
    ]
    assert (str(result.value), result.provenance, result.reported_by) == (
        "20.500000",
        "customer",
        "Cleo",
    )
    assert (result.at.date().isoformat(), result.recorded_at) == ("2026-05-20", TODAY)


def test_the_guard_can_be_reported_too(ada, world):
    ada.post(
        at("goal-results", world.faster_onboarding),
        {
            "value": "7",
            "on": "2026-05-20",
            "measure": "Incidents a month",
            "provenance": "csm",
        },
    )

    assert last_fact().details["of"] == "guard"
    assert standing(world, as_of=TODAY).wrong_value == "guard"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "few"}, "value"),
        ({"on": "2027-01-01"}, "on"),
        ({"provenance": "x"}, "provenance"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(ada, world, change, field):
    said = {"value": "7", "on": "2026-05-20", "provenance": "csm"}

    reply = ada.post(at("goal-results", world.faster_onboarding), said | change)

    assert reply.status_code == 422
    assert f'id="id_{field}_error"'.encode() in reply.content


def test_a_day_measured_twice_shows_the_later_report(ada, world):
    here = at("goal-results", world.faster_onboarding)
    said = {"on": "2026-05-20", "measure": "", "provenance": "csm"}

    ada.post(here, said | {"value": "30"})
    refused = ada.post(here, said | {"value": "33"})

    assert refused.status_code == 422, "the clock stands still, so it is the very same moment"
    assert "at this very moment" in refused.content.decode()


def test_a_correction_counts_and_both_are_kept(ada, world, clock):
    here = at("goal-results", world.faster_onboarding)
    said = {"on": "2026-05-20", "measure": "", "provenance": "csm"}
    ada.post(here, said | {"value": "30"})
    clock.set(TODAY.replace(hour=15))

    ada.post(here, said | {"value": "33"})

    assert standing(world, as_of=TODAY.replace(hour=16)).result.value == 33


def test_the_message_is_ready_with_the_figures(ada, world):
    measure(world, 14, at=MAY)

    page = ada.get(at("goal-awareness", world.faster_onboarding)).content.decode()

    assert "Dear Cleo," in page
    assert "42 when we began, 14 days on 1 May" in page
    assert "Your target was 14 days by 31 Jul: it is reached." in page
    assert "mailto:cleo%40harbour.test" in page


def test_a_message_without_figures_says_that_they_are_missing(ada, world):
    page = ada.get(at("goal-awareness", world.faster_onboarding)).content.decode()

    assert "The message has no figures" in page


def test_a_goal_nobody_is_known_to_have_stated_has_a_message_too(ada, world):
    world.faster_onboarding.stated_by = None
    world.faster_onboarding.whose_words = "vendor"
    world.faster_onboarding.save()

    page = ada.get(at("goal-awareness", world.faster_onboarding)).content.decode()

    assert "Hello," in page
    assert "together we set out to reach this" in page


def test_who_was_told_is_noted_and_nobody_told_is_refused(ada, world):
    here = at("goal-awareness", world.faster_onboarding)

    refused = ada.post(here, {"on": "2026-06-01"})
    assert refused.status_code == 422
    assert "Choose whom you told." in refused.content.decode()

    ada.post(here, {"on": "2026-06-01", "contacts": [world.cleo.pk, world.dora.pk]})
    assert last_fact().details == {"contacts": [world.cleo.pk, world.dora.pk]}
    page = ada.get(at("goal", world.faster_onboarding)).content.decode()
    assert page.count("Told <span") == 2

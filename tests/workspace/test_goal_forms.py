import pytest
from django.urls import reverse

from arbiter.outcomes.queries import attainment, goals, revisions
from tests.facts import fact_names, last_fact
from tests.outcomes.story import judge, measure, standing
from tests.world import JUNE, MAY, TODAY

TALK = {
    "statement": "Fewer ships that wait",
    "whose_words": "customer",
    "on": "2026-05-20",
    "category": "productivity",
    "measure": "Hours at anchor",
    "unit": "hours",
    "direction": "down",
    "baseline": "9",
    "target": "3",
    "due_on": "2026-12-31",
    "source": "Port log",
    "pain": "900 EUR an hour",
    "constraints": "The pilots' union has a say",
}


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def at(name, noun):
    return reverse(f"workspace:{name}", args=[noun.pk])


def newest_goal(world):
    return goals.of(world.harbour, as_of=TODAY).latest("pk")


def test_a_talk_is_taken_down_as_goal_and_agreement(ada, world):
    reply = ada.post(at("goal-new", world.harbour), TALK | {"stated_by": world.sam.pk}, follow=True)

    goal = newest_goal(world)
    agreed = revisions.current([goal.pk], as_of=TODAY)[goal.pk]
    assert reply.redirect_chain[-1][0] == at("goal", goal)
    assert (goal.statement, goal.stated_by, goal.pain) == (
        "Fewer ships that wait",
        world.sam,
        "900 EUR an hour",
    )
    assert (agreed.target, agreed.agreed_by) == (3, world.sam)
    assert (goal.at.date().isoformat(), goal.recorded_at) == ("2026-05-20", TODAY)
    page = reply.content.decode()
    assert "it can be measured" in page
    assert "The pilots&#x27; union has a say" in page


def test_what_is_still_missing_is_said_and_stops_nobody(ada, world):
    reply = ada.post(
        at("goal-new", world.harbour),
        {"statement": "Happier crews", "whose_words": "customer", "on": "2026-06-01"},
        follow=True,
    )

    page = reply.content.decode()
    assert "Before anyone can tell: Name the measure" in page
    assert "Nobody can tell yet." in page
    assert fact_names() == ["outcomes.goal_stated"]


def test_a_step_worded_as_a_goal_gets_a_gentle_question_that_can_be_overridden(ada, world):
    said = TALK | {"statement": "Go live by May"}

    asked = ada.post(at("goal-new", world.harbour), said)
    assert asked.status_code == 422
    assert "is a milestone on the way" in asked.content.decode()
    assert fact_names() == []

    kept = ada.post(at("goal-new", world.harbour), said | {"keep_wording": "1"})
    assert kept.status_code == 302
    assert newest_goal(world).statement == "Go live by May"


def test_the_question_can_be_asked_while_writing(ada):
    asked = ada.get(reverse("workspace:goal-wording"), {"statement": "Adopt the new dashboard"})
    silent = ada.get(reverse("workspace:goal-wording"), {"statement": "Fewer ships that wait"})

    assert "how the product is used" in asked.content.decode()
    assert silent.content.decode().strip() == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"on": "2026-06-02"}, "on"),
        ({"money_per_unit": "900"}, "currency"),
        ({"target": "three"}, "target"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(ada, world, change, field):
    reply = ada.post(at("goal-new", world.harbour), TALK | change)

    assert reply.status_code == 422
    assert f'id="id_{field}_error"'.encode() in reply.content
    assert fact_names() == []


def test_nobody_of_another_customer_is_offered_or_taken(ada, world):
    page = ada.get(at("goal-new", world.harbour)).content.decode()
    taken = ada.post(at("goal-new", world.harbour), TALK | {"stated_by": world.dov.pk})

    assert "Dov" not in page
    assert taken.status_code == 422


def test_the_page_of_a_goal_tells_what_they_said_and_what_was_measured(ada, world):
    measure(world, 30, at=MAY, evidence="Crew plan")
    measure(world, 20, at=JUNE)
    measure(world, 6, at=JUNE, measure="Incidents a month")
    judge(world, "partly", at=JUNE, comment="Two crews of three", helped="yes")

    page = ada.get(at("goal", world.faster_onboarding)).content.decode()

    for words in (
        "productive in two weeks",
        "Two crews of three",
        "Crew plan",
        "Incidents a month",
        "Over their own limit",
        "Days until a new crew works alone",
        "Agrees",
    ):
        assert words in page


def test_the_page_of_a_goal_nobody_judged_says_so(ada, world):
    page = ada.get(at("goal", world.more_bookings))
    assert page.status_code == 404

    ada.force_login(world.quinn)
    page = ada.get(at("goal", world.more_bookings)).content.decode()

    assert "Nobody there has judged it." in page
    assert "Nothing was measured yet." in page


def test_reached_and_unknown_is_said_on_the_goal(ada, world):
    measure(world, 14, at=MAY)

    assert "nobody there knows" in ada.get(at("goal", world.faster_onboarding)).content.decode()


def test_an_observer_sees_no_button_that_changes(ada, world):
    ada.force_login(world.otto)

    page = ada.get(at("goal", world.faster_onboarding)).content.decode()

    assert at("goal-results", world.faster_onboarding) not in page


def test_a_new_agreement_needs_a_word_why(ada, world):
    here = at("goal-revisions", world.faster_onboarding)
    said = {"on": "2026-06-01", "measure": "Days", "target": "10", "baseline": "42"}

    refused = ada.post(here, said)
    assert refused.status_code == 422
    assert b'id="id_reason_error"' in refused.content

    ada.post(here, said | {"reason": "Dora wants more", "agreed_by": world.dora.pk})
    agreed = revisions.current([world.faster_onboarding.pk], as_of=TODAY)
    assert agreed[world.faster_onboarding.pk].target == 10
    assert "Dora wants more" in ada.get(here).content.decode()


def test_the_agreement_that_stands_is_offered_to_be_changed(ada, world):
    page = ada.get(at("goal-revisions", world.faster_onboarding)).content.decode()

    assert 'value="14.000000"' in page or 'value="14"' in page
    assert "Incidents a month" in page


def test_still_right_is_a_contacts_word_with_a_day(ada, world):
    here = at("goal-revisions", world.faster_onboarding)

    nobody = ada.post(here, {"still_right": "1", "still-on": "2026-05-20"})
    assert nobody.status_code == 422

    ada.post(
        here,
        {"still_right": "1", "still-on": "2026-05-20", "still-agreed_by": world.dora.pk},
    )
    assert last_fact().name == "outcomes.goal_reconfirmed"
    assert last_fact().details == {"contact": world.dora.pk, "on_behalf": True}


def test_a_goal_is_retired_with_a_reason_and_brought_back(ada, world):
    here = at("goal-retirement", world.faster_onboarding)

    ada.post(here, {"reason": "Crews come trained"})
    page = ada.get(at("goal", world.faster_onboarding)).content.decode()
    assert "Crews come trained" in page
    assert "Bring it back" in page

    ada.post(here, {"undo": "1"})
    again = ada.post(here, {"undo": "1"}, follow=True)
    assert "stands as it is" in again.content.decode()
    assert fact_names() == ["outcomes.goal_retired", "outcomes.goal_restored"]


def test_a_verdict_is_recorded_on_behalf_and_marked(ada, world):
    here = at("goal-verdicts", world.faster_onboarding)
    said = {
        "contact": world.cleo.pk,
        "on": "2026-05-20",
        "verdict": "partly",
        "helped": "yes",
        "comment": "Nearly there",
        "evidence": "Call of 20 May",
    }

    without = ada.post(here, {**said, "evidence": ""})
    assert without.status_code == 422
    assert b'id="id_evidence_error"' in without.content

    ada.post(here, said)
    found = standing(world, as_of=TODAY)
    assert (found.judgement, found.verdict.on_behalf_by_id) == ("partly", world.ada.pk)
    page = ada.get(at("goal", world.faster_onboarding)).content.decode()
    assert "recorded on behalf by Ada Arnold" in page
    assert "Call of 20 May" in page


def test_who_left_cannot_be_chosen_as_judge(ada, world):
    world.cleo.left_on = "2026-05-01"
    world.cleo.save()

    page = ada.get(at("goal-verdicts", world.faster_onboarding)).content.decode()

    assert "Dora Diaz" in page
    assert f'value="{world.cleo.pk}"' not in page


def test_a_step_is_put_on_the_path_done_reopened_and_taken_off(ada, world):
    here = at("goal-milestones", world.faster_onboarding)
    ada.post(here, {"title": "Plan imported", "side": "theirs", "due_on": "2026-06-20"})
    ada.post(here, {"title": "First crew trained", "side": "ours"})
    [first, second] = world.faster_onboarding.milestones.order_by("position")

    ada.post(at("milestone-completion", first))
    page = ada.get(at("goal", world.faster_onboarding)).content.decode()
    assert "Plan imported" in page
    twice = ada.post(at("milestone-completion", first), follow=True)
    assert "is done already" in twice.content.decode()
    ada.post(at("milestone-completion", first), {"undo": "1"})
    ada.post(at("milestone-removal", second))

    assert [step.title for step in world.faster_onboarding.milestones.all()] == ["Plan imported"]
    assert fact_names()[-2:] == ["outcomes.milestone_reopened", "outcomes.milestone_removed"]


def test_two_answers_of_the_same_day_are_not_lost(ada, world):
    said = {
        "contact": world.cleo.pk,
        "on": "2026-06-01",
        "verdict": "partly",
        "evidence": "Call",
    }
    ada.post(at("goal-verdicts", world.faster_onboarding), said)
    ada.post(
        at("goal-verdicts", world.faster_onboarding),
        said | {"contact": world.dora.pk, "verdict": "achieved"},
    )

    found = attainment.of_goal(world.faster_onboarding, as_of=TODAY)
    assert len(found.verdicts) == 2
    assert found.judgement == "achieved"


def test_the_track_is_solid_as_far_as_the_customer_confirmed(ada, world):
    measure(world, 28, at=MAY)
    judge(world, "achieved", at=MAY)
    measure(world, 20, at=JUNE)

    page = ada.get(at("goal", world.faster_onboarding)).content.decode()

    assert "confirmed" in page
    assert "28" in page


def test_whoever_may_ask_is_led_to_asking_and_a_retired_goal_is_not_asked_about(ada, world):
    here = at("goal", world.faster_onboarding)
    asking = reverse("workspace:asks-new")

    assert asking in ada.get(here).content.decode()
    ada.post(at("goal-retirement", world.faster_onboarding), {"reason": "Crews come trained"})
    assert asking not in ada.get(here).content.decode()

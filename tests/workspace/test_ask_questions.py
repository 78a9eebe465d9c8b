"""What a letter asks first: carried from wherever the asking began to the page that the customer reads."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from arbiter.foundation.models import OutboxMail
from arbiter.outcomes.models import Goal
from arbiter.outcomes.queries import goals
from arbiter.voice.models import Ask
from tests.portal.test_letter import text
from tests.workspace.customer_page import judge
from tests.workspace.test_asks import chosen, form
from tests.world import JULY, JUNE, MAY

THEIR_JUDGEMENTS = ["achieved", "partly", "not", "too_early"]


@pytest.fixture
def ada(client, world):
    """Ada, signed in."""
    client.force_login(world.ada)
    return client


def about(goal, **more):
    return {"customer": goal.customer_id, "kind": "verdict", "goal": goal.pk, **more}


def picked(page, name):
    """What is chosen on the form under a name."""
    html = page.content.decode()
    return re.findall(rf'name="{name}" value="(\w+)" checked', html) or re.findall(
        r'<option value="(\d+)" selected', html
    )


def asked():
    return list(Ask.objects.order_by("pk").values_list("kind", "goal_key", "contact__key"))


def send(ada, goal, *people, kind="verdict", **more):
    data = {"contact": [each.pk for each in people], "kind": kind, "goal": goal.pk, **more}
    ada.post("/asks/letters/", data)
    mail = OutboxMail.objects.get()
    return mail, re.search(r"/p/[^/]+/", mail.text)[0]


def test_asking_for_a_verdict_opens_with_the_goal_named_and_who_stated_it(ada, world):
    page = ada.get("/asks/new/", about(world.lower_support_cost))

    assert picked(page, "kind") == ["verdict"]
    assert picked(page, "goal") == [str(world.lower_support_cost.pk)]
    assert chosen(page) == {world.dora.pk}
    assert "Only people who do not decide" not in text(page)


def test_where_who_stated_it_cannot_be_asked_those_who_decide_are(ada, world):
    world.cleo.left_on = MAY.date()
    world.cleo.save()

    page = ada.get("/asks/new/", about(world.faster_onboarding))

    assert chosen(page) == {world.dora.pk, world.sam.pk}


def test_the_goal_alone_brings_its_customer(ada, world):
    page = ada.get("/asks/new/", {"kind": "verdict", "goal": world.faster_onboarding.pk})

    assert chosen(page) == {world.cleo.pk}


@pytest.mark.parametrize("odd", [{"kind": "nps"}, {"kind": "<b>"}, {}])
def test_what_a_letter_cannot_begin_with_is_whether_they_continue(ada, world, odd):
    page = ada.get("/asks/new/", {"customer": world.harbour.pk, "goal": "x", **odd})

    assert picked(page, "kind") == ["intent"]


def test_another_teams_goal_is_not_to_be_asked_about(ada, world):
    page = ada.get("/asks/new/", about(world.more_bookings))

    assert "Nobody to ask here." in text(page)
    assert "Book more berths" not in text(page)


def test_the_customer_page_and_the_goal_lead_there(ada, world):
    where = reverse("workspace:customer", args=[world.harbour.pk])
    goal = world.faster_onboarding
    carried = f"customer={goal.customer_id}&amp;kind=verdict&amp;goal={goal.pk}"

    assert carried in ada.get(where).content.decode()
    assert carried in ada.get(reverse("workspace:goal", args=[goal.pk])).content.decode()


def test_the_preview_shows_the_letter_that_asks_for_the_verdict_first(ada, world):
    goal = world.lower_support_cost
    data = {"contact": world.dora.pk, "kind": "verdict", "goal": goal.pk, "verdicts": "on"}

    page = ada.post("/asks/preview/", data)

    read, html = text(page), page.content.decode()
    assert "Dora, did you get what you wanted from Lighthouse?" in read
    assert f"Asks first: Did you get it? “{goal.statement}”" in read
    assert f"?first=verdict&amp;goal={goal.key}" in html
    shown = ada.get(re.search(r'src="([^"]+letter/[^"]*)"', html)[1].replace("&amp;", "&"))
    assert shown.content.decode().index(goal.statement) < shown.content.decode().index(
        world.faster_onboarding.statement
    )


def test_what_is_sent_asks_that_goals_verdict_first(ada, world):
    mail, _ = send(ada, world.lower_support_cost, world.dora, verdicts="on")

    assert asked() == [
        ("verdict", "lower_support_cost", "dora"),
        ("verdict", "faster_onboarding", "dora"),
        ("intent", "", "dora"),
    ]
    assert re.findall(r"\?verdict=(\w+)", mail.text) == THEIR_JUDGEMENTS
    assert mail.text.index("Did you get it?") < mail.text.index("expect Harbour to continue")


def test_without_the_other_goals_only_the_one_named_is_asked_about(ada, world):
    send(ada, world.lower_support_cost, world.dora)

    assert [goal for _, goal, _ in asked()] == ["lower_support_cost", ""]


def test_the_page_behind_the_letter_asks_the_same_and_records_nothing_yet(
    ada, world, everything_but_sessions
):
    _, where = send(ada, world.lower_support_cost, world.cleo)
    before = everything_but_sessions()

    page = ada.get(f"{where}?verdict=partly").content.decode()

    assert "Did you get it, Cleo?" in page
    assert re.findall(r'id="(goal-\d+|continue)"', page)[0] == f"goal-{world.lower_support_cost.pk}"
    first = f'name="verdict-{world.lower_support_cost.pk}" value="partly" checked'
    assert re.findall(r'name="verdict-\d+" value="\w+" checked', page) == [first]
    assert everything_but_sessions() == before


def test_a_goal_judged_before_is_asked_again_until_they_judge_it_anew(ada, world, clock):
    goal = world.lower_support_cost
    judge(goal, world.dora, "partly", at=MAY)
    _, where = send(ada, goal, world.dora)
    assert f'name="verdict-{goal.pk}"' in ada.get(where).content.decode()

    judge(goal, world.dora, "achieved", at=JUNE + timedelta(hours=1))
    clock.set(JULY)

    assert f'name="verdict-{goal.pk}"' not in ada.get(where).content.decode()


def test_whether_a_goal_still_holds_can_come_first(ada, world):
    mail, where = send(ada, world.faster_onboarding, world.cleo, kind="goal")

    assert mail.subject == "Cleo, what do you want from Lighthouse?"
    assert "Is this still what you want?" in mail.text
    assert asked()[0] == ("goal", "faster_onboarding", "cleo")
    page = ada.get(where).content.decode()
    assert f'href="{where}goals/{world.faster_onboarding.pk}/">Say so' in page


def test_where_no_goal_is_known_a_verdict_turns_into_the_question_what_they_want(ada, world):
    goals.of(world.harbour, as_of=JUNE).delete()
    offered = ada.get("/asks/new/", {"customer": world.harbour.pk, "kind": "verdict"})
    assert "What do you want?" in text(offered)
    assert picked(offered, "kind") == ["goal"]

    mail, where = send(ada, Goal(pk=1), world.dora)

    assert "What do you want to reach with Lighthouse?" in mail.text
    assert asked() == [("goal", "", "dora"), ("intent", "", "dora")]
    page = ada.get(where).content.decode()
    assert page.index("in your own words?") < page.index('id="continue"')


def test_a_link_to_copy_asks_in_the_same_order(ada, world):
    data = form(world, world.dora, kind="verdict", goal=world.lower_support_cost.pk)

    ada.post("/asks/links/new/", data)

    assert asked()[0] == ("verdict", "lower_support_cost", "dora")


def test_a_mistake_on_the_form_keeps_what_is_asked_first(ada, world):
    data = {"customer": world.harbour.pk, "kind": "verdict", "goal": world.lower_support_cost.pk}

    page = ada.post("/asks/preview/", data, follow=True)

    assert "Nobody was chosen." in text(page)
    assert picked(page, "kind") == ["verdict"]
    assert picked(page, "goal") == [str(world.lower_support_cost.pk)]


def test_asking_by_voice_begins_with_the_goal_that_is_named(ada, world):
    page = ada.get("/asks/new/", about(world.lower_support_cost)).content.decode()
    assert f"?contact={world.dora.pk}&amp;goal={world.lower_support_cost.pk}" in page

    script = text(
        ada.get(
            f"/customers/{world.harbour.pk}/answers/", {"goal": str(world.lower_support_cost.pk)}
        )
    )

    assert script.index("You said you want: Spend a third less") < script.index(
        "You said you want: New crews"
    )

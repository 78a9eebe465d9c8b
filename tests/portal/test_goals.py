"""What a contact corrects: a goal in their words, still right, other numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.outcomes.models import Goal, Revision
from tests.portal.test_letter import text
from tests.world import JUNE


@pytest.fixture
def send(client, world, link_of):
    where = link_of(world.cleo)

    def post(to, data, **more):
        return client.post(where + to, {"website": "", **data}, **more)

    post.where = where
    return post


def on(goal, what):
    return f"goals/{goal.pk}/{what}/"


def test_they_add_a_goal_in_their_own_words(client, send, world):
    reply = send("goals/", {"statement": " Sleep through  the\nharvest "})

    goal = Goal.objects.get(statement="Sleep through  the\nharvest")
    assert (goal.customer, goal.stated_by, goal.whose_words) == (
        world.harbour,
        world.cleo,
        "customer",
    )
    assert reply.headers["Location"] == f"{send.where}goals/{goal.pk}/?noted=stated"
    assert "Thank you. This is now a goal, in your words." in text(
        client.get(reply.headers["Location"])
    )


def test_the_same_goal_twice_is_one_goal(send):
    for _ in range(2):
        send("goals/", {"statement": "Sleep"})

    assert Goal.objects.filter(statement="Sleep").count() == 1


def test_a_goal_without_words_is_none(send):
    reply = send("goals/", {"statement": "  "})

    assert reply.status_code == 422
    assert "Nothing was written yet" in text(reply)


def test_still_right_agrees_anew_once(send, world):
    for _ in range(2):
        reply = send(on(world.faster_onboarding, "confirmations"), {})

    assert reply.status_code == 303
    agreed = Revision.objects.filter(goal=world.faster_onboarding).order_by("at")
    assert [(each.reason, each.agreed_by) for each in agreed][1:] == [("Still right", world.cleo)]
    assert agreed[1].target == Decimal(14)


def test_still_right_a_day_later_is_said_again(send, world, clock):
    send(on(world.faster_onboarding, "confirmations"), {})
    clock.set(JUNE + timedelta(days=1))
    send(on(world.faster_onboarding, "confirmations"), {})

    assert Revision.objects.filter(goal=world.faster_onboarding).count() == 3


def test_other_words_retire_the_goal_and_state_it_anew(send, world):
    reply = send(on(world.faster_onboarding, "statements"), {"statement": "Crews in a week"})

    old = Goal.objects.get(pk=world.faster_onboarding.pk)
    new = Goal.objects.get(statement="Crews in a week")
    assert old.retired_at == JUNE
    assert (new.stated_by, new.whose_words, new.category) == (world.cleo, "customer", "time")
    assert new.revisions.get().target == Decimal(14)
    assert reply.headers["Location"] == f"{send.where}goals/{new.pk}/?noted=restated"


def test_other_words_sent_twice_are_one_goal(send, world):
    for _ in range(2):
        reply = send(on(world.faster_onboarding, "statements"), {"statement": "Crews in a week"})

    assert reply.status_code == 303
    assert Goal.objects.filter(statement="Crews in a week").count() == 1


def test_the_same_words_change_nothing(send, world):
    said = {"statement": world.faster_onboarding.statement}

    assert send(on(world.faster_onboarding, "statements"), said).status_code == 303
    assert Goal.objects.get(pk=world.faster_onboarding.pk).retired_at is None
    assert send(on(world.faster_onboarding, "statements"), {"statement": ""}).status_code == 422


def test_other_numbers_follow_and_what_stood_is_kept(send, world):
    said = {"target": "10.5", "due_on": "2026-12-31", "reason": "We grew"}
    for _ in range(2):
        reply = send(on(world.faster_onboarding, "revisions"), said)

    assert reply.status_code == 303
    first, second = Revision.objects.filter(goal=world.faster_onboarding).order_by("at")
    assert (first.target, second.target) == (Decimal(14), Decimal("10.5"))
    assert (second.baseline, second.measure) == (Decimal(42), first.measure)
    assert (second.due_on, second.agreed_by) == (date(2026, 12, 31), world.cleo)
    assert second.guard_limit == first.guard_limit


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"target": "ten", "reason": "x"}, "We could not read the target"),
        ({"due_on": "soon", "reason": "x"}, "We could not read the date"),
        ({"baseline": "1e400", "reason": "x"}, "We could not read where it started"),
        ({"target": "9"}, "say in a few words what is not right"),
        ({"unit": "x" * 99, "reason": "x"}, "We could not read something you wrote"),
    ],
)
def test_what_cannot_be_read_is_told(send, world, said, told):
    reply = send(on(world.faster_onboarding, "revisions"), said)

    assert reply.status_code == 422
    assert told in text(reply)
    assert Revision.objects.filter(goal=world.faster_onboarding).count() == 1


@pytest.mark.parametrize("what", ["", "verdicts/", "revisions/", "confirmations/", "statements/"])
def test_another_customers_goal_does_not_exist(client, send, world, everything, what):
    before = everything()
    where = f"goals/{world.more_bookings.pk}/{what}"
    data = {f"verdict-{world.more_bookings.pk}": "not", "reason": "x", "statement": "x"}

    reply = send(where, data) if what else client.get(send.where + where)

    assert reply.status_code == 404
    assert everything() == before


@pytest.mark.parametrize("what", ["revisions", "confirmations", "statements"])
@pytest.mark.parametrize("trap", ["x", ""])
def test_a_machine_corrects_nothing(send, world, everything, what, trap):
    agent = "" if trap else "Mimecast link scanner"
    data = {"statement": "x", "reason": "x", "target": "1", "website": trap}
    before = everything()

    reply = send(on(world.faster_onboarding, what), data, headers={"user-agent": agent})

    assert reply.status_code == 422
    assert "Nothing was changed" in text(reply)
    assert everything() == before


def test_a_retired_goal_has_no_page(client, send, world):
    world.faster_onboarding.retired_at = JUNE - timedelta(days=1)
    world.faster_onboarding.save()

    assert client.get(f"{send.where}goals/{world.faster_onboarding.pk}/").status_code == 404

"""POST /p/<token>/answers/: what was chosen in a letter, recorded once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from arbiter.outcomes.models import Verdict
from arbiter.voice import rules
from arbiter.voice.models import Answer, Ask
from tests.facts import fact_names
from tests.portal.test_letter import text
from tests.world import JUNE, MAY


def form(**chosen):
    return {"submission": "number-of-the-form", "website": "", **chosen}


def verdict_on(goal, verdict="achieved", **more):
    named = {f"{name}-{goal.pk}": value for name, value in more.items()}
    return {f"verdict-{goal.pk}": verdict, **named}


@pytest.fixture
def send(client, world, link_of):
    where = link_of(world.cleo)

    def post(data, to="answers/", **more):
        return client.post(where + to, data, **more)

    post.where = where
    return post


def test_a_person_answers_in_two_taps(send, world):
    reply = send(form(answer="yes"))

    assert (reply.status_code, reply.headers["Location"]) == (303, f"{send.where}thanks/")
    answer = Answer.objects.get()
    assert (answer.contact, answer.value, answer.at) == (world.cleo, "yes", JUNE)
    assert (answer.flagged, answer.on_behalf_by, answer.recorded_at) == (False, None, JUNE)
    assert not reply.cookies


def test_the_thanks_show_what_was_recorded(client, send):
    words = {"comment": "Money", "would_make_it_yes": "Fewer seats"}
    reply = client.get(send(form(answer="not_sure", **words)).headers["Location"])

    assert "Thank you, Cleo" in text(reply)
    assert "Will you continue? 1 June 2026 Not sure “Money”" in text(reply)
    assert "What would make it a yes: “Fewer seats”" in text(reply)


def test_the_thanks_of_nobody_thank_for_nothing(client, send):
    assert "You have not told us anything yet." in text(client.get(f"{send.where}thanks/"))


def test_everything_is_sent_in_one_go(send, world):
    both = verdict_on(
        world.faster_onboarding, "partly", helped="yes", comment="Nearly"
    ) | verdict_on(world.lower_support_cost, "not", helped="no")
    send(form(answer="no", comment="Too dear", **both))

    given = Verdict.objects.order_by("goal_id")
    assert [(each.verdict, each.helped, each.comment) for each in given] == [
        ("partly", "yes", "Nearly"),
        ("not", "no", ""),
    ]
    assert {each.contact for each in given} == {world.cleo}
    assert Answer.objects.get().comment == "Too dear"


@pytest.mark.parametrize("what", ["intent", "verdict", "both"])
def test_the_same_post_twice_records_once(send, world, everything, what):
    data = form(
        **({"answer": "yes"} if what != "verdict" else {}),
        **(verdict_on(world.faster_onboarding) if what != "intent" else {}),
    )
    send(data)
    first = everything()

    reply = send(data)

    assert reply.status_code == 303
    after = everything()
    assert {name for name in after if after[name] != first[name]} <= {"voice.PersonalLink"}


def test_without_its_number_the_same_form_is_still_one_answer(send):
    for _ in range(2):
        send({"answer": "yes"})

    assert Answer.objects.count() == 1


def test_a_changed_mind_on_the_same_page_is_a_new_answer(send, clock):
    send(form(answer="yes"))
    clock.set(JUNE + timedelta(minutes=1))
    send(form(answer="no"))

    assert list(Answer.objects.order_by("at").values_list("value", flat=True)) == ["yes", "no"]


@pytest.mark.parametrize(
    "data", [{}, {"answer": "perhaps"}, {"verdict-x": "achieved"}, {"verdict-1": "great"}]
)
def test_nothing_chosen_is_told_and_nothing_recorded(send, everything, data):
    before = everything()

    reply = send(form(**data))

    assert reply.status_code == 422
    assert "Nothing was chosen yet" in text(reply)
    assert everything() == before


def test_would_make_it_yes_is_not_kept_beside_a_yes(send):
    send(form(answer="yes", would_make_it_yes="left over"))

    assert Answer.objects.get().would_make_it_yes == ""


def test_words_are_kept_as_written_but_for_what_no_database_can_hold(send):
    send(form(answer="yes", comment="Ünïcode ✓ <b>\x00 ok"))

    assert Answer.objects.get().comment == "Ünïcode ✓ <b> ok"


def test_another_customers_goal_is_not_theirs_to_judge(send, world):
    send(form(**verdict_on(world.more_bookings), **verdict_on(world.faster_onboarding)))

    assert [each.goal for each in Verdict.objects.all()] == [world.faster_onboarding]


def test_one_verdict_through_its_own_address(send, world):
    goal = world.faster_onboarding
    data = form(answer="no", **verdict_on(goal), **verdict_on(world.lower_support_cost))

    assert send(data, f"goals/{goal.pk}/verdicts/").status_code == 303

    assert [each.goal for each in Verdict.objects.all()] == [goal]
    assert not Answer.objects.exists()
    assert send(form(), f"goals/{goal.pk}/verdicts/").status_code == 422
    assert send(data, f"goals/{world.more_bookings.pk}/verdicts/").status_code == 404


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({"website": "http://spam.test"}, {}),
        ({}, {"user-agent": "Mozilla/5.0 (compatible; urldefense.proofpoint.com)"}),
    ],
)
def test_what_a_machine_sends_is_kept_and_flagged(send, world, data, headers):
    sent = form(answer="yes", **verdict_on(world.faster_onboarding)) | data

    assert send(sent, headers=headers).status_code == 303

    assert Answer.objects.get().flagged
    assert Verdict.objects.get().flagged
    assert Verdict.objects.get().flag_reason == Answer.objects.get().flag_reason != ""


def test_pressing_every_button_within_seconds_counts_for_nothing(send, clock):
    for second, answer in enumerate(("yes", "not_sure", "no")):
        clock.set(JUNE + timedelta(seconds=second))
        send(form(answer=answer))

    assert Answer.objects.filter(flagged=True).count() == 3


def test_within_seconds_of_delivery_counts_for_nothing(send, world):
    link = world.cleo.pk
    from arbiter.voice.models import PersonalLink

    asked = {"contact": world.cleo, "channel": "mail", "at": MAY, "recorded_at": MAY}
    link = PersonalLink.objects.get()
    for kind in ("intent", "verdict"):
        Ask.objects.create(kind=kind, link=link, delivered_at=JUNE - timedelta(seconds=1), **asked)

    send(form(answer="yes", **verdict_on(world.faster_onboarding)))

    assert Answer.objects.get().flagged
    assert Verdict.objects.get().flagged


def test_a_flood_through_one_link_is_stopped_with_a_kind_page(send):
    for number in range(rules.POSTS_IN_WINDOW):
        send(form(answer="yes", submission=str(number)))

    reply = send(form(answer="no"))

    assert reply.status_code == 429
    assert "Too much came through this link" in text(reply)
    assert Answer.objects.count() == rules.POSTS_IN_WINDOW


def test_no_csrf_token_is_needed_for_the_token_in_the_address_is_the_authority(world, link_of):
    strict = Client(enforce_csrf_checks=True)

    reply = strict.post(f"{link_of(world.cleo)}answers/", form(answer="yes"))

    assert reply.status_code == 303


def test_an_answer_costs_few_statements(send):
    send(form(answer="yes", submission="warm"))

    with CaptureQueriesContext(connection) as queries:
        send(form(answer="no"))

    control = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SELECT pg_advisory")
    data = [query["sql"] for query in queries if not query["sql"].startswith(control)]
    assert len(data) <= 8, "\n".join(data)


def test_the_journal_tells_it_by_the_contact(send, world):
    send(form(answer="yes", **verdict_on(world.faster_onboarding)))

    assert fact_names()[-2:] == ["voice.answer_given", "outcomes.verdict_given"]

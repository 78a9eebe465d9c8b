"""Whoever is not sure is worked on, and what became of them is told by term."""

from datetime import date, timedelta

import pytest

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contract
from arbiter.voice.actions import answers, follow_ups
from arbiter.voice.models import Answer
from arbiter.voice.queries import not_sure
from tests.world import JANUARY, LAST_YEAR, MARCH, MAY, TODAY

YEARS_AGO = TODAY - timedelta(days=1200)


def say(contact, value="not_sure", at=MAY):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at)


def work(world, answer, owner, *, days=10, at=MAY, **more):
    due_on = (TODAY + timedelta(days=days)).date()
    return follow_ups.set(answer=answer, owner=owner, due_on=due_on, by=world.ada, at=at, **more)


def spots(person):
    return not_sure.queue(not_sure.waiting(person, as_of=TODAY), as_of=TODAY)


def queue(person, **how):
    return not_sure.page(spots(person), **how)


def became(person, since=YEARS_AGO, readable=lambda found: found):
    return not_sure.became(person, since=since, as_of=TODAY, readable=readable)


def test_the_newest_answer_of_the_running_term_counts(world):
    say(world.cleo)
    say(world.dora, at=MARCH)
    say(world.dora, "yes")
    say(world.sam, at=LAST_YEAR)

    assert [each.answer.contact for each in queue(world.ada).rows] == [world.cleo]


def test_a_machine_like_answer_or_one_who_has_left_is_not_in_it(world):
    Answer.objects.filter(pk=say(world.cleo).pk).update(flagged=True)
    say(world.dora)
    type(world.dora).objects.filter(pk=world.dora.pk).update(left_on=TODAY.date())

    assert queue(world.ada).rows == []


def test_each_shows_the_money_the_end_and_who_works_on_it(world):
    follow_up = work(world, say(world.cleo), world.ben, reason="The crew plan is late")

    (row,) = queue(world.ada).rows

    assert (row.arr, row.currency, row.ends_on) == (48_000, "EUR", date(2026, 9, 30))
    assert row.follow_up == follow_up
    assert not row.is_overdue(TODAY.date())
    assert row.is_overdue(date(2027, 1, 1))


def test_without_a_contract_the_end_is_not_known(world):
    Contract.objects.all().delete()
    say(world.cleo)

    (row,) = queue(world.ada).rows

    assert (row.ends_on, row.arr, row.follow_up) == (None, None, None)


def test_the_nearest_end_comes_first_and_then_the_work_that_is_due(world):
    work(world, say(world.cleo), world.ben, days=20)
    say(world.dov)
    say(world.sam)
    work(world, say(world.dora), world.ben, days=5)

    found = [each.answer.contact.key for each in queue(world.mona).rows]

    assert found == ["dora", "cleo", "sam", "dov"]


def test_pages_follow_each_other_without_a_gap(world):
    for contact in (world.cleo, world.dora, world.sam, world.dov):
        say(contact)

    first = queue(world.mona, size=2)
    second = queue(world.mona, size=2, after=first.after)

    seen = [each.answer.contact.key for each in (*first.rows, *second.rows)]
    assert sorted(seen) == ["cleo", "dora", "dov", "sam"]
    assert second.after is None


def test_whoever_answers_anew_meanwhile_does_not_stop_the_list(world):
    found = [*spots(world.mona), not_sure.Spot(999, TODAY.date(), None, None, TODAY.date())]

    page = not_sure.page(found, after=12345)

    assert (page.rows, page.after) == ([], None)


def test_the_queue_knows_who_works_on_whom(world):
    work(world, say(world.cleo), world.ben)
    say(world.dora)

    owners = {spot.answer: spot.owner for spot in spots(world.ada)}

    assert sorted(owners.values(), key=str) == [world.ben.pk, None]


def test_closed_work_leaves_them_not_sure_and_nobody_on_it(world):
    follow_up = work(world, say(world.cleo), world.ben)
    follow_ups.close(follow_up=follow_up, by=world.ben, at=TODAY)

    assert queue(world.ada).rows[0].follow_up is None


def test_what_we_understood_stays_unless_told_anew(world):
    answer = say(world.cleo)
    work(world, answer, world.ben, reason="Late", would_make_it_yes="A date")

    later = work(world, answer, world.ada, at=TODAY, reason="Too late")

    assert (later.reason, later.would_make_it_yes) == ("Too late", "A date")


def test_nobody_out_of_reach_is_in_the_queue(world):
    say(world.cleo)

    assert queue(world.quinn).rows == []
    assert became(world.quinn).episodes == []


def past_term(world, decision):
    term = Contract.objects.create(
        customer=world.harbour, starts_on=date(2024, 10, 1), ends_on=date(2025, 9, 30), arr=10, currency="EUR"
    )  # fmt: skip
    if decision:
        cause = {"churn_cause": "ours"} if decision == "churned" else {}
        contracts.decide(contract=term, decision=decision, by=world.ada, at=JANUARY, **cause)
    return term


@pytest.mark.parametrize(
    ("decision", "fate"),
    [("renewed", "stayed"), ("contracted", "stayed"), ("churned", "left"), ("", "still_open")],
)
def test_a_term_became_what_was_decided(world, decision, fate):
    past_term(world, decision)
    say(world.cleo, at=LAST_YEAR)

    (episode,) = became(world.ada).episodes

    assert (episode.fate, episode.customer, episode.contact) == (fate, "Harbour", "Cleo Castro")


def test_a_term_counts_once_with_the_first_who_said_so(world):
    past_term(world, "renewed")
    say(world.dora, at=LAST_YEAR)
    say(world.cleo, at=LAST_YEAR + timedelta(days=1))
    say(world.dora, "yes", at=LAST_YEAR + timedelta(days=2))

    told = became(world.ada)

    assert [(each.contact, each.next_answer) for each in told.episodes] == [("Dora Diaz", "yes")]
    assert (told.count("stayed"), told.stayed.value, told.stayed.n) == (1, 1.0, 1)


def test_a_term_that_runs_is_in_no_share(world):
    answer = say(world.cleo)
    work(world, answer, world.ben)

    told = became(world.ada)

    assert [each.fate for each in told.episodes] == ["still_open"]
    assert told.episodes[0].worked_on
    assert (told.decided, told.stayed.value) == ([], None)


def test_outside_every_term_and_before_the_time_nothing_is_told(world):
    say(world.cleo, at=LAST_YEAR)
    say(world.dora)

    assert len(became(world.ada).episodes) == 1
    assert became(world.ada, since=TODAY).episodes == []


def test_what_may_not_be_read_yet_is_left_out(world):
    say(world.cleo)

    assert became(world.ada, readable=lambda found: found.none()).episodes == []


def test_everything_is_read_in_few_queries(world, django_assert_num_queries):
    for contact in (world.cleo, world.dora, world.sam, world.dov):
        work(world, say(contact), world.ben) if contact is not world.dov else say(contact)

    with django_assert_num_queries(1):
        found = spots(world.mona)
    with django_assert_num_queries(2):
        not_sure.page(found)
    with django_assert_num_queries(3):
        became(world.mona)

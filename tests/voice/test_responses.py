"""Who was asked and who answered: every count has its state, and no answer is one of them."""

from datetime import timedelta

import pytest

from arbiter.voice.actions import answers, asks
from arbiter.voice.models import Answer, Ask, Survey, SurveyVersion
from arbiter.voice.queries import coverage, ratings, responses
from arbiter.voice.queries.responses import Tally, Window
from tests.world import LAST_YEAR, MAY, TODAY


def ask(world, contact, *, kind="nps", at=MAY, channel="link", **more):
    found = asks.put(contact=contact, kind=kind, channel=channel, by=world.olga, at=at)
    Ask.objects.filter(pk=found.pk).update(**more)
    return found


def say(contact, value, *, kind="nps", at=MAY, scale="0-10", **more):
    return answers.give(
        contact=contact, kind=kind, value=value, scale=scale, by=contact, at=at, **more
    )


def window(**more):
    return Window(TODAY, **more)


def test_each_ask_is_in_one_state(world):
    ask(world, world.cleo)
    say(world.cleo, "9", at=MAY + timedelta(days=1))
    ask(world, world.dora)
    ask(world, world.sam, at=TODAY - timedelta(days=2))
    ask(world, world.uma, channel="mail")

    total = responses.read(world.mona, window()).total

    assert total == Tally(asked=4, delivered=3, opened=1, answered=1, due=2, due_answered=1)
    assert (total.no_answer, total.waiting, total.not_delivered) == (1, 1, 1)
    assert total.no_answer + total.waiting + total.not_delivered + total.answered == total.asked
    assert (total.rate.value, total.rate.n) == (0.5, 2)


@pytest.mark.parametrize("state", [*responses.STATES, "opened"])
def test_every_count_opens_to_its_names(world, state):
    say(world.cleo, "9", ask=ask(world, world.cleo))
    ask(world, world.dora, opened_at=MAY)
    ask(world, world.sam, at=TODAY)
    ask(world, world.uma, channel="mail")
    total = responses.read(world.mona, window()).total

    named = responses.behind(world.mona, window(), state=state)

    assert named.count() == getattr(total, state) > 0


def test_a_machine_like_answer_is_none(world):
    asked = ask(world, world.cleo)
    given = say(world.cleo, "9", ask=asked)
    Answer.objects.filter(pk=given.pk).update(flagged=True, flag_reason="came too soon")

    assert responses.read(world.mona, window()).total.no_answer == 1


def test_counts_stand_by_question_role_and_month(world):
    ask(world, world.cleo)
    ask(world, world.dora, kind="csat", at=TODAY)

    read = responses.read(world.mona, window())

    assert {kind: told.asked for kind, told in read.by_kind.items()} == {"nps": 1, "csat": 1}
    assert {role: told.asked for role, told in read.by_role.items()} == {
        "champion": 1,
        "decision_maker": 1,
    }
    assert {month: told.asked for month, told in read.by_month.items()} == {10: 1, 11: 1}


def test_a_question_alone_and_a_segment_alone(world):
    ask(world, world.cleo)
    ask(world, world.dora, kind="csat")
    type(world.quay).objects.filter(pk=world.quay.pk).update(segment="SMB")
    ask(world, world.dov)

    assert responses.read(world.mona, window(), kind="csat").total.asked == 1
    assert responses.read(world.mona, window(segment="SMB")).total.asked == 1
    assert responses.read(world.mona, window(owner=world.ada.pk)).total.asked == 2
    assert responses.read(world.mona, window(customer=world.quay.pk)).total.asked == 1


def test_nobody_counts_who_is_out_of_reach_or_was_asked_before(world):
    ask(world, world.cleo)
    ask(world, world.dov)
    ask(world, world.dora, at=LAST_YEAR - timedelta(days=40))

    assert responses.read(world.quinn, window()).total.asked == 1
    assert responses.read(world.mona, window()).total.asked == 2


def test_verdicts_are_counted_with_the_goals(world):
    ask(world, world.cleo, kind="verdict")
    ask(world, world.cleo, kind="goal")

    assert responses.read(world.mona, window()).total.asked == 0


def test_an_ask_that_was_closed_waits_no_longer(world):
    ask(world, world.cleo, at=TODAY - timedelta(days=3), closes_at=TODAY - timedelta(days=1))

    assert responses.read(world.mona, window()).total.no_answer == 1


def test_people_are_counted_once_by_role(world):
    for kind in ("nps", "csat"):
        ask(world, world.dora, kind=kind)
        say(world.dora, "5", kind=kind)

    told = {each.role: each for each in responses.people(world.mona, window())}

    assert (told["decision_maker"].there, told["decision_maker"].asked) == (2, 1)
    assert told["decision_maker"].answered == 1
    assert told["user"].answered == told["user"].asked == 0


def test_the_marks_move_with_every_ask_and_answer(world):
    seen = [responses.marks()]
    ask(world, world.cleo)
    seen.append(responses.marks())
    say(world.cleo, "9")
    seen.append(responses.marks())

    assert len(set(seen)) == 3


def test_coverage_tells_of_whose_money_who_spoke(world):
    assert coverage.read(world.mona, window())["never_asked"].customers == 2
    ask(world, world.dov)
    say(world.cleo, "9")

    read = coverage.read(world.mona, window())

    assert (read["answered"].customers, read["answered"].arr["EUR"]) == (1, 48_000)
    assert (read["no_answer"].customers, read["no_answer"].arr["EUR"]) == (1, 20_000)
    say(world.dora, "3")
    assert coverage.read(world.mona, window())["decider_answered"].customers == 1


def test_a_customer_counts_once_and_its_contracts_all(world):
    type(world.harbour_contract).objects.create(
        customer=world.harbour, starts_on=TODAY.date(), ends_on=TODAY.date()
    )

    never = coverage.read(world.ada, window())["never_asked"]

    assert (never.customers, never.arr["EUR"], never.without_arr) == (1, 48_000, 1)


@pytest.mark.parametrize("state", coverage.STATES)
def test_every_state_of_coverage_opens_to_its_customers(world, state):
    ask(world, world.dov)
    say(world.cleo, "9")
    if state == "decider_answered":
        say(world.dora, "9")
    if state == "never_asked":
        Ask.objects.all().delete()

    covered = coverage.read(world.mona, window())[state]

    assert len(coverage.page(world.mona, covered).rows) == covered.customers > 0


def test_customers_come_a_page_at_a_time(world):
    never = coverage.read(world.mona, window())["never_asked"]

    first = coverage.page(world.mona, never, size=1)
    second = coverage.page(world.mona, never, size=1, after=first.after)

    assert [each.name for each in (*first.rows, *second.rows)] == ["Harbour", "Quay"]
    assert second.after is None
    assert coverage.page(world.quinn, never).rows == [world.quay]


def test_the_score_has_the_exact_bands_and_one_answer_per_person(world):
    say(world.cleo, "6", at=MAY)
    say(world.cleo, "9", at=MAY + timedelta(days=3))
    say(world.dora, "7", at=TODAY)
    say(world.sam, "6", at=TODAY)

    (series,) = ratings.read(world.mona, window())

    told = series.score()
    assert (told.promoters, told.passives, told.detractors, told.score) == (1, 1, 1, 0)
    assert (series.score(10).score, series.score(11).n, series.n) == (100, 2, 3)
    assert series.best() == 1


def test_a_later_month_leaves_the_earlier_one_as_it_was(world):
    say(world.cleo, "6", at=MAY)
    say(world.cleo, "9", at=TODAY)

    (series,) = ratings.read(world.mona, window())

    assert (series.score(10).score, series.score(11).score, series.score().score) == (
        -100,
        100,
        100,
    )
    assert series.n == 1


def test_scales_and_directions_are_never_mixed(world):
    say(world.cleo, "5", kind="csat", scale="1-5")
    say(world.dora, "9", kind="csat", scale="1-10")
    say(world.cleo, "2", kind="ces", scale="1-7")
    say(world.dora, "2", kind="ces", scale="1-5")
    say(world.sam, "soon", kind="custom", scale="")
    say(world.sam, "11")

    found = [
        (each.kind, str(each.scale), each.best()) for each in ratings.read(world.mona, window())
    ]

    assert found == [
        ("csat", "1-10, 10 is best", 1),
        ("csat", "1-5, 5 is best", 1),
        ("ces", "1-5, 1 is best", 1),
        ("ces", "1-7, 7 is best", 0),
    ]
    assert ratings.read(world.mona, window(), role="user") == []


def test_what_cannot_be_read_is_on_no_scale():
    assert ratings.scale_of("csat", "", None) == ratings.CSAT
    assert ratings.scale_of("custom", "", None) is None
    assert ratings.scale_of("csat", "good-bad", None) is None
    assert ratings.scale_of("ces", "1-7", "down").best_two == (1, 2)


def test_everything_is_read_in_few_queries(world, django_assert_num_queries):
    for contact in (world.cleo, world.dora, world.sam, world.uma, world.dov):
        ask(world, contact)
        say(contact, "9")

    with django_assert_num_queries(1):
        responses.read(world.mona, window())
    with django_assert_num_queries(3):
        responses.people(world.mona, window())
    with django_assert_num_queries(3):
        coverage.read(world.mona, window())
    with django_assert_num_queries(1):
        ratings.read(world.mona, window())


def test_a_direction_is_that_of_the_version(world):
    survey = Survey.objects.create(
        key="own", name="Effort", kind="custom", purpose="transactional", made_at=MAY
    )
    version = SurveyVersion.objects.create(
        key="own-1", survey=survey, number=1, scale="1-5", direction="down", parts=[], made_at=MAY
    )
    Answer.objects.create(
        key="a", contact=world.cleo, kind="custom", at=MAY, recorded_at=MAY, value="1", scale="1-5", version=version
    )  # fmt: skip

    (series,) = ratings.read(world.mona, window())

    assert (series.name, str(series.scale), series.best()) == ("Effort", "1-5, 1 is best", 1)

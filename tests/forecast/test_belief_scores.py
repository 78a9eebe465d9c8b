"""Beliefs against what happened: only what was said in time, few are counted and not ranked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Renewal
from arbiter.forecast.actions import anchors, beliefs
from arbiter.forecast.models import Belief, Forecast
from arbiter.forecast.queries.belief_scores import said, scores
from arbiter.voice.actions import answers
from tests.forecast import decided as book
from tests.world import APRIL, FEBRUARY, MARCH, MAY, TODAY


def believe(contract, chance, on, *, by=None, recorded_on=None):
    return Belief.objects.create(
        contract=contract,
        probability=str(chance),
        at=book.noon(on),
        recorded_at=book.noon(recorded_on or on),
        by=by,
    )


def lost_term(key="left"):
    """A term that was lost on 1 March 2026."""
    contract = book.term(book.customer(key), date(2026, 3, 1))
    book.decide(contract, "churned")
    return contract


def believed_book(count, *, by, chance="0.9", lost_every=5):
    """So many decided terms of which somebody believed the same; each fifth was lost."""
    for number in range(count):
        contract = book.term(book.customer(f"k{number:03}"), date(2026, 3, 1))
        believe(contract, chance, date(2026, 1, 10), by=by)
        book.decide(contract, "churned" if number % lost_every == 0 else "renewed")


def only(found):
    (one,) = found
    return one


def test_the_last_word_before_notice_is_scored(world):
    contract = lost_term()
    believe(contract, 0.9, date(2026, 1, 1), by=world.ada)
    believe(contract, 0.6, date(2026, 2, 27), by=world.ada)
    believe(contract, 0.1, date(2026, 3, 1), by=world.ada)
    believe(contract, 0.2, date(2026, 2, 28), recorded_on=date(2026, 3, 2), by=world.ada)

    one = only(said.read(TODAY).said)

    assert (one.probability, one.renewed, one.by_id) == (0.6, False, world.ada.pk)


def test_who_spoke_too_late_is_not_scored(world):
    believe(lost_term(), 0.1, date(2026, 3, 1), by=world.ada)

    assert said.read(TODAY).said == ()


def test_a_renewal_that_is_not_decided_is_not_scored(world):
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=MAY)

    assert said.read(TODAY).said == ()


def test_a_person_is_scored_by_their_own_word_and_a_team_by_its_last(world):
    contract = lost_term()
    believe(contract, 0.9, date(2026, 1, 1), by=world.ada)
    believe(contract, 0.5, date(2026, 1, 9), by=world.ben)
    believe(contract, 0.3, date(2026, 1, 8), by=world.mona)

    found = said.read(TODAY)

    assert [each.probability for each in found.by_person()[world.ada.pk].said] == [0.9]
    assert [each.probability for each in found.by_team()[world.ada.team_id].said] == [0.5]
    assert [each.probability for each in found.last_words().said] == [0.5]


def test_the_forecast_beside_it_is_the_last_stored_by_the_same_day(world):
    contract = lost_term()
    believe(contract, 0.9, date(2026, 1, 1), by=world.ada)
    anchor = _anchor()
    for chance, on in ((0.5, date(2026, 1, 5)), (0.4, date(2026, 2, 20)), (0.1, date(2026, 3, 1))):
        Forecast.objects.create(
            contract=contract,
            as_of=book.noon(on),
            anchor=anchor,
            method="m",
            probability=chance,
            low=0.0,
            high=1.0,
            reasons=[],
            inputs={},
            fingerprint=str(on),
        )

    assert only(said.read(TODAY).said).forecast == 0.4


def _anchor():
    return anchors.in_force(as_of=FEBRUARY)


def test_blind_is_what_was_said_before_any_answer(world):
    contract = lost_term()
    boss = contract.customer
    believe(contract, 0.9, date(2026, 1, 1), by=world.ada)
    book.say(boss, "no", book.noon(date(2026, 1, 20)))
    believe(contract, 0.2, date(2026, 2, 1), by=world.ben)

    blind = {each.by_id: each.blind for each in said.read(TODAY).said}

    assert blind == {world.ada.pk: True, world.ben.pk: False}


# Against the answers


def test_a_blind_belief_is_held_against_what_the_customer_then_said(world):
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=MARCH)
    answers.give(contact=world.cleo, kind="intent", value="yes", by=world.cleo, at=APRIL)
    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=MAY)

    one = only(said.read(TODAY).met)

    assert (one.probability, one.answer) == (0.9, "no")
    assert only(said.read(APRIL).met).answer == "yes"


def test_what_was_said_after_the_answer_is_not_held_against_it(world):
    answers.give(contact=world.cleo, kind="intent", value="yes", by=world.cleo, at=APRIL)
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=MAY)

    assert said.read(TODAY).met == ()


def test_beliefs_are_told_by_answer_and_not_sure_is_neither(world):
    for number, value in enumerate(["yes"] * 18 + ["no"] * 3 + ["not_sure"] * 4):
        customer = book.customer(f"a{number:02}")
        contract = book.term(customer, date(2026, 9, 1))
        believe(contract, "0.9", date(2026, 1, 1), by=world.ada)
        book.say(customer, value, book.noon(date(2026, 2, 1)))

    found = scores.score(said.read(TODAY))

    assert [(each.answer, each.n) for each in found.answers] == [
        ("yes", 18),
        ("not_sure", 4),
        ("no", 3),
    ]
    # 18 times (0.9 - 1)² and 3 times 0.9², over the 21 who were sure.
    assert found.met_brier == pytest.approx((18 * 0.01 + 3 * 0.81) / 21)


# Scores


def test_a_score_by_hand(world):
    believed_book(25, by=world.ada)

    found = scores.everybody(TODAY)

    # Twenty renewed and five did not, at 90 %.
    assert (found.n, found.renewed, found.customers, found.blind) == (25, 20, 25, 25)
    assert found.brier == pytest.approx((20 * 0.01 + 5 * 0.81) / 25)
    assert found.constant == pytest.approx(0.16)
    assert found.log == pytest.approx((20 * 0.1053605 + 5 * 2.3025851) / 25)
    assert found.in_large.difference == pytest.approx(-0.1)
    # Wilson, 20 of 25 at 95 %.
    assert (round(found.share.low, 3), round(found.share.high, 3)) == (0.609, 0.911)
    assert found.bins == ()
    assert found.against is None


def test_below_twenty_there_are_counts_and_no_score(world):
    believed_book(19, by=world.ada)

    found = scores.everybody(TODAY)

    assert found.is_few
    assert (found.n, found.renewed) == (19, 15)
    assert (found.brier, found.log, found.in_large) == (None, None, None)
    assert found.share.value is None


def test_from_two_hundred_on_there_are_bins(world):
    believed_book(200, by=world.ada)

    assert [(each.n, round(each.observed, 2)) for each in scores.everybody(TODAY).bins] == [
        (200, 0.8)
    ]


def test_who_was_certain_and_wrong_is_told_so(world):
    believed_book(20, by=world.ada, chance="1")

    found = scores.everybody(TODAY)

    assert found.was_certain_and_wrong
    assert found.brier == pytest.approx(0.2)


def test_belief_and_forecast_are_compared_on_the_same_renewals(world):
    believed_book(30, by=world.ada)
    anchor = _anchor()
    Forecast.objects.bulk_create(
        Forecast(
            contract_id=renewal.contract_id,
            as_of=book.noon(date(2026, 1, 20)),
            anchor=anchor,
            method="m",
            probability=0.8 if renewal.decision == "renewed" else 0.3,
            low=0.0,
            high=1.0,
            reasons=[],
            inputs={},
            fingerprint=str(renewal.pk),
        )
        for renewal in Renewal.objects.all()
    )

    found = scores.everybody(TODAY).against

    assert found.n == 30
    assert found.belief == pytest.approx((24 * 0.01 + 6 * 0.81) / 30)
    assert found.forecast == pytest.approx((24 * 0.04 + 6 * 0.09) / 30)
    assert found.difference.value > 0
    assert found.difference.low < found.difference.value < found.difference.high


def test_people_with_few_are_not_ranked(world):
    believed_book(20, by=world.ben)
    believe(lost_term(), 0.9, date(2026, 1, 1), by=world.ada)
    believe(lost_term("gone"), 0.1, date(2026, 1, 1), by=world.mona)

    board = scores.of(world.olga, as_of=TODAY)

    assert [row.name for row in board.people] == ["Ben Brandt", "Ada Arnold", "Mona Meyer"]
    assert [row.score.is_few for row in board.people] == [False, True, True]
    assert [row.name for row in board.teams] == ["North"]


def test_a_csm_reads_their_own_score_and_their_teams(world):
    believed_book(3, by=world.ben)
    believe(lost_term(), 0.9, date(2026, 1, 1), by=world.ada)
    believe(lost_term("gone"), 0.9, date(2026, 1, 1), by=world.quinn)

    board = scores.of(world.ada, as_of=TODAY)

    assert [row.name for row in board.people] == ["Ada Arnold"]
    assert [row.name for row in board.teams] == ["North"]
    assert board.everybody.n == 5


def test_scores_cost_the_same_however_many(world, django_assert_num_queries):
    believed_book(12, by=world.ada)

    with django_assert_num_queries(4):
        found = said.read(TODAY + timedelta(days=1))

    assert len(found.said) == 12

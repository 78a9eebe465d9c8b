"""What was known of decided renewals before they were decided, and nothing that came after."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contract, Customer, Signal
from arbiter.forecast.models import Belief
from arbiter.forecast.queries import histories, open_contracts, snapshot
from arbiter.outcomes.models import Awareness, Goal, Result, Revision, Verdict
from arbiter.voice.models import Answer, Ask
from tests.forecast.decided import book, customer, decide, noon, say, score, term
from tests.forecast.test_forecasts import a_year
from tests.world import APRIL, JULY, NEXT_YEAR

END = date(2025, 12, 31)
LATER = noon(date(2026, 6, 1))
FACTS = (Answer, Ask, Belief, Revision, Result, Verdict, Awareness, Goal, Signal)


@pytest.fixture
def mill(db):
    """A customer with one term to the end of 2025."""
    made = customer("mill")
    made.term = term(made, END)
    return made


def leads(as_of=LATER):
    return [look.lead for look in histories.looks(histories.decided(as_of))]


def seen(as_of=LATER, **more):
    """What was known at every look, as bytes."""
    found = histories.gather(as_of, signal_names=histories.own_signals(as_of), **more)
    cases = found.cases
    return [(look.decided.contract.key, look.lead) for look in found.looks], [
        column.tobytes() for column in (cases.x, cases.segment, cases.lead_days, cases.signals)
    ]


def test_a_decided_renewal_is_looked_at_three_times(mill):
    decide(mill.term)

    looks = histories.looks(histories.decided(LATER))

    assert [(look.lead, look.on) for look in looks] == [
        (180, date(2025, 7, 4)),
        (90, date(2025, 10, 2)),
        (30, date(2025, 12, 1)),
    ]
    assert looks[0].moment.isoformat() == "2025-07-04T23:59:59.999999+00:00"


def test_what_is_open_is_neither_kept_nor_lost(mill):
    assert histories.decided(LATER) == []


def test_a_decision_comes_in_once_its_day_has_come_and_it_was_told(mill):
    decide(mill.term, on=date(2025, 11, 1), recorded_at=noon(date(2026, 2, 1)))

    assert leads(noon(date(2026, 1, 31))) == []
    assert leads(noon(date(2026, 2, 2))) == [180, 90]


def test_a_term_that_was_decided_ahead_comes_in_when_it_falls_due(mill):
    decide(mill.term, on=date(2025, 11, 1))

    assert leads(noon(date(2025, 12, 30))) == []
    assert leads(noon(END)) == [180, 90]


def test_looks_on_or_after_the_notice_are_left_out(mill):
    decide(mill.term, "churned", on=END - timedelta(days=90))

    assert leads() == [180]


def test_the_day_before_the_notice_is_still_fair(mill):
    decide(mill.term, "churned", on=END - timedelta(days=89))

    assert leads() == [180, 90]


def test_a_decision_that_was_recorded_ahead_of_its_day_was_known(mill):
    decide(mill.term, "churned", on=END, recorded_at=noon(END - timedelta(days=60)))

    assert leads() == [180, 90]


def test_an_early_termination_counts_at_its_notice(mill):
    mill.term.delete()
    three_years = term(mill, date(2027, 12, 31), starts_on=date(2025, 1, 1))
    decide(three_years, "churned", on=END)

    looks = histories.looks(histories.decided(LATER))

    assert [look.on for look in looks] == [date(2025, 7, 4), date(2025, 10, 2), date(2025, 12, 1)]
    assert looks[0].decided.due_on == END


def test_a_decision_without_a_day_counts_at_the_end_of_the_term(mill):
    decide(mill.term)
    mill.term.renewal.__class__.objects.update(decided_on=None, recorded_at=LATER)

    assert leads() == [180, 90, 30]


def test_a_look_before_the_term_began_is_left_out(mill):
    Contract.objects.filter(pk=mill.term.pk).update(starts_on=END - timedelta(days=100))
    decide(mill.term)

    assert leads() == [90, 30]


def test_looks_at_a_customer_that_was_archived_are_left_out(mill):
    decide(mill.term)
    Customer.objects.filter(pk=mill.pk).update(archived_at=noon(date(2025, 8, 1)))

    assert leads() == [180]


@pytest.mark.parametrize("decision", ["renewed", "expanded", "contracted", "churned"])
def test_only_who_left_is_lost(mill, decision):
    decide(mill.term, decision)

    (found,) = histories.decided(LATER)

    assert found.renewed is (decision != "churned")


def test_a_look_back_knows_what_a_forecast_knew_on_that_day(world):
    a_year(world)
    as_of = noon(date(2026, 10, 30))
    for contract in (world.harbour_contract, world.quay_contract):
        Contract.objects.filter(pk=contract.pk).update(ends_on=date(2026, 9, 30))
        decide(Contract.objects.get(pk=contract.pk))

    found = histories.looks(histories.decided(as_of))
    known = histories.known(found)

    assert len(found) == 6
    for look, told in zip(found, known, strict=True):
        running = open_contracts.at(look.moment)
        (then,) = snapshot.chunks(running, as_of=look.moment)
        place = [contract.id for contract in running].index(look.decided.contract.id)
        assert told == then.known[place]


def test_a_number_of_the_companys_own_is_known_while_it_is_fresh(mill):
    decide(mill.term)
    score(mill, 70, noon(date(2024, 11, 1)))
    score(mill, 80, noon(date(2025, 10, 1)), recorded_at=noon(date(2025, 11, 1)))

    found = histories.looks(histories.decided(LATER))
    told = histories.known(found, signal_names=["health_score"])

    assert histories.own_signals(LATER) == ["health_score"]
    assert [known.signals for known in told] == [
        (("health_score", 70.0),),
        (("health_score", 70.0),),
        (("health_score", 80.0),),
    ]


def test_numbers_that_the_table_knows_are_not_the_companys_own(mill):
    for name in ("nps", "usage_level", "zeal", "energy"):
        score(mill, 1, noon(END), name=name)

    assert histories.own_signals(LATER) == ["energy", "zeal"]
    assert histories.own_signals(noon(date(2025, 1, 1))) == []


def test_shifting_what_was_recorded_after_the_looks_changes_no_byte(world, unguarded):
    a_year(world)
    Contract.objects.update(ends_on=date(2026, 9, 1))
    decide(Contract.objects.get(pk=world.harbour_contract.pk), on=APRIL.date())
    before = seen(NEXT_YEAR)

    for noun in FACTS:
        for fact in noun.objects.filter(recorded_at__gt=APRIL - timedelta(days=1)):
            noun.objects.filter(pk=fact.pk).update(recorded_at=fact.recorded_at + timedelta(days=9))

    assert before[0] == [("harbour-1", 180)]
    assert seen(NEXT_YEAR) == before


def test_whatever_follows_the_notice_changes_no_byte(mill):
    decide(mill.term, "churned", on=END - timedelta(days=60))
    before = seen()

    for days in (60, 59, 10, -3):
        say(mill, "no", noon(END - timedelta(days=days)))
        score(mill, 0, noon(END - timedelta(days=days)), name="usage_level")
        score(mill, 0, noon(END - timedelta(days=days)), name="nps")

    assert before[0] == [("mill-251231", 180), ("mill-251231", 90)]
    assert seen() == before


def test_what_was_true_before_a_look_and_learnt_after_it_changes_no_byte(mill):
    decide(mill.term)
    before = seen()

    say(mill, "no", noon(date(2025, 6, 1)), recorded_at=noon(END))
    score(mill, 0, noon(date(2025, 6, 1)), name="usage_level", recorded_at=noon(END))

    assert seen() == before


def test_a_history_of_an_earlier_day_is_the_same_from_what_was_gathered_later(db):
    book(12)
    early, late = noon(date(2024, 5, 15)), noon(date(2026, 1, 1))
    names = ["health_score"]

    once = histories.gather(late, signal_names=names).history(as_of=early)
    then = histories.gather(early, signal_names=names).history(as_of=early)

    assert 0 < once.renewals < 12
    assert once.renewals == then.renewals
    for ours, theirs in zip(
        (once.cases.x, once.cases.signals, once.renewed, once.age_months, once.weight),
        (then.cases.x, then.cases.signals, then.renewed, then.age_months, then.weight),
        strict=True,
    ):
        assert ours.tobytes() == theirs.tobytes()


def test_renewals_of_one_customer_share_it_and_older_ones_weigh_less(mill):
    decide(mill.term)
    decide(term(mill, date(2024, 12, 31)))

    past = histories.gather(noon(date(2026, 12, 31))).history(as_of=noon(date(2026, 12, 31)))

    assert (past.renewals, past.customers, len(past)) == (2, 1, 6)
    assert past.weight.sum() == pytest.approx(0.5**0.5 + 0.5, abs=0.01)


def test_the_number_of_queries_does_not_grow_with_the_renewals(db, django_assert_num_queries):
    book(3)
    with CaptureQueriesContext(connection) as few:
        histories.gather(JULY)

    for number in range(30):
        decide(term(customer(f"more{number}"), END))
    with django_assert_num_queries(len(few)):
        found = histories.gather(JULY)

    assert len(found) == 33 * 3


def test_of_very_many_renewals_the_newest_are_looked_at(db, monkeypatch):
    monkeypatch.setattr(histories, "MOST_RENEWALS", 3)
    book(5)

    found = histories.gather(JULY)

    assert {look.decided.contract.customer_key for look in found.looks} == {"b002", "b003", "b004"}


def test_progress_is_told_by_the_chunk(db, monkeypatch):
    monkeypatch.setattr(histories, "CHUNK", 2)
    book(5)
    told = []

    histories.gather(JULY, progress=lambda done, total: told.append((done, total)))

    assert told == [(2, 5), (4, 5), (5, 5)]

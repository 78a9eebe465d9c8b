"""The names behind the audit: who left although a number was green, and whom a good score hides today."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Customer, Renewal
from arbiter.forecast.actions import audits, standings
from arbiter.forecast.queries.audits import lists, working
from arbiter.voice.models import Answer
from tests.forecast import decided
from tests.world import JUNE, MAY, TODAY

ENDED = date(2026, 3, 31)


@pytest.fixture
def told(world):
    """Six decided terms with a health score: stayed at 40, 60 and 80, left at 90, 60 and 20."""
    for key, health, decision in (
        ("oak", 40, "renewed"),
        ("elm", 60, "renewed"),
        ("ash", 80, "renewed"),
        ("fir", 90, "churned"),
        ("yew", 60, "churned"),
        ("box", 20, "churned"),
    ):
        one = decided.customer(key, owner=world.ada)
        contract = decided.term(one, ENDED)
        decided.score(one, health, decided.noon(ENDED - timedelta(days=200)))
        decided.decide(contract, decision)
    return world


def found(person):
    audit = audits.make(as_of=TODAY)
    return lists.lost(person, audit), audit.result


def health(result):
    return next(each for each in result["signals"] if each["name"] == "health_score")


def gone_of(rows, signal, threshold=None):
    return lists.green_and_gone(rows, signal=signal, threshold=threshold, as_of=TODAY)


def names(rows):
    return [row.name for row in rows]


def test_green_is_where_the_middle_one_of_those_who_renewed_stood(told):
    rows, result = found(told.mona)

    gone = gone_of(rows, health(result))

    assert (gone.threshold, gone.higher) == (60, True)
    assert sorted(names(gone.rows)) == ["Fir", "Yew"]
    assert (gone.lost, gone.known, gone.money) == (3, 3, [("EUR", Decimal(2_000))])


def test_a_company_may_call_something_else_green(told):
    rows, result = found(told.mona)

    assert names(gone_of(rows, health(result), 61).rows) == ["Fir"]
    assert gone_of(rows, health(result), 0).known == 3


def test_where_lower_is_better_green_lies_below(told):
    for number, one in enumerate(Customer.objects.exclude(key__in=("harbour", "quay"))):
        decided.score(one, number, decided.noon(ENDED - timedelta(days=200)), name="tickets_open")
    rows, result = found(told.mona)
    tickets = next(each for each in result["signals"] if each["name"] == "tickets_open")

    gone = gone_of(rows, tickets)

    assert not gone.higher
    assert all(row.numbers["tickets_open"] <= gone.threshold for row in gone.rows)


def test_where_nobody_renewed_green_is_the_middle_of_today(told):
    Renewal.objects.filter(decision="renewed").delete()
    for customer, value in ((told.harbour, 50), (told.quay, 70)):
        decided.score(customer, value, MAY)
    rows, result = found(told.mona)
    assert gone_of(rows, health(result)) is None

    standings.rebuild(as_of=TODAY)
    gone = gone_of(rows, health(result))

    assert (gone.threshold, gone.middle_of, names(gone.rows)) == (70, "today", ["Fir"])


def test_what_counts_is_the_number_before_anybody_was_told(told):
    fir = Customer.objects.get(key="fir")
    decided.score(fir, 5, decided.noon(ENDED))

    rows, _ = found(told.mona)

    assert next(row for row in rows if row.name == "Fir").numbers["health_score"] == 90


def test_who_may_not_see_a_customer_does_not_read_its_name(told):
    assert found(told.quinn)[0] == []
    assert len(found(told.ben)[0]) == 3


def test_a_loss_is_told_with_its_money_its_day_its_reason_and_the_last_answer(told):
    Renewal.objects.filter(contract__customer__key="fir").update(churn_reason="Too dear")
    fir = Customer.objects.get(key="fir")
    decided.say(fir, "not_sure", decided.noon(ENDED - timedelta(days=100)))

    row = next(row for row in found(told.mona)[0] if row.name == "Fir")

    assert (row.arr, row.currency, row.lost_on, row.reason) == (1_000, "EUR", ENDED, "Too dear")
    assert row.answer == "not_sure"


def test_names_take_two_queries_however_many_left(told, django_assert_num_queries):
    audit = audits.make(as_of=TODAY)
    audit.refresh_from_db(fields=["losses"])

    with django_assert_num_queries(1):
        lists.lost(told.mona, audit)


def test_the_usual_score_is_a_health_score_then_any_score_then_nps():
    def result(*told):
        return {"signals": [{"name": name, "green_from": green} for name, green in told]}

    assert lists.usual_signal(result(("nps", 8), ("My health", 50)))["name"] == "My health"
    assert lists.usual_signal(result(("nps", 8), ("fit_score", 50)))["name"] == "fit_score"
    assert lists.usual_signal(result(("intent", 1), ("nps", None)))["name"] == "nps"
    assert lists.usual_signal(result()) is None


def lost_with(**numbers):
    return lists.Lost(1, 1, "Fir", "", None, "", ENDED, ENDED, "", numbers, "never_asked")


def test_those_who_left_are_parted_by_use_and_by_content():
    result = {"signals": [{"name": "logins_30d", "green_from": 100.0}]}
    rows = [
        lost_with(logins_30d=100, nps=9),
        lost_with(logins_30d=500, nps=6),
        lost_with(logins_30d=99, csat=4),
        lost_with(logins_30d=0, nps=0, csat=5),
        lost_with(logins_30d=10),
        lost_with(nps=10),
    ]

    left = lists.left(rows, result)

    assert {cell: len(rows) for cell, rows in left.cells.items()} == dict.fromkeys(
        lists.QUADRANTS, 1
    )
    assert (left.activity, left.middle, left.known, left.unknown) == ("logins_30d", 100, 4, 2)


def test_without_any_number_of_use_nobody_is_parted():
    left = lists.left([lost_with(nps=9)], {"signals": []})

    assert (left.activity, left.known, left.unknown) == ("", 0, 1)


def praise(customer, value=9, at=MAY):
    decided.score(customer, value, at, name="nps")


def promoters(person):
    standings.rebuild(as_of=TODAY)
    return [(each.row.name, each.nps) for each in lists.promoters(person, as_of=TODAY).rows]


def test_a_promoter_whose_word_is_missing_is_named(world):
    praise(world.harbour)
    praise(world.quay, 8)

    assert promoters(world.mona) == [("Harbour", 9)]
    assert promoters(world.quinn) == []


def test_the_newest_score_counts(world):
    praise(world.harbour, 10, at=datetime(2026, 3, 1, tzinfo=UTC))
    praise(world.harbour, 3)

    assert promoters(world.mona) == []


def test_what_people_answered_here_stands_before_a_file(world):
    praise(world.harbour, 2)
    Answer.objects.create(contact=world.dora, kind="nps", value="10", at=MAY, recorded_at=MAY)

    assert promoters(world.mona) == [("Harbour", 10)]

    Answer.objects.create(contact=world.cleo, kind="nps", value="4", at=MAY, recorded_at=MAY)
    assert promoters(world.mona) == []


def test_a_score_of_two_years_ago_praises_nobody(world):
    praise(world.harbour, 10, at=datetime(2024, 5, 1, tzinfo=UTC))

    assert promoters(world.mona) == []


def test_promoters_take_four_queries(world, django_assert_max_num_queries):
    praise(world.harbour)
    standings.rebuild(as_of=TODAY)

    with django_assert_max_num_queries(4):
        lists.promoters(world.mona, as_of=TODAY)


def test_the_look_for_promoters_stops_somewhere_and_says_so(world, monkeypatch):
    monkeypatch.setattr(lists, "MOST", 1)
    praise(world.harbour)
    praise(world.quay)
    standings.rebuild(as_of=TODAY)

    found = lists.promoters(world.mona, as_of=TODAY)

    assert (len(found.rows), found.more) == (1, True)


def test_losses_are_the_same_at_any_later_moment(told):
    assert working.work_out(JUNE)["losses"] == working.work_out(JUNE + timedelta(days=9))["losses"]

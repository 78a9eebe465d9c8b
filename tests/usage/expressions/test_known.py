"""Who an event belongs to, as far as it was known at a moment."""

import itertools
from datetime import date

import pytest

from arbiter.usage.expressions import events
from tests.usage.expressions.tables import (
    ALIASES,
    EVENTS,
    MEMBERSHIPS,
    SETTLED,
    UNSETTLED,
    at,
    event,
    rows,
)

JUNE = at("2026-06-30")


def member(user, customer, day="2026-06-01"):
    return {"user_key": user, "customer_key": customer, "recorded_at": at(day)}


def alias(user, other, day="2026-06-01"):
    return {"user_key": user, "other_key": other, "recorded_at": at(day)}


def known(settled=(), unsettled=(), memberships=(), aliases=(), as_of=JUNE):
    expr = events.known(SETTLED, UNSETTLED, MEMBERSHIPS, ALIASES, as_of=as_of)
    return rows(
        expr, settled=settled, unsettled=unsettled, memberships=memberships, aliases=aliases
    )


def who(found):
    return [(row["customer_id"], row["user_id"]) for row in found]


def test_an_event_that_says_both_is_taken_at_its_word():
    told = event("2026-06-02", user="uma", customer="quay")

    found = known(settled=[told], memberships=[member("uma", "harbour")])

    assert who(found) == [("quay", "uma")]
    assert found[0]["recorded_at"] == told["recorded_at"]


def test_an_event_without_a_customer_belongs_to_the_only_one_of_its_user():
    lone = event("2026-06-02", user="uma", customer=None)

    assert who(known(unsettled=[lone], memberships=[member("uma", "harbour")])) == [
        ("harbour", "uma")
    ]
    assert who(known(unsettled=[lone])) == [(None, "uma")]


def test_the_event_of_a_user_of_two_customers_belongs_to_neither():
    lone = event("2026-06-02", user="uma", customer=None)
    both = [member("uma", "harbour"), member("uma", "quay", "2026-06-20")]

    assert who(known(unsettled=[lone], memberships=both)) == [(None, "uma")]
    assert who(known(unsettled=[lone], memberships=both, as_of=at("2026-06-19"))) == [
        ("harbour", "uma")
    ]


def test_an_anonymous_event_is_the_work_of_the_user_it_is_another_name_of():
    visit = event("2026-06-02", user=None, customer=None, anonymous="x1")

    found = known(
        unsettled=[visit],
        memberships=[member("uma", "harbour", "2026-06-05")],
        aliases=[alias("uma", "x1", "2026-06-07")],
    )

    assert who(found) == [("harbour", "uma")]
    assert found[0]["recorded_at"] == at("2026-06-07")


def test_an_earlier_name_of_a_user_counts_as_that_user():
    early = event("2026-06-02", user="temp", customer=None)

    found = known(
        unsettled=[early],
        memberships=[member("uma", "harbour")],
        aliases=[alias("uma", "temp")],
    )

    assert who(found) == [("harbour", "uma")]


def test_of_several_users_of_one_name_the_smallest_counts():
    visit = event("2026-06-02", user=None, customer="harbour", anonymous="x1")

    found = known(unsettled=[visit], aliases=[alias("uma", "x1"), alias("cleo", "x1")])

    assert who(found) == [("harbour", "cleo")]


def test_a_user_seen_at_two_customers_under_two_names_belongs_to_neither():
    lone = event("2026-06-02", user="uma", customer=None)
    both = [member("uma", "harbour"), member("temp", "quay")]

    found = known(unsettled=[lone], memberships=both, aliases=[alias("uma", "temp")])

    assert who(found) == [(None, "uma")]


def test_what_was_recorded_later_was_not_known():
    late = event("2026-06-02", recorded=at("2026-06-20"))
    lone = event("2026-06-02", user="uma", customer=None)

    assert known(settled=[late], as_of=at("2026-06-19")) == []
    assert who(
        known(
            unsettled=[lone],
            memberships=[member("uma", "harbour", "2026-06-20")],
            as_of=at("2026-06-19"),
        )
    ) == [(None, "uma")]


def test_a_row_was_known_when_the_last_thing_it_rests_on_was():
    lone = event("2026-06-02", user="uma", customer=None, recorded=at("2026-06-10"))
    early, late = member("uma", "harbour"), member("uma", "harbour", "2026-06-20")

    assert known(unsettled=[lone], memberships=[early])[0]["recorded_at"] == at("2026-06-10")
    assert known(unsettled=[lone], memberships=[late])[0]["recorded_at"] == at("2026-06-20")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_in_which_it_was_told_changes_nothing(order):
    visits = [
        event("2026-06-02", user=None, customer=None, anonymous="x1"),
        event("2026-06-03", user="uma", customer=None),
        event("2026-06-04", user="temp", customer=None),
    ]
    names = [alias("uma", "x1"), alias("uma", "temp"), alias("zoe", "x1")]
    homes = [member("uma", "harbour"), member("zoe", "quay"), member("temp", "harbour")]

    found = known(
        unsettled=[visits[n] for n in order],
        memberships=[homes[n] for n in order],
        aliases=[names[n] for n in order],
    )

    assert who(found) == [("harbour", "uma")] * 3


def told_of(expr, unsettled=(), memberships=(), aliases=()):
    found = rows(expr, settled=[], unsettled=unsettled, memberships=memberships, aliases=aliases)
    return sorted({row["customer_id"] for row in found} - {None})


def test_customers_of_whom_something_was_learnt_have_news_or_are_touched():
    known_ = events.known(SETTLED, UNSETTLED, MEMBERSHIPS, ALIASES, as_of=JUNE)
    lone = event("2026-06-02", user="uma", customer=None)
    seen = [member("uma", "harbour"), member("uma", "quay", "2026-06-20")]
    after = date(2026, 6, 30)

    def touched(since, *told):
        expr = events.touched(known_, MEMBERSHIPS, ALIASES, since=at(since))
        return told_of(expr, [lone], *told)

    def news(since, until, *told):
        return told_of(events.news(known_, since=at(since), after=until), [lone], *told)

    assert touched("2026-06-15", seen[:1]) == []
    assert touched("2026-06-15", seen) == ["harbour", "quay"]
    assert touched("2026-06-15", seen[:1], [alias("uma", "x1", "2026-06-20")]) == ["harbour"]
    assert news("2026-06-15", after, seen[:1]) == []
    assert news("2026-06-01", after, seen[:1]) == ["harbour"]
    assert news("2026-06-15", date(2026, 6, 1), seen[:1]) == ["harbour"]


@pytest.mark.parametrize("others", [0, 600])
def test_events_of_some_customers_are_theirs_alone_however_many_they_are(others):
    log = [
        event("2026-06-01"),
        event("2026-06-01", customer="quay"),
        event("2026-06-02", customer="it's"),
    ]
    keys = ["harbour", "it's", *(f"nobody {n}" for n in range(others))]

    found = rows(events.only(EVENTS, keys), events=log)

    assert [row["customer_id"] for row in found] == ["harbour", "it's"]


def test_two_users_who_turn_out_to_be_one_change_both_their_customers():
    seen = [member("x1", "harbour"), member("y1", "quay")]
    names = [
        alias("ana", "ana", "2026-06-20"),
        alias("ana", "x1", "2026-06-20"),
        alias("ana", "y1", "2026-06-20"),
    ]

    touched = events.touched(
        events.known(SETTLED, UNSETTLED, MEMBERSHIPS, ALIASES, as_of=JUNE),
        MEMBERSHIPS,
        ALIASES,
        since=at("2026-06-15"),
    )
    assert told_of(touched, memberships=seen, aliases=names) == ["harbour", "quay"]

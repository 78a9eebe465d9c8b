"""Behaviour sets and first value."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arbiter.usage.expressions import periods, sets, value
from arbiter.usage.expressions.rules import Behaviour, Rule
from tests.usage.expressions.tables import EVENTS, at, event, rows

UNTIL = date(2026, 6, 28)


def rule(*names, times=1, **more):
    return Rule(of=[Behaviour(name, times) for name in names], **more)


def completed(log, wanted, until=UNTIL):
    found = rows(sets.completions(EVENTS, rule=wanted, until=until), events=log)
    return {row["customer_id"]: (row["first_at"], row["met"]) for row in found}


def three(*, paid="2026-06-05"):
    return [
        event("2026-06-03", name="Report Read"),
        event("2026-06-01", name="Invoice Sent"),
        event(paid, name="Invoice Paid"),
    ]


def test_all_of_a_set_is_complete_with_the_last_of_it():
    wanted = rule("Invoice Sent", "Invoice Paid", "Report Read")

    assert completed(three(), wanted) == {"harbour": (at("2026-06-05"), True)}
    assert completed(three()[:2], wanted) == {}
    assert completed(three(paid="2026-06-29"), wanted) == {}


def test_some_of_a_set_is_complete_with_the_last_that_is_needed():
    wanted = rule("Invoice Sent", "Invoice Paid", "Report Read", need=2)

    assert completed(three(), wanted) == {"harbour": (at("2026-06-03"), True)}


def test_a_behaviour_counts_from_the_last_of_its_times():
    log = [event(day) for day in ("2026-06-09", "2026-06-01", "2026-06-04", "2026-06-20")]
    wanted = Rule(of=[Behaviour("Invoice Sent", 3), Behaviour("Report Read")], need=1)

    assert completed(log, wanted) == {"harbour": (at("2026-06-09"), True)}
    assert completed(log[:2], wanted) == {}


def invoices(*months, times=5):
    return [event(f"2026-{month:02}-{day:02}") for month in months for day in range(10, 10 + times)]


FIVE_IN_THREE_MONTHS = rule("Invoice Sent", times=5, per="month", consecutive=3)


def test_five_invoices_in_three_consecutive_months():
    assert completed(invoices(3, 4, 5), FIVE_IN_THREE_MONTHS) == {
        "harbour": (at("2026-05-14"), True)
    }
    assert completed(invoices(1, 2, 4, 5), FIVE_IN_THREE_MONTHS) == {}
    assert completed(invoices(3, 4, 5, times=4), FIVE_IN_THREE_MONTHS) == {}


def test_the_first_run_counts_and_whether_it_lasts_is_told_apart():
    first = at("2026-03-14")

    assert completed(invoices(1, 2, 3), FIVE_IN_THREE_MONTHS) == {"harbour": (first, False)}
    assert completed(invoices(1, 2, 3, 4, 5), FIVE_IN_THREE_MONTHS) == {"harbour": (first, True)}
    # A run of two, now, does not hold up what was three once.
    assert completed(invoices(1, 2, 3, 5, 6), FIVE_IN_THREE_MONTHS) == {"harbour": (first, False)}


def test_the_last_period_with_which_it_held_is_told():
    (told,) = rows(
        sets.completions(EVENTS, rule=FIVE_IN_THREE_MONTHS, until=UNTIL),
        events=invoices(1, 2, 3, 4, 6),
    )

    assert periods.first_of(told["last"], "month") == date(2026, 4, 1)


def test_months_run_on_over_the_year():
    log = [event(day) for day in ("2025-11-30", "2025-12-31", "2026-01-01")]

    assert completed(log, rule("Invoice Sent", per="month", consecutive=3)) == {
        "harbour": (at("2026-01-01"), False)
    }


def test_weeks_are_those_of_the_calendar():
    sunday, monday = event("2026-06-07"), event("2026-06-08")
    twice = rule("Invoice Sent", per="week", consecutive=2)

    assert completed([sunday, monday], twice) == {"harbour": (at("2026-06-08"), False)}
    assert completed([event("2026-06-08"), event("2026-06-14")], twice) == {}
    assert completed([event("2026-06-17"), event("2026-06-22")], twice)["harbour"][1]


def test_all_of_a_set_has_to_be_seen_in_the_same_period():
    log = [event("2026-06-01"), event("2026-06-02", name="Report Read")]

    assert completed(log, rule("Invoice Sent", "Report Read", per="day")) == {}
    assert completed(log, rule("Invoice Sent", "Report Read", per="week")) != {}


def test_first_value_is_the_first_completion():
    wanted = rule("Invoice Sent")

    found = rows(value.first(EVENTS, rule=wanted, until=UNTIL), events=invoices(2, 3))

    assert found == [{"customer_id": "harbour", "first_at": at("2026-02-10")}]


@settings(max_examples=20)
@given(
    st.permutations(range(12)),
    st.sampled_from(["day", "week", "month", None]),
    st.integers(1, 3),
)
def test_the_order_of_events_changes_nothing(order, per, times):
    log = three() + invoices(5, 6, times=4) + [event("2026-06-28", customer="quay")]
    wanted = rule("Invoice Sent", "Report Read", need=1, times=times, per=per)

    assert completed([log[n] for n in order], wanted) == completed(log, wanted)


@pytest.mark.parametrize(("words", "said"), [
    ({"of": []}, "at least one event"),
    ({"of": [{"event": ""}]}, "names its event"),
    ({"of": [{"event": "A", "times": 0}]}, "at least once"),
    ({"of": [{"event": "A"}, {"event": "A"}]}, "each event once"),
    ({"of": [{"event": "A"}], "need": 2}, "1 to 1"),
    ({"of": [{"event": "A"}], "need": 0}, "1 to 1"),
    ({"of": [{"event": "A"}], "per": "day", "consecutive": 0}, "at least one period"),
    ({"of": [{"event": "A"}], "consecutive": 2}, "need to be days"),
    ({"of": [{"event": "A"}], "per": "year"}, "Invalid enum value"),
    ({"of": [{"event": "A"}], "any": 1}, "unknown field"),
])  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(words, said):
    with pytest.raises(msgspec.ValidationError, match=said):
        msgspec.convert(words, Rule)


def test_a_rule_is_read_from_what_a_file_holds():
    words = b'{"of": [{"event": "Invoice Sent", "times": 5}], "per": "month", "consecutive": 3}'

    assert msgspec.json.decode(words, type=Rule) == FIVE_IN_THREE_MONTHS
    assert FIVE_IN_THREE_MONTHS.events == ["Invoice Sent"]

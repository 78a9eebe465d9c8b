"""Losses told apart three ways; what nobody found out stays a part of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from arbiter.science.retention import Cause, split_losses

LOSSES = st.lists(
    st.tuples(
        st.sampled_from([*map(str, Cause), ""]),
        st.sampled_from([True, False, None]),
        st.integers(0, 10**6),
    ),
    max_size=40,
)


def test_a_failed_payment_is_involuntary_and_may_still_have_been_avoidable():
    split = split_losses(
        ["ours", "external", "payment", ""], [True, False, True, None], [40, 20, 10, 30]
    )

    assert {name: part.count for name, part in split.by_will.items()} == {
        "voluntary": 2,
        "involuntary": 1,
        "unknown": 1,
    }
    assert {name: part.amount for name, part in split.by_cause.items()} == {
        "ours": 40,
        "external": 20,
        "payment": 10,
        "unknown": 30,
    }
    assert {name: part.count for name, part in split.by_avoidability.items()} == {
        "avoidable": 2,
        "unavoidable": 1,
        "unknown": 1,
    }


@given(LOSSES)
def test_each_way_holds_every_loss_once(losses):
    split = split_losses(*(zip(*losses, strict=True) if losses else ([], [], [])))

    for parts in (split.by_will, split.by_cause, split.by_avoidability):
        assert sum(part.count for part in parts.values()) == split.count == len(losses)
        assert sum(part.amount for part in parts.values()) == pytest.approx(split.amount)
        if losses:
            assert sum(part.share.value for part in parts.values()) == pytest.approx(1)


def test_the_shares_are_of_all_losses_with_their_intervals():
    split = split_losses(["ours"] * 6 + ["unknown"] * 4, [None] * 10, [10] * 10)

    ours = split.by_cause["ours"]

    assert (ours.share.value, ours.amount_share.value) == (0.6, pytest.approx(0.6))
    expected = pytest.approx(proportion_confint(6, 10, method="wilson"))
    assert (ours.share.low, ours.share.high) == expected
    assert (ours.amount_share.low, ours.amount_share.high) == expected


def test_without_losses_or_money_there_is_no_share():
    nothing, free = split_losses([], [], []), split_losses(["ours"], [True], [0])

    assert not nothing.by_will["voluntary"].share.is_known
    assert nothing.by_will["voluntary"].amount_share.note == "No losses in this period."
    assert free.by_cause["ours"].share.value == 1
    assert not free.by_cause["ours"].amount_share.is_known


def test_another_word_for_a_cause_and_missing_amounts_are_refused():
    with pytest.raises(ValueError, match="budget"):
        split_losses(["budget"], [None], [1])
    with pytest.raises(ValueError, match="told for each loss"):
        split_losses(["ours"], [None, None], [1])

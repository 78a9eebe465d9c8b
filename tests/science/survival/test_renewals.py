"""Survival in renewals: against the published cohorts, and as a product of renewal rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.survival import contract_survival

# Fader and Hardie (2007), survivors of 1,000 regular customers after 0 to 7 renewals.
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]

CONTRACTS = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 6)), min_size=1, max_size=60
).map(lambda rows: [(k, lost, min(before, k)) for k, lost, before in rows])


def test_the_published_cohort_comes_back_as_it_was_counted():
    lost = -np.diff(REGULAR)
    renewals = np.concatenate([np.repeat(np.arange(7), lost), np.full(REGULAR[-1], 7)])
    fell = np.concatenate([np.ones(lost.sum()), np.zeros(REGULAR[-1])])

    curve = contract_survival(renewals, fell)

    assert curve.survival == pytest.approx(np.array(REGULAR[1:]) / 1000)
    assert curve.time.tolist() == [1, 2, 3, 4, 5, 6, 7]


@given(CONTRACTS)
def test_it_is_the_product_of_the_renewal_rates_of_those_due(rows):
    renewals, lost, already = map(np.array, zip(*rows, strict=True))
    if not (renewals + lost > already).any():
        return

    curve = contract_survival(renewals, lost, already=already)

    share = 1.0
    for number in range(1, 8):
        due = (already < number) & (renewals + lost >= number)
        fell = due & lost & (renewals + 1 == number)
        if not due.any():
            break
        share *= 1 - fell.sum() / due.sum()
        assert curve.at(number).value is None or curve.at(number).value == pytest.approx(share)


def test_who_had_no_decision_yet_does_not_count():
    curve = contract_survival([0, 0, 1, 2, 1], [0, 0, 1, 0, 0], already=[0, 0, 0, 0, 1])

    assert curve.n == 2


def test_those_that_came_late_are_due_only_from_then_on():
    curve = contract_survival([3, 3, 0, 3], [1, 0, 1, 0], already=[2, 2, 0, 0])

    assert curve.at(1).value == 0.5
    assert curve.at(4).value == 0.0
    assert curve.at_risk.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("renewals", "lost", "already", "word"),
    [
        ([1, 2], [1], None, "one length"),
        ([1], [1], [2], "behind them"),
        ([1.5], [1], None, "whole"),
        ([0, 2], [0, 0], [0, 2], "No decision"),
    ],
)
def test_what_cannot_be_counted_in_renewals_is_refused(renewals, lost, already, word):
    with pytest.raises(ValueError, match=word):
        contract_survival(renewals, lost, already=already)

"""The surprise ledger: what each loss was to us, and the rate by count and by money."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.interval import wilson
from arbiter.science.retention import renewal_rate_by_amount
from arbiter.science.surprise import Loss, judged, surprise_rate

NONE = float("nan")
KINDS = st.lists(st.tuples(st.sampled_from(list(Loss)), st.integers(1, 500)), max_size=40)


@pytest.mark.parametrize(
    ("avoidable", "belief", "forecast", "kind"),
    [
        (True, 0.7, NONE, Loss.SURPRISE),
        (True, 0.69, NONE, Loss.FORESEEN),
        (True, NONE, 0.85, Loss.SURPRISE),
        (True, 0.9, 0.2, Loss.SURPRISE),
        (True, 0.2, 0.9, Loss.SURPRISE),
        (True, 0.2, 0.3, Loss.FORESEEN),
        (True, NONE, NONE, Loss.NOBODY_SAID),
        (False, 0.9, 0.9, Loss.UNAVOIDABLE),
        (None, 0.9, 0.9, Loss.NOT_JUDGED),
    ],
)
def test_a_loss_is_what_was_said_of_it_and_whether_it_could_have_been_avoided(
    avoidable, belief, forecast, kind
):
    assert judged([avoidable], [belief], [forecast]) == (kind,)


def test_the_company_says_from_when_on_a_contract_is_called_safe():
    assert judged([True], [0.75], [NONE], safe_from=0.8) == (Loss.FORESEEN,)


def test_the_rate_is_over_the_avoidable_losses_by_count_and_by_what_they_paid():
    kinds = [Loss.SURPRISE] * 3 + [Loss.FORESEEN] * 5 + [Loss.UNAVOIDABLE] * 4 + [Loss.NOT_JUDGED]
    paid = [100, 50, 50] + [40] * 5 + [999] * 4 + [999]

    found = surprise_rate(kinds, paid)

    assert found.by_count.value == pytest.approx(3 / 8)
    assert (found.by_count.low, found.by_count.high) == pytest.approx(wilson(3, 8))
    in_money = renewal_rate_by_amount([100, 50, 50, 0, 0, 0, 0, 0], [100, 50, 50] + [40] * 5)
    assert found.by_amount == in_money
    assert found.by_amount.value == pytest.approx(0.5)
    assert found.by_count.note == "1 not judged yet."


def test_silence_does_not_make_the_rate_better_unseen():
    found = surprise_rate(["surprise", "nobody_said", "nobody_said"])

    assert found.by_count.value == pytest.approx(1 / 3)
    assert found.by_count.note == "Of 2 nobody had said anything."
    assert not found.by_amount.is_known


@given(KINDS)
def test_every_loss_stands_in_one_kind_and_the_rate_within_none_and_all(rows):
    kinds, paid = [kind for kind, _ in rows], [amount for _, amount in rows]

    found = surprise_rate(kinds, paid)

    assert sum(found.losses.values()) == len(rows)
    avoidable = len(rows) - found.losses[Loss.UNAVOIDABLE] - found.losses[Loss.NOT_JUDGED]
    assert found.by_count.n == avoidable
    assert found.by_count.is_known == found.by_amount.is_known == (avoidable > 0)


def test_without_avoidable_losses_there_is_no_rate():
    found = surprise_rate(["unavoidable"], [10])

    assert not found.by_count.is_known
    assert "No avoidable losses" in found.by_count.note


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: judged([True], [1.2], [NONE]), "chance"),
        (lambda: judged([True], [0.5, 0.5], [NONE]), "beside each loss"),
        (lambda: judged([True], [0.5], [NONE], safe_from=0), "safe"),
        (lambda: surprise_rate(["lost"]), "lost"),
        (lambda: surprise_rate(["surprise"], [-1]), "amount"),
        (lambda: surprise_rate(["surprise"], [1, 2]), "amount"),
        (lambda: surprise_rate(["surprise"], [np.inf]), "amount"),
    ],
)
def test_what_is_no_loss_is_refused(call, word):
    with pytest.raises(ValueError, match=word):
        call()

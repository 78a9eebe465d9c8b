"""The AUC against scikit-learn and SciPy, by its definition, and what any AUC must do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import brunnermunzel, norm, t
from sklearn.metrics import roc_auc_score

from arbiter.science.discrimination import auc
from arbiter.science.discrimination.area import without_spread
from arbiter.science.discrimination.placements import Spread

PAIRS = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 1)), min_size=2, max_size=60).filter(
    lambda rows: len({happened for _, happened in rows}) == 2
)
SILENT_DAYS = [40, 33, 9, 21, 3, 12, 5, 30, 1, 8]
LEFT = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]


def columns(rows):
    score, happened = zip(*rows, strict=True)
    return np.array(score, dtype=float), np.array(happened)


def graded(seed, n=400):
    """Answers from 0 to 10, of which the lost ones are somewhat lower; three rows a customer."""
    random = np.random.default_rng(seed)
    happened = (random.random(n) < 0.2).astype(int)
    score = np.clip(np.round(random.normal(7 - 1.5 * happened, 2)), 0, 10)
    return score, happened, np.arange(n) // 3


@settings(max_examples=30)
@given(PAIRS)
def test_the_area_is_that_of_scikit_learn(rows):
    score, happened = columns(rows)

    assert auc(score, happened).value == pytest.approx(roc_auc_score(happened, score), abs=1e-12)


def test_the_standard_error_and_the_freedom_are_those_of_brunner_and_munzel_in_scipy():
    score, happened, _ = graded(1)
    theirs = brunnermunzel(score[happened == 0], score[happened == 1])
    ours = auc(score, happened)

    assert (ours.value - 0.5) / ours.se == pytest.approx(theirs.statistic, rel=1e-9)
    z = (logit(ours.high) - logit(ours.value)) * ours.value * (1 - ours.value) / ours.se
    freedom = _freedom(score[happened == 1], score[happened == 0])
    assert z == pytest.approx(t.ppf(0.975, freedom), rel=1e-9)
    assert theirs.pvalue == pytest.approx(2 * t.sf(abs(theirs.statistic), freedom), rel=1e-9)


def _freedom(with_it, without):
    """Satterthwaite's, written down from the placements by their definition."""
    above = (with_it[:, None] > without) + 0.5 * (with_it[:, None] == without)
    up, down = above.mean(1).var(ddof=1) / len(with_it), above.mean(0).var(ddof=1) / len(without)
    return (up + down) ** 2 / (up**2 / (len(with_it) - 1) + down**2 / (len(without) - 1))


def test_four_that_left_and_six_that_stayed_by_hand():
    # 21 of the 24 pairs stand right. Each of the four stands above 6, 6, 4 and 5 of the six others;
    # each of the six stands below 4, 3, 4, 2, 4 and 4 of the four.
    up, down = np.array([6, 6, 4, 5]) / 6, np.array([4, 3, 4, 2, 4, 4]) / 4

    found = auc(SILENT_DAYS, LEFT)

    assert found.value == pytest.approx(21 / 24)
    assert found.se**2 == pytest.approx(up.var(ddof=1) / 4 + down.var(ddof=1) / 6)
    assert (found.n, found.positives, found.negatives) == (10, 4, 6)
    assert found.method == "DeLong"


@given(PAIRS)
def test_only_the_order_of_the_scores_counts(rows):
    score, happened = columns(rows)

    assert auc(np.exp(score / 3), happened) == auc(score, happened)


@given(PAIRS)
def test_the_score_turned_round_is_the_mirror_image(rows):
    score, happened = columns(rows)
    ahead, turned = auc(score, happened), auc(-score, happened)

    assert turned.value == pytest.approx(1 - ahead.value, abs=1e-12)
    assert (turned.low, turned.high) == pytest.approx((1 - ahead.high, 1 - ahead.low), abs=1e-7)


@given(PAIRS)
def test_the_interval_holds_the_value_and_stays_between_none_and_all(rows):
    found = auc(*columns(rows))

    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1
    assert found.se > 0


@given(PAIRS)
def test_a_row_of_its_own_for_every_customer_changes_nothing(rows):
    score, happened = columns(rows)
    names = np.array([f"customer {number}" for number in range(len(rows))])
    alone, named = auc(score, happened), auc(score, happened, clusters=names)

    assert (named.low, named.high) == pytest.approx((alone.low, alone.high), abs=1e-12)


@pytest.mark.parametrize("number", [int, lambda code: f"c{code}", lambda code: code * 1_000_003])
def test_customers_may_be_named_as_one_likes(number):
    score, happened, customer = graded(2)

    found = auc(score, happened, clusters=[number(code) for code in customer.tolist()])

    assert found == auc(score, happened, clusters=customer)
    assert found.method == "Obuchowski"


def test_rows_that_say_the_same_twice_count_as_one():
    score, happened, _ = graded(3)
    once = auc(score, happened)

    twice = auc(
        np.repeat(score, 2), np.repeat(happened, 2), clusters=np.repeat(np.arange(len(score)), 2)
    )

    assert twice.se == pytest.approx(once.se, rel=1e-9)
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high), abs=1e-9)


def test_obuchowski_s_variance_is_the_sum_over_customers_by_its_definition():
    score, happened, customer = graded(4, n=90)
    with_it, without = score[happened == 1], score[happened == 0]
    above = (with_it[:, None] > without) + 0.5 * (with_it[:, None] == without)
    up, down = above.mean(1) - above.mean(), above.mean(0) - above.mean()
    sums = np.array(
        [
            (up[customer[happened == 1] == one].sum(), down[customer[happened == 0] == one].sum())
            for one in range(30)
        ]
    )
    has_up, has_down = len(set(customer[happened == 1])), len(set(customer[happened == 0]))
    m, n = len(with_it), len(without)

    variance = (
        has_up / (has_up - 1) * (sums[:, 0] ** 2).sum() / m**2
        + has_down / (has_down - 1) * (sums[:, 1] ** 2).sum() / n**2
        + 2 * 30 / 29 * (sums[:, 0] * sums[:, 1]).sum() / (m * n)
    )

    assert auc(score, happened, clusters=customer).se ** 2 == pytest.approx(variance, rel=1e-9)


@pytest.mark.parametrize(
    ("score", "happened"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1]),
        ([4, 3, 2, 1], [0, 0, 1, 1]),
        ([5, 5, 5, 5], [0, 0, 1, 1]),
        ([1, 3, 2, 0], [0, 0, 1, 0]),
        ([2, 1], [0, 1]),
    ],
)
def test_where_the_rows_show_no_spread_the_ends_solve_newcombe_s_equation(score, happened):
    found = auc(score, happened)
    m, n = found.positives, found.negatives

    assert found.method == "Hanley-McNeil"
    for end in (found.low, found.high):
        others = (m + n) / 2 - 1
        variance = end * (1 - end) * (1 + others * ((1 - end) / (2 - end) + end / (1 + end)))
        reach = norm.ppf(0.975) * np.sqrt(variance / (m * n))
        assert abs(found.value - end) == pytest.approx(reach, abs=1e-6)
    assert found.high - found.low > 0.1


@given(st.floats(0.01, 0.99), st.integers(2, 60))
def test_that_variance_is_hanley_and_mcneil_s_where_the_classes_are_of_one_size(area, size):
    shared = area / (2 - area) + 2 * area**2 / (1 + area) - 2 * area**2
    theirs = (area * (1 - area) + (size - 1) * shared) / size**2

    low, high = without_spread(area, Spread(0.0, 0.0, size, size), 1e-4)

    assert (high - low) / 2e-4 == pytest.approx(np.sqrt(theirs), rel=1e-3)


def test_one_customer_with_all_the_losses_is_one_observation():
    score = [9, 8, 9, 1, 2, 3, 8, 4]
    lost = [1, 1, 1, 0, 0, 0, 0, 0]

    by_row, by_customer = auc(score, lost), auc(score, lost, clusters=[1, 1, 1, 2, 3, 4, 5, 6])

    assert by_customer.method == "Hanley-McNeil"
    assert by_customer.low < by_row.low


def test_a_wider_level_gives_a_wider_interval():
    score, happened, _ = graded(5)
    narrow, wide = auc(score, happened, level=0.8), auc(score, happened, level=0.99)

    assert wide.low < narrow.low < narrow.high < wide.high
    half = expit(logit(narrow.value) - 1.3 * narrow.se / narrow.value / (1 - narrow.value))
    assert narrow.low == pytest.approx(half, abs=0.01)


@pytest.mark.parametrize(
    ("score", "happened", "more", "word"),
    [
        ([1, 2], [1, 1], {}, "rows where"),
        ([1, 2], [0, 2], {}, "did not"),
        ([1, float("nan")], [0, 1], {}, "not known"),
        ([1, 2, 3], [0, 1], {}, "one length"),
        ([1, 2], [0, 1], {"clusters": [1]}, "label"),
        ([1, 2], [0, 1], {"level": 1.0}, "level"),
    ],
)
def test_what_cannot_be_ranked_is_refused(score, happened, more, word):
    with pytest.raises(ValueError, match=word):
        auc(score, happened, **more)
